import { createRequire } from 'node:module';
import type { TopLevelSpec } from 'vega-lite';

/** A picture, described: what draws it, and what it says to those who don't see it. */
export interface Chart {
  spec: TopLevelSpec;
  /** What the picture says, in words and figures; at most 500 characters, plain text. */
  alt: string;
  /** What the picture is called; plain text. */
  title: string;
  /** Logical pixels. A phone shows about half as many, the PNG has twice as many. */
  width: number;
  height: number;
}

const refuse = async (): Promise<never> => {
  throw new Error('Charts load nothing from outside');
};
const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** The chart as SVG: the same for the same spec. What draws is loaded with the first one. */
export async function toSvg({ spec }: Chart): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', loader });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

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
