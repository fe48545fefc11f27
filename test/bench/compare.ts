import { expect } from 'vitest';

const WARM_UP = 10;

/** Takes turns, so that whatever else the machine does hits both, and prints the medians. */
export async function compare(
  rounds: number,
  bare: () => unknown,
  ours: () => unknown,
  warmUp = WARM_UP,
): Promise<void> {
  const times: [number[], number[]] = [[], []];
  for (let round = -warmUp; round < rounds; round++) {
    for (const [index, work] of [bare, ours].entries()) {
      const started = performance.now();
      await work();
      if (round >= 0) times[index]?.push(performance.now() - started);
    }
  }
  const [least, own] = [median(times[0]), median(times[1])];
  const shown = [least, own].map((ms) => `${ms.toFixed(2)} ms`).join(' → ');
  console.log(`${(own / least).toFixed(1)}× (${shown}) ${expect.getState().currentTestName}`);
}

const SECOND = 1_000;

/** As `compare`, of works that each tell how long (ms) each of their parts took: how they spread. */
export async function compareSpread(
  rounds: number,
  bare: () => Promise<number[]>,
  ours: () => Promise<number[]>,
): Promise<void> {
  const times: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round++) {
    for (const [index, work] of [bare, ours].entries()) {
      const took = await work();
      if (round >= 0) times[index]?.push(...took);
    }
  }
  const both = (of: (times: number[]) => string) => times.map(of).join(' → ');
  const at = (share: number) => both((all) => quantile(all, share).toFixed(0));
  const inTime = both((all) => {
    const soon = all.filter((ms) => ms < SECOND).length;
    return `${((100 * soon) / all.length).toFixed(1)} %`;
  });
  const ratio = (median(times[1]) / median(times[0])).toFixed(1);
  const name = expect.getState().currentTestName;
  console.log(`${ratio}× (p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, within 1 s ${inTime}) ${name}`);
}

const median = (times: number[]) => quantile(times, 0.5);

function quantile(times: number[], share: number): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}
