import { afterAll, beforeAll, expect, it } from 'vitest';
import { warmUpDay } from '../../src/activity/warm-up.ts';
import { warmUp } from '../../src/plan/warm-up.ts';
import { systemClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb, testEncryption } from '../support/db.ts';

let test: TestDb;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());

it('warming up works, and leaves nothing behind', async () => {
  const deps = { db: test.db, encryption: testEncryption(), clock: systemClock };
  await warmUp(deps as Parameters<typeof warmUp>[0]);
  await warmUpDay(deps);
  const counts = [
    await test.db.workspace.count(),
    await test.db.person.count(),
    await test.db.plan.count(),
    await test.db.activityDay.count(),
  ];
  expect(counts).toEqual([0, 0, 0, 0]);
});
