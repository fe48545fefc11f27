import { randomUUID } from 'node:crypto';
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import {
  setUpDoneView,
  setUpLateView,
  welcomeForm,
  welcomeTeamForm,
} from '../../src/people/set-up/view.ts';
import {
  SETTINGS_REV,
  settingsForm,
  settingsSavedView,
  styleWithoutMoney,
} from '../../src/people/settings/view.ts';
import type { Settings } from '../../src/people/store.ts';
import {
  answeredMessage,
  answerMessage,
  chosenMessage,
  joinedMessage,
  questionMessage,
} from '../../src/people/team/messages-view.ts';
import type { TeamSaved } from '../../src/people/team/save-team.ts';
import {
  freshTeam,
  type TeamScreen,
  teamForm,
  teamSavedWords,
} from '../../src/people/team/view.ts';
import { withSubmissionId } from '../../src/slack/form.ts';
import { checkMessage, checkView, fitView } from '../../src/slack/limits.ts';
import { holidayCountries, holidayRegions } from '../../src/time/holidays.ts';

const at = new Date('2026-11-22T12:00:00Z');
const users = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `U${String(from + i).padStart(10, '0')}`);
const members = (ids: string[]) =>
  ids.map((userId) => ({ userId, name: 'x'.repeat(200), deactivated: false }));
const blocksOf = (view: ModalView) => view.blocks as KnownBlock[];
const textOf = (view: { blocks: unknown[] }) => JSON.stringify(view.blocks);
const inputOf = (view: ModalView, path: string) =>
  blocksOf(view).find(
    (block): block is InputBlock =>
      block.type === 'input' && !!block.block_id?.startsWith(`${path}:`),
  );

/** A view without what its menus offer. */
const outline = (view: ModalView): unknown =>
  JSON.parse(
    JSON.stringify(view, (key, value) => (/^option(s|_groups)$/.test(key) ? undefined : value)),
  );

const settings: Settings = {
  leaders: ['U0LEADER'],
  managers: ['U0MANAGER'],
  admins: ['U0MANAGER'],
  currency: 'USD',
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  country: 'DE',
  region: 'BY',
};
const style = styleWithoutMoney('en-US');
const settingsView = (values: Settings, notice?: string) =>
  settingsForm.view({
    about: {},
    style,
    raw: settingsForm.write({ ...values }, style),
    rev: SETTINGS_REV,
    ...(notice && { notice }),
  });
const welcomeView = (values: Settings, userId: string) => {
  const raw = welcomeForm.write({ ...values }, style);
  return welcomeForm.view({ about: {}, style, raw, rev: SETTINGS_REV, userId });
};
const fresh = (ids: string[], channelId: string | null = null, appointed = true) =>
  freshTeam({ members: members(ids), channelId }, { appointed, at });
const teamView = (screen: TeamScreen) => teamForm.view(screen);
const team = (more: Partial<TeamScreen> = {}): TeamScreen => ({
  ...fresh(['U0REP'], 'C0TEAM'),
  members: members(['U0REP']),
  asked: ['U0NEW'],
  planStatus: new Map([['U0REP', 'Agreed, version 2']]),
  ...more,
});
const noChange: TeamSaved = { joined: [], asked: [], left: [], channel: 'same' };

describe('the settings', () => {
  it('look as they did', () => {
    expect(outline(welcomeView({ ...settings, region: null }, 'U0REP'))).toMatchSnapshot();
  });

  it('lead to what is kept for everybody elsewhere', () => {
    const ids = JSON.stringify(settingsView(settings).blocks);
    for (const id of ['hand_off_open', 'brief_open']) expect(ids).toContain(id);
  });

  it('hold every country and currency in groups, and the regions of the one picked', () => {
    const view = settingsView(settings);
    expect(checkView(view)).toEqual([]);
    expect(inputOf(view, 'country')?.element).toMatchObject({
      option_groups: expect.any(Array),
      initial_option: { value: 'DE' },
    });
    expect(inputOf(view, 'region')?.element).toMatchObject({ initial_option: { value: 'BY' } });
    expect(inputOf(settingsView({ ...settings, country: null }), 'region')).toBeUndefined();
  });

  it('fit for every country there is', () => {
    for (const { code } of holidayCountries()) {
      const view = welcomeView({ ...settings, country: code, region: null }, 'U0REP');
      expect(checkView(view)).toEqual([]);
      expect(inputOf(view, 'region') !== undefined).toBe(holidayRegions(code).length > 0);
    }
  });

  it('asks for the region anew where the country is another one', () => {
    const id = (country: string) =>
      inputOf(settingsView({ ...settings, country, region: null }), 'region')?.block_id;
    expect(id('DE')).not.toBe(id('US'));
  });

  it('fit with everybody of a large company in them', () => {
    const all = { ...settings, leaders: users(500), managers: users(500), admins: users(500) };
    expect(checkView(settingsView(all, 'Somebody was quicker.'))).toEqual([]);
    const none = { ...settings, leaders: [], managers: [] };
    expect(checkView(settingsSavedView(none, all))).toEqual([]);
  });

  it('say what saving changed, and when nothing did', () => {
    const after: Settings = {
      ...settings,
      managers: ['U0PRIYA'],
      currency: 'EUR',
      workdays: ['mon', 'tue'],
      region: null,
    };
    const text = textOf(settingsSavedView(settings, after));
    for (const line of [
      'Manages: <@U0PRIYA>',
      'No longer manages by appointment: <@U0MANAGER>',
      'Currency: USD → *EUR*',
      'Working days: Mon, Tue, Wed, Thu, and Fri → *Mon and Tue*',
      'Holidays: Germany, Bayern → *Germany*',
    ]) {
      expect(text).toContain(line);
    }
    expect(textOf(settingsSavedView(settings, settings))).toContain('nothing has changed');
  });
});

