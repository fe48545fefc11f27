/** Coaching hours and objections at their longest, and the words people read. */
import { describe, expect, it } from 'vitest';
import { logHourForm } from '../../src/coaching/hour/forms-view.ts';
import {
  type CoachDayScreen,
  coachDayMessage,
  coachListView,
  coverageView,
  type HourPrep,
  type HourScreen,
  ownCoachingView,
  type ResultScreen,
  resultMessage,
  tweakMessage,
} from '../../src/coaching/hour/view.ts';
import {
  objectionForm,
  objectionsOfDay,
  objectionsView,
} from '../../src/coaching/objections/view.ts';
import { recognitionMessage } from '../../src/coaching/recognition/view.ts';
import { OBJECTION_GROUPS } from '../../src/coaching/schemas.ts';
import type { Hour, Objection } from '../../src/coaching/store.ts';
import { styleWithoutMoney } from '../../src/people/settings/view.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';

const ID = '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b';
/** Every `&` is five characters to Slack. */
const long = (length: number) => '&<*_ü '.repeat(length).slice(0, length);
const stretch = { days: 10, n: 41, k: 21 };

const hour: Hour = {
  id: ID,
  workspaceId: 'T0TEAM',
  repId: 'U0DANA',
  week: '2027-03-01',
  state: 'done',
  moved: null,
  moves: 0,
  reason: long(300),
  topic: long(500),
  settledBy: 'U0MAX',
  heldOn: '2027-03-04',
  reviewed: 'demo',
  which: long(150),
  link: long(500),
  heard: long(1500),
  tweak: long(300),
  metric: 'demoToProposal',
  measureOn: '2027-03-18',
  measuredAt: new Date('2027-03-18T12:00:00Z'),
  result: { outcome: 'chance', before: stretch, since: stretch },
  useful: true,
  logs: 1,
};
const screen: HourScreen = {
  repId: 'U0DANA',
  week: '2027-03-01',
  standing: 'open',
  at: { date: '2027-03-04', time: '14:00' },
  hour,
  lastHeldOn: '2027-02-23',
  today: '2027-03-04',
  locale: 'en-GB',
  managerId: 'U0MAX',
  coachId: 'U0SAM',
  isStopped: false,
};
const counts = OBJECTION_GROUPS.map((about) => ({ about, count: 99, handled: 12 }));
const weak = {
  kind: 'weak',
  stage: 'demoToProposal',
  n: 41,
  rate: 0.51,
  low: 0.36,
  high: 0.65,
  plan: 0.66,
} as const;
const prep: HourPrep = {
  evidence: weak,
  last: hour,
  objections: counts.slice(0, 3),
  rolePlay: { about: 'price', who: ['U0PEER'] },
  topic: long(500),
};
const result: ResultScreen = {
  repId: 'U0DANA',
  tweak: long(300),
  metric: 'calls',
  result: { outcome: 'better', before: stretch, since: stretch },
  useful: false,
};
const day: CoachDayScreen = {
  date: '2027-03-04',
  hours: Array.from({ length: 12 }, () => ({ hour: screen, prep })),
  results: Array.from({ length: 12 }, () => result),
  standsInFor: 'U0MAX',
  isLeftAlone: true,
  locale: 'en-GB',
};
const objection: Objection = {
  id: ID,
  workspaceId: 'T0TEAM',
  repId: 'U0DANA',
  date: '2027-03-04',
  about: 'price',
  handled: false,
  words: long(300),
  answer: long(300),
  source: 'command',
  addedBy: 'U0DANA',
  createdAt: new Date(0),
  removedAt: null,
};

