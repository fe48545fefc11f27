/** Reads a written number exactly, the way its writer's locale or, where it is plain, another writes it. */
import { numberFormat } from '../slack/locale.ts';
import { tidy } from './read.ts';

/** The number `units / 10 ** scale`. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/**
 * A number and what stands around it (`$`, `k`, `%`); or why there is none. `other`: the number as somebody
 * else would mean it, where that can't be ruled out.
 */
export type Reading =
  | { ok: true; before: string; after: string; decimal: Decimal; other: Decimal | null }
  | { ok: false; fault: 'unreadable' | 'negative' };

/** Longer than any number that means something here. */
const LONGEST = 60;

// A leading point belongs to the number (`.5`), but not after a letter (`Rs.500`).
const NUMBER = /^(\D*?)((?:(?<!\p{L})[.,٫])?\d(?:[\d.,٫٬' ]*\d)?)(\D*)$/u;

/**
 * Where both `.` and `,` occur, the last is the decimal mark. Where one occurs once, it is the decimal mark if
 * it can't part thousands (`1,5`), and parts thousands if it does so in the locale. What is left may be both:
 * `45.000` in English is 45, or 45,000 that came from elsewhere. The locale's decimal mark is that where three
 * decimals make sense, a mark it doesn't use parts thousands where they don't; else there is another reading.
 * @param decimals the most decimals that make sense; it settles doubts, it is not enforced.
 */
export function readDecimal(text: string, locale: string, decimals: number): Reading {
  const tidied = tidy(text);
  const match = tidied.length <= LONGEST ? NUMBER.exec(tidied) : null;
  const [, before = '', number = '', after = ''] = match ?? [];
  if (!match) return { ok: false, fault: 'unreadable' };
  if (/[-(]/.test(before)) return { ok: false, fault: 'negative' };

  const { mark, isOpen } = decimalMark(number, locale, decimals);
  const decimal = numberAt(number, mark);
  if (!decimal) return { ok: false, fault: 'unreadable' };
  return {
    ok: true,
    before: before.replace('+', '').trim(),
    after: after.trim(),
    decimal,
    other: isOpen ? numberAt(number, null) : null,
  };
}

function numberAt(number: string, mark: string | null): Decimal | null {
  const at = mark === null ? number.length : number.lastIndexOf(mark);
  const whole = ungroup(number.slice(0, at));
  const fraction = number.slice(at + 1).replace(/0+$/, '');
  if (whole === null || /\D/.test(fraction)) return null;
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** What parts the decimals; `isOpen` where it may part thousands as well. */
function decimalMark(
  number: string,
  locale: string,
  decimals: number,
): { mark: string | null; isOpen: boolean } {
  const marks = number.match(/[.,٫]/g) ?? [];
  const last = marks.at(-1) ?? null;
  const settled = (mark: string | null) => ({ mark, isOpen: false });
  if (last === null || marks.some((mark) => mark !== last)) return settled(last);
  if (marks.length > 1) return settled(null);

  const ours = separators(locale);
  const couldGroup = /^[1-9]\d{0,2}[.,]\d{3}$/.test(number);
  if (!couldGroup) return settled(last);
  if (last === ours.group) return settled(null);
  const hasDecimals = decimals >= 3;
  if (last === ours.decimal) return { mark: last, isOpen: !hasDecimals };
  return hasDecimals ? { mark: last, isOpen: true } : settled(null);
}

/** Digits without the marks between thousands (or lakhs); `null` where marks or zeros stand wrongly. */
function ungroup(whole: string): string | null {
  const mark = /\D/.exec(whole)?.[0];
  if (mark === undefined) return /^0\d/.test(whole) ? null : whole;
  const [first = '', ...rest] = whole.split(mark);
  const last = rest.pop() ?? '';
  const isWellFormed =
    /^[1-9]\d{0,2}$/.test(first) &&
    /^\d{3}$/.test(last) &&
    (rest.every((group) => /^\d{3}$/.test(group)) ||
      (first.length < 3 && rest.every((group) => /^\d{2}$/.test(group))));
  return isWellFormed ? first + rest.join('') + last : null;
}

function separators(locale: string): { decimal: string; group: string } {
  const parts = numberFormat(locale).formatToParts(1234567.5);
  const find = (type: string) => tidy(parts.find((part) => part.type === type)?.value ?? '');
  return { decimal: find('decimal'), group: find('group') };
}
