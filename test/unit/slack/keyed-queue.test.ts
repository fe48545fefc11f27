import { expect, it } from 'vitest';
import { createKeyedQueue } from '../../../src/slack/keyed-queue.ts';

/** Work that waits to be let go, and says when it begins. */
function gate(log: string[], name: string) {
  let settle: { end(): void; fail(): void } = { end() {}, fail() {} };
  const ended = new Promise<string>((resolve, reject) => {
    settle = { end: () => resolve(name), fail: () => reject(new Error(name)) };
  });
  const work = () => {
    log.push(name);
    return ended;
  };
  return { work, ...settle };
}

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

it('begins work under a key when the work before it has ended, and other keys’ work at once', async () => {
  const log: string[] = [];
  const [first, second, other] = ['first', 'second', 'other'].map((name) => gate(log, name));
  if (!first || !second || !other) throw new Error('three were made');
  const queue = createKeyedQueue();
  const turns = [queue('a', first.work), queue('a', second.work), queue('b', other.work)];
  await turnOfTheLoop();
  expect(log).toEqual(['first', 'other']);
  first.end();
  await turnOfTheLoop();
  expect(log).toEqual(['first', 'other', 'second']);
  second.end();
  other.end();
  expect(await Promise.all(turns)).toEqual(['first', 'second', 'other']);
});

it('goes on after work that failed, whose failure only its own caller gets', async () => {
  const log: string[] = [];
  const [first, second] = ['first', 'second'].map((name) => gate(log, name));
  if (!first || !second) throw new Error('two were made');
  const queue = createKeyedQueue();
  const turns = [queue('a', first.work), queue('a', second.work)];
  first.fail();
  second.end();
  expect(await Promise.allSettled(turns)).toMatchObject([
    { status: 'rejected', reason: { message: 'first' } },
    { status: 'fulfilled', value: 'second' },
  ]);
});
