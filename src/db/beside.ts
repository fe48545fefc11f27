/** The database for a command beside a running Bigplan, or without one. */
import { type Config, loadConfig, readEnvironment } from '../config.ts';
import { StartError } from '../errors.ts';
import { createDb, type Db } from './client.ts';
import { findRunning } from './embedded/running.ts';
import { startEmbedded } from './embedded.ts';

/** Runs a command's `work` on the database; what goes wrong is one line on standard error and exit code 1. */
export function beside(command: string, work: (db: Db) => Promise<void>): Promise<void> {
  return besideUrl(command, async (url) => {
    const db = createDb(url);
    await work(db).finally(() => db.$disconnect());
  });
}

/** As `beside`, with the database's address. */
export async function besideUrl(
  command: string,
  work: (url: string, config: Config) => Promise<void>,
): Promise<void> {
  try {
    const config = loadConfig(readEnvironment());
    const running = config.databaseUrl ?? (await findRunning(config.dataDir));
    if (running !== null) return await work(running, config);
    const own = await startEmbedded({ dataDir: config.dataDir });
    await work(own.url, config).finally(() => own.stop());
  } catch (error) {
    const isEmpty = ['P2021', '42P01'].includes((error as { code?: string }).code ?? '');
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
