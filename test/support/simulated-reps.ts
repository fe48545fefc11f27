/**
 * Reps of different habits over a quarter, and what is truly off with each of them: every count is
 * drawn from rates that the rules never see. The same seed gives the same quarter.
 */
import {
  assess,
  type EpisodeSubject,
  type OpenEpisode,
  type ResolvedEpisode,
  stepEpisodes,
} from '../../src/activity/pace/episode-rules.ts';
import type { CountedDay } from '../../src/activity/pace/pace-rules.ts';
import { STAGES, type Stage } from '../../src/activity/pace/stage-rate-rules.ts';
import { ACTIVITIES, type Activity } from '../../src/plan/schemas.ts';
import { workingDates } from '../../src/time/working-days.ts';

/** A quarter of 13 weeks, 65 working days. */
const DATES = workingDates(
  { workdays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [], timeOff: [] },
  '2027-01-04',
  '2027-04-02',
);
const PLAN_PER_DAY: Record<Activity, number> = {
  calls: 26,
  visits: 1.3,
  demos: 0.8,
  proposals: 0.55,
  contracts: 0.33,
};
const PLAN_RATES: Record<Stage, number> = {
  callToVisit: PLAN_PER_DAY.visits / PLAN_PER_DAY.calls,
  visitToDemo: PLAN_PER_DAY.demos / PLAN_PER_DAY.visits,
  demoToProposal: PLAN_PER_DAY.proposals / PLAN_PER_DAY.demos,
  proposalToContract: PLAN_PER_DAY.contracts / PLAN_PER_DAY.proposals,
};
/** Working days from a step to the next, at least and at most. */
const LAGS: Record<Stage, [number, number]> = {
  callToVisit: [1, 6],
  visitToDemo: [1, 5],
  demoToProposal: [1, 6],
  proposalToContract: [3, 10],
};
/** Days worked before the quarter, so that it begins with a full pipeline. */
const BEFORE = 40;

/** A generator of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A Poisson draw: how many exponential waits fit into the mean. */
function poisson(random: () => number, mean: number): number {
  let count = -1;
  for (let waited = 0; waited <= mean; count++) waited -= Math.log(1 - random());
  return count;
}

/** How a rep works; days are numbered from 0, the quarter's first working day. */
export interface Habit {
  name: string;
  /** Calls as a share of plan: what is truly so, over and above how a week is arranged. */
  level?: (day: number) => number;
  /** How a week's work is arranged over its days: 1 on average. */
  shape?: (day: number, random: () => number) => number;
  /** A stage's true rate as a share of plan. */
  rate?: { stage: Stage; share: (day: number) => number };
  away?: (day: number) => boolean;
  silent?: (day: number) => boolean;
}

const from = (day: number, value: number) => (at: number) => (at >= day ? value : 1);
const during = (first: number, last: number) => (day: number) => day >= first && day <= last;
const fade = (first: number, days: number, to: number) => (day: number) =>
  1 - (1 - to) * Math.min(1, Math.max(0, (day - first) / days));
const dip = (first: number, last: number, level: number) => (day: number) =>
  day >= first && day <= last ? level : 1;
const level = (value: number) => () => value;
/** A week's work on two days that are drawn anew each week. */
function anyTwoDays(): NonNullable<Habit['shape']> {
  const chosen = new Map<number, number[]>();
  return (day, random) => {
    const week = Math.floor(day / 5);
    const first = Math.floor(random() * 5);
    const second = (first + 1 + Math.floor(random() * 4)) % 5;
    const days = chosen.get(week) ?? [first, second];
    chosen.set(week, days);
    return days.includes(((day % 5) + 5) % 5) ? 2.5 : 0;
  };
}
const weekday = (day: number) => ((day % 5) + 5) % 5;
const evenWeek = (day: number) => Math.floor(day / 5) % 2 === 0;

