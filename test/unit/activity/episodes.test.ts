import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  assess,
  type EpisodeSubject,
  isForManager,
  type Morning,
  type OpenEpisode,
  type PaceTerms,
  paceSinceNote,
  type ResolvedEpisode,
  stepEpisodes,
} from '../../../src/activity/pace/episode-rules.ts';
import type { LeadDay, LeadDays } from '../../../src/activity/pace/lead-rules.ts';
import type { CountedDay } from '../../../src/activity/pace/pace-rules.ts';
import { NO_COUNTS } from '../../../src/activity/schemas.ts';
import { countedDays, weekday } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const TERMS: PaceTerms = {
  start: '2026-01-01',
  funnel: { callToVisit: 0.1, visitToDemo: 0.5, demoToProposal: 0.5, proposalToContract: 0.5 },
  salesCycleDays: 21,
  newUntil: null,
  sdrShare: 0,
  visitsPerLead: 0.5,
};
const PLANNED = { calls: 30, visits: 3, demos: 1.5 };

/** What is known on the morning after these days. */
const morning = (days: readonly CountedDay[], changes: Partial<Morning> = {}): Morning => ({
  today: weekday(days.length),
  days,
  leads: [],
  terms: TERMS,
  open: [],
  resolved: [],
  ...changes,
});
const step = (known: Morning) => stepEpisodes({ ...known, assessment: assess(known) });

interface Told {
  day: number;
  what: string;
}

/**
 * Goes through every morning as the app does: what is opened is stored, with the manager's day five
 * weekdays on (or never), and so on. Days are numbers of weekdays.
 */
