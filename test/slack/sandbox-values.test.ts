import { describe, expect, it } from 'vitest';
import { createClockMoves } from '../../src/sandbox/clock-moves.ts';
import { checkValues } from '../../src/sandbox/value-checks.ts';
import { reconcile } from '../../src/sandbox/view-state.ts';
import { createAdjustableClock } from '../../src/time/clock.ts';
import { nextWorkingMorning } from '../../src/time/working-morning.ts';

const text = (blockId: string, initial?: string, more = {}) => ({
  type: 'input',
  block_id: blockId,
  element: { type: 'plain_text_input', action_id: 'a', initial_value: initial, ...more },
});
const held = (value: string | null, type = 'plain_text_input') => ({ a: { type, value } });

describe('values of a view that is updated', () => {
  it.each([
    ['an unchanged input keeps what was typed', [text('b', 'new')], { b: held('typed') }],
    ['a renamed block begins with its own value', [text('c', 'new')], { c: held('new') }],
    ['an input without a value of its own is empty', [text('c')], { c: held(null) }],
    [
      'another kind of input begins anew',
      [{ type: 'input', block_id: 'b', element: { type: 'number_input', action_id: 'a' } }],
      { b: held(null, 'number_input') },
    ],
    ['a block that went takes its value along', [], {}],
  ])('%s', (_, blocks, expected) => {
    expect(reconcile({ b: held('typed') }, blocks)).toEqual(expected);
  });

  it('has no values for buttons and menus of actions', () => {
    const elements = [
      { type: 'button', action_id: 'x' },
      { type: 'overflow', action_id: 'y' },
      { type: 'datepicker', action_id: 'z', initial_date: '2027-01-04' },
    ];
    expect(reconcile({}, [{ type: 'actions', block_id: 'b', elements }])).toEqual({
      b: { z: { type: 'datepicker', selected_date: '2027-01-04' } },
    });
  });
});

describe('what Slack refuses by itself', () => {
  const problem = (element: Record<string, unknown>, value: string | null, optional = false) =>
    checkValues(
      [{ type: 'input', block_id: 'b', optional, element: { action_id: 'a', ...element } }],
      { b: { a: { type: String(element.type), value } } },
    ).b;

  it.each([
    [{ type: 'plain_text_input' }, null, 'Please complete this required field.'],
    [{ type: 'plain_text_input' }, '', 'Please complete this required field.'],
    [{ type: 'plain_text_input' }, ' ', undefined],
    [{ type: 'plain_text_input', min_length: 3 }, 'ab', 'Please enter at least 3 characters.'],
    [{ type: 'plain_text_input', max_length: 3 }, 'abcd', 'Please enter at most 3 characters.'],
    [{ type: 'plain_text_input' }, 'x'.repeat(3001), 'Please enter at most 3000 characters.'],
    [{ type: 'number_input', is_decimal_allowed: false }, '1.5', 'Please enter a whole number.'],
    [{ type: 'number_input', is_decimal_allowed: true }, '1.5', undefined],
    [{ type: 'number_input', is_decimal_allowed: true }, '1,5', 'Please enter a number.'],
    [{ type: 'number_input', min_value: '2' }, '1', 'Please enter 2 or more.'],
    [{ type: 'number_input', max_value: '2' }, '3', 'Please enter 2 or less.'],
    [{ type: 'number_input' }, '-3', undefined],
    [{ type: 'email_text_input' }, 'dana', 'Please enter an email address.'],
    [{ type: 'url_text_input' }, 'example', 'Please enter a full web address.'],
  ])('%o holding %j: %s', (element, value, expected) => {
    expect(problem(element, value)).toBe(expected);
  });

  it('leaves an empty optional input alone', () => {
    expect(problem({ type: 'number_input' }, null, true)).toBeUndefined();
  });
});

describe('the clock', () => {
  it.each([
    [
      'a morning before nine stays on its day',
      '2026-11-23T08:59:00-05:00',
      '2026-11-23T09:00:00-05:00',
    ],
    ['nine itself goes to the next day', '2026-11-23T09:00:00-05:00', '2026-11-24T09:00:00-05:00'],
    ['Friday goes to Monday', '2026-11-27T12:00:00-05:00', '2026-11-30T09:00:00-05:00'],
    ['Sunday goes to Monday', '2026-11-22T00:00:00-05:00', '2026-11-23T09:00:00-05:00'],
    ['summer time begins', '2027-03-12T10:00:00-05:00', '2027-03-15T09:00:00-04:00'],
    ['the zone’s day counts, not UTC’s', '2026-11-23T23:30:00-05:00', '2026-11-24T09:00:00-05:00'],
  ])('%s', (_, now, expected) => {
    const morning = nextWorkingMorning(new Date(now), 'America/New_York');
    expect(morning.toISOString()).toBe(new Date(expected).toISOString());
  });

  it('refuses to go back and takes up earlier moves', () => {
    const moves = createClockMoves(createAdjustableClock());
    expect(() => moves.moveTo(new Date(moves.now().getTime() - 1))).toThrow(RangeError);
    moves.moveTo(new Date(Date.now() + 86_400_000));
    const later = createClockMoves(createAdjustableClock());
    later.restore(moves.snapshot());
    expect(Math.abs(later.now().getTime() - moves.now().getTime())).toBeLessThan(1000);
    const yesterday = new Date(Date.now() - 86_400_000);
    expect(later.at(yesterday)).toEqual(yesterday);
    expect(later.at(new Date()).getTime()).toBeGreaterThan(Date.now() + 86_000_000);
  });
});