describe('within Slack’s limits at their longest', () => {
  it.each([
    ['a day', coachDayMessage(day)],
    ['a tweak', tweakMessage({ hour, isReplaced: false, locale: 'en-GB' })],
    ['a result', resultMessage(result, 'en-GB')],
    [
      'what worked',
      recognitionMessage(
        'U0DANA',
        { kind: 'sharing', words: long(3000), proposal: long(3000) },
        'en-GB',
      ),
    ],
  ])('%s', (_, message) => {
    expect(checkMessage(fitMessage(message))).toEqual([]);
  });

  const list = {
    hours: Array.from({ length: 60 }, () => screen),
    page: 1,
    standIns: [],
    isManager: true,
    isCoached: true,
    readerId: 'U0MAX',
    locale: 'en-GB',
  };
  it.each([
    ['the list of sixty', coachListView(list)],
    ['one’s own', ownCoachingView({ hour: screen, prep, held: [hour, hour, hour, hour, hour] })],
    [
      'coverage of fifty teams',
      coverageView({
        teams: Array.from({ length: 50 }, () => ({ managerId: 'U0MAX', hours: list.hours })),
      }),
    ],
    [
      'the log',
      logHourForm.view({
        about: { repId: 'U0DANA', week: '2027-03-01', place: 'message' },
        style: styleWithoutMoney('en-GB'),
        raw: { heard: hour.heard, tweak: hour.tweak, which: hour.which, link: hour.link },
        rev: '0',
        hour: screen,
        prep,
      }),
    ],
    [
      'objections',
      objectionsView({
        own: Array.from({ length: 30 }, () => objection),
        logged: Array.from({ length: 30 }, () => ({ ...objection, repId: 'U0LEE' })),
        readerId: 'U0DANA',
        counts,
        rolePlays: counts.map((one) => ({ ...one, who: ['U0A', 'U0B', 'U0C', 'U0D'] })),
        isNamed: false,
        locale: 'en-GB',
      }),
    ],
  ])('%s', (_, view) => {
    expect(checkView(fitView(view))).toEqual([]);
  });
});

describe('the words', () => {
  const only = (change: Partial<HourPrep>) =>
    JSON.stringify(
      coachDayMessage({
        ...day,
        hours: [{ hour: screen, prep: { ...prep, last: null, topic: null, ...change } }],
        results: [],
      }).blocks,
    );

  it('name the number with its evidence', () => {
    expect(only({})).toContain(
      'Demo → proposal *51%* (plan 66%, likely 36%–65%, 41 demos): under plan beyond chance.',
    );
  });

  it('call nothing weak that chance explains', () => {
    const said = only({ evidence: { ...weak, kind: 'nearest' } });
    expect(said).toContain('Nothing is off beyond chance. Nearest to it: Demo → proposal');
    expect(said).not.toMatch(/weak|under plan/);
  });

  it('never scold, shout or rank', () => {
    const all = [coachDayMessage(day), tweakMessage({ hour, isReplaced: false, locale: 'en-GB' })];
    for (const { text, blocks } of all) {
      expect(`${text}${JSON.stringify(blocks)}`.replaceAll('<!', '')).not.toMatch(
        /failed|should have|[a-z]!|worst|best/,
      );
    }
  });
});

describe('objections in the check-in of a day', () => {
  const about = { date: '2027-03-04', repId: 'U0DANA', locale: 'en-GB' };
  const shownOf = (met: readonly Objection[]) => JSON.stringify(objectionsOfDay(met, about));

  it('a quiet button, while none was met', () => {
    expect(objectionsOfDay([], about)).toHaveLength(1);
    expect(shownOf([])).toContain('"text":"Met an objection?…"');
    expect(shownOf([])).toContain('"value":"check_in::2027-03-04"');
  });

  it('each with whether it was handled and the ways to change it, never its words', () => {
    const handled = { ...objection, about: 'timing', handled: true } as const;
    const said = shownOf([objection, handled]);
    expect(said).toContain('Objection: price, not handled yet');
    expect(said).toContain('Objection: timing, handled');
    expect(said).toContain(`edit:${ID}`);
    expect(said).toContain('Another objection…');
    expect(said).not.toContain('ü');
  });

  it('what somebody else logged can be taken away, not worded', () => {
    const said = shownOf([{ ...objection, addedBy: 'U0MAX' }]);
    expect(said).toContain(`remove:${ID}`);
    expect(said).not.toContain(`edit:${ID}`);
  });

  it('at most three, and how many more there are', () => {
    const said = shownOf(Array.from({ length: 5 }, () => objection));
    expect(said.match(/Objection: /g)).toHaveLength(3);
    expect(said).toContain('2 more under `/bigplan objections`');
  });

  it('a form that is out there from before a change is answered as a new one', () => {
    const former = JSON.stringify({
      submissionId: ID,
      about: { source: 'touch', repId: 'U0DANA' },
    });
    expect(objectionForm.metadata.read(former)?.about).toEqual({
      source: 'touch',
      repId: 'U0DANA',
      date: '',
      objectionId: '',
    });
  });
});
