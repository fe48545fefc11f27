/** Thirty reps over a quarter: who is alerted when, against the truth that drew their numbers. */
import { expect, test, vi } from 'vitest';
import type { EpisodeSubject } from '../../src/activity/pace/episode-rules.ts';
import {
  type Alert,
  drawQuarter,
  habits,
  liveThrough,
  type Truth,
} from '../support/simulated-reps.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Counted days after the truth's end in which an alert still tells of it. */
const ECHO = 5;
const KINDS = ['volume', 'conversion', 'volume_high', 'conversion_high'] as const;

interface Outcome {
  name: string;
  truths: Truth[];
  alerts: Alert[];
  /** By alert: the truth it tells of. */
  matched: Map<Alert, Truth>;
}

const tells = (alert: Alert, truth: Truth) =>
  alert.kind === truth.kind &&
  alert.subject === truth.subject &&
  alert.day > truth.first &&
  alert.day <= truth.last + 1 + ECHO;

function quarterOf(seed: number): Outcome[] {
  return habits().map((habit, index) => {
    const { days, truths } = drawQuarter(habit, seed * 1000 + index);
    const alerts = liveThrough(days);
    const matched = new Map<Alert, Truth>();
    for (const alert of alerts) {
      const truth = truths.find((one) => tells(alert, one));
      if (truth) matched.set(alert, truth);
    }
    return { name: habit.name, truths, alerts, matched };
  });
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

function score(outcomes: readonly Outcome[], kind: EpisodeSubject['kind']) {
  const alerts = outcomes.flatMap(({ alerts, matched }) =>
    alerts.filter((alert) => alert.kind === kind).map((alert) => matched.get(alert)),
  );
  const right = alerts.filter((truth) => truth !== undefined).length;
  const delays: number[] = [];
  let truths = 0;
  for (const { truths: all, alerts, matched } of outcomes) {
    for (const truth of all.filter((truth) => truth.kind === kind)) {
      truths++;
      const first = alerts.find((alert) => matched.get(alert) === truth);
      if (first) delays.push(first.day - truth.first);
    }
  }
  return {
    alerts: alerts.length,
    right,
    truths,
    seen: delays.length,
    precision: alerts.length ? right / alerts.length : 1,
    recall: truths ? delays.length / truths : 1,
    delay: median(delays),
  };
}

const label = ({ kind, subject }: EpisodeSubject) =>
  `${subject} ${kind.endsWith('_high') ? 'high' : 'low'}`;

/** A row for each rep: days are numbers of counted days, and an alert is of that day's morning. */
function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ name, truths, alerts, matched }) => {
    const missed = truths.filter((truth) => ![...matched.values()].includes(truth));
    const wrong = alerts.filter((alert) => !matched.has(alert));
    return [
      name,
      truths.map((truth) => `${label(truth)} ${truth.first}–${truth.last}`).join(', ') || '–',
      alerts
        .map((alert) => {
          const manager = alert.managerDay === null ? '' : `, manager ${alert.managerDay}`;
          const over = alert.resolvedDay === null ? '' : `, over ${alert.resolvedDay}`;
          return `${label(alert)} ${alert.day}${manager}${over}`;
        })
        .join('; ') || '–',
      [
        missed.length > 0 && 'missed',
        missed.length === 0 && (truths.length > 0 || wrong.length === 0) && 'right',
        wrong.length > 0 && `${wrong.length} false`,
      ]
        .filter((word) => word !== false)
        .join(', '),
    ];
  });
  const all = [['rep', 'truly off on days', 'told on day', 'verdict'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const percent = (fraction: number) => `${Math.round(fraction * 100)} %`;

function summary(kind: EpisodeSubject['kind'], outcomes: readonly Outcome[]): string {
  const { alerts, right, truths, seen, precision, recall, delay } = score(outcomes, kind);
  return [
    `${kind}:`.padEnd(17),
    `precision ${percent(precision)} (${right} of ${alerts} alerts),`,
    `recall ${percent(recall)} (${seen} of ${truths}),`,
    `median delay ${delay} days`,
  ].join(' ');
}

/** None of those with which the thresholds were tuned. */
const SEEDS = [101, 102, 103, 104, 105, 106, 107, 108];
const quarters = SEEDS.map(quarterOf);
const everybody = quarters.flat();
const named = (name: RegExp) => everybody.filter((outcome) => name.test(outcome.name));
const lows = ({ alerts }: Outcome) => alerts.filter(({ kind }) => kind === 'volume');

test('thirty reps, in a table', () => {
  const [first = []] = quarters;
  expect(first).toHaveLength(30);
  const told = everybody.flatMap(({ alerts, matched }) =>
    alerts
      .filter(({ managerDay }) => managerDay !== null)
      .map((alert) => matched.get(alert) !== undefined),
  );
  console.log(
    [
      table(first),
      '',
      `${SEEDS.length} seeds, ${everybody.length} rep quarters:`,
      ...KINDS.map((kind) => summary(kind, everybody)),
      `managers told: ${told.length}, of which rightly ${told.filter(Boolean).length}`,
    ].join('\n'),
  );
});

test.each([
  // A little under what is reached, on all seeds together.
  { kind: 'volume', precision: 0.9, recall: 0.95, delay: 10 },
  { kind: 'volume_high', precision: 0.8, recall: 0.95, delay: 12 },
  { kind: 'conversion', precision: 0.8, recall: 0.6, delay: 35 },
  { kind: 'conversion_high', precision: 0.4, recall: 0.55, delay: 35 },
] as const)('$kind is told of rightly, and in time', ({ kind, precision, recall, delay }) => {
  const reached = score(everybody, kind);
  expect(reached.precision).toBeGreaterThanOrEqual(precision);
  expect(reached.recall).toBeGreaterThanOrEqual(recall);
  expect(reached.delay).toBeLessThanOrEqual(delay);
});

test.each(SEEDS)('low volume in each quarter by itself: seed %i', (seed) => {
  const { precision, recall } = score(quarterOf(seed), 'volume');
  expect(precision).toBeGreaterThanOrEqual(0.75);
  expect(recall).toBeGreaterThanOrEqual(0.8);
});

test('a fade is told of within three weeks, a missed week on the next morning', () => {
  const delays = (name: RegExp) =>
    named(name).map(({ alerts, matched, truths }) => {
      const [truth] = truths;
      const alert = alerts.find((alert) => matched.get(alert) === truth);
      return truth && alert ? alert.day - truth.first : Number.POSITIVE_INFINITY;
    });
  expect(median(delays(/^fades/))).toBeLessThanOrEqual(10);
  expect(delays(/^fades/).filter((delay) => delay <= 15).length).toBeGreaterThanOrEqual(
    0.95 * delays(/^fades/).length,
  );
  expect(Math.max(...delays(/^a silent week/))).toBeLessThanOrEqual(5);
});

test('who works in bursts or is on leave hears next to nothing', () => {
  const bursts = named(/^bursts|^weeks of/);
  expect(bursts.flatMap(lows).length).toBeLessThanOrEqual(0.05 * bursts.length);
  const leave = named(/^on leave for/);
  expect(leave.flatMap(lows).length).toBeLessThanOrEqual(0.1 * leave.length);
});

test('a manager hears of a lasting slip, and seldom of anything else', () => {
  const lasting = named(/^fades|^drops/);
  const heard = lasting.filter((outcome) => lows(outcome).some(({ managerDay }) => managerDay));
  expect(heard.length).toBeGreaterThanOrEqual(0.9 * lasting.length);
  const steady = named(/^steady|^bursts|^weeks of|^on leave for|^over-achiever/);
  const told = steady.flatMap(({ alerts }) => alerts).filter(({ managerDay }) => managerDay);
  expect(told.length).toBeLessThanOrEqual(0.05 * steady.length);
});

test('nobody gets two new alerts on one morning, and the same seed tells the same story', () => {
  for (const { alerts } of everybody) {
    expect(new Set(alerts.map(({ day }) => day)).size).toBe(alerts.length);
  }
  expect(quarterOf(SEEDS[2] ?? 0)).toEqual(quarters[2]);
});
