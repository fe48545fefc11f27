/**
 * What came of reading a text: the value, or what is wrong with it and what would do. Where it can be read in
 * more than one way, each of them, the reader's own way first: they are asked, and nothing is taken for granted.
 */
export type Read<T> =
  | { ok: true; value: T }
  | { ok: false; problem: string; readings?: readonly T[] };

export function value<T>(value: T): Read<T> {
  return { ok: true, value };
}

export function problem(problem: string): { ok: false; problem: string } {
  return { ok: false, problem };
}

export function doubt<T>(problem: string, readings: readonly T[]): Read<T> {
  return { ok: false, problem, readings };
}

let digits: Map<string, string> | undefined;

/**
 * A typed text with every script's digits as 0–9, all spaces as ` `, all apostrophes as `'`, full-width
 * marks as their plain ones, and without the invisible marks of direction and width.
 */
export function tidy(text: string): string {
  digits ??= digitsOfAllScripts();
  const known = digits;
  return text
    .normalize('NFC')
    .replace(/[\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, '')
    .replace(/\p{Nd}/gu, (digit) => known.get(digit) ?? digit)
    .replace(/\s/g, ' ')
    .replace(/[’‘ʼ＇´]/g, "'")
    .replace(/[٪％]/g, '%')
    .replaceAll('，', ',')
    .replaceAll('．', '.')
    .replace(/[−–—]/g, '-')
    .trim();
}

function digitsOfAllScripts(): Map<string, string> {
  const map = new Map<string, string>();
  for (const numberingSystem of Intl.supportedValuesOf('numberingSystem')) {
    const format = new Intl.NumberFormat('en', { numberingSystem, useGrouping: false });
    const written = [...format.format(9876543210)];
    if (written.length !== 10) continue;
    for (const [i, digit] of written.entries()) map.set(digit, String(9 - i));
  }
  return map;
}
