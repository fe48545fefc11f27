/** Bolt and Prisma, and nothing else: what a process of Bigplan's can't do without. */

import { PrismaPg } from '@prisma/adapter-pg';
import { App, HTTPReceiver } from '@slack/bolt';
import { PrismaClient } from '../../src/db/generated/client.ts';

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL ?? '' });
const db = new PrismaClient({ adapter });
await db.person.findFirst();
const app = new App({
  receiver: new HTTPReceiver({ signingSecret: 'x' }),
  authorize: async () => ({ botToken: 'xoxb-fake-token' }),
});
app.command('/bare', ({ ack }) => ack());
const server = await app.start(0);
const address = server.address();
console.log(JSON.stringify({ port: typeof address === 'object' && address?.port }));
