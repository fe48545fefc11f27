import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEncryption, parseKeyring } from '../../src/db/encryption.ts';
import { keysAtHand } from '../../src/db/keys/at-hand.ts';
import { rotateKeys } from '../../src/db/keys/rotate.ts';
import { keysInUse } from '../../src/db/keys/sealed-values.ts';
import { createTestDb, type TestDb } from '../support/db.ts';

const one = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const WORKSPACE = 'T0KEYS';

let database: TestDb;
let dataDir = '';
const inFolder = () => ({ encryptionKeys: null, dataDir });
const set = (encryptionKeys: string) => ({ encryptionKeys, dataDir });
const file = () => join(dataDir, 'encryption-keys');

beforeEach(async () => {
  database = await createTestDb();
  dataDir = await mkdtemp(join(tmpdir(), 'bigplan-keys-'));
});
afterEach(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

/** Somebody's words on so many days, encrypted with the first of the keys. */
async function writeNotes(keys: string, people: readonly string[], days = 1): Promise<void> {
  const encryption = createEncryption(parseKeyring(keys));
  const date = (day: number) => `2027-01-${String(day + 1).padStart(2, '0')}`;
  await database.db.workspace.createMany({ data: [{ id: WORKSPACE }], skipDuplicates: true });
  await database.db.person.createMany({
    data: people.map((userId) => ({
      workspaceId: WORKSPACE,
      userId,
      name: userId,
      locale: 'en-US',
      metAt: new Date(0),
      refreshedAt: new Date(0),
    })),
    skipDuplicates: true,
  });
  await database.db.activityDay.createMany({
    data: people.flatMap((personId) =>
      Array.from({ length: days }, (_, day) => ({
        workspaceId: WORKSPACE,
        personId,
        date: date(day),
        state: 'logged' as const,
        loggedAt: new Date(0),
        note: encryption.encrypt(`Words of ${personId} on ${day}`, {
          workspaceId: WORKSPACE,
          userId: personId,
          field: `note:${date(day)}`,
        }),
      })),
    ),
  });
}

async function readNotes(keys: string): Promise<string[]> {
  const encryption = createEncryption(parseKeyring(keys));
  const rows = await database.db.activityDay.findMany({
    orderBy: [{ personId: 'asc' }, { date: 'asc' }],
  });
  return rows.map(({ personId, date, note }) =>
    encryption.decrypt(note ?? '', {
      workspaceId: WORKSPACE,
      userId: personId,
      field: `note:${date}`,
    }),
  );
}

describe('a start', () => {
  it('makes up one key for a database that holds nothing yet, readable by its owner alone', async () => {
    const rings = await Promise.all([1, 2, 3].map(() => keysAtHand(database.db, inFolder())));
    const again = await keysAtHand(database.db, inFolder());
    for (const ring of rings) expect([...ring]).toEqual([...again]);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readFile(file(), 'utf8')).toMatch(/^k1:/);
  });

  it('makes up none in the place of a key that was lost', async () => {
    await keysAtHand(database.db, inFolder());
    const lost = await readFile(file(), 'utf8');
    await rm(file());
    await expect(keysAtHand(database.db, inFolder())).rejects.toThrow(/encryption-keys lacks k1/);
    await expect(stat(file())).rejects.toThrow(/ENOENT/);
    await writeFile(file(), lost);
    expect([...(await keysAtHand(database.db, inFolder())).keys()]).toEqual(['k1']);
  });

  it('ends where a key is another one of the same name, and where one is missing', async () => {
    await keysAtHand(database.db, set(one('a', 1)));
    await expect(keysAtHand(database.db, set(one('a', 2)))).rejects.toThrow(
      /BIGPLAN_ENCRYPTION_KEYS holds another a/,
    );
    await expect(keysAtHand(database.db, set(one('b', 2)))).rejects.toThrow(
      /BIGPLAN_ENCRYPTION_KEYS lacks a/,
    );
    expect([
      ...(await keysAtHand(database.db, set(`${one('b', 2)},${one('a', 1)}`))).keys(),
    ]).toEqual(['b', 'a']);
    // From now on both are needed.
    await expect(keysAtHand(database.db, set(one('a', 1)))).rejects.toThrow(/lacks b/);
  });

  it('of two that made up a key each, on one database, ends one', async () => {
    const other = await mkdtemp(join(tmpdir(), 'bigplan-keys-'));
    const starts = await Promise.allSettled([
      keysAtHand(database.db, inFolder()),
      keysAtHand(database.db, { encryptionKeys: null, dataDir: other }),
    ]);
    await rm(other, { recursive: true });
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('finds out for a database from before keys were noted, by what it holds', async () => {
    await writeNotes(one('a', 1), ['U0A']);
    await expect(keysAtHand(database.db, inFolder())).rejects.toThrow(/encryption-keys lacks a/);
    await expect(stat(file())).rejects.toThrow(/ENOENT/);
    await expect(keysAtHand(database.db, set(one('a', 2)))).rejects.toThrow(/another a/);
    await expect(keysAtHand(database.db, set(one('a', 1)))).resolves.toBeDefined();
    expect(await database.db.encryptionKey.findMany()).toMatchObject([{ id: 'a' }]);
  });
});

describe('a change of keys', () => {
  const both = `${one('b', 2)},${one('a', 1)}`;
  const people = Array.from({ length: 40 }, (_, at) => `U0P${String(at).padStart(2, '0')}`);

  it('encrypts everything anew, and the former key can go', async () => {
    await keysAtHand(database.db, set(one('a', 1)));
    await writeNotes(one('a', 1), people, 28);
    const before = await readNotes(one('a', 1));
    const keyring = await keysAtHand(database.db, set(both));
    expect(await rotateKeys(database.db, keyring)).toMatchObject({ keyId: 'b', replaced: 1_120 });
    expect(await keysInUse(database.db)).toEqual(new Map([['b', 1_120]]));
    expect(await readNotes(one('b', 2))).toEqual(before);
    await expect(keysAtHand(database.db, set(one('b', 2)))).resolves.toBeDefined();
    expect(await rotateKeys(database.db, keyring)).toMatchObject({ replaced: 0 });
  });

  it('goes on where it was broken off', async () => {
    await keysAtHand(database.db, set(one('a', 1)));
    const many = Array.from({ length: 120 }, (_, at) => `U0M${String(at).padStart(3, '0')}`);
    await writeNotes(one('a', 1), many, 28);
    const keyring = await keysAtHand(database.db, set(both));
    let updates = 0;
    const failing = database.db.$extends({
      query: {
        $executeRaw({ args, query }) {
          updates += 1;
          if (updates > 1) throw new Error('Broken off');
          return query(args);
        },
      },
    }) as unknown as TestDb['db'];
    await expect(rotateKeys(failing, keyring)).rejects.toThrow('Broken off');
    expect([...(await keysInUse(database.db)).keys()].sort()).toEqual(['a', 'b']);
    const { replaced } = await rotateKeys(database.db, keyring);
    expect(replaced).toBeLessThan(3_360);
    expect(await keysInUse(database.db)).toEqual(new Map([['b', 3_360]]));
    expect(await readNotes(one('b', 2))).toHaveLength(3_360);
  });

  it('leaves what people change meanwhile as they changed it', async () => {
    await keysAtHand(database.db, set(one('a', 1)));
    await writeNotes(one('a', 1), people, 28);
    const keyring = await keysAtHand(database.db, set(both));
    const encryption = createEncryption(keyring);
    const change = (personId: string) =>
      database.db.activityDay.update({
        where: {
          workspaceId_personId_date: { workspaceId: WORKSPACE, personId, date: '2027-01-01' },
        },
        data: {
          note: encryption.encrypt('Changed meanwhile', {
            workspaceId: WORKSPACE,
            userId: personId,
            field: 'note:2027-01-01',
          }),
        },
      });
    await Promise.all([rotateKeys(database.db, keyring), ...people.map(change)]);
    const notes = await readNotes(one('b', 2));
    expect(notes.filter((note) => note === 'Changed meanwhile')).toHaveLength(people.length);
  });

  it('says what it can’t open, and keeps the key that this needs', async () => {
    await keysAtHand(database.db, set(one('a', 1)));
    await writeNotes(one('a', 1), ['U0A', 'U0B']);
    // Of another row: it doesn't open where it stands.
    await database.db.$executeRaw`
      UPDATE activity_day SET note = (SELECT note FROM activity_day WHERE person_id = 'U0A')
      WHERE person_id = 'U0B'`;
    const keyring = await keysAtHand(database.db, set(both));
    expect(await rotateKeys(database.db, keyring)).toMatchObject({
      replaced: 1,
      unopened: new Map([['activity_day.note', 1]]),
      needed: new Map([['a', 1]]),
    });
    await expect(keysAtHand(database.db, set(one('b', 2)))).rejects.toThrow(/lacks a/);
  });
});
