import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, isUniqueViolation } from '../../src/db/transaction.ts';
import { createTestDb, type TestDb } from '../support/db.ts';

let test: TestDb;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.workspace.deleteMany();
  await test.db.workspace.createMany({ data: [{ id: 'A' }, { id: 'B' }] });
});

const barrier = (parties: number) => {
  let arrived = 0;
  let open = () => {};
  const opened = new Promise<void>((settle) => {
    open = settle;
  });
  return async () => {
    if (++arrived >= parties) open();
    await opened;
  };
};

describe('a transaction', () => {
  it('happens wholly or not at all', async () => {
    await expect(
      inTransaction(test.db, async (tx) => {
        await tx.workspace.create({ data: { id: 'C' } });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await test.db.workspace.count()).toBe(2);
  });

  it('runs again as the victim of a deadlock', async () => {
    const meet = barrier(2);
    let runs = 0;
    const lockBoth = (first: string, second: string) =>
      inTransaction(test.db, async (tx) => {
        runs++;
        await tx.workspace.update({ where: { id: first }, data: { country: 'US' } });
        await meet();
        await tx.workspace.update({ where: { id: second }, data: { country: 'US' } });
      });
    await Promise.all([lockBoth('A', 'B'), lockBoth('B', 'A')]);
    expect(runs).toBe(3);
  });

  it.each(['query', 'raw query'])(
    'runs again when it could not be serialized (%s)',
    async (kind) => {
      const meet = barrier(2);
      let runs = 0;
      const countThenAdd = (id: string) =>
        inTransaction(
          test.db,
          async (tx) => {
            runs++;
            const count = await tx.workspace.count();
            await meet();
            if (kind === 'query')
              await tx.workspace.create({ data: { id, region: String(count) } });
            else await tx.$executeRaw`INSERT INTO workspace (id, region) VALUES (${id}, ${count})`;
          },
          { isolation: 'Serializable' },
        );
      await Promise.all([countThenAdd('C'), countThenAdd('D')]);
      const regions = await test.db.workspace.findMany({ where: { id: { in: ['C', 'D'] } } });
      expect(regions.map(({ region }) => region).sort()).toEqual(['2', '3']);
      expect(runs).toBeGreaterThan(2);
    },
  );

  it('runs again after a lost race for a unique row only where asked', async () => {
    const meet = barrier(2);
    const findOrCreate = (retryUnique: boolean) =>
      inTransaction(
        test.db,
        async (tx) => {
          const found = await tx.workspace.findUnique({ where: { id: 'C' } });
          await meet();
          return found ?? (await tx.workspace.create({ data: { id: 'C' } }));
        },
        { retryUnique },
      );
    const both = await Promise.all([findOrCreate(true), findOrCreate(true)]);
    expect(both.map(({ id }) => id)).toEqual(['C', 'C']);

    let runs = 0;
    const clash = inTransaction(test.db, async (tx) => {
      runs++;
      await tx.workspace.create({ data: { id: 'C' } });
    });
    const error = await clash.catch((thrown: unknown) => thrown);
    expect(isUniqueViolation(error)).toBe(true);
    expect(runs).toBe(1);
  });
});

describe('times', () => {
  it('are UTC whatever the server thinks', async () => {
    const at = new Date('2027-03-14T06:59:59.123Z');
    const { pathname } = new URL(test.url);
    await test.db.$executeRawUnsafe(
      `ALTER DATABASE ${pathname.slice(1)} SET timezone = 'Pacific/Chatham'`,
    );
    const { createDb } = await import('../../src/db/client.ts');
    const fresh = createDb(test.url);
    try {
      await fresh.workspace.create({ data: { id: 'T', setUpAt: at } });
      const [raw] = await fresh.$queryRaw<{ text: string; same: boolean }[]>`
        SELECT set_up_at::text AS text, set_up_at = ${at} AS same FROM workspace WHERE id = 'T'`;
      expect(raw).toEqual({ text: '2027-03-14 06:59:59.123', same: true });
      await fresh.$executeRaw`UPDATE workspace SET set_up_at = ${at} WHERE id = 'T'`;
      const row = await fresh.workspace.findUniqueOrThrow({ where: { id: 'T' } });
      expect(row.setUpAt).toEqual(at);
      expect(Math.abs(row.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
    } finally {
      await fresh.$disconnect();
    }
  });
});
