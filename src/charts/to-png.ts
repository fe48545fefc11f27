import type { Chart } from './chart.ts';

/** The chart as a PNG of twice its logical size. What draws is loaded with the first one. */
export async function toPng(_chart: Chart): Promise<Buffer> {
  throw new Error('Not drawn yet');
}
