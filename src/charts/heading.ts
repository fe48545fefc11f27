/** What a picture says, in a line, and what it shows, in another. */
import { drawable, type Font, fitText, textWidth } from './drawn-text.ts';
import { type Layer, MARGIN, TEXT, texts, WIDTH } from './layers.ts';

const LARGEST = 32;
const ROOM = WIDTH - 2 * MARGIN;

/** The headline as large as its line allows; both cut visibly where even small letters are too wide. */
export function heading(headline: string, subline: string): Layer[] {
  const fitting = Math.floor(ROOM / textWidth(drawable(headline), { size: 1, bold: true }));
  const font: Font = { size: Math.max(TEXT.size, Math.min(LARGEST, fitting)), bold: true };
  return [
    texts([{ x: MARGIN, y: 50, text: fitText(headline, font, ROOM) }], { font }),
    texts([{ x: MARGIN, y: 86, text: fitText(subline, TEXT, ROOM) }]),
  ];
}