/** Thirty reps. */
export function habits(): Habit[] {
  return [
    { name: 'steady, on plan' },
    { name: 'steady, on plan' },
    { name: 'steady, on plan' },
    { name: 'steady at 95 %', level: level(0.95) },
    { name: 'steady at 108 %', level: level(1.08) },
    { name: 'fades to 60 %', level: fade(12, 20, 0.6) },
    { name: 'fades to 60 %', level: fade(20, 15, 0.6) },
    { name: 'fades to 65 %', level: fade(25, 15, 0.65) },
    { name: 'fades to 70 %', level: fade(10, 15, 0.7) },
    { name: 'drops to half, back', level: dip(20, 34, 0.5) },
    { name: 'drops to half, back', level: dip(27, 41, 0.5) },
    { name: 'drops to 65 %, back', level: dip(15, 34, 0.65) },
    { name: 'bursts: Mon and Tue', shape: (day) => (weekday(day) < 2 ? 2.5 : 0) },
    { name: 'bursts: Tue and Thu', shape: (day) => (weekday(day) % 2 === 1 ? 2.5 : 0) },
    { name: 'bursts: any two days', shape: anyTwoDays() },
    { name: 'weeks of 150 and 50 %', shape: (day) => (evenWeek(day) ? 1.5 : 0.5) },
    { name: 'weeks of 200 and 0 %', shape: (day) => (evenWeek(day) ? 2 : 0) },
    { name: 'on leave for two weeks', away: during(20, 29) },
    { name: 'on leave for two weeks', away: during(33, 42) },
    { name: 'on leave, then fades', away: during(10, 19), level: fade(25, 10, 0.6) },
    {
      name: 'demo → proposal ×1.35',
      rate: { stage: 'demoToProposal', share: from(20, 1.35) },
    },
    { name: 'visit → demo ×1.45', rate: { stage: 'visitToDemo', share: from(15, 1.45) } },
    { name: 'call → visit ×1.7', rate: { stage: 'callToVisit', share: from(20, 1.7) } },
    { name: 'call → visit halves', rate: { stage: 'callToVisit', share: from(20, 0.5) } },
    { name: 'visit → demo ×0.5', rate: { stage: 'visitToDemo', share: from(15, 0.5) } },
    { name: 'demo → proposal ×0.5', rate: { stage: 'demoToProposal', share: from(15, 0.5) } },
    { name: 'a silent week', silent: during(25, 29) },
    { name: 'a silent week, Wed to Tue', silent: during(37, 41) },
    { name: 'over-achiever', level: level(1.35) },
    { name: 'over-achiever from week 5', level: from(20, 1.45) },
  ];
}

/** A stretch of counted days (numbers, both in) in which something is truly off. */
export type Truth = EpisodeSubject & { first: number; last: number };

export interface Quarter {
  days: CountedDay[];
  truths: Truth[];
}

/** Below and above these shares of plan something is truly off, where it lasts a week. */
const TRULY_LOW = 0.85;
const TRULY_HIGH = 1.2;
const LASTS = 5;

/** The stretches of at least five days in which `share` is low, or high. */
function stretches(shares: readonly number[], low: EpisodeSubject, high: EpisodeSubject): Truth[] {
  const truths: Truth[] = [];
  const sides = [
    { subject: low, off: (share: number) => share < TRULY_LOW },
    { subject: high, off: (share: number) => share > TRULY_HIGH },
  ];
  for (const { subject, off } of sides) {
    let first = 0;
    [...shares, 1].forEach((share, day) => {
      if (off(share) && day < shares.length) return;
      if (day - first >= LASTS) truths.push({ ...subject, first, last: day - 1 });
      first = day + 1;
    });
  }
  return truths;
}

/** The whole numbers that a small daily rate is spread into. */
const planOf = (day: number) => {
  const upTo = (days: number, perDay: number) => Math.floor(days * perDay + 1e-9);
  const planned = ACTIVITIES.map((activity) => {
    const perDay = PLAN_PER_DAY[activity];
    return [activity, upTo(day + 1, perDay) - upTo(day, perDay)] as const;
  });
  return Object.fromEntries(planned) as Record<Activity, number>;
};
const nothing = (): Record<Activity, number> => ({
  calls: 0,
  visits: 0,
  demos: 0,
  proposals: 0,
  contracts: 0,
});

