import type { Db, Tx } from './client.ts';
import { inTransaction } from './transaction.ts';

class RolledBack extends Error {}

/** Does work in a transaction and takes all of it back. */
export async function rolledBack(db: Db, work: (tx: Tx) => Promise<void>): Promise<void> {
  await inTransaction(db, async (tx) => {
    await work(tx);
    throw new RolledBack();
  }).catch((error) => {
    if (!(error instanceof RolledBack)) throw error;
  });
}
