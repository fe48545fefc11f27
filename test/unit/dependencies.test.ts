/** What is installed beside Bigplan: why, and under which licence. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { productionPackages } from '../support/packages/installed.ts';
import { isAllowed, notAllowed } from '../support/packages/licences.ts';
import { dependencyReasons } from '../support/packages/reasons.ts';

test('every dependency has its reason, and no other has', async () => {
  const { dependencies, devDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  expect([...dependencyReasons().keys()].sort()).toEqual(names.sort());
});

test('production installs nothing whose licence isn’t known and allowed', () => {
  const packages = productionPackages();
  expect(packages.map(({ name }) => name)).toContain('@slack/bolt');
  expect(notAllowed(packages)).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(ISC AND CC-BY-3.0)', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND EPL-2.0', false],
  ['EPL-2.0', false],
  ['', false],
])('a licence of %j may come along: %s', (licence, may) => {
  expect(isAllowed(licence)).toBe(may);
});

test('production installs neither the Prisma CLI nor what only it needs', () => {
  const names = new Set(productionPackages().map(({ name }) => name));
  for (const name of ['prisma', '@prisma/dev', '@prisma/engines', 'elkjs', 'seq-queue', 'mysql2']) {
    expect(names).not.toContain(name);
  }
});
