/** What a check-in shows of objections, once its day is logged. */
import type { KnownBlock } from '@slack/types';
import type { PlanInForce } from '../../activity/plan-in-force.ts';
import { findDay } from '../../activity/store.ts';
import type { Store } from '../../db/store.ts';
import { objectionsSince } from '../store.ts';
import { objectionsOfDay } from './view.ts';

/** Nothing while the day waits for its answer. `date`: of the check-in, local. */
export async function objectionsBeside(
  store: Store,
  { rep }: PlanInForce,
  date: string,
): Promise<KnownBlock[]> {
  const day = await findDay(store, rep, date);
  if (day?.state !== 'logged') return [];
  const { workspaceId, userId, locale } = rep;
  const met = await objectionsSince(store, workspaceId, [userId], date);
  const ofDay = met.filter((one) => one.date === date).reverse();
  return objectionsOfDay(ofDay, { date, repId: userId, locale });
}
