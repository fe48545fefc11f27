import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { hasRoom } from '../../../src/db/embedded/room.ts';

test('a disk has room for what it has, and a folder that is gone for nothing', async () => {
  expect(await hasRoom(tmpdir(), 1)).toBe(true);
  expect(await hasRoom(tmpdir(), Number.MAX_VALUE)).toBe(false);
  expect(await hasRoom('/nowhere/at/all', 1)).toBe(false);
});
