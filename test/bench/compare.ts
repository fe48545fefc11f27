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

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
