import type { Store } from '../db/store.ts';
import type { SettledRenewal } from '../plan/reading/summary-view.ts';
import { settlementsOf } from './store.ts';

/** What has become of a plan's renewals so far, oldest first, as the plan shows it. */
export async function settledRenewals(
  { db }: Pick<Store, 'db'>,
  planId: string,
): Promise<SettledRenewal[]> {
  const deals = await settlementsOf(db, planId);
  return deals.flatMap(({ renewalId, outcome, amount, date }) =>
    renewalId === null ? [] : [{ renewalId, outcome, amount, date }],
  );
}
