import { readFileSync } from 'node:fs';

/**
 * Measures in ms how long something takes on a machine that does nothing else: what this thread waits for a
 * core while others keep them busy doesn't count. Only Linux tells; elsewhere it counts too.
 */
export function stopwatch(): () => number {
  const started = performance.now();
  const waited = waitedMs();
  return () => performance.now() - started - (waitedMs() - waited);
}

/** The second figure: nanoseconds that the thread could have run and didn't. */
function waitedMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
