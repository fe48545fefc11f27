import { describe, expect, it } from 'vitest';
import { createClockMover } from '../../src/sandbox/clock-mover.ts';
import { createClockMoves, leapFrom } from '../../src/sandbox/clock-moves.ts';
import { commandMarkup, messageMarkup } from '../../src/sandbox/interactions.ts';
import { moment } from '../../src/sandbox/slack/moment.ts';
import { checkValues } from '../../src/sandbox/value-checks.ts';
import { reconcile } from '../../src/sandbox/view-state.ts';
import { createAdjustableClock } from '../../src/time/clock.ts';

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
    const morning = leapFrom(new Date(now), 'next working morning', 'America/New_York');
    expect(morning.toISOString()).toBe(new Date(expected).toISOString());
  });

  it.each([
    ['next hour', '2026-11-23T08:59:00-05:00', '2026-11-23T09:59:00-05:00'],
    ['next check-in', '2026-11-23T16:29:00-05:00', '2026-11-23T16:30:00-05:00'],
    ['next check-in', '2026-11-23T16:30:00-05:00', '2026-11-24T16:30:00-05:00'],
    ['next check-in', '2026-11-27T17:00:00-05:00', '2026-11-30T16:30:00-05:00'],
    ['next check-in', '2026-11-23T23:30:00-05:00', '2026-11-24T16:30:00-05:00'],
    ['next Monday', '2026-11-23T00:01:00-05:00', '2026-11-30T09:00:00-05:00'],
    ['next Monday', '2026-11-24T12:00:00-05:00', '2026-11-30T09:00:00-05:00'],
    ['next Monday', '2026-11-29T23:59:00-05:00', '2026-11-30T09:00:00-05:00'],
    ['next Monday', '2027-03-08T09:00:00-05:00', '2027-03-15T09:00:00-04:00'],
  ] as const)('%s from %s', (leap, now, expected) => {
    const there = leapFrom(new Date(now), leap, 'America/New_York');
    expect(there.toISOString()).toBe(new Date(expected).toISOString());
  });

  it('leaps in the person’s own zone', () => {
    const there = leapFrom(new Date('2026-11-23T17:00:00+01:00'), 'next check-in', 'Europe/London');
    expect(there.toISOString()).toBe('2026-11-23T16:30:00.000Z');
  });

  it('refuses to go back and takes up earlier moves', () => {
    const moves = createClockMoves(createAdjustableClock());
    expect(() => moves.moveTo(new Date(moves.now().getTime() - 1))).toThrow(RangeError);
    moves.moveTo(new Date(Date.now() + 86_400_000));
    const later = createClockMoves(createAdjustableClock());
    later.restore(moves.snapshot());
    expect(Math.abs(later.now().getTime() - moves.now().getTime())).toBeLessThan(1000);
    const yesterday = Date.now() - 86_400_000;
    expect(later.at(yesterday)).toEqual(new Date(yesterday));
    expect(later.at(moment()).getTime()).toBeGreaterThan(Date.now() + 86_000_000);
  });
});

describe('a clock that somebody else moves', () => {
  const hour = 3_600_000;
  const movesOf = () => {
    const clock = createAdjustableClock();
    const ahead = (hours: number) => new Date(Date.now() + hours * hour);
    return { clock, moves: createClockMoves(clock), ahead };
  };

  it('is noted once for each move, and not for the time between two looks', () => {
    const { clock, moves, ahead } = movesOf();
    moves.note();
    expect(moves.snapshot()).toEqual([]);
    clock.moveTo(ahead(1));
    for (let look = 0; look < 1000; look += 1) moves.note();
    clock.moveTo(ahead(2));
    const seen = moves.snapshot().map((move) => Math.round(move.ahead / hour));
    expect(seen).toEqual([1, 2]);
  });

  it('tells for each time of the machine what it showed', async () => {
    const { clock, moves, ahead } = movesOf();
    const looks: [number, Date][] = [];
    for (const hours of [1, 5, 24]) {
      clock.moveTo(ahead(hours));
      moves.note();
      looks.push([moment(), clock.now()]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const [real, shown] of looks)
      expect(Math.abs(moves.at(real).getTime() - shown.getTime())).toBeLessThan(1000);
  });

  it('tells what was said before a move from what was said after it, in one millisecond', () => {
    const { clock, moves, ahead } = movesOf();
    for (let hours = 1; hours <= 200; hours += 1) {
      clock.moveTo(ahead(hours));
      moves.note();
      const said = moment();
      clock.moveTo(ahead(hours + 0.5));
      moves.note();
      expect(Math.round((moves.at(said).getTime() - said) / hour)).toBe(hours);
    }
  });

  it('moves in turns, each from where the one before it ended', async () => {
    const { clock, moves } = movesOf();
    const mover = createClockMover(moves, () => {});
    const steps: string[] = [];
    mover.drive(async (to) => {
      steps.push(`to ${Math.round((to.getTime() - Date.now()) / hour)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      clock.moveTo(to);
      steps.push('there');
    });
    const later = (now: Date) => new Date(now.getTime() + hour);
    expect(await Promise.all([mover.move(later), mover.move(later)])).toEqual([
      { outcome: 'done' },
      { outcome: 'done' },
    ]);
    expect(steps).toEqual(['to 1', 'there', 'to 2', 'there']);
    expect(mover.goal()).toBeNull();
  });

  it('goes on after a move that failed on the way or led nowhere', async () => {
    const { clock, moves } = movesOf();
    const mover = createClockMover(moves, () => {});
    mover.drive(() => Promise.reject(new Error('the database is gone')));
    const later = (now: Date) => new Date(now.getTime() + hour);
    expect(await mover.move(later)).toEqual({
      outcome: 'trouble',
      message: 'The clock stopped on the way: the database is gone',
    });
    expect(await mover.move(() => new Date(0))).toMatchObject({ outcome: 'trouble' });
    expect(await mover.move(() => new Date(Number.NaN))).toMatchObject({ outcome: 'trouble' });
    mover.drive(async (to) => clock.moveTo(to));
    expect(await mover.move(later)).toEqual({ outcome: 'done' });
  });
});

describe('what people type', () => {
  it.each([
    ['away @dana tomorrow', 'away <@U0DANA|dana> tomorrow', 'away <@U0DANA> tomorrow'],
    ['@Max @nobody', '<@U0MAX|max> @nobody', '<@U0MAX> @nobody'],
    ['dana@dana.example', 'dana@dana.example', 'dana@dana.example'],
    ['(@lena)', '(<@U0LENA|lena>)', '(<@U0LENA>)'],
    ['in #general', 'in <#C0GENERAL|general>', 'in #general'],
    ['no #1 or a#general', 'no #1 or a#general', 'no #1 or a#general'],
    ['R&D <@U0DANA>', 'R&amp;D &lt;@U0DANA&gt;', 'R&amp;D &lt;@U0DANA&gt;'],
  ])('%s', (typed, command, message) => {
    expect(commandMarkup(typed)).toBe(command);
    expect(messageMarkup(typed)).toBe(message);
  });
});