/** A rep's quarter as the rules see it, and the truth behind it. */
export function drawQuarter(habit: Habit, seed: number): Quarter {
  const random = randomFrom(seed);
  const worked = DATES.map((_, day) => day).filter((day) => !habit.away?.(day));
  const timeline = [...Array.from({ length: BEFORE }, (_, i) => i - BEFORE), ...worked];
  const done = timeline.map(nothing);
  const levels = timeline.map((day) => (day < 0 ? 1 : (habit.level?.(day) ?? 1)));

  const follow = (at: number, stage: number): void => {
    const counts = done[at];
    const day = timeline[at];
    const activity = ACTIVITIES[stage];
    if (!counts || day === undefined || !activity) return;
    counts[activity]++;
    const next = STAGES[stage];
    if (!next) return;
    const share = habit.rate?.stage === next ? habit.rate.share(day) : 1;
    if (random() >= PLAN_RATES[next] * share) return;
    const [least, most] = LAGS[next];
    follow(at + least + Math.floor(random() * (most - least + 1)), stage + 1);
  };
  timeline.forEach((day, at) => {
    const shape = habit.shape?.(day, random) ?? 1;
    const calls = poisson(random, PLAN_PER_DAY.calls * (levels[at] ?? 1) * shape);
    for (let call = 0; call < calls; call++) follow(at, 0);
  });

  const days = worked.map((day, index): CountedDay => {
    const logged = !habit.silent?.(day);
    return {
      date: DATES[day] ?? '',
      planned: planOf(index),
      done: logged ? (done[BEFORE + index] ?? nothing()) : nothing(),
      logged,
    };
  });
  const shares = worked.map((day) => (habit.silent?.(day) ? 0 : (habit.level?.(day) ?? 1)));
  const truths = stretches(
    shares,
    { kind: 'volume', subject: 'calls' },
    { kind: 'volume_high', subject: 'calls' },
  );
  if (habit.rate) {
    const { stage, share } = habit.rate;
    truths.push(
      ...stretches(
        worked.map(share),
        { kind: 'conversion', subject: stage },
        { kind: 'conversion_high', subject: stage },
      ),
    );
  }
  return { days, truths };
}

/** What was told: numbers of counted days, the morning of which it was. */
export type Alert = EpisodeSubject & {
  day: number;
  managerDay: number | null;
  resolvedDay: number | null;
};

const MANAGER_AFTER = 5;

/** Every morning of the quarter as the app goes through it, with what is known up to yesterday. */
export function liveThrough(days: readonly CountedDay[]): Alert[] {
  const alerts: Alert[] = [];
  const dateOf = (day: number) => days[day]?.date ?? '9999-12-31';
  for (let day = 1; day < days.length; day++) {
    const today = dateOf(day);
    const known = days.slice(0, day);
    const open: (OpenEpisode & { alert: Alert })[] = [];
    const resolved: ResolvedEpisode[] = [];
    for (const alert of alerts) {
      const { kind, subject, managerDay, resolvedDay } = alert;
      const episode = { kind, subject } as EpisodeSubject;
      if (resolvedDay !== null) resolved.push({ ...episode, resolvedOn: dateOf(resolvedDay) });
      else {
        const managerOn = kind.endsWith('_high') ? null : dateOf(alert.day + MANAGER_AFTER);
        const managerToldOn = managerDay === null ? null : dateOf(managerDay);
        open.push({ ...episode, openedOn: dateOf(alert.day), managerOn, managerToldOn, alert });
      }
    }
    const assessment = assess(known, PLAN_RATES, today);
    for (const event of stepEpisodes({ today, days: known, assessment, open, resolved })) {
      if (event.type === 'open') {
        const { kind, subject } = event.finding;
        const episode = { kind, subject } as EpisodeSubject;
        alerts.push({ ...episode, day, managerDay: null, resolvedDay: null });
        continue;
      }
      const alert = open.find((episode) => episode === event.episode)?.alert;
      if (!alert) throw new Error('an event of an episode that is not open');
      if (event.type === 'resolve') alert.resolvedDay = day;
      else alert.managerDay = day;
    }
  }
  return alerts;
}
