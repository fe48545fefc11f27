import type { Store } from '../../db/store.ts';
import { lastDayOfMonth, monthOf } from '../../time/local-date.ts';
import type { ActualsPlan } from '../plan-for.ts';
import { leadsBetween } from '../store.ts';
import type { LeadsFacts } from './view.ts';

/** The month around a date: what came in, and what was promised (spec A8). */
export async function leadsFacts(
  { db }: Store,
  { rep, draft }: ActualsPlan,
  date: string,
): Promise<LeadsFacts> {
  const sdr = draft.newBusiness?.sdr ?? null;
  return {
    month: await leadsBetween(db, rep, `${monthOf(date)}-01`, lastDayOfMonth(date)),
    promised: sdr && { inbound: sdr.inboundPerMonth, outbound: sdr.outboundPerMonth },
  };
}
