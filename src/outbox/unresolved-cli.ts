/** `npm run --silent unresolved`: what didn't arrive for sure in the last 30 days, one line each. */
import { beside } from '../db/beside.ts';
import { inOneLine, toOutcome } from './delivery.ts';
import { createDeliveryStore } from './store.ts';

const DAYS = 30;

await beside('unresolved', async (db) => {
  const since = new Date(Date.now() - DAYS * 86_400_000);
  for (const row of await createDeliveryStore(db).troubled(since)) {
    process.stdout.write(`${row.state} ${inOneLine(toOutcome(row))}\n`);
  }
});