describe('the team', () => {
  it('looks as it did', () => {
    expect(
      teamView(team({ notice: teamSavedWords({ ...noChange, channel: 'set' }) })),
    ).toMatchSnapshot();
  });

  it('says what to do while it is empty', () => {
    const form = freshTeam(null, { appointed: false, at });
    const view = teamView(team({ ...form, members: [], asked: [] }));
    expect(checkView(view)).toEqual([]);
    expect(textOf(view)).toContain('Nobody yet. Pick your reps below');
    expect(textOf(view)).toContain('each of them is asked first');
  });

  it('opens no plan of somebody deactivated', () => {
    const gone = [{ userId: 'U0REP', name: 'Dana', deactivated: true }];
    const text = textOf(teamView(team({ members: gone })));
    expect(text).toContain('This account is deactivated.');
    expect(text).not.toContain('plan_open');
  });

  it('pages 100 reps with the longest names of plans, each once', () => {
    const ids = users(100);
    const asked = users(30, 1000);
    const planStatus = new Map(ids.map((id) => [id, 'x'.repeat(200)]));
    const form = fresh(ids, 'C0TEAM');
    const shown: string[] = [];
    for (let page = 0; page < 9; page++) {
      const view = teamView({
        ...team({ ...form, members: members(ids), asked, planStatus }),
        about: { ...form.about, page },
        notice: teamSavedWords({ joined: ids, asked, left: ids, channel: 'cleared' }),
      });
      expect(checkView(view)).toEqual([]);
      shown.push(...(textOf(view).match(/(?<="value":")U\d+/g) ?? []));
    }
    expect(shown.sort()).toEqual([...ids, ...asked].sort());
  });

  it('remembers who was in it, up to what the metadata holds', () => {
    const state = (count: number) => {
      const ids = users(count);
      const view = withSubmissionId(teamView(team(fresh(ids))), () => randomUUID());
      expect(checkView(view)).toEqual([]);
      return teamForm.metadata.read(view.private_metadata ?? '')?.about;
    };
    expect(state(100)).toMatchObject({ page: 0, members: users(100) });
    expect(state(400)).toMatchObject({ page: 0 });
    expect(state(400)).not.toHaveProperty('members');
  });
});

describe('the end of the set-up', () => {
  const ends = {
    'with a team': setUpDoneView(
      { userId: 'U0M', manages: true },
      { ...noChange, joined: ['U0REP'] },
    ),
    'with reps who were asked': setUpDoneView(
      { userId: 'U0M', manages: false },
      { ...noChange, asked: ['U0REP'] },
    ),
    'without a team': setUpDoneView({ userId: 'U0M', manages: false }, noChange),
    'for the second one': setUpLateView('U0M', ['U0REP']),
    'for the second one, without admins': setUpLateView('U0M', []),
    'with 100 reps': setUpDoneView(
      { userId: 'U0M', manages: true },
      { ...noChange, joined: users(100), asked: users(100) },
    ),
  };

  it.each(Object.entries(ends))('%s: one obvious button', (_, view) => {
    expect(checkView(view)).toEqual([]);
    expect(textOf(view).match(/"type":"button"/g)).toHaveLength(1);
    expect(textOf(view)).toContain('"action_id":"plan_open"');
  });

  it('opens the plan of a rep who joined', () => {
    expect(textOf(ends['with a team'])).toContain('"value":"U0REP"');
    expect(textOf(ends['without a team'])).toContain('"value":"U0M"');
  });

  it('is reached by a second step that fits', () => {
    for (const appointed of [true, false]) {
      const view = welcomeTeamForm.view({
        ...fresh(users(100), null, appointed),
        userId: 'U0M',
      });
      expect(checkView(view)).toEqual([]);
    }
  });
});

describe('the messages', () => {
  const who = { repId: 'U0REP', managerId: 'U0MANAGER' };
  const ask = (name: string, currentManagerId: string | null = null) =>
    questionMessage({ requestId: 'r1', manager: { userId: 'U0MANAGER', name }, currentManagerId });

  it('ask, answer and greet as they did', () => {
    expect(
      [
        ask('Max', 'U0PRIYA'),
        answeredMessage('joined', who),
        answeredMessage('declined', who),
        answeredMessage('withdrawn', who),
        answeredMessage('manager_left', who),
        joinedMessage('U0REP', 'U0MANAGER'),
        answerMessage('U0REP', true),
        answerMessage('U0REP', false),
        chosenMessage('U0REP'),
      ].map((message) => ({ text: message.text, breaches: checkMessage(message) })),
    ).toMatchSnapshot();
  });

  it('ping nobody and break nothing with the worst of names', () => {
    for (const name of ['x'.repeat(200), '<!channel> *&*', '👩‍👩‍👧‍👦'.repeat(20), '"]}']) {
      const message = ask(name);
      expect(checkMessage(message)).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
    }
  });
});

it('nothing needs cutting on its way to Slack', () => {
  const view = teamView(team());
  expect(fitView(view)).toEqual(view);
});
