import { expect, test } from 'vitest';
import { readJson } from '../../../src/plan/file/read-json.ts';
import { stopwatch } from '../../support/stopwatch.ts';

test.each([
  ['{"a": [1, 2.5e3, "x", null, true]}', { a: [1, 2500, 'x', null, true] }],
  ['\uFEFF{}', {}],
  [' 3 ', 3],
])('%j is JSON', (text, value) => {
  expect(readJson(text)).toEqual({ ok: true, value });
});

test.each([
  ['{"a": NaN}', 1, 7],
  ['{"a": 1,\n "b": 2,\n}', 3, 1],
  ['[1,]', 1, 4],
  ['{a: 1}', 1, 2],
  ["{'a': 1}", 1, 2],
  ['{"a": 1}}', 1, 9],
  ['{"a": 01}', 1, 8],
  ['{"a": .5}', 1, 7],
  ['{"a": "b\nc"}', 1, 9],
  ['{"a": "\\x"}', 1, 9],
  ['{"a": truE}', 1, 10],
  ['{"a": 1', 1, 8],
  ['{"a": "b', 1, 9],
  ['currency: USD', 1, 1],
  ['{"a": 1 // one\n}', 1, 9],
  ['', 1, 1],
])('%j is broken at line %i, column %i', (text, line, column) => {
  expect(readJson(text)).toEqual({ ok: false, line, column });
});

test('a large broken file is searched in no time', () => {
  const text = `[${'{"a": "b"},'.repeat(100_000)} oops]`;
  const passed = stopwatch();
  expect(readJson(text)).toEqual({ ok: false, line: 1, column: 1_100_003 });
  expect(passed()).toBeLessThan(2000);
});
