/** What a chart's spec puts onto its canvas. */
import type { Chart } from '../../../src/charts/chart.ts';
import { trueWidth } from './font-file.ts';

export interface DrawnText {
  text: string;
  size: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  color: string;
}

interface TextLayer {
  mark: { type: 'text'; align: string; baseline: string; fontSize: number; fontWeight: string };
  data: { values: { x: number; y: number; text: string; color: string }[] };
}

/** From the tallest letter's top to the lowest one's bottom, in em about the baseline. */
const ASCENT = 0.76;
const DESCENT = 0.24;
/** From a `middle` baseline to the alphabetic one, as Vega puts it. */
const MIDDLE = 0.3;

/** Every text with the room it takes: true widths, heights from above. */
export function drawnTexts({ spec }: Chart): DrawnText[] {
  if (!('layer' in spec)) throw new Error('No layers');
  const layers = spec.layer as unknown as TextLayer[];
  return layers
    .filter(({ mark }) => mark.type === 'text')
    .flatMap(({ mark, data }) =>
      data.values
        .filter(({ text }) => text !== '')
        .map(({ x, y, text, color }) => {
          const size = mark.fontSize;
          const width = trueWidth(text, { size, bold: mark.fontWeight === 'bold' });
          const left = x - { left: 0, center: width / 2, right: width }[mark.align as 'left'];
          const base = mark.baseline === 'middle' ? y + MIDDLE * size : y;
          const [top, bottom] = [base - ASCENT * size, base + DESCENT * size];
          return { text, size, color, left, right: left + width, top, bottom };
        }),
    );
}

/** Pairs of texts that run into each other. */
export function collisions(texts: readonly DrawnText[]): string[] {
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter(
        (other) =>
          one.left < other.right &&
          other.left < one.right &&
          one.top < other.bottom &&
          other.top < one.bottom,
      )
      .map((other) => `${one.text} × ${other.text}`),
  );
}
