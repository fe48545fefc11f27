/**
 * One more Bigplan on an app's data, which is dead for everybody else from the moment it answers: what it
 * has committed stands, its answer is lost, and it reaches neither the database nor Slack any more.
 */
import { createLog } from '../../src/log.ts';
import { startBigplan } from '../../src/main.ts';
import type { TestApp } from './app.ts';
import { startRelay } from './relay.ts';

export interface DoomedApp {
  url: string;
  /** Lets go of what is left of it. */
  stop(): Promise<void>;
}

export async function startDoomedApp({ config, clock }: TestApp): Promise<DoomedApp> {
  const database = new URL(config.databaseUrl ?? '');
  const api = new URL(config.slack.apiUrl ?? '');
  const lines = await Promise.all([startRelay(addressOf(database)), startRelay(addressOf(api))]);
  const [toDatabase, toSlack] = lines;
  database.host = `127.0.0.1:${toDatabase.port}`;
  api.host = `127.0.0.1:${toSlack.port}`;
  const bigplan = await startBigplan(
    {
      ...config,
      databaseUrl: database.href,
      slack: { ...config.slack, apiUrl: api.href },
    },
    { clock, log: createLog('info', { write() {} }), host: '127.0.0.1', warmUp: false },
  );
  // Its first tick is over; and it dies before it takes up what it has promised to send.
  await bigplan.tick();
  await bigplan.context.outbox.stop();
  const die = () => {
    for (const line of [...lines, toPeople]) line.cut();
  };
  const toPeople = await startRelay({ host: '127.0.0.1', port: bigplan.port }, die);
  return {
    url: `http://127.0.0.1:${toPeople.port}`,
    async stop() {
      die();
      await bigplan.stop();
    },
  };
}

const addressOf = ({ hostname, port }: URL) => ({ host: hostname, port: Number(port) });
