import type { Db, Tx } from './client.ts';
import { inTransaction } from './transaction.ts';

class Rehearsed extends Error {}

/** Does work in a transaction and takes all of it back: Prisma compiles each kind of query the first time. */
export async function rehearse(db: Db, work: (tx: Tx) => Promise<void>): Promise<void> {
  await inTransaction(db, async (tx) => {
    await work(tx);
    throw new Rehearsed();
  }).catch((error) => {
    if (!(error instanceof Rehearsed)) throw error;
  });
}
