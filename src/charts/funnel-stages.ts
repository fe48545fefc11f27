/** What a funnel chart is given, and the figures that are drawn and said. */
import { amount } from './figures.ts';

export interface FunnelStage {
  /** `Calls` */
  name: string;
  planned: number;
  done: number;
  /**
   * The rate from the stage before, as fractions; null where there is none. Left out: the counts of
   * both, divided.
   */
  conversion?: Conversion | undefined;
}

export interface Conversion {
  done: number | null;
  planned: number | null;
}

export interface FunnelChartInput {
  /** BCP 47. */
  locale: string;
  /** In order: calls, visits, demos, proposals, contracts. */
  stages: readonly FunnelStage[];
  /** The time it covers, in words: `March 2027`. */
  period?: string | undefined;
}

export interface StageFigures {
  name: string;
  planned: number;
  done: number;
  /** done ÷ planned; null where nothing was planned. */
  share: number | null;
  /** From the stage before; nulls at the first. */
  conversion: Conversion;
}

/** The stages with sane figures: whole counts from 0 up. */
export function stageFigures(stages: readonly FunnelStage[]): StageFigures[] {
  const counts = stages.map(({ planned, done }) => ({
    planned: amount(planned),
    done: amount(done),
  }));
  return stages.map(({ name, conversion }, index) => {
    const { planned, done } = counts[index] ?? { planned: 0, done: 0 };
    const before = counts[index - 1];
    return {
      name,
      planned,
      done,
      share: ratio(done, planned),
      conversion: {
        done: before ? rate(conversion?.done, ratio(done, before.done)) : null,
        planned: before ? rate(conversion?.planned, ratio(planned, before.planned)) : null,
      },
    };
  });
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** A given rate where it is one, else what the counts say. */
function rate(given: number | null | undefined, counted: number | null): number | null {
  if (given === undefined) return counted;
  return given !== null && Number.isFinite(given) && given >= 0 ? given : null;
}
