/** The second wall: in a workspace's scope the database shows no other's rows, whatever the query forgets. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type Db } from '../../src/db/client.ts';
import { acrossWorkspaces, inWorkspace } from '../../src/db/scope.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { makeWorkspaceRole } from '../../src/db/workspace-role.ts';
import { createTestDb, type TestDb } from '../support/db.ts';

const OURS = 'T0OURS';
const THEIRS = 'T0THEIRS';

let test: TestDb;
let db: Db;
beforeAll(async () => {
  test = await createTestDb();
  await makeWorkspaceRole(test.url);
  db = createDb(test.url, { isScoped: true });
  for (const workspaceId of [OURS, THEIRS]) {
    const userId = `U-${workspaceId}`;
    await test.db.workspace.create({ data: { id: workspaceId } });
    await test.db.person.create({
      data: { workspaceId, userId, name: userId, locale: 'en', refreshedAt: new Date() },
    });
    const plan = await test.db.plan.create({ data: { workspaceId, repId: userId } });
    await test.db.planVersion.create({
      data: { planId: plan.id, number: 1, terms: {}, personal: 'sealed' },
    });
  }
});
afterAll(async () => {
  await db.$disconnect();
  await test.drop();
});

describe('a filter that was forgotten', () => {
  it.each(['Prisma', 'SQL', 'a transaction'])('shows one’s own alone, by %s', async (how) => {
    const everybody = async () => {
      if (how === 'SQL')
        return db.$queryRaw<{ ws: string }[]>`SELECT workspace_id AS ws FROM person`;
      const read = (on: Pick<Db, 'person'>) =>
        on.person.findMany({ select: { workspaceId: true } });
      const rows = how === 'Prisma' ? await read(db) : await inTransaction(db, read);
      return rows.map(({ workspaceId }) => ({ ws: workspaceId }));
    };
    expect(await inWorkspace(OURS, everybody)).toEqual([{ ws: OURS }]);
    expect(await inWorkspace('T0NOBODY', everybody)).toEqual([]);
    expect(await everybody()).toEqual([]);
    expect(await acrossWorkspaces(everybody)).toHaveLength(2);
  });

  it('changes and deletes nothing of others, also below what has a workspace itself', async () => {
    const versions = () => test.db.planVersion.count();
    const before = await versions();
    await inWorkspace('T0NOBODY', async () => {
      expect((await db.planVersion.deleteMany()).count).toBe(0);
      expect((await db.person.updateMany({ data: { name: 'x' } })).count).toBe(0);
    });
    expect(await versions()).toBe(before);
    expect(await inWorkspace(OURS, () => db.planVersion.count())).toBe(1);
  });

  it('writes nothing into another workspace', async () => {
    const write = () => db.plan.create({ data: { workspaceId: THEIRS, repId: 'U1' } });
    await expect(inWorkspace(OURS, write)).rejects.toThrow(/row-level security/);
    expect(await test.db.plan.count({ where: { workspaceId: THEIRS } })).toBe(1);
  });

  it('finds no tokens and no keys', async () => {
    await expect(inWorkspace(OURS, () => db.installation.findMany())).rejects.toThrow(/denied/);
    await expect(inWorkspace(OURS, () => db.encryptionKey.findMany())).rejects.toThrow(/denied/);
  });
});

it('many workspaces at once stay apart, on the same few connections', async () => {
  const ask = async (at: number) => {
    const workspaceId = at % 2 === 0 ? OURS : THEIRS;
    const seen = await inWorkspace(workspaceId, async () => {
      const [one, all] = await Promise.all([
        db.person.findUnique({
          where: { workspaceId_userId: { workspaceId, userId: `U-${workspaceId}` } },
        }),
        db.plan.findMany(),
      ]);
      return [one?.workspaceId, ...all.map((plan) => plan.workspaceId)];
    });
    expect(seen).toEqual([workspaceId, workspaceId]);
  };
  await Promise.all(Array.from({ length: 400 }, (_, at) => ask(at)));
});

it('the role is neither an owner nor allowed to pass by, and stands before every table', async () => {
  const [role] = await test.db.$queryRaw<object[]>`
    SELECT rolsuper, rolbypassrls, rolcanlogin,
      EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS owns
    FROM pg_roles WHERE rolname = 'bigplan_workspace'`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false, owns: false });
  const open = await test.db.$queryRaw<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_table_privilege('bigplan_workspace', c.oid, 'SELECT')
      AND (NOT c.relrowsecurity OR NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid))
    ORDER BY 1`;
  expect(open.map(({ name }) => name)).toEqual([]);
});

it('a user who may make no roles goes without it, and says so by false', async () => {
  const name = `plain_${randomBytes(4).toString('hex')}`;
  await test.db.$executeRawUnsafe(`CREATE ROLE ${name} LOGIN PASSWORD 'plain'`);
  try {
    const url = Object.assign(new URL(test.url), { username: name, password: 'plain' });
    expect(await makeWorkspaceRole(url.href)).toBe(false);
  } finally {
    await test.db.$executeRawUnsafe(`DROP ROLE ${name}`);
  }
});
