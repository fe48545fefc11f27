/** Sends what is due here and now, for a command that ends when it is done. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery as Row } from '../db/generated/client.ts';
import { GIVE_UP_MS, type Sender } from './send.ts';
import type { DeliveryStore } from './store.ts';

const AT_ONCE = 8;
/** While another process has a row. */
const POLL_MS = 250;
/** What has to wait longer is left to the running Bigplan, */
const PATIENCE_MS = 70_000;
/** and so is what is left after so long in all. */
const ALL_MS = 15 * 60_000;

/**
 * Settles each of `rows`, which are due at `now`: sends it, waits for those that another process has
 * and for short limits of Slack's, and looks once for what is in doubt. `settled` hears of each as it
 * is then: still planned where its wait would be too long. Of one that was put off it hears nothing.
 */
export async function sendDue(
  { store, sender }: { store: DeliveryStore; sender: Sender },
  rows: readonly Row[],
  now: Date,
  settled: (row: Row) => void,
): Promise<void> {
  const end = Date.now() + ALL_MS;
  const queue = rows.map(({ id }) => id);
  const work = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      await settle(id);
      const row = await store.get(id);
      if (row !== null && row.dueAt <= now) settled(row);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  /** Waits a moment for what goes before a reply; false where that takes long, or it is no reply. */
  async function isNext(row: Row | null): Promise<boolean> {
    if (row?.state !== 'planned') return row !== null;
    if (row.rootId === null || (row.sendBy !== null && row.sendBy < now)) return false;
    const isInHand = ({ state, dueAt }: Row) =>
      state === 'sending' || (state === 'planned' && dueAt <= now);
    if (!(await store.waitsFor(row)).every(isInHand)) return false;
    await sleep(POLL_MS);
    return true;
  }

  async function settle(id: string): Promise<void> {
    const patient = Date.now() + PATIENCE_MS;
    let looked = false;
    while (Date.now() < end) {
      const row = await store.get(id);
      if (row?.state === 'planned' && (await store.isRefused(row.workspaceId))) return;
      if (row?.state === 'planned' && row.dueAt <= now) {
        const again = await sender.deliver(id);
        if (again !== null) {
          if (!(await waitFor(again))) return;
        } else if (Date.now() > patient || !(await isNext(await store.get(id)))) return;
      } else if (row?.state === 'sending') {
        await sleep(POLL_MS);
        await store.expireLeases();
      } else if (row?.state === 'ambiguous' && row.leaseUntil !== null && !looked) {
        if (!(await waitFor(row.leaseUntil))) return;
        await sender.look(id, new Date(Date.now() + GIVE_UP_MS));
        looked = true;
      } else {
        return;
      }
    }
  }
}

/** False, at once, where that would take too long. */
async function waitFor(instant: Date): Promise<boolean> {
  const ms = instant.getTime() - Date.now();
  if (ms > PATIENCE_MS) return false;
  await sleep(Math.max(0, ms));
  return true;
}
