import { expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createWorker } from '../../src/outbox/worker.ts';
import { createTestDb } from '../support/db.ts';

it('workers that came up while it was asked for their jobs are asked for anew', async () => {
  const test = await createTestDb();
  const asked: (string | null)[] = [];
  const worker = createWorker({
    databaseUrl: test.url,
    log: createLog('warn', { write: () => {} }),
    tasks: { deliver: async () => {} },
    passedOver: { flags: async () => [], wait() {}, onRoom() {} },
    async isBusy(poolId) {
      // The first answer comes when there are workers.
      if (asked.length === 0) await expect.poll(workers).not.toHaveLength(0);
      asked.push(poolId);
      return false;
    },
  });
  const workers = () => test.db.$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'bigplan worker' AND query ILIKE '%listen%'`;
  worker.start();
  await worker.idle();
  expect(asked).toEqual([null, expect.any(String)]);
  await worker.stop();
  await test.drop();
});
