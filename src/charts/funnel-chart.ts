import type { Chart } from './chart.ts';

export interface FunnelStage {
  /** `Calls` */
  name: string;
  planned: number;
  done: number;
  /**
   * The rate from the stage before, as fractions; null where there is none. Left out: the counts of
   * both, divided.
   */
  conversion?: { done: number | null; planned: number | null } | undefined;
}

export interface FunnelChartInput {
  /** BCP 47. */
  locale: string;
  /** In order: calls, visits, demos, proposals, contracts. */
  stages: readonly FunnelStage[];
  /** The time it covers, in words: `March 2027`. */
  period?: string | undefined;
}

/** The funnel against plan: each stage as a share of its plan, and what became of it. */
export function funnelChart(_input: FunnelChartInput): Chart {
  throw new Error('Not drawn yet');
}
