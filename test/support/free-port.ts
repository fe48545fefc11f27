import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that connections are given, one of which would be taken before it is listened on. */
const PORTS = { from: 20_000, count: 12_000 };
const MOST_TRIES = 20;

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no free port');
}
