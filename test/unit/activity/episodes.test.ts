import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  assess,
  type EpisodeSubject,
  type OpenEpisode,
  type ResolvedEpisode,
  stepEpisodes,
} from '../../../src/activity/pace/episode-rules.ts';
import type { CountedDay } from '../../../src/activity/pace/pace-rules.ts';
import type { Stage } from '../../../src/activity/pace/stage-rate-rules.ts';
import { countedDays, weekday } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const RATES: Record<Stage, number | null> = {
  callToVisit: 0.1,
  visitToDemo: 0.5,
  demoToProposal: null,
  proposalToContract: null,
};
const PLANNED = { calls: 30, visits: 3, demos: 1.5 };

interface Told {
  day: number;
  what: string;
}

/**
 * Goes through every morning as the app does: what is opened is stored, with the manager's day five
 * weekdays on (or never), and so on. Days are numbers of weekdays.
 */
function live(days: readonly CountedDay[], manager = true) {
  const told: Told[] = [];
  let open: OpenEpisode[] = [];
  const resolved: ResolvedEpisode[] = [];
  for (let day = 1; day <= days.length; day++) {
    const known = days.slice(0, day);
    const today = weekday(day);
    const assessment = assess(known, RATES, today);
    for (const event of stepEpisodes({ today, days: known, assessment, open, resolved })) {
      const { kind, subject } = event.type === 'open' ? event.finding : event.episode;
      const episode = { kind, subject } as EpisodeSubject;
      told.push({ day, what: `${event.type} ${kind} ${subject}` });
      const others = open.filter((one) => event.type === 'open' || one !== event.episode);
      if (event.type === 'open') {
        const managerOn = manager && !kind.endsWith('_high') ? weekday(day + 5) : null;
        open = [...others, { ...episode, openedOn: today, managerOn, managerToldOn: null }];
      } else if (event.type === 'tell_manager') {
        open = [...others, { ...event.episode, managerToldOn: today }];
      } else {
        open = others;
        resolved.push({ ...episode, resolvedOn: today });
      }
    }
  }
  return told;
}

/** Days at these shares of plan, each for so many days, with the stage rates at plan. */
const atShares = (...stretches: [days: number, share: number][]) => {
  const shares = stretches.flatMap(([days, share]) => Array<number>(days).fill(share));
  return countedDays(
    shares.length,
    (day) => {
      const share = shares[day] ?? 1;
      return { calls: 30 * share, visits: 3 * share, demos: 1.5 * share };
    },
    0,
    PLANNED,
  );
};

test('on plan nothing is ever said', () => {
  expect(live(atShares([65, 1]))).toEqual([]);
  expect(live(atShares([65, 0.93]))).toEqual([]);
});

test('a slip: the rep, five days later the manager, and once that it is over', () => {
  expect(live(atShares([20, 1], [20, 0.6], [25, 1]))).toEqual([
    { day: 25, what: 'open volume calls' },
    { day: 30, what: 'tell_manager volume calls' },
    // Four days on plan and one at 60 % are 92 % of a week.
    { day: 44, what: 'resolve volume calls' },
  ]);
});

test('who recovers within five days is between Bigplan and the rep', () => {
  expect(live(atShares([20, 1], [5, 0.6], [35, 1]))).toEqual([
    { day: 25, what: 'open volume calls' },
    { day: 30, what: 'resolve volume calls' },
  ]);
});

test('a missed week: told on the next morning', () => {
  expect(live(atShares([20, 1], [5, 0], [20, 1]))).toEqual([
    { day: 25, what: 'open volume calls' },
    { day: 30, what: 'resolve volume calls' },
  ]);
});

test('a recovery under way is not carried to the manager', () => {
  const told = live(atShares([20, 1], [7, 0.5], [20, 1]));
  expect(told.map(({ what }) => what)).toEqual(['open volume calls', 'resolve volume calls']);
});

test('where the manager is never to hear, nothing else changes', () => {
  const days = atShares([20, 1], [20, 0.6], [25, 1]);
  const without = live(days).filter(({ what }) => !what.startsWith('tell_manager'));
  expect(live(days, false)).toEqual(without);
});

test('a slip that goes on is told of once', () => {
  expect(live(atShares([20, 1], [45, 0.6]))).toHaveLength(2);
});

