import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfDraw, leadingKind } from '../../../src/coaching/touches/kind-rules.ts';
import {
  ARCHIVED_DAYS,
  listOf,
  nameKeyOf,
  QUIET_DAYS,
  quietUnderFour,
} from '../../../src/coaching/touches/rules.ts';
import type { TouchKind } from '../../../src/coaching/touches/schemas.ts';
import { addDays } from '../../../src/time/local-date.ts';

const today = '2027-06-01';
const prospect = (changes: object = {}) => ({
  name: 'Acme',
  state: 'open' as const,
  snoozedUntil: null,
  lastTouchOn: addDays(today, -QUIET_DAYS),
  touches: 3,
  ...changes,
});

describe('who is under four and quiet', () => {
  it.each([
    ['three touches, a week ago', {}, true],
    ['four touches', { touches: 4 }, false],
    ['six days ago', { lastTouchOn: addDays(today, 1 - QUIET_DAYS) }, false],
    ['no touch', { touches: 0, lastTouchOn: null }, true],
    ['done', { state: 'done' as const }, false],
    ['lost', { state: 'lost' as const }, false],
    ['snoozed until tomorrow', { snoozedUntil: addDays(today, 1) }, false],
    ['snoozed until today', { snoozedUntil: today }, true],
    ['silent for very long', { lastTouchOn: addDays(today, -ARCHIVED_DAYS - 1) }, false],
  ])('%s: %s', (_what, changes, isNamed) => {
    expect(quietUnderFour([prospect(changes)], today)).toHaveLength(isNamed ? 1 : 0);
  });

  it('who has waited longest comes first, and every prospect stands in one list', () => {
    const some = [-8, -30, -12].map((days) => prospect({ lastTouchOn: addDays(today, days) }));
    const days = quietUnderFour(some, today).map((one) => one.lastTouchOn);
    expect(days).toEqual([-30, -12, -8].map((back) => addDays(today, back)));
    expect(listOf(prospect({ lastTouchOn: addDays(today, -ARCHIVED_DAYS - 1) }), today)).toBe(
      'archived',
    );
  });

  it('a name is compared without what nobody means by it, and never as nothing', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const key = nameKeyOf(name);
        expect(nameKeyOf(` ${name.toUpperCase().toLowerCase()}  `)).toBe(
          nameKeyOf(name.toUpperCase().toLowerCase()),
        );
        expect(nameKeyOf(key)).toBe(key);
        if (name.trim() !== '') expect(key).not.toBe('');
      }),
    );
  });
});

describe('what precedes a next stage', () => {
  /** Touches of a prospect each, the first `leading` of which were followed by a stage. */
  function tried(kind: TouchKind, count: number, leading: number) {
    const touches = Array.from({ length: count }, (_, at) => ({
      prospectId: `${kind}${at}`,
      date: '2027-03-01',
      kind,
    }));
    const steps = touches
      .slice(0, leading)
      .map(({ prospectId }) => ({ prospectId, date: '2027-03-08' }));
    return { touches, steps };
  }
  const all = (...parts: ReturnType<typeof tried>[]) =>
    leadingKind(
      parts.flatMap(({ touches }) => touches),
      parts.flatMap(({ steps }) => steps),
      today,
    );

  it('says it where it is clear, with both counts and its chance', () => {
    expect(all(tried('content', 20, 10), tried('call', 60, 4))).toMatchObject({
      kind: 'content',
      touches: 20,
      leading: 10,
      others: { touches: 60, leading: 4 },
    });
  });

  it.each([
    ['too few stages', [tried('content', 12, 7), tried('call', 60, 0)]],
    ['too few of the kind', [tried('content', 9, 9), tried('call', 60, 0)]],
    ['nothing to compare it with', [tried('content', 40, 20)]],
    ['chance would do as much', [tried('content', 20, 6), tried('call', 20, 5)]],
    ['a demo is a stage itself', [tried('demo', 20, 20), tried('call', 60, 2)]],
  ])('says nothing: %s', (_why, parts) => expect(all(...parts)).toBeNull());

  it('of several touches before a stage only the last one led to it', () => {
    const pairs = Array.from({ length: 20 }, (_, at) => [
      { prospectId: `p${at}`, date: '2027-03-01', kind: 'call' as const },
      { prospectId: `p${at}`, date: '2027-03-03', kind: 'email' as const },
    ]).flat();
    const steps = Array.from({ length: 12 }, (_, at) => ({
      prospectId: `p${at}`,
      date: '2027-03-04',
    }));
    expect(leadingKind(pairs, steps, today)).toMatchObject({
      kind: 'email',
      leading: 12,
      others: { leading: 0 },
    });
  });

  it('the chance is that of every draw counted out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }).chain((size) =>
          fc.record({
            size: fc.constant(size),
            marked: fc.integer({ min: 0, max: size }),
            drawn: fc.integer({ min: 0, max: size }),
            hits: fc.integer({ min: 0, max: size }),
          }),
        ),
        ({ size, marked, drawn, hits }) => {
          let draws = 0;
          let reached = 0;
          for (let mask = 0; mask < 2 ** size; mask += 1) {
            const taken = [...Array(size).keys()].filter((bit) => mask & (1 << bit));
            if (taken.length !== drawn) continue;
            draws += 1;
            if (taken.filter((one) => one < marked).length >= hits) reached += 1;
          }
          expect(chanceOfDraw(hits, drawn, marked, size)).toBeCloseTo(reached / draws, 9);
        },
      ),
    );
  });
});
