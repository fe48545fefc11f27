/**
 * Words in a picture. The fonts that come along (DejaVu Sans Condensed) have no Chinese, Japanese,
 * Korean or Indic letters, and nobody measures text before it is drawn: what fits is estimated from
 * above.
 */
import { dateFormat, numberFormat } from '../slack/kit/locale.ts';

const DRAWN =
  /[\x20-\x7E\xA1-\xAC\xAE-\u017F\u0370-\u03FF\u0400-\u0482\u048A-\u04FF\u05D0-\u05EA\u0620-\u064A\u1E00-\u1EEF–—‘’“”…‰€→↓□−]/u;

/** Letters that a person reads from left to right and the fonts have; figures of the West. */
const EASY = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}0-9\s.,’'%+\-−()·/]*$/u;

/** The locale in which figures and months are drawn: the reader's, or English where we lack letters. */
export function drawnLocale(locale: string): string {
  const compact = numberFormat(locale, { notation: 'compact' });
  const month = dateFormat(locale, { month: 'long', year: 'numeric' });
  const samples = [
    ...[3, 6, 9, 12].map((digits) => compact.format(10 ** digits)),
    ...Array.from({ length: 12 }, (_, index) => month.format(Date.UTC(2027, index, 1))),
  ];
  return samples.every((sample) => EASY.test(sample)) ? locale : 'en';
}

/** The text with spaces for what is no letter, boxes for what we can't draw, and no stacks of marks. */
export function drawable(text: string): string {
  const drawn = Array.from(text.normalize('NFC').replaceAll(/[\s\p{Cc}]+/gu, ' '), (character) => {
    if (DRAWN.test(character)) return character;
    return /\p{M}|\p{Cf}/u.test(character) ? '' : '□';
  });
  return drawn.join('').replaceAll(/□+/g, '□').trim();
}

/** Widths in em, of the bold font; each class is as wide as its widest. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl|']/, 0.32],
  [/[ !(),\-./:;IJ[\\\]_`frt·‘’–]/, 0.47],
  [/[a-ln-vx-z\d"“”«»*?{}$]/, 0.66],
  [/[A-LN-VX-Zw&#+<=>~^−→↓]/, 0.84],
  [/[жмфшщыюљњ]/, 1],
  [/[а-яёђ-џα-ω]/, 0.84],
  [/[mMW@%—…ÆæŒœ□]/, 1.06],
];
const WIDEST = 1.31;

/** At least as wide as the text is drawn at this size, in pixels. */
export function textWidth(text: string, size: number): number {
  const widths = Array.from(text.normalize('NFD').replaceAll(/\p{M}/gu, ''), (character) => {
    return WIDTHS.find(([which]) => which.test(character))?.[1] ?? WIDEST;
  });
  return size * widths.reduce((sum, width) => sum + width, 0);
}

/** The text, drawable, and cut visibly where it would be wider than `width` pixels. */
export function fitText(text: string, size: number, width: number): string {
  const whole = drawable(text);
  if (textWidth(whole, size) <= width) return whole;
  const kept = Array.from(whole);
  while (kept.length > 0 && textWidth(`${kept.join('')}…`, size) > width) kept.pop();
  return `${kept.join('').trimEnd()}…`;
}
