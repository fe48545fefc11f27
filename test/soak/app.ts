/** Bigplan in a process of its own, whose clock is moved from outside and whose memory can be asked for. */

import { createLog } from '../../src/log.ts';
import { startBigplan } from '../../src/main.ts';
import { createAdjustableClock } from '../../src/time/clock.ts';
import type { AppConfig } from '../support/app.ts';

const [config = '', from = ''] = process.argv.slice(2);
const clock = createAdjustableClock();
clock.moveTo(new Date(from));
const bigplan = await startBigplan(JSON.parse(config) as AppConfig, {
  clock,
  log: createLog('error'),
  host: '127.0.0.1',
  warmUp: false,
});

const collected = () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 1e6, resident: rss / 1e6 };
};

async function answer(asked: string): Promise<unknown> {
  if (asked === 'url') return bigplan.url;
  if (asked === 'memory') return collected();
  if (asked === 'settled') await bigplan.settled();
  else await bigplan.advance(new Date(asked));
  return 'done';
}
process.on('message', async (asked: string) => process.send?.(await answer(asked)));
process.send?.('ready');
