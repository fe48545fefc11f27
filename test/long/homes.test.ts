/**
 * Homes at the size of a company: inside Slack's limits, read in as many statements for many reps as for few, and
 * a rep sees what others see of them.
 */
import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestMessage } from '../../src/home/digest/view.ts';
import { ownHome } from '../../src/home/own.ts';
import { makeHome } from '../../src/home/show-home.ts';
import { leaderOf, teamOf } from '../../src/home/team.ts';
import { repText } from '../../src/home/team-view.ts';
import { findPerson } from '../../src/people/store.ts';
import { briefFigures } from '../../src/review/brief/brief-figures.ts';
import { saveBriefSettings } from '../../src/review/brief/store.ts';
import { briefMessage } from '../../src/review/brief/view.ts';
import { checkView, fitView } from '../../src/slack/limits.ts';
import { mondayOf } from '../../src/time/local-date.ts';
import { countingDb, makeLeader, mintTeam, type TestTeam } from '../support/a-company.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { joinTeam, mintPerson } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const TODAY = '2027-04-20';
const LEADER = 'U0LEA';
let app: DayApp;
let large: TestTeam;
let small: TestTeam;
let twins: TestTeam[];

const CANARIES = {
  goal: { income: 31_415_926, livingCosts: null },
  lifeGoals: [{ id: 'g', label: 'Canary yacht', amount: 27_182_818, by: '2027-12-31' }],
};

beforeAll(async () => {
  app = await startDayApp();
  const now = new Date(`${TODAY}T16:00:00Z`);
  app.clock.moveTo(new Date('2027-01-03T16:00:00Z'));
  small = await mintTeam(app, 'S', 6, { until: TODAY });
  large = await mintTeam(app, 'L', 60, { until: TODAY, changes: () => CANARIES });
  twins = [
    await mintTeam(app, 'P', 1, { until: TODAY }),
    await mintTeam(app, 'Q', 1, {
      until: TODAY,
      changes: () => ({ goal: { income: 40_000_000, livingCosts: null } }),
    }),
  ];
  for (let n = 0; n < 16; n++) await mintTeam(app, `T${n}`, 1, { until: TODAY });
  await mintPerson(app, LEADER, { name: 'Lea' });
  await makeLeader(app, LEADER);
  // What comes by itself meanwhile is no part of this.
  await app.db.agenda.deleteMany();
  app.clock.moveTo(now);
}, 300_000);
afterAll(() => app.stop());

async function personOf(userId: string) {
  const person = await findPerson(app.db, { workspaceId: TEAM, userId });
  if (!person) throw new Error(`Nobody is ${userId}`);
  return person;
}
const deps = () => app.bigplan.context;
const blocksOf = (user: string) => (app.slack.home(user)?.blocks ?? []) as KnownBlock[];

describe('a manager of sixty, a leader of twenty teams', () => {
  it('read in as many statements as for six', async () => {
    const counting = countingDb(app.config.databaseUrl ?? '');
    const read = { ...deps(), db: counting.db };
    const counts: number[] = [];
    for (const { manager } of [small, large]) {
      const reader = await personOf(manager);
      // What an agreed version says is read once.
      await teamOf(read, reader, 0);
      counting.count();
      await teamOf(read, reader, 0);
      counts.push(counting.count());
    }
    const leader = await personOf(LEADER);
    await leaderOf(read, leader, 0);
    counting.count();
    await leaderOf(read, leader, 0);
    const forTwenty = counting.count();
    await counting.end();
    const [six, sixty] = counts;
    expect(sixty).toBe(six);
    expect(six).toBeLessThan(60);
    expect(forTwenty).toBeLessThan(60);
  });

  it('fit into Slack’s limits on every page, whoever needs help most first', async () => {
    for (const team of [0, 1, 2, 3]) {
      const who = { workspaceId: TEAM, userId: large.manager };
      const { view } = await makeHome(deps(), who, { team });
      expect(checkView(fitView(view))).toEqual([]);
    }
    for (const teams of [0, 1]) {
      const { view } = await makeHome(deps(), { workspaceId: TEAM, userId: LEADER }, { teams });
      expect(checkView(fitView(view))).toEqual([]);
    }
    const { rows } = (await teamOf(deps(), await personOf(large.manager), 0)) ?? {};
    const standings = rows?.items.map((row) => row.kind === 'rep' && row.standing.card?.standing);
    const order = ['off_track', 'at_risk'];
    const ranks = (standings ?? []).map((one) =>
      order.includes(String(one)) ? order.indexOf(String(one)) : order.length,
    );
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(ranks[0]).toBe(0);
  });

  it('are taken by Slack, and turn their pages', async () => {
    await app.slack.openHome(large.manager);
    expect(JSON.stringify(blocksOf(large.manager))).toContain('Page 1 of 4');
    await app.slack.action({ user: large.manager, actionId: 'home_team_page.next' });
    expect(JSON.stringify(blocksOf(large.manager))).toContain('Page 2 of 4');
    await app.slack.openHome(LEADER);
    expect(JSON.stringify(blocksOf(LEADER))).toContain('Page 1 of 2');
    await app.slack.action({ user: LEADER, actionId: 'home_leader_page.next' });
    expect(JSON.stringify(blocksOf(LEADER))).toContain('Page 2 of 2');
  });
});