function live(
  days: readonly CountedDay[],
  {
    manager = true,
    leads = [],
    terms = TERMS,
  }: { manager?: boolean; leads?: LeadDays; terms?: PaceTerms } = {},
) {
  const told: Told[] = [];
  let open: OpenEpisode[] = [];
  const resolved: ResolvedEpisode[] = [];
  for (let day = 1; day <= days.length; day++) {
    const today = weekday(day);
    const known = morning(days.slice(0, day), {
      leads: leads?.filter(({ date }) => date < today) ?? null,
      terms,
      open,
      resolved,
    });
    for (const event of step(known)) {
      const { kind, subject } = event.type === 'open' ? event.finding : event.episode;
      const episode = { kind, subject } as EpisodeSubject;
      told.push({ day, what: `${event.type} ${kind} ${subject}` });
      const others = open.filter((one) => event.type === 'open' || one !== event.episode);
      if (event.type === 'open') {
        const managerOn = manager && isForManager(episode) ? weekday(day + 5) : null;
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
const stories = (told: readonly Told[]) => told.map(({ what }) => what);

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
  const told = live(atShares([40, 1], [20, 0.6], [25, 1]));
  expect(stories(told)).toEqual([
    'open volume calls',
    'tell_manager volume calls',
    'resolve volume calls',
  ]);
  const [opened, manager, over] = told.map(({ day }) => day);
  expect(opened).toBeLessThanOrEqual(48);
  expect(manager).toBe((opened ?? 0) + 5);
  // Eight days on plan and two at 60 % are 92 %.
  expect(over).toBe(68);
});

test('who recovers within five days is between Bigplan and the rep', () => {
  expect(stories(live(atShares([40, 1], [6, 0.5], [35, 1])))).toEqual([
    'open volume calls',
    'resolve volume calls',
  ]);
});

test('days of nothing are told of before a week of them is over', () => {
  const told = live(atShares([40, 1], [4, 0], [20, 1]));
  // By the fifth day a recovery is under way: nothing for the manager.
  expect(stories(told)).toEqual(['open volume calls', 'resolve volume calls']);
  expect(told[0]?.day).toBeLessThanOrEqual(44);
});

test('where the manager is never to hear, nothing else changes', () => {
  const days = atShares([40, 1], [20, 0.6], [25, 1]);
  const without = live(days).filter(({ what }) => !what.startsWith('tell_manager'));
  expect(live(days, { manager: false })).toEqual(without);
});

test('a slip that goes on is told of once', () => {
  expect(live(atShares([40, 1], [60, 0.6]))).toHaveLength(2);
});

test('a second slip is a second episode', () => {
  expect(stories(live(atShares([40, 1], [6, 0.5], [20, 1], [15, 0.5])))).toEqual([
    'open volume calls',
    'resolve volume calls',
    'open volume calls',
    'tell_manager volume calls',
  ]);
});

test('a streak opens, ends, and never goes to the manager by itself', () => {
  expect(stories(live(atShares([40, 1], [20, 1.5], [20, 1])))).toEqual([
    'open volume_high calls',
    'resolve volume_high calls',
  ]);
});

test('a worse stage: conversion, with the manager after five days and an end', () => {
  const days = countedDays(
    160,
    (day) => ({ calls: 30, visits: 3, demos: day >= 40 && day < 80 ? 0.3 : 1.5 }),
    0,
    PLANNED,
  );
  const told = live(days);
  expect(stories(told)).toEqual([
    'open conversion visitToDemo',
    'tell_manager conversion visitToDemo',
    'resolve conversion visitToDemo',
  ]);
  const [opened, manager, over] = told.map(({ day }) => day);
  expect((manager ?? 0) - (opened ?? 0)).toBe(5);
  expect(over).toBeGreaterThan(80);
});

test('volume or conversion: fewer calls and as many fewer visits are one matter', () => {
  const low = (done: Parameters<typeof countedDays>[1]) =>
    assess(morning(countedDays(70, done, 0, PLANNED))).low;
  expect(low(PLANNED)).toEqual([]);
  expect(low({ calls: 15, visits: 1.5, demos: 0.75 })).toMatchObject([
    { kind: 'volume', subject: 'calls' },
  ]);
  expect(low({ calls: 30, visits: 1, demos: 0.5 })).toEqual([
    { kind: 'conversion', subject: 'callToVisit' },
  ]);
});

test('one new episode a morning: volume first, the stage on another', () => {
  const days = countedDays(
    90,
    (day) => (day < 40 ? PLANNED : { calls: 15, visits: 0.2, demos: 0.1 }),
    0,
    PLANNED,
  );
  const opened = live(days).filter(({ what }) => what.startsWith('open'));
  expect(stories(opened).slice(0, 2)).toEqual(['open volume calls', 'open conversion callToVisit']);
  expect(new Set(opened.map(({ day }) => day)).size).toBe(opened.length);
});

describe('logs that are missing', () => {
  const silent = (days: readonly CountedDay[], is: (day: number) => boolean) =>
    days.map((day, index) => (is(index) ? { ...day, done: NO_COUNTS, logged: false } : day));

  test('are told of once, as what they are, and not to the manager', () => {
    expect(stories(live(silent(atShares([200, 1]), (day) => day % 2 === 0)))).toEqual([
      'open logging days',
    ]);
    expect(stories(live(silent(atShares([100, 1]), (day) => day >= 40)))).toEqual([
      'open logging days',
    ]);
  });

  test('end with twelve of fifteen days logged, and aren’t told of again for a season', () => {
    const days = silent(
      atShares([150, 1]),
      (day) => (day >= 40 && day < 50) || (day >= 70 && day < 80),
    );
    const told = live(days);
    expect(stories(told)).toEqual(['open logging days', 'resolve logging days']);
    expect(told[1]?.day).toBe(62);
  });

  test('one in ten, or every Friday, are nobody’s matter', () => {
    for (const every of [10, 5]) {
      const days = silent(atShares([150, 1]), (day) => day % every === every - 1);
      expect(live(days)).toEqual([]);
    }
  });
});

describe('leads that were promised', () => {
  const withLeads = { ...TERMS, sdrShare: 0.5 };
  /** Half of three visits a day are those of three leads. */
  const leads = (days: number, perDay: (day: number) => number): LeadDay[] =>
    Array.from({ length: days }, (_, day) => ({
      date: weekday(day),
      promised: { inbound: 2, outbound: 1 },
      received: { inbound: perDay(day), outbound: 0 },
    }));
  const stopped = (from: number, to: number) => (day: number) => day >= from && day < to;
  const daysOf = (count: number, isStopped: (day: number) => boolean) =>
    countedDays(
      count,
      (day) => {
        const share = isStopped(day - 5) ? 0.5 : 1;
        return { calls: 15, visits: 3 * share, demos: 1.5 * share };
      },
      0,
      { calls: 15, visits: 3, demos: 1.5 },
    );

  test('and stop are named, and nothing that follows from them; over once they come again', () => {
    const off = stopped(60, 120);
    const told = live(daysOf(200, off), {
      leads: leads(200, (day) => (off(day) ? 0 : 3)),
      terms: withLeads,
    });
    expect(stories(told)).toEqual(['open leads short', 'resolve leads short']);
    const [opened, over] = told.map(({ day }) => day);
    expect(opened).toBeLessThanOrEqual(66);
    expect(over).toBeGreaterThan(130);
    expect(over).toBeLessThanOrEqual(145);
  });

  test('and never entered are asked for, in place of what may follow from them', () => {
    const told = live(daysOf(150, stopped(60, 150)), { leads: null, terms: withLeads });
    expect(stories(told)).toEqual(['open leads unknown']);
  });

  test('and hardly matter excuse nothing', () => {
    const told = live(daysOf(150, stopped(60, 150)), {
      leads: null,
      terms: { ...TERMS, sdrShare: 0.1 },
    });
    expect(stories(told)).not.toContain('open leads unknown');
    expect(told.length).toBeGreaterThan(0);
  });

  test('excuse no calls that aren’t made', () => {
    const days = atShares([60, 1], [30, 0.5]);
    const told = live(days, { leads: leads(90, (day) => (day < 60 ? 3 : 0)), terms: withLeads });
    expect(stories(told)).toContain('open volume calls');
    expect(stories(told)).toContain('open leads short');
  });
});

describe('at one morning', () => {
  const days = atShares([40, 1], [15, 0.6]);
  const today = weekday(55);
  const stepWith = (open: OpenEpisode[], resolved: ResolvedEpisode[] = []) =>
    step(morning(days, { open, resolved }));
  const calls = (changes: Partial<OpenEpisode> = {}): OpenEpisode =>
    ({
      kind: 'volume',
      subject: 'calls',
      openedOn: weekday(50),
      managerOn: today,
      managerToldOn: null,
      ...changes,
    }) as OpenEpisode;

  test.each([
    { name: 'on the promised day', changes: {}, told: true },
    { name: 'later too', changes: { managerOn: weekday(52) }, told: true },
    { name: 'not before', changes: { managerOn: weekday(56) }, told: false },
    { name: 'not twice', changes: { managerToldOn: weekday(54) }, told: false },
    { name: 'not if never', changes: { managerOn: null }, told: false },
    { name: 'not after four days', changes: { openedOn: weekday(51) }, told: false },
  ])('the manager hears $name', ({ changes, told }) => {
    const episode = calls(changes);
    expect(stepWith([episode])).toEqual(told ? [{ type: 'tell_manager', episode }] : []);
  });

  test('nothing opens that is open, or ended four days ago', () => {
    const opened = (events: ReturnType<typeof step>) =>
      events.filter(({ type }) => type === 'open');
    const over = (day: number): ResolvedEpisode[] => [
      { kind: 'volume', subject: 'calls', resolvedOn: weekday(day) },
    ];
    expect(opened(stepWith([], []))).toHaveLength(1);
    expect(opened(stepWith([calls()]))).toEqual([]);
    expect(opened(stepWith([], over(51)))).toEqual([]);
    // The days since have to show it by themselves, and ten do.
    expect(opened(stepWith([], over(45)))).toHaveLength(1);
  });

  test('what follows from an episode further up, open or lately over, isn’t told of', () => {
    const few = countedDays(70, { calls: 0, visits: 1, demos: 0.5 }, 0, { visits: 3, demos: 1.5 });
    const opened = (open: OpenEpisode[], resolved: ResolvedEpisode[]) =>
      step(morning(few, { open, resolved })).filter(({ type }) => type === 'open');
    const of = { kind: 'volume', subject: 'calls' } as const;
    const open = { ...of, openedOn: weekday(68), managerOn: null, managerToldOn: null };
    expect(opened([], [])).toMatchObject([{ finding: { kind: 'volume', subject: 'visits' } }]);
    expect(opened([open], [])).toEqual([]);
    expect(opened([], [{ ...of, resolvedOn: weekday(55) }])).toEqual([]);
    expect(opened([], [{ ...of, resolvedOn: weekday(45) }])).toHaveLength(1);
    // An end of a high says nothing about a low.
    const high = { kind: 'volume_high', subject: 'calls', resolvedOn: weekday(65) } as const;
    expect(opened([], [high])).toHaveLength(1);
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
        expect(step(morning(days))).toEqual(step(morning(days)));
      }),
    );
  });
});

test('a note is over by the very days that its end is told with', () => {
  const level = fc.constantFrom(10, 20, 28, 30, 32, 40, 60);
  fc.assert(
    fc.property(fc.array(level, { minLength: 6, maxLength: 25 }), fc.boolean(), (calls, isHigh) => {
      const done = (day: number) => ({ calls: calls[day] ?? 0 });
      const days = countedDays(calls.length, done, 0, { calls: 30 });
      const openedOn = weekday(0);
      const kind = isHigh ? ('volume_high' as const) : ('volume' as const);
      const open = {
        kind,
        subject: 'calls' as const,
        openedOn,
        managerOn: null,
        managerToldOn: null,
      };
      const isOver = step(morning(days, { open: [open] })).some(({ type }) => type === 'resolve');
      const { share } = paceSinceNote(open, days);
      if (isOver && isHigh) expect(share).toBeLessThanOrEqual(1.08);
      if (isOver && !isHigh) expect(share).toBeGreaterThanOrEqual(0.92);
    }),
  );
});
