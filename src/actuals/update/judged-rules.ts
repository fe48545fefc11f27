/** Which figures a plan judges beside the days: nothing else is asked for. */
import type { Layers } from '../../plan/model/layers.ts';
import type { Layer } from '../../plan/schemas.ts';
import { monthOf } from '../../time/local-date.ts';
import type { LeadCounts } from '../store.ts';

/** Renewals are pressure-tested instead: their pipeline is no coverage. */
const COVERED_LAYERS = ['newBusiness', 'expansion'] as const satisfies readonly Layer[];

export interface Judged {
  /** The layers of which pipeline is to be open at some month's end that is still to come. */
  layers: Layer[];
  /** Leads a month, as the SDRs promised; null: nobody did. */
  promised: LeadCounts | null;
}

/** What a plan judges on a local date and after. `milestones`: null where it has none yet. */
export function judgedBy(
  plan: {
    milestones: readonly { month: string; qualifiedPipeline: Layers<number> }[] | null;
    sdr: { inboundPerMonth: number; outboundPerMonth: number } | null;
  },
  date: string,
): Judged {
  const ahead = (plan.milestones ?? []).filter(({ month }) => month >= monthOf(date));
  const { inboundPerMonth: inbound = 0, outboundPerMonth: outbound = 0 } = plan.sdr ?? {};
  return {
    layers: COVERED_LAYERS.filter((layer) =>
      ahead.some(({ qualifiedPipeline }) => qualifiedPipeline[layer] > 0),
    ),
    promised: inbound + outbound > 0 ? { inbound, outbound } : null,
  };
}
