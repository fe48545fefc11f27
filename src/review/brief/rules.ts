/** What the weekly brief may say of everybody together, and of nobody (spec D3). */
import type { Activity } from '../../plan/schemas.ts';

/** A stage of the funnel that is the reps' own whatever leads came. */
export const BRIEF_STAGES = ['visitToDemo', 'demoToProposal', 'proposalToContract'] as const;
export type BriefStage = (typeof BRIEF_STAGES)[number];

const BRIEF_STAGE_ENDS: Record<BriefStage, { from: Activity; to: Activity }> = {
  visitToDemo: { from: 'visits', to: 'demos' },
  demoToProposal: { from: 'demos', to: 'proposals' },
  proposalToContract: { from: 'proposals', to: 'contracts' },
};

/** With fewer people in it, a figure would be about a person. */
const LEAST_PEOPLE = 3;
const LEAST_TRIES = 20;
/** No one's figures may be most of what is shown. */
const MOST_OF_ONE = 0.6;

/** What one rep logged in a span, and the funnel of their plan. */
export interface RepSpan {
  counts: Readonly<Record<Activity, number>>;
  funnel: Readonly<Record<BriefStage, number>>;
}

interface Pooled {
  tries: number;
  hits: number;
  /** As the plans have it, weighed by tries; a fraction. */
  planned: number;
}

export interface WeakStage {
  stage: BriefStage;
  /** Fractions. */
  rate: number;
  planned: number;
  tries: number;
  /** The rate in the span before; null: too little to say. */
  before: number | null;
}

/** Null: too few people or tries, or one person is most of it. */
function pooled(reps: readonly RepSpan[], stage: BriefStage): Pooled | null {
  const { from, to } = BRIEF_STAGE_ENDS[stage];
  const trying = reps.filter(({ counts }) => counts[from] > 0);
  const tries = sum(trying.map(({ counts }) => counts[from]));
  const most = Math.max(0, ...trying.map(({ counts }) => counts[from]));
  if (trying.length < LEAST_PEOPLE || tries < LEAST_TRIES || most > tries * MOST_OF_ONE)
    return null;
  const hits = sum(trying.map(({ counts }) => counts[to]));
  const planned = sum(trying.map(({ counts, funnel }) => counts[from] * funnel[stage])) / tries;
  return { tries, hits, planned };
}

/**
 * The stage that is furthest under plan, of those that are under it by more than chance.
 * @param highOf the upper end of what the true rate may be.
 */
export function weakestStage(
  reps: readonly RepSpan[],
  before: readonly RepSpan[],
  highOf: (hits: number, tries: number) => number,
): WeakStage | null {
  const weak = BRIEF_STAGES.flatMap((stage) => {
    const now = pooled(reps, stage);
    if (!now || now.planned <= 0) return [];
    const hits = Math.min(now.hits, now.tries);
    if (highOf(hits, now.tries) >= now.planned) return [];
    const then = pooled(before, stage);
    return [
      {
        stage,
        rate: hits / now.tries,
        planned: now.planned,
        tries: now.tries,
        before: then && Math.min(1, then.hits / then.tries),
      },
    ];
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
