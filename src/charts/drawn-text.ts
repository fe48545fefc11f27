/**
 * Words in a picture. The fonts that come along (DejaVu Sans Condensed) have no Chinese, Japanese,
 * Korean or Indic letters, and nobody measures text before it is drawn: what fits is estimated from
 * above.
 */
import { dateFormat, numberFormat } from '../slack/locale.ts';

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

export interface Font {
  size: number;
  bold?: boolean;
}

/** Widths in em, plain and bold; each class is as wide as its widest. */
const WIDTHS: readonly (readonly [RegExp, number, number])[] = [
  [/[ ijlIJ|',.·’‘:;/\\-]/, 0.33, 0.38],
  [/[!()[\]rtf]/, 0.38, 0.45],
  [/[csz?*kvxy_`–"“”]/, 0.54, 0.61],
  [/[abdeghnopqu\d$EFLPSTYZ{}«»]/, 0.63, 0.67],
  [/[ABCDGHKNOQRUVX&#+<=>~^−→↓]/, 0.76, 0.79],
  [/[wM]/, 0.79, 0.91],
  [/[mW%@—…□]/, 0.91, 1],
  [/[жмфшщыюљњÆæŒœ]/, 1.06, 1.06],
  [/[а-яёђ-џα-ω]/, 0.75, 0.84],
];
const WIDEST = 1.31;

/** At least as wide as the text is drawn, in pixels. */
export function textWidth(text: string, { size, bold = false }: Font): number {
  const widths = Array.from(text.normalize('NFD').replaceAll(/\p{M}/gu, ''), (character) => {
    const found = WIDTHS.find(([which]) => which.test(character));
    return found ? found[bold ? 2 : 1] : WIDEST;
  });
  return size * widths.reduce((sum, width) => sum + width, 0);
}

/** The text, drawable, and cut visibly where it would be wider than `width` pixels. */
export function fitText(text: string, font: Font, width: number): string {
  const whole = drawable(text);
  if (textWidth(whole, font) <= width) return whole;
  let kept = '';
  let room = width - textWidth('…', font);
  for (const character of whole) {
    room -= textWidth(character, font);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
