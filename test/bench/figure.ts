/** A row of the bench's table, and how it comes from five rounds. */
import type { TestContext } from 'vitest';

export const ROUNDS = 5;

export interface Goal {
  is: 'at most' | 'at least';
  than: number;
}

export interface Figure {
  name: string;
  /** Of `ours` and `bare`, such as ms. */
  unit: string;
  /** The medians over the rounds; `bare` is null where nothing is beside it. */
  ours: number;
  bare: number | null;
  /** The median over the rounds, each with its own two sides, and the least and the most of them. */
  ratio: number | null;
  spread: [least: number, most: number] | null;
  /** Of the ratio; of `ours` where nothing is beside it. Null: it is only looked at. */
  goal: Goal | null;
  met: boolean | null;
}

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figure[];
  }
}

/** What each round found, of both sides. */
export interface Rounds<T> {
  ours: T[];
  bare: T[];
}

export const atMost = (than: number): Goal => ({ is: 'at most', than });
export const atLeast = (than: number): Goal => ({ is: 'at least', than });

/** Goes through both sides in turn, after a first time that doesn't count: what the machine does hits both. */
export async function rounds<T>(sides: {
  bare: () => T | Promise<T>;
  ours: () => T | Promise<T>;
}): Promise<Rounds<T>> {
  const found: Rounds<T> = { bare: [], ours: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const side of ['bare', 'ours'] as const) {
      const one = await sides[side]();
      if (round > 0) found[side].push(one);
    }
  }
  return found;
}

/** Adds a row to the table: `of` is what counts of a round. */
export function addFigure<T>(
  task: TestContext['task'],
  { name, unit, goal = null }: { name: string; unit: string; goal?: Goal | null },
  { ours, bare }: Rounds<T> | { ours: T[]; bare: null },
  of: (round: T) => number,
): void {
  const own = ours.map(of);
  const least = bare?.map(of) ?? null;
  const ratios = least && own.map((value, round) => value / (least[round] ?? Number.NaN));
  const ratio = ratios && median(ratios);
  const value = ratio ?? median(own);
  const figure: Figure = {
    name,
    unit,
    ours: median(own),
    bare: least && median(least),
    ratio,
    spread: ratios && [Math.min(...ratios), Math.max(...ratios)],
    goal,
    met: goal && (goal.is === 'at most' ? value <= goal.than : value >= goal.than),
  };
  task.meta.figures = [...(task.meta.figures ?? []), figure];
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** The value below which such a share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const at = Math.min(values.length - 1, Math.floor(values.length * share));
  return values.toSorted((a, b) => a - b)[at] ?? Number.NaN;
}
