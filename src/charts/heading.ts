/** What a picture says, in a line, and what it shows, in another. */
import { drawable, fitText, textWidth } from './drawn-text.ts';
import { type Layer, MARGIN, TEXT, texts, WIDTH } from './layers.ts';

const HEADLINE = 32;
const ROOM = WIDTH - 2 * MARGIN;

export function heading(headline: string, subline: string): Layer[] {
  const words = drawable(headline);
  const size = Math.max(TEXT, Math.min(HEADLINE, Math.floor(ROOM / textWidth(words, 1))));
  return [
    texts([{ x: MARGIN, y: 50, text: fitText(words, size, ROOM) }], { size, bold: true }),
    texts([{ x: MARGIN, y: 86, text: fitText(subline, TEXT, ROOM) }], {}),
  ];
}
