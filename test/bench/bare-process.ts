/** Bolt and Prisma, and nothing else: what a process of Bigplan's can't do without. */
import { App, HTTPReceiver } from '@slack/bolt';
import { createDb } from '../../src/db/client.ts';

const db = createDb(process.env.DATABASE_URL ?? '');
await db.person.findFirst();
const app = new App({
  receiver: new HTTPReceiver({ signingSecret: 'x' }),
  authorize: async () => ({ botToken: 'xoxb-fake-token' }),
});
app.command('/bare', ({ ack }) => ack());
const server = await app.start(0);
const address = server.address();
console.log(JSON.stringify({ port: typeof address === 'object' && address?.port }));
