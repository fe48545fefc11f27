import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOnce } from '../../src/db/read-once.ts';
import { findPeople, saveOwnZone, saveStrangers } from '../../src/people/store.ts';
import { countingDb } from '../support/a-company.ts';
import { mintDatabase } from '../support/db.ts';

const TEAM = 'T0READ';
let database: Awaited<ReturnType<typeof mintDatabase>>;
let counting: ReturnType<typeof countingDb>;
beforeAll(async () => {
  database = await mintDatabase({ migrated: true });
  counting = countingDb(database.url);
  await saveStrangers(counting.db, TEAM, ['U0A', 'U0B']);
});
afterAll(async () => {
  await counting.end();
  await database.drop();
});

test('what is asked twice for one screen goes to the database once', async () => {
  const db = readOnce(counting.db);
  const sqlOf = (id: string) => db.$queryRaw`SELECT name FROM person WHERE user_id = ${id}`;
  counting.count();
  const [first, second] = await Promise.all([
    findPeople(db, TEAM, ['U0A', 'U0B']),
    findPeople(db, TEAM, ['U0A', 'U0B']),
  ]);
  expect(first).toEqual(second);
  expect(first.map(({ userId }) => userId)).toEqual(['U0A', 'U0B']);
  expect(counting.count()).toBe(1);
  // Another question, however alike, is another.
  expect(await findPeople(db, TEAM, ['U0B'])).toHaveLength(1);
  await sqlOf('U0A');
  await sqlOf('U0B');
  await sqlOf('U0B');
  expect(counting.count()).toBe(3);
});

test('what was written since is read', async () => {
  const db = readOnce(counting.db);
  const zones = async () => (await findPeople(db, TEAM, ['U0A'])).map(({ timeZone }) => timeZone);
  expect(await zones()).toEqual(['UTC']);
  await saveOwnZone(db, { workspaceId: TEAM, userId: 'U0A' }, 'Asia/Kathmandu');
  expect(await zones()).toEqual(['Asia/Kathmandu']);
});