describe('what others see of a rep', () => {
  it('is what the rep sees: of their manager’s table each line, of the leaders’ their team’s', async () => {
    const team = await teamOf(deps(), await personOf(small.manager), 0);
    const lea = await personOf(LEADER);
    const pages = await Promise.all([0, 1].map((page) => leaderOf(deps(), lea, page)));
    for (const row of team?.rows.items ?? []) {
      if (row.kind !== 'rep') throw new Error('somebody has left');
      const own = await ownHome(deps(), await personOf(row.userId));
      expect(own?.row && repText(own.row, 'manager', 'en-US')).toEqual(
        repText(row, 'manager', 'en-US'),
      );
      const lines = pages
        .flatMap(({ teams }) => teams.items)
        .filter(({ managerId }) => managerId === small.manager);
      expect(lines).toHaveLength(1);
      expect(own?.team).toEqual(lines[0]);
    }
  });

  it('is on both Homes: whoever is off track reads so too', async () => {
    const [rep = ''] = small.reps;
    await app.slack.openHome(small.manager);
    await app.slack.openHome(rep);
    const home = JSON.stringify(blocksOf(rep));
    expect(home).toContain('What others see of you');
    const said = /(?:✗|≈|✓) \*<@U0SR0>\*[^"]*/.exec(JSON.stringify(blocksOf(small.manager)))?.[0];
    const [standing = '?'] = said?.split('\\n') ?? [];
    expect(home).toContain(standing);
  });
});

describe('charts', () => {
  const pictures = (user: string) =>
    ((app.slack.modal(user)?.blocks ?? []) as KnownBlock[]).flatMap((block) =>
      block.type === 'image' ? [block.alt_text] : [],
    );
  const press = (user: string, rep: string) =>
    app.slack.action({ user, actionId: 'charts_open', value: rep });

  it('are a press away, the same for rep and manager, and drawn once', async () => {
    const [rep = ''] = small.reps;
    await app.slack.openHome(rep);
    expect(JSON.stringify(blocksOf(rep))).toContain('charts_open');
    await press(rep, rep);
    await eventually(() => expect(pictures(rep)).toHaveLength(2));
    expect(pictures(rep)[0]).toMatch(/quota/i);
    const uploads = () => app.slack.callsOf('files.completeUploadExternal').length;
    const before = uploads();
    await app.slack.openHome(small.manager);
    await press(small.manager, rep);
    await eventually(() => expect(pictures(small.manager)).toEqual(pictures(rep)));
    expect(uploads()).toBe(before);
  });

  it('are nobody else’s, and words where Slack takes no picture', async () => {
    const [, other = ''] = small.reps;
    const left = small.reps.at(-1) ?? '';
    await app.slack.closeModal(small.manager);
    await joinTeam(app, left, large.manager);
    // Their Home still has the button.
    await press(small.manager, left);
    await eventually(() =>
      expect(JSON.stringify(app.slack.modal(small.manager))).toMatch(/between them and their/),
    );
    app.slack.fault('files.getUploadURLExternal', { error: 'invalid_arguments' });
    await app.slack.closeModal(small.manager);
    await press(small.manager, other);
    await eventually(() => {
      expect(pictures(small.manager)).toHaveLength(1);
      expect(JSON.stringify(app.slack.modal(small.manager))).toMatch(/quota/i);
    });
  });
});

describe('what nobody above a rep can know', () => {
  /** What marketing, PR and sales read of this week. */
  async function brief(): Promise<string> {
    const settings = {
      workspaceId: TEAM,
      channelId: 'C0SYNC',
      setBy: LEADER,
      weekday: 'tue',
      time: '09:00',
      owners: { marketing: LEADER, pr: null, sales: large.manager },
    } as const;
    await saveBriefSettings(app.db, settings, app.clock.now());
    const figures = await briefFigures(deps(), TEAM, mondayOf(TODAY), app.clock.now());
    if (!figures) throw new Error('there is no brief');
    return JSON.stringify(briefMessage(figures, TODAY));
  }

  const homes = async () => {
    const who = (userId: string) => ({ workspaceId: TEAM, userId });
    const views = [
      ...(await Promise.all(
        [0, 1, 2, 3].map((team) => makeHome(deps(), who(large.manager), { team })),
      )),
      ...(await Promise.all([0, 1].map((teams) => makeHome(deps(), who(LEADER), { teams })))),
    ].map(({ view }) => JSON.stringify(view));
    const team = await teamOf(deps(), await personOf(large.manager), 0);
    return [...views, JSON.stringify(team && digestMessage(team, 'en-US')), await brief()].join(
      '\n',
    );
  };

  it('no Home, no digest and no brief holds an income, a life goal or a figure of the comp plan', async () => {
    const shown = await homes();
    expect(shown).toContain('U0LR0');
    expect(shown).toContain('Weekly sync');
    expect(shown).not.toMatch(/canary|314[,.]?159|271[,.]?828|\$|income|quota of/i);
    const [rep = ''] = large.reps;
    const { view } = await makeHome(deps(), { workspaceId: TEAM, userId: rep }, {});
    // Their own has it: what is looked for would be found.
    expect(JSON.stringify(view)).toMatch(/canary/i);
  });

  it('two plans that differ in the goal alone look the same: no figure gives the target away', async () => {
    const lines = await Promise.all(
      twins.map(async ({ manager, reps: [rep = ''] }) => {
        const team = await teamOf(deps(), await personOf(manager), 0);
        const [row] = team?.rows.items ?? [];
        if (row?.kind !== 'rep') throw new Error('nobody is there');
        return JSON.stringify(repText(row, 'manager', 'en-US')).replaceAll(rep, 'REP');
      }),
    );
    expect(lines[0]).toContain('bookings');
    expect(lines[1]).toBe(lines[0]);
  });
});

describe('in the background', () => {
  it('a Home that was opened follows what a rep logs, and nothing goes out where nothing changed', async () => {
    const [, rep = ''] = small.reps;
    await app.slack.openHome(small.manager);
    const publishes = () =>
      app.slack.callsOf('views.publish').filter(({ args }) => args.user_id === small.manager);
    const before = publishes().length;
    await app.bigplan.tick();
    expect(publishes()).toHaveLength(before);
    await app.slack.command('/bigplan', 'log 25 calls 1 demo', { user: rep });
    await app.bigplan.tick();
    expect(publishes()).toHaveLength(before + 1);
    expect(publishes().at(-1)?.args.hash).toBeTruthy();
    expect(JSON.stringify(blocksOf(small.manager))).toContain('last today');
    await app.bigplan.tick();
    expect(publishes()).toHaveLength(before + 1);
  });

  it('one that nobody has been on for a day waits until somebody opens it', async () => {
    const [, rep = ''] = small.reps;
    await app.slack.openHome(small.manager);
    app.clock.moveTo(new Date(app.clock.now().getTime() + 25 * 3_600_000));
    await app.slack.command('/bigplan', 'log 31 calls', { user: rep });
    const before = app.slack.callsOf('views.publish').length;
    await app.bigplan.tick();
    expect(app.slack.callsOf('views.publish')).toHaveLength(before);
    const shown = JSON.stringify(blocksOf(small.manager));
    await app.slack.openHome(small.manager);
    expect(JSON.stringify(blocksOf(small.manager))).not.toBe(shown);
  });

  it('whoever acts elsewhere sees it on their own at once if they have just been there', async () => {
    const [, rep = ''] = small.reps;
    const logs = (calls: number) =>
      app.slack.command('/bigplan', `log ${calls} calls`, { user: rep });
    const ofRep = () =>
      app.slack.callsOf('views.publish').filter(({ args }) => args.user_id === rep);
    await app.slack.openHome(rep);
    const opened = ofRep().length;
    await logs(32);
    await app.bigplan.settled();
    expect(ofRep()).toHaveLength(opened + 1);
    app.clock.moveTo(new Date(app.clock.now().getTime() + 16 * 60_000));
    await logs(33);
    await app.bigplan.settled();
    expect(ofRep()).toHaveLength(opened + 1);
    await app.bigplan.tick();
    expect(ofRep()).toHaveLength(opened + 2);
  });

  it('a Home that nobody has opened is left alone', async () => {
    const [, , rep = ''] = small.reps;
    await app.slack.command('/bigplan', 'log 25 calls', { user: rep });
    await app.bigplan.tick();
    expect(app.slack.home(rep)).toBeUndefined();
  });
});
