/**
 * The program of the last release runs on the new schema while an update is under way (test/long/last-release shows it).
 * So a migration expands: what the old program reads or writes stays. What is no longer used goes a release later.
 */
import { describe, expect, it, test } from 'vitest';
import { readMigrations } from '../../src/db/migrations.ts';
import { LAST_RELEASE } from '../support/last-release.ts';

const { lastMigration: RELEASED } = LAST_RELEASE;

const BREAKING: readonly [what: string, pattern: RegExp][] = [
  ['drops a table', /\bDROP TABLE\b/i],
  ['drops a column', /\bDROP COLUMN\b/i],
  ['renames', /\bRENAME (?:TO|COLUMN|VALUE|CONSTRAINT)\b/i],
  ['drops a type', /\bDROP TYPE\b/i],
  ['takes a default away', /\bDROP DEFAULT\b/i],
  ['changes a column’s type', /\bALTER COLUMN "?\w+"? (?:SET DATA )?TYPE\b/i],
  ['asks for a value that was optional', /\bSET NOT NULL\b/i],
  [
    'adds a column that the old program doesn’t fill',
    /\bADD COLUMN\s+(?:IF NOT EXISTS )?"?\w+"?(?:(?!DEFAULT|ADD COLUMN|[,;])[\s\S])*NOT NULL(?!(?:(?!ADD COLUMN|[,;])[\s\S])*DEFAULT)/i,
  ],
];

const breaches = (sql: string) => {
  const statements = sql.replaceAll(/--.*$/gm, '');
  return BREAKING.filter(([, pattern]) => pattern.test(statements)).map(([what]) => what);
};

test('no migration since the last release breaks the program of that release', async () => {
  const migrations = await readMigrations();
  expect(migrations.map(({ name }) => name)).toContain(RELEASED);
  const since = migrations.filter(({ name }) => name > RELEASED);
  const broken = since.map(({ name, sql }) => [name, breaches(sql)] as const);
  expect(broken.filter(([, what]) => what.length > 0)).toEqual([]);
});

describe('a migration that', () => {
  it.each([
    ['ALTER TABLE "a" DROP COLUMN "b";', 'drops a column'],
    ['DROP TABLE "a";', 'drops a table'],
    ['ALTER TABLE "a" RENAME COLUMN "b" TO "c";', 'renames'],
    ['ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL;', 'asks for a value that was optional'],
    ['ALTER TABLE "a" ALTER COLUMN "b" SET DATA TYPE TEXT;', 'changes a column’s type'],
    ['ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT;', 'takes a default away'],
    [
      'ALTER TABLE "a" ADD COLUMN "b" TEXT,\nADD COLUMN     "c" TEXT NOT NULL;',
      'adds a column that the old program doesn’t fill',
    ],
  ])('says %j breaks it', (sql, what) => {
    expect(breaches(sql)).toEqual([what]);
  });

  it.each([
    'CREATE TABLE "a" ("b" TEXT NOT NULL);',
    'ALTER TABLE "a" ADD COLUMN "b" TEXT;',
    'ALTER TABLE "a" ADD COLUMN "b" TEXT NOT NULL DEFAULT \'\', ADD COLUMN "c" INTEGER;',
    'ALTER TABLE "a" ADD COLUMN "b" TEXT DEFAULT \'\' NOT NULL;',
    '-- DROP TABLE "a"',
  ])('says %j does not', (sql) => {
    expect(breaches(sql)).toEqual([]);
  });
});
