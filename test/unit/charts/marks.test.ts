/** Bars are as long as their figures, and stairs as high. */
import { describe, expect, test, vi } from 'vitest';
import { type Chart, toSvg } from '../../../src/charts/chart.ts';
import { funnelChart } from '../../../src/charts/funnel-chart.ts';
import { milestoneChart } from '../../../src/charts/milestone-chart.ts';
import { niceTicks, textureOf } from '../../../src/charts/milestone-marks.ts';
import { PALETTE } from '../../../src/charts/palette.ts';

/** Drawing takes a tenth of this, but for a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The rectangles of a colour, as they are drawn, from the top and from the left. */
async function boxesOf(chart: Chart, color: string): Promise<Box[]> {
  const svg = await toSvg(chart);
  const paths = svg.matchAll(
    new RegExp(`d="M([\\d.]+),([\\d.]+)h([\\d.]+)v([\\d.]+)h-[\\d.]+Z" fill="${color}"`, 'g'),
  );
  return [...paths]
    .map(([, ...numbers]) => numbers.map(Number))
    .map(([left = 0, top = 0, width = 0, height = 0]) => {
      return { left, top, right: left + width, bottom: top + height };
    });
}

const stages = (...figures: [planned: number, done: number][]) =>
  funnelChart({
    locale: 'en',
    stages: figures.map(([planned, done], index) => ({ name: `Stage ${index}`, planned, done })),
  });

describe('the funnel', () => {
  const chart = stages([100, 50], [10, 10], [10, 0], [0, 4], [2, 40]);

  test('draws each stage as its share of plan, which ends at one line for all', async () => {
    const tracks = await boxesOf(chart, PALETTE.track);
    const bars = await boxesOf(chart, PALETTE.done);
    expect(tracks).toHaveLength(4);
    expect(new Set(tracks.map(({ left, right }) => `${left}–${right}`)).size).toBe(1);
    const [{ left, right } = { left: 0, right: 0 }] = tracks;
    const shares = bars.map((bar) => (bar.right - left) / (right - left));
    expect(shares[0]).toBeCloseTo(0.5, 5);
    expect(shares[1]).toBeCloseTo(1, 5);
    expect(bars).toHaveLength(3);
    const lines = (await boxesOf(chart, PALETTE.ink)).filter(({ top }) => top > 100);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect((line.left + line.right) / 2).toBeCloseTo(right, 5);
  });

  test('cuts a bar that would go on with an arrow, which no other bar has', async () => {
    expect(arrows(await toSvg(chart))).toBe(1);
    expect(arrows(await toSvg(stages([100, 150])))).toBe(0);
    expect(arrows(await toSvg(stages([100, 151])))).toBe(1);
  });

  const arrows = (svg: string) =>
    svg.match(/<path transform="translate[^>]*L[^>]*Z"/g)?.length ?? 0;
});

