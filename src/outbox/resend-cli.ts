/**
 * `npm run --silent resend`: what didn't arrive for sure in the last 30 days, one line each with its id.
 * `npm run --silent resend -- --id ID [--dry-run]`: has one of these sent again, by the running Bigplan or the next.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { beside } from '../db/beside.ts';
import { inTransaction } from '../db/transaction.ts';
import { StartError } from '../errors.ts';
import { inOneLine, toOutcome } from './delivery.ts';
import { createDeliveryStore } from './store.ts';

const USAGE = 'Usage: npm run --silent resend [-- --id ID [--dry-run]]';
const DAYS = 30;

/** @throws StartError with the usage. */
function readWish(args: string[]): { id: string | null; dryRun: boolean } {
  const options = { id: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
  let given: { id?: string; 'dry-run'?: boolean };
  try {
    given = parseArgs({ args, options }).values;
  } catch {
    throw new StartError(USAGE);
  }
  const { id = null, 'dry-run': dryRun = false } = given;
  const isRead = id === null ? !dryRun : z.uuid().safeParse(id).success;
  if (!isRead) throw new StartError(USAGE);
  return { id, dryRun };
}

await beside('resend', async (db) => {
  const { id, dryRun } = readWish(process.argv.slice(2));
  const store = createDeliveryStore(db);
  if (id === null) {
    const since = new Date(Date.now() - DAYS * 86_400_000);
    for (const row of await store.troubled(since)) {
      process.stdout.write(`${row.id} ${row.state} ${inOneLine(toOutcome(row))}\n`);
    }
    return;
  }
  const row = await store.get(id);
  if (row === null) throw new StartError(`There is no delivery ${id}.`);
  const line = inOneLine(toOutcome(row));
  const isOpen = ['ambiguous', 'failed', 'missed'].includes(row.state);
  if (!isOpen) throw new StartError(`It is ${row.state}, and not sent again: ${line}`);
  if (dryRun) {
    process.stdout.write(`would send again ${line}\n`);
    return;
  }
  const isPlanned = await inTransaction(db, (tx) =>
    store.repeat(tx, id, { byRule: false, now: new Date() }),
  );
  if (!isPlanned) throw new StartError(`It is settled meanwhile, and not sent again: ${line}`);
  process.stdout.write(`sends again ${line}\n`);
});
