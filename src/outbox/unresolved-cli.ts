/** `npm run --silent unresolved`: what didn't arrive for sure in the last 30 days, one line each. */
import { loadConfig, readEnvironment } from '../config.ts';
import { createDb } from '../db/client.ts';
import { findRunning } from '../db/embedded/running.ts';
import { startEmbedded } from '../db/embedded.ts';
import { StartError } from '../errors.ts';
import { inOneLine, toOutcome } from './delivery.ts';
import { createDeliveryStore } from './store.ts';

const DAYS = 30;

async function list(url: string): Promise<void> {
  const db = createDb(url);
  try {
    const since = new Date(Date.now() - DAYS * 86_400_000);
    for (const row of await createDeliveryStore(db).troubled(since)) {
      process.stdout.write(`${row.state} ${inOneLine(toOutcome(row))}\n`);
    }
  } finally {
    await db.$disconnect();
  }
}

try {
  const { databaseUrl, dataDir } = loadConfig(readEnvironment());
  const running = databaseUrl ?? (await findRunning(dataDir));
  if (running !== null) {
    await list(running);
  } else {
    const own = await startEmbedded({ dataDir });
    await list(own.url).finally(() => own.stop());
  }
} catch (error) {
  const reason =
    error instanceof StartError ? error.message : String(error).trim().split('\n').at(-1);
  process.stderr.write(`unresolved: ${reason}\n`);
  process.exitCode = 1;
}
