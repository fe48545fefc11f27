/** A process of Bigplan's, as far as it sends: of what is due to everybody, and how much memory that takes. */
import { WebClient } from '@slack/web-api';
import { createDb } from '../../src/db/client.ts';
import { acrossWorkspaces } from '../../src/db/scope.ts';
import { createLog } from '../../src/log.ts';
import { UNLIMITED } from '../../src/outbox/limit-rules.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import { boltLogger } from '../../src/slack/bolt-logger.ts';
import { clientOptions } from '../../src/slack/clients.ts';
import { systemClock } from '../../src/time/clock.ts';
import { kindOf } from '../support/kind.ts';

const [databaseUrl = '', apiUrl = ''] = process.argv.slice(2);
const db = createDb(databaseUrl);
const log = createLog('silent');
const settings = { mode: 'http' as const, botToken: 'xoxb-fake-token', signingSecret: 'x', apiUrl };
const client = new WebClient(settings.botToken, clientOptions(settings, boltLogger(log)));
// What it can send is asked, not what Slack would take.
const limits = UNLIMITED;
const outbox = createOutbox({ db, databaseUrl, client, clock: systemClock, log, limits });
outbox.declare(
  kindOf('bench', async ({ userId }) => ({ to: { user: userId }, text: 'Hello', blocks: [] })),
);
await acrossWorkspaces(async () => outbox.start());
process.send?.('ready');
process.on('message', (asked) => {
  if (asked === 'end') process.exit();
  if (asked === 'processor') {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1_000);
    return;
  }
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed / 1e6);
});
