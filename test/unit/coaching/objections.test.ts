import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countObjections,
  type MetObjection,
  whoHandles,
} from '../../../src/coaching/objections/group-rules.ts';
import { OBJECTION_GROUPS } from '../../../src/coaching/schemas.ts';

const met = (repId: string, about: MetObjection['about'], handled: boolean): MetObjection => ({
  repId,
  about,
  handled,
});

test('what comes most is first; of as many, what is handled least', () => {
  const counts = countObjections([
    met('a', 'price', true),
    met('b', 'timing', true),
    met('a', 'price', false),
    met('b', 'trust', false),
  ]);
  expect(counts).toEqual([
    { about: 'price', count: 2, handled: 1 },
    { about: 'trust', count: 1, handled: 0 },
    { about: 'timing', count: 1, handled: 1 },
  ]);
});

test('nobody handles well what they met twice, or handle half the time', () => {
  const often = (repId: string, ...handled: boolean[]) =>
    handled.map((one) => met(repId, 'price', one));
  const all = [
    ...often('dana', true, true, true),
    ...often('max', true, true, true, true, false),
    ...often('twice', true, true),
    ...often('half', true, false, true, false),
  ];
  expect(whoHandles('price', all)).toEqual(['max', 'dana']);
  expect(whoHandles('trust', all)).toEqual([]);
});

test('no objection is lost in counting', () => {
  const one = fc.record({
    repId: fc.constantFrom('a', 'b'),
    about: fc.constantFrom(...OBJECTION_GROUPS),
    handled: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one), (all) => {
      const counts = countObjections(all);
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      expect(counts.reduce((sum, { handled }) => sum + handled, 0)).toBe(
        all.filter(({ handled }) => handled).length,
      );
    }),
  );
});
