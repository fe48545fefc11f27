/** What the weekly brief may say of everybody together, and of nobody (spec D3). */
import { wilson, Z_95 } from '../../activity/pace/chance-rules.ts';
import { STAGES, type Stage, type StageSpan } from '../../activity/pace/stage-rate-rules.ts';

/** With fewer people in it, a figure would be about a person. */
const LEAST_PEOPLE = 3;
const LEAST_TRIES = 20;
/** No one's figures may be most of what is shown. */
const MOST_OF_ONE = 0.6;

/** What one rep's stages came to in a span; null: that one can't be judged (see `stageSpan`). */
export type RepStages = Readonly<Record<Stage, StageSpan | null>>;

export interface WeakStage {
  stage: Stage;
  /** Fractions. */
  rate: number;
  planned: number;
  tries: number;
  /** The rate in the span before; null: too little to say. */
  before: number | null;
}

interface Pooled {
  tries: number;
  rate: number;
  /** As it is agreed, weighed by tries; a fraction. */
  planned: number;
  /** How many tries tell by themselves. */
  telling: number;
}

/** Null: too few people or tries, or one person is most of it. */
function pooled(reps: readonly RepStages[], stage: Stage): Pooled | null {
  const spans = reps.flatMap((one) => one[stage] ?? []).filter(({ n }) => n > 0);
  const tries = sum(spans.map(({ n }) => n));
  const most = Math.max(0, ...spans.map(({ n }) => n));
  if (spans.length < LEAST_PEOPLE || tries < LEAST_TRIES || most > tries * MOST_OF_ONE) return null;
  return {
    tries,
    rate: Math.min(1, sum(spans.map(({ k }) => k)) / tries),
    planned: sum(spans.map(({ n, plan }) => n * plan)) / tries,
    telling: sum(spans.map(({ n, weight }) => n * weight)),
  };
}

/** The stage that is furthest under plan, of those that are under it by more than chance. */
export function weakestStage(
  reps: readonly RepStages[],
  before: readonly RepStages[],
): WeakStage | null {
  const weak = STAGES.flatMap((stage) => {
    const now = pooled(reps, stage);
    if (!now || now.telling <= 0) return [];
    const { rate, planned, tries, telling } = now;
    if (wilson(rate * telling, telling, Z_95).high >= planned) return [];
    return [{ stage, rate, planned, tries, before: pooled(before, stage)?.rate ?? null }];
  });
  const [weakest] = weak.sort((a, b) => a.rate / a.planned - b.rate / b.planned);
  return weakest ?? null;
}

/** Of everybody's counts, by rep: their sum; null where fewer than three have any. */
export function sumOfSeveral(counts: readonly number[]): number | null {
  const some = counts.filter((count) => count > 0);
  return some.length >= LEAST_PEOPLE ? sum(some) : null;
}

export interface CountedCause<Cause> {
  cause: Cause;
  /** Null: nearly everybody, which isn't said in a number. */
  reps: number | null;
}

/**
 * The causes that a channel may read the counts of, of a month that so many answered: nothing where those are fewer
 * than three; one that a single rep named isn't said, and of one that all named not that it was all.
 */
export function causesForChannel<Cause>(
  rows: readonly { cause: Cause; reps: number | null }[],
  answered: number,
): CountedCause<Cause>[] {
  if (answered < LEAST_PEOPLE) return [];
  return rows.flatMap(({ cause, reps }) => {
    if (reps === null || reps < 2) return [];
    return [{ cause, reps: reps >= answered - 1 ? null : reps }];
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
