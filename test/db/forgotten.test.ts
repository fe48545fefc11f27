/** Whoever is forgotten stands in no row of any table any more. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { FORGOTTEN, PERSONAL_TABLES } from '../../src/privacy/personal-data-rules.ts';
import { takeAway } from '../../src/privacy/store.ts';
import { createTestDb, type TestDb, testEncryption } from '../support/db.ts';

const WORKSPACE = 'T0FORGET';
const [GONE, OTHER] = ['U0GONE', 'U0STAYS'];
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

let database: TestDb;
beforeAll(async () => {
  database = await createTestDb();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await fill(client).finally(() => client.end());
});
afterAll(() => database.drop());

/** Where a person's id, or their rows', hangs on another row. */
const PARENTS: Record<string, number> = {
  plan_id: 1,
  version_id: 2,
  review_id: 3,
  prospect_id: 4,
  team_id: 5,
};
const TABLE_OF: Record<string, number> = {
  plan: 1,
  plan_version: 2,
  review: 3,
  prospect: 4,
  team: 5,
};

/** Rows of both, in every table: own ones, and for each column that names somebody one in the other's. */
async function fill(client: pg.Client): Promise<void> {
  const { rows: columns } = await client.query<{
    table: string;
    column: string;
    type: string;
    nullable: string;
    label: string | null;
  }>(`
    SELECT table_name AS table, column_name AS column, data_type AS type, is_nullable AS nullable,
      (SELECT enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
       WHERE typname = udt_name ORDER BY enumsortorder LIMIT 1) AS label
    FROM information_schema.columns WHERE table_schema = 'public'`);
  let made = 100;
  const insert = async (table: string, owner: string, named: string | null) => {
    const shift = owner === GONE ? 10 : 0;
    const values = new Map<string, unknown>();
    for (const { column, type, nullable, label } of columns.filter((one) => one.table === table)) {
      const looks = /^(user|person|rep|manager|owner|partner|actor|stand_in)_id$|_by$/.test(column);
      const parent = PARENTS[column];
      made += 1;
      if (column === named) values.set(column, GONE);
      else if (column === 'workspace_id') values.set(column, WORKSPACE);
      else if (looks && type === 'text') values.set(column, owner);
      else if (column === 'id' && type === 'uuid') {
        const fixed = named === null ? TABLE_OF[table] : undefined;
        values.set(column, id(fixed === undefined ? made : fixed + shift));
      } else if (parent !== undefined && type === 'uuid') values.set(column, id(parent + shift));
      else if (column === 'charts') values.set(column, '{"bookings":"F0CHART"}');
      else if (nullable === 'YES') continue;
      else if (type === 'uuid') values.set(column, id(made));
      else if (type === 'ARRAY') values.set(column, '{}');
      else if (type === 'jsonb') values.set(column, '{}');
      else if (type === 'boolean') values.set(column, false);
      else if (type.startsWith('timestamp')) values.set(column, new Date(0));
      else if (label !== null) values.set(column, label);
      else values.set(column, type === 'text' ? `x${made}` : made);
    }
    const names = [...values.keys()].map((name) => `"${name}"`).join(', ');
    const places = [...values.keys()].map((_, at) => `$${at + 1}`).join(', ');
    await client.query(`INSERT INTO ${table} (${names}) VALUES (${places})`, [...values.values()]);
  };
  await client.query('BEGIN; SET LOCAL session_replication_role = replica');
  await client.query('INSERT INTO workspace (id) VALUES ($1)', [WORKSPACE]);
  for (const { table, own, named } of PERSONAL_TABLES) {
    if (own !== null) for (const owner of [GONE, OTHER]) await insert(table, owner, null);
    if (own === null) {
      // One a workspace.
      await insert(table, OTHER, null);
      const all = Object.keys(named).map((column) => `${column} = $1`);
      await client.query(`UPDATE ${table} SET ${all.join(', ')}`, [GONE]);
    } else {
      for (const column of Object.keys(named)) await insert(table, `${OTHER}${made}`, column);
    }
  }
  await client.query(
    `UPDATE plan_version SET terms = jsonb_build_object('sdrPartner', jsonb_build_object('userId', $1::text))`,
    [GONE],
  );
  await client.query(
    `UPDATE delivery SET channel_id = 'D0' || person_id, ts = '1800000000.000001', state = 'sent'`,
  );
  // To others: about them by their id, by what is theirs, and about neither.
  for (const [kind, key] of [
    ['about', GONE],
    ['about', `${id(13)}:2`],
    ['else', `x:${OTHER}`],
  ]) {
    await client.query(
      `INSERT INTO delivery (id, workspace_id, person_id, kind, key, subject, state, channel_id, ts, due_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, 's', 'sent', 'C0TEAM', '1800000000.00000' || length($4), now(), now())`,
      [WORKSPACE, OTHER, kind, key],
    );
  }
  await client.query('COMMIT');
}

