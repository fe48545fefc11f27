import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db, Tx } from '../../src/db/client.ts';
import { gathered, inGathering } from '../../src/db/gathered.ts';
import { createTestDb, type TestDb } from '../support/db.ts';

let test: TestDb;
const warnings: string[] = [];
const warned = (warning: Error) => void warnings.push(warning.message);
beforeAll(async () => {
  test = await createTestDb();
  process.on('warning', warned);
});
afterAll(async () => {
  process.off('warning', warned);
  await test.drop();
});

/** How many were asked at a time. */
let sizes: number[] = [];

const doubled = gathered(async (db, numbers: readonly number[]) => {
  sizes.push(numbers.length);
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT 2 * n AS n FROM unnest(${[...numbers]}::int[]) WITH ORDINALITY AS asked (n, at) ORDER BY at`;
  return rows.map(({ n }) => n);
});

async function slowly(tx: Db | Tx, seconds: number): Promise<void> {
  await tx.$queryRaw`SELECT pg_sleep(${seconds}::float)::text`;
}

it('what several ask at a time is one statement, and each gets their own answer', async () => {
  sizes = [];
  const answers = await inGathering(test.db, (tx) =>
    Promise.all(Array.from({ length: 50 }, async (_, n) => doubled(tx, await doubled(tx, n)))),
  );
  expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => 4 * n));
  expect(sizes).toEqual([50, 50]);
});

it('whoever has to ask something of their own first is waited for', async () => {
  sizes = [];
  const answers = await inGathering(test.db, (tx) =>
    Promise.all(
      [0, 1, 2, 3].map(async (n) => {
        for (let own = 0; own < n; own++) await slowly(tx, 0.01);
        return doubled(tx, n);
      }),
    ),
  );
  expect(answers).toEqual([0, 2, 4, 6]);
  expect(sizes).toEqual([4]);
  // Statements of a transaction take turns.
  expect(warnings).toEqual([]);
});

it('outside of a gathering each is asked at once', async () => {
  sizes = [];
  expect(await Promise.all([1, 2, 3].map((n) => doubled(test.db, n)))).toEqual([2, 4, 6]);
  expect(sizes).toEqual([1, 1, 1]);
});

it('a question that fails fails for all who asked it, and undoes all', async () => {
  const broken = gathered(async (db, ids: readonly string[]) => {
    await db.$queryRaw`SELECT 1 / 0`;
    return ids;
  });
  const refused: unknown[] = [];
  const done = inGathering(test.db, async (tx) => {
    await tx.workspace.create({ data: { id: 'T0GATHERED' } });
    const asked = await Promise.allSettled(['one', 'other'].map((id) => broken(tx, id)));
    for (const one of asked) if (one.status === 'rejected') refused.push(one.reason);
    throw new Error('told');
  });
  await expect(done).rejects.toThrow('told');
  expect(refused).toEqual([expect.any(Error), expect.any(Error)]);
  expect(await test.db.workspace.count({ where: { id: 'T0GATHERED' } })).toBe(0);
});
