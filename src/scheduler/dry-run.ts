import type { Tx } from '../db/client.ts';
import type { DeliveryOutcome } from '../outbox/delivery.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { RunningScheduler } from './scheduler.ts';

/**
 * What a tick at `now` would send or miss, in order: what is planned already, and what each look would
 * plan, taken back. Nothing changes.
 */
export async function dryRun(
  { scheduler, outbox }: { scheduler: RunningScheduler; outbox: Outbox },
  db: Tx,
  now: Date,
): Promise<DeliveryOutcome[]> {
  const seen = new Map<string, DeliveryOutcome>();
  const add = (outcomes: DeliveryOutcome[]) => {
    for (const one of outcomes) seen.set(one.id, one);
  };
  add(await outbox.plannedAt(db, now));
  await scheduler.rollBack(now, async (tx, who, look) => {
    const before = new Set((await outbox.plannedAt(tx, now, who)).map(({ id }) => id));
    await look();
    add((await outbox.plannedAt(tx, now, who)).filter(({ id }) => !before.has(id)));
  });
  return [...seen.values()].sort(
    (a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.userId < b.userId ? -1 : 1),
  );
}
