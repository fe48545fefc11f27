import { createRequire } from 'node:module';
import type { Chart } from './chart.ts';
import { toSvg } from './to-svg.ts';

/** Sharp on a phone's screen, which has two or three dots a pixel and shows half our width. */
const SCALE = 2;

const require = createRequire(import.meta.url);
/** The machine's own fonts are left out: it may have none, and pictures should not depend on it. */
const fontFiles = [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
];

/** The chart as a PNG of twice its logical size. What draws is loaded with the first one. */
export async function toPng(chart: Chart): Promise<Buffer> {
  const svg = await toSvg(chart);
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans Condensed' },
    fitTo: { mode: 'zoom', value: SCALE },
    logLevel: 'off',
  });
  return image.asPng();
}
