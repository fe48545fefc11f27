/** The tick's part in letting go: once an hour, what is older than SECURITY.md says. */
import type { Context } from '../context.ts';
import { inTransaction } from '../db/transaction.ts';
import { ZONE_QUESTION } from '../people/meet-person.ts';
import { AUDIT_DAYS, DELIVERY_DAYS, sweepOld } from './store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Asked once, and never again. */
const LASTING = [ZONE_QUESTION];

export function createRetention({ db, clock }: Pick<Context, 'db' | 'clock'>): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.now().getTime();
    if (now - last < HOUR_MS) return;
    last = now;
    const daysAgo = (days: number) => new Date(now - days * DAY_MS);
    const before = { deliveries: daysAgo(DELIVERY_DAYS), audit: daysAgo(AUDIT_DAYS) };
    await inTransaction(db, (tx) => sweepOld(tx, before, LASTING));
  };
}