test('a second slip is a second episode', () => {
  const told = live(atShares([20, 1], [5, 0.5], [20, 1], [15, 0.5]));
  expect(told.map(({ what }) => what)).toEqual([
    'open volume calls',
    'resolve volume calls',
    'open volume calls',
    'tell_manager volume calls',
  ]);
});

test('a streak opens, ends, and never goes to the manager by itself', () => {
  expect(live(atShares([20, 1], [20, 1.4], [20, 1]))).toEqual([
    { day: 30, what: 'open volume_high calls' },
    { day: 44, what: 'resolve volume_high calls' },
  ]);
});

test('a worse stage: conversion, with the manager after five days and an end', () => {
  const days = countedDays(
    100,
    (day) => ({ calls: 30, visits: 3, demos: day >= 20 && day < 50 ? 0.5 : 1.5 }),
    0,
    PLANNED,
  );
  const told = live(days);
  expect(told.map(({ what }) => what)).toEqual([
    'open conversion visitToDemo',
    'tell_manager conversion visitToDemo',
    'resolve conversion visitToDemo',
  ]);
  const [opened, manager, over] = told.map(({ day }) => day);
  expect((manager ?? 0) - (opened ?? 0)).toBe(5);
  expect(over).toBeGreaterThan(50);
});

test('one new episode a morning: volume first, the stage on the next', () => {
  const days = countedDays(
    40,
    (day) => (day < 20 ? PLANNED : { calls: 15, visits: 0.3, demos: 0.15 }),
    0,
    PLANNED,
  );
  const opened = live(days).filter(({ what }) => what.startsWith('open'));
  expect(opened.map(({ what }) => what)).toEqual([
    'open volume calls',
    'open conversion callToVisit',
  ]);
  expect(new Set(opened.map(({ day }) => day)).size).toBe(2);
});

describe('at one morning', () => {
  const days = atShares([20, 1], [15, 0.6]);
  const today = weekday(35);
  const assessment = assess(days, RATES, today);
  const step = (open: OpenEpisode[], resolved: ResolvedEpisode[] = []) =>
    stepEpisodes({ today, days, assessment, open, resolved });
  const calls = (changes: Partial<OpenEpisode> = {}): OpenEpisode =>
    ({
      kind: 'volume',
      subject: 'calls',
      openedOn: weekday(30),
      managerOn: today,
      managerToldOn: null,
      ...changes,
    }) as OpenEpisode;

  test.each([
    { name: 'on the promised day', changes: {}, told: true },
    { name: 'later too', changes: { managerOn: weekday(32) }, told: true },
    { name: 'not before', changes: { managerOn: weekday(36) }, told: false },
    { name: 'not twice', changes: { managerToldOn: weekday(34) }, told: false },
    { name: 'not if never', changes: { managerOn: null }, told: false },
    { name: 'not after four days', changes: { openedOn: weekday(31) }, told: false },
  ])('the manager hears $name', ({ changes, told }) => {
    const episode = calls(changes);
    expect(step([episode])).toEqual(told ? [{ type: 'tell_manager', episode }] : []);
  });

  test.each([
    { name: 'a volume episode further up is open', open: [calls()], resolved: [] },
    {
      name: 'the same ended four days ago',
      open: [],
      resolved: [{ kind: 'volume', subject: 'calls', resolvedOn: weekday(31) }],
    },
  ] as { name: string; open: OpenEpisode[]; resolved: ResolvedEpisode[] }[])(
    'nothing opens where $name',
    ({ open, resolved }) => {
      expect(step(open, resolved).filter(({ type }) => type === 'open')).toEqual([]);
    },
  );

  test('an episode of ten days ago does not hide one that the days since show', () => {
    const resolvedOn = weekday(25);
    expect(step([], [{ kind: 'volume', subject: 'calls', resolvedOn }])).toMatchObject([
      { type: 'open', finding: { kind: 'volume', subject: 'calls' } },
    ]);
  });
});

