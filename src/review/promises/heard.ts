/** What a rep hears of what their manager promised them: that it is done, in a check-in that comes anyway. */
import type { KnownBlock } from '@slack/types';
import type { PlanInForce } from '../../activity/plan-in-force.ts';
import type { Store } from '../../db/store.ts';
import { context } from '../../slack/blocks.ts';
import { newsOf } from '../commitments/heard.ts';
import { itemsOfEach } from '../store.ts';
import { asksOfEach } from './store.ts';
import { promiseKeptText } from './view.ts';

/** More stand in the list. */
const MOST_KEPT = 3;
/** So far back something may have been done since the last check-in. */
const A_MONTH_MS = 31 * 86_400_000;

/** In the first check-in after it was ticked, unless the rep ticked it. `date`: of the check-in, local. */
export async function heardOfPromises(
  store: Store,
  plan: PlanInForce,
  date: string,
): Promise<KnownBlock[]> {
  const { rep, zone } = plan;
  const { workspaceId, userId } = rep;
  const since = new Date(zone.instantAt(date, '00:00').getTime() - A_MONTH_MS);
  const isNew = newsOf(plan, date);
  const asks = await asksOfEach(store, workspaceId, [userId], since);
  const items = await itemsOfEach(store, workspaceId, [userId], since);
  return [...asks, ...items]
    .flatMap(({ owner, text, doneAt, doneBy }) =>
      owner === 'manager' && doneBy !== null && doneBy !== userId && isNew(doneAt)
        ? [{ text, by: doneBy }]
        : [],
    )
    .slice(0, MOST_KEPT)
    .map(({ text, by }) => context(promiseKeptText(text, by)));
}