describe('milestones', () => {
  const targets = [100, 200, 400, 800];
  const chart = (actuals: (number | null)[]) =>
    milestoneChart({
      locale: 'en',
      currency: 'JPY',
      digits: 0,
      quotaLabel: 'quota',
      months: actuals.map((actual, index) => ({
        month: `2027-0${index + 1}`,
        target: targets[index] ?? 0,
        actual,
      })),
    });

  test('have a bar as high as its figure for each month with an actual', async () => {
    const bars = (await boxesOf(chart([100, 50, 0, null]), PALETTE.done)).filter(
      ({ top }) => top > 150,
    );
    const heights = bars.map(({ top, bottom }) => bottom - top);
    expect(heights).toHaveLength(2);
    expect(heights[0]).toBeCloseTo(2 * (heights[1] ?? 0), 5);
    expect(new Set(bars.map(({ bottom }) => bottom)).size).toBe(1);
  });

  test('pile up the layers of a month, and leave out what is nothing', async () => {
    const layered = milestoneChart({
      locale: 'en',
      currency: 'JPY',
      digits: 0,
      quotaLabel: 'quota',
      months: [
        {
          month: '2027-01',
          target: 100,
          actual: { renewal: 40, expansion: 0, newBusiness: 20 },
        },
      ],
    });
    const [renewal, newBusiness] = await Promise.all(
      [PALETTE.renewal, PALETTE.newBusiness].map(async (color) =>
        (await boxesOf(layered, color)).find(({ top }) => top > 150),
      ),
    );
    expect(newBusiness?.bottom).toBeCloseTo(renewal?.top ?? 0, 5);
    const height = (box?: Box) => (box ? box.bottom - box.top : 0);
    expect(height(renewal)).toBeCloseTo(2 * height(newBusiness), 5);
    const expansion = await boxesOf(layered, PALETTE.expansion);
    expect(expansion.filter(({ top }) => top > 150)).toEqual([]);
  });

  test('use the height: of what is to come, the next milestone alone', async () => {
    const year = (judged: number) =>
      milestoneChart({
        locale: 'en',
        currency: 'JPY',
        digits: 0,
        quotaLabel: 'quota',
        months: Array.from({ length: 12 }, (_, index) => ({
          month: `2027-${String(index + 1).padStart(2, '0')}`,
          target: 100 * (index + 1),
          actual: index <= judged ? 100 * (index + 1) : null,
        })),
      });
    for (let judged = 0; judged < 12; judged += 1) {
      const bars = (await boxesOf(year(judged), PALETTE.done)).filter(({ top }) => top > 180);
      expect(bars).toHaveLength(judged + 1);
      const heights = bars.map(({ top, bottom }) => bottom - top);
      expect(Math.max(...heights), `month ${judged}`).toBeGreaterThan(120);
    }
  });

  test('tell layers apart without their colour: columns, whole, rows', () => {
    const box = { left: 0, right: 60, top: 0, bottom: 40 };
    const columns = textureOf('renewal', box);
    const rows = textureOf('newBusiness', box);
    expect(columns.length).toBeGreaterThan(2);
    for (const { top, bottom } of columns) expect([top, bottom]).toEqual([0, 40]);
    expect(rows.length).toBeGreaterThan(2);
    for (const { left, right } of rows) expect([left, right]).toEqual([0, 60]);
    expect(textureOf('expansion', box)).toEqual([]);
    for (const gap of [...columns, ...rows]) {
      expect(gap.left >= 0 && gap.right <= 60 && gap.top >= 0 && gap.bottom <= 40).toBe(true);
    }
  });

  test.each([
    ['nothing judged', [null, null, null, null], 0, 4],
    ['the first month', [50, null, null, null], 1, 1],
    ['a gap before the judged month', [50, null, 50, null], 3, 1],
    ['the last month', [1, 2, 3, 4], 4, 0],
  ])('draw stairs: %s', async (_, actuals, whole, dashed) => {
    const svg = await toSvg(chart(actuals));
    const steps = (path: RegExp) => (path.exec(svg)?.[1]?.match(/[ML]/g)?.length ?? 0) / 2;
    const d = 'd="(M[^"]*)" ';
    expect(steps(new RegExp(`${d}stroke="${PALETTE.ink}"`))).toBe(whole);
    // The dashes begin where the whole line ends.
    const ahead = steps(new RegExp(`${d}stroke="${PALETTE.muted}"`));
    expect(whole > 0 && dashed > 0 ? ahead - 0.5 : Math.floor(ahead)).toBe(dashed);
  });
});

test.each([
  [0, 1, [0, 1]],
  [3, 1, [0, 1, 2, 3]],
  [7, 1, [0, 2, 4, 6, 8]],
  [10, 1, [0, 5, 10]],
  [100, 1, [0, 25, 50, 75, 100]],
  [99_999, 100, [0, 25_000, 50_000, 75_000, 100_000]],
  [213_000, 1_000, [0, 100_000, 200_000, 300_000]],
  [40, 100, [0, 100]],
  [900, 1_000, [0, 1_000]],
])('ticks up to %d in steps of at least %d', (most, least, ticks) => {
  expect(niceTicks(most, least)).toEqual(ticks);
});
