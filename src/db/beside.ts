/** The database for a command beside a running Bigplan, or without one. */
import { loadConfig, readEnvironment } from '../config.ts';
import { StartError } from '../errors.ts';
import { createDb, type Db } from './client.ts';
import { findRunning } from './embedded/running.ts';
import { startEmbedded } from './embedded.ts';

/** Runs a command's `work` on the database; what goes wrong is one line on standard error and exit code 1. */
export async function beside(command: string, work: (db: Db) => Promise<void>): Promise<void> {
  const on = async (url: string) => {
    const db = createDb(url);
    await work(db).finally(() => db.$disconnect());
  };
  try {
    const { databaseUrl, dataDir } = loadConfig(readEnvironment());
    const running = databaseUrl ?? (await findRunning(dataDir));
    if (running !== null) return await on(running);
    const own = await startEmbedded({ dataDir });
    await on(own.url).finally(() => own.stop());
  } catch (error) {
    const isEmpty = (error as { code?: string }).code === 'P2021';
    const reason =
      error instanceof StartError
        ? error.message
        : isEmpty
          ? 'Bigplan has not been started on this database yet'
          : String(error).trim().split('\n').at(-1);
    process.stderr.write(`${command}: ${reason}\n`);
    process.exitCode = 1;
  }
}
