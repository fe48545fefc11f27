/** Whatever comes in, a picture comes out: readable, inside its canvas, and drawn from nothing else. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { renderAsync } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type Chart, toPng, toSvg } from '../../../src/charts/chart.ts';
import { funnelChart } from '../../../src/charts/funnel-chart.ts';
import { milestoneChart } from '../../../src/charts/milestone-chart.ts';
import { PALETTE } from '../../../src/charts/palette.ts';
import { runs } from '../../support/property-runs.ts';
import { funnelInput, milestoneInput } from './arbitraries.ts';
import { collisions, drawnTexts } from './drawn.ts';

/** Drawing takes a tenth of this, but for a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const MARGIN = 12;
/** Letters such as J reach a little beyond their width. */
const HANG = 3;
const anyChart = fc.oneof(milestoneInput.map(milestoneChart), funnelInput.map(funnelChart));

const usual = milestoneChart({
  locale: 'en-US',
  currency: 'USD',
  digits: 2,
  quotaLabel: 'quota',
  coverage: { actual: 2.4, planned: 3.25 },
  months: Array.from({ length: 12 }, (_, index) => ({
    month: `2027-${String(index + 1).padStart(2, '0')}`,
    target: 8_400_000 * (index + 1),
    actual:
      index < 7
        ? { renewal: 4e6 * (index + 1), expansion: 2e6 * index, newBusiness: 2e6 * (index + 1) }
        : null,
  })),
});

const funnel = funnelChart({
  locale: 'en-US',
  period: 'March 2027',
  stages: ['Calls', 'Visits', 'Demos', 'Proposals', 'Contracts'].map((name, index) => ({
    name,
    planned: [270, 14, 9, 6, 0][index] ?? 0,
    done: [184, 13, 30, 0, 4][index] ?? 0,
  })),
});

describe('any chart', () => {
  test('has its words inside the canvas, apart from each other, and no smaller than a phone shows', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        const texts = drawnTexts(chart);
        for (const { text, size, left, right, top, bottom } of texts) {
          expect({ text, fits: left >= MARGIN && right <= chart.width - MARGIN }).toEqual({
            text,
            fits: true,
          });
          expect({ text, fits: top >= MARGIN && bottom <= chart.height - MARGIN }).toEqual({
            text,
            fits: true,
          });
          expect((size * 360) / chart.width).toBeGreaterThanOrEqual(11);
        }
        expect(collisions(texts)).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });

  test('says what it shows in at most 500 characters, of which none is a wrong number', () => {
    fc.assert(
      fc.property(anyChart, ({ alt, title }) => {
        expect(alt.length).toBeGreaterThan(20);
        expect(alt.length).toBeLessThanOrEqual(500);
        expect(title.length).toBeLessThanOrEqual(120);
        for (const text of [alt, title])
          expect(text).not.toMatch(/[\p{Cc}\p{Cs}]|NaN|∞|undefined/u);
      }),
      { numRuns: runs(200) },
    );
  });

  test('is drawn the same again, from its own figures alone', async () => {
    await fc.assert(
      fc.asyncProperty(anyChart, async (chart) => {
        const svg = await toSvg(chart);
        expect(svg).not.toMatch(
          /NaN|Infinity|undefined|null|<image|<script|<foreignObject|href=|url\(/,
        );
        expect(await toSvg(chart)).toBe(svg);
      }),
      { numRuns: runs(8) },
    );
  });

  test('is a PNG of twice its size', async () => {
    await fc.assert(
      fc.asyncProperty(anyChart, async (chart) => {
        const png = await toPng(chart);
        expect(png.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
          2 * chart.width,
          2 * chart.height,
        ]);
      }),
      { numRuns: runs(4) },
    );
  });
});

describe.each([
  ['milestones', usual],
  ['the funnel', funnel],
])('%s as pixels', (_, chart: Chart) => {
  test('nothing is drawn outside the frame, and the fonts are there', async () => {
    const svg = await toSvg(chart);
    const pixels = await pixelsOf(svg);
    const without = await pixelsOf(svg.replaceAll(/<text .*?<\/text>/g, ''));
    const inked = box(pixels, without);
    expect(inked.left).toBeGreaterThanOrEqual(MARGIN);
    expect(inked.top).toBeGreaterThanOrEqual(MARGIN);
    expect(inked.right).toBeLessThanOrEqual(chart.width - MARGIN);
    expect(inked.bottom).toBeLessThanOrEqual(chart.height - MARGIN);
    // The specs' own boxes, of which the collisions are told, hold what is really drawn.
    const boxes = drawnTexts(chart);
    expect(inked.left).toBeGreaterThanOrEqual(Math.min(...boxes.map(({ left }) => left)) - HANG);
    expect(inked.right).toBeLessThanOrEqual(Math.max(...boxes.map(({ right }) => right)) + HANG);
    expect(inked.bottom).toBeLessThanOrEqual(Math.max(...boxes.map(({ bottom }) => bottom)) + HANG);
    expect(inked.count).toBeGreaterThan(3_000);
  });

  test('the background is opaque', async () => {
    const { data } = await pixelsOf(await toSvg(chart));
    for (let at = 3; at < data.length; at += 4) {
      if (data[at] !== 255) throw new Error(`Pixel ${(at - 3) / 4} can be seen through`);
    }
  });

  test('all colours are of the palette', async () => {
    const used = new Set((await toSvg(chart)).match(/#[0-9A-Fa-f]{3,8}\b/g));
    const known: readonly string[] = Object.values(PALETTE);
    expect([...used].filter((color) => !known.includes(color))).toEqual([]);
  });
});

test('nothing from outside is loaded, even where a spec asks for it', async () => {
  const opened: string[] = [];
  const server = createServer(({ url }, response) => {
    opened.push(url ?? '');
    response.end('[{"x":1}]');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const errors = vi.spyOn(console, 'error').mockReturnValue();
  const spec: Chart['spec'] = {
    data: { url: `http://127.0.0.1:${port}/data.json` },
    layer: [
      { mark: 'point', encoding: { x: { field: 'x', type: 'quantitative' } } },
      { mark: { type: 'image', url: `http://127.0.0.1:${port}/picture.png` } },
    ],
  };
  try {
    await toPng({ ...usual, spec }).catch(() => undefined);
    expect(opened).toEqual([]);
  } finally {
    errors.mockRestore();
    server.close();
  }
});

const { resolve } = createRequire(import.meta.url);

async function pixelsOf(svg: string) {
  const { width, height, pixels } = await renderAsync(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: ['', '-Bold'].map((style) =>
        resolve(`dejavu-fonts-ttf/ttf/DejaVuSansCondensed${style}.ttf`),
      ),
    },
  });
  return { width, height, data: pixels };
}

/** Where two pictures differ. */
function box(one: { width: number; data: Buffer }, other: { data: Buffer }) {
  const found = { left: 1e9, top: 1e9, right: 0, bottom: 0, count: 0 };
  for (let at = 0; at < one.data.length; at += 4) {
    if (one.data.readUInt32BE(at) === other.data.readUInt32BE(at)) continue;
    const [x, y] = [(at / 4) % one.width, Math.floor(at / 4 / one.width)];
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x + 1);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y + 1);
    found.count++;
  }
  return found;
}
