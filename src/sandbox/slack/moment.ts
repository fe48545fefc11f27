let last = 0;

/** The machine's time in ms; of two calls in one millisecond the second one is a thousandth later. */
export function moment(): number {
  const now = Date.now();
  last = Math.floor(last) === now ? last + 0.001 : now;
  return last;
}