const rowsWith = async (text: string) => {
  const found: string[] = [];
  const tables = await database.db.$queryRaw<{ table_name: string }[]>`
    SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`;
  for (const { table_name: table } of tables) {
    const rows = await database.db.$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb(t)::text AS row FROM "${table}" AS t WHERE to_jsonb(t)::text LIKE $1`,
      `%${text}%`,
    );
    found.push(...rows.map(({ row }) => `${table} ${row}`));
  }
  return found;
};

it('and what is somebody else’s stays', async () => {
  const tablesOf = (rows: string[]) => new Set(rows.map((row) => row.split(' ')[0]));
  const before = await rowsWith(GONE);
  const listed = PERSONAL_TABLES.filter(
    ({ own }) => own?.includes('$2') && !own.includes('IN (SELECT'),
  );
  for (const { table } of listed) expect(tablesOf(before), table).toContain(table);
  for (const { table, named } of PERSONAL_TABLES)
    for (const column of Object.keys(named))
      expect(
        before.some((row) => row.startsWith(`${table} `) && row.includes(`"${column}": "${GONE}"`)),
        `${table}.${column}`,
      ).toBe(true);
  const others = await database.db.activityDay.count({ where: { personId: OTHER } });

  const who = { workspaceId: WORKSPACE, userId: GONE };
  const store = (tx: Parameters<Parameters<typeof inTransaction>[1]>[0]) => ({
    db: tx,
    encryption: testEncryption(),
  });
  await inTransaction(database.db, (tx) =>
    takeAway(store(tx), who, { now: new Date(0), dm: 'D0ASKED' }),
  );

  // Its own row says whose Home is to be emptied, and goes with that.
  expect(
    (await rowsWith(GONE)).map((row) => /^(\w+) .*"kind": "(\w+)"/.exec(row)?.slice(1)),
  ).toEqual([
    ['slack_removal', 'home'],
    ['slack_removal', 'dm'],
    ['slack_removal', 'dm'],
    ['slack_removal', 'message'],
  ]);
  for (const own of [1, 2, 3, 4, 5]) expect(await rowsWith(id(own + 10))).toEqual([]);
  expect(await database.db.activityDay.count({ where: { personId: OTHER } })).toBe(others);
  expect((await rowsWith(FORGOTTEN)).length).toBeGreaterThan(10);
  expect(
    await database.db.delivery.findMany({ where: { kind: { in: ['about', 'else'] } } }),
  ).toMatchObject([{ kind: 'else' }]);
  const removals = await database.db.slackRemoval.findMany({ select: { kind: true, place: true } });
  expect(removals).toEqual(
    expect.arrayContaining([
      { kind: 'home', place: GONE },
      { kind: 'dm', place: 'D0ASKED' },
      { kind: 'message', place: 'C0TEAM' },
      { kind: 'file', place: 'F0CHART' },
    ]),
  );
  expect(await database.db.briefSettings.findMany()).not.toMatchObject([{ setBy: GONE }]);
});