describe('not again', () => {
  test('what only shows what was told of and is over', () => {
    const days = atShares([20, 1], [5, 0.2], [5, 1]);
    const state = {
      today: weekday(30),
      days,
      assessment: assess(days, RATES, weekday(30)),
      open: [],
    };
    const over = (resolvedOn: string): ResolvedEpisode[] => [
      { kind: 'volume', subject: 'calls', resolvedOn },
    ];
    expect(stepEpisodes({ ...state, resolved: [] })).toHaveLength(1);
    expect(stepEpisodes({ ...state, resolved: over(weekday(20)) })).toHaveLength(1);
    expect(stepEpisodes({ ...state, resolved: over(weekday(25)) })).toEqual([]);
  });

  test('a stage within five days of its end', () => {
    const days = countedDays(40, { calls: 30, visits: 3, demos: 0.5 }, 0, PLANNED);
    const today = weekday(40);
    const state = { today, days, assessment: assess(days, RATES, today), open: [] };
    const over = (day: number): ResolvedEpisode[] => [
      { kind: 'conversion', subject: 'visitToDemo', resolvedOn: weekday(day) },
    ];
    expect(stepEpisodes({ ...state, resolved: over(36) })).toEqual([]);
    expect(stepEpisodes({ ...state, resolved: over(35) })).toMatchObject([
      { type: 'open', finding: { kind: 'conversion', subject: 'visitToDemo' } },
    ]);
  });

  test('what follows from an episode further up, open or lately over', () => {
    const days = countedDays(40, { calls: 30, visits: 1, demos: 0.5 }, 0, PLANNED);
    const today = weekday(40);
    const assessment = assess(days, { ...RATES, callToVisit: null }, today);
    const step = (open: OpenEpisode[], resolved: ResolvedEpisode[]) =>
      stepEpisodes({ today, days, assessment, open, resolved }).filter(
        ({ type }) => type === 'open',
      );
    const calls = { kind: 'volume', subject: 'calls' } as const;
    const open = { ...calls, openedOn: weekday(38), managerOn: null, managerToldOn: null };
    expect(step([], [])).toMatchObject([{ finding: { kind: 'volume', subject: 'visits' } }]);
    expect(step([open], [])).toEqual([]);
    expect(step([], [{ ...calls, resolvedOn: weekday(25) }])).toEqual([]);
    expect(step([], [{ ...calls, resolvedOn: weekday(15) }])).toHaveLength(1);
    // An end of a high says nothing about a low.
    const high = { kind: 'volume_high', subject: 'calls', resolvedOn: weekday(35) } as const;
    expect(step([], [high])).toHaveLength(1);
  });
});

describe('for all days', () => {
  const share = fc.double({ min: 0, max: 1.8, noNaN: true });
  const stretches = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), share), {
    minLength: 1,
    maxLength: 6,
  });
  const daily = fc.array(share, { minLength: 1, maxLength: 60 });
  const quarters = fc
    .oneof(
      stretches,
      daily.map((shares) => shares.map((share): [number, number] => [1, share])),
    )
    .map((stretches) => atShares(...stretches));

  test('each episode opens, goes to the manager at most once, ends at most once, in this order', () => {
    fc.assert(
      fc.property(quarters, (days) => {
        const told = live(days);
        const subjects = new Set(told.map(({ what }) => what.replace(/^\w+ /, '')));
        for (const subject of subjects) {
          const story = told
            .filter(({ what }) => what.endsWith(` ${subject}`))
            .map(({ what }) => what[0])
            .join('');
          expect(story).toMatch(/^(ot?r)*(ot?)?$/);
          if (subject.includes('_high')) expect(story).not.toContain('t');
        }
        const opened = told.filter(({ what }) => what.startsWith('open'));
        expect(new Set(opened.map(({ day }) => day)).size).toBe(opened.length);
      }),
    );
  });

  test('what ended stays quiet for five days, what goes to the manager waited five', () => {
    fc.assert(
      fc.property(quarters, (days) => {
        const last = new Map<string, number>();
        for (const { day, what } of live(days)) {
          const [type, ...rest] = what.split(' ');
          const subject = rest.join(' ');
          if (type === 'open') {
            const resolved = last.get(`resolve ${subject}`) ?? Number.NEGATIVE_INFINITY;
            expect(day - resolved).toBeGreaterThanOrEqual(5);
          }
          if (type === 'tell_manager') {
            expect(day - (last.get(`open ${subject}`) ?? 0)).toBeGreaterThanOrEqual(5);
          }
          last.set(what, day);
        }
      }),
    );
  });

  test('asking twice on the same morning says the same', () => {
    fc.assert(
      fc.property(quarters, (days) => {
        const today = weekday(days.length);
        const state = {
          today,
          days,
          assessment: assess(days, RATES, today),
          open: [],
          resolved: [],
        };
        expect(stepEpisodes(state)).toEqual(stepEpisodes(state));
      }),
    );
  });
});
