/** A call block that is still to come or under way today. */
interface OpenBlock {
  id: string;
  minutes: number;
}

/**
 * How many dials one of today's open blocks should hold: what is left of the day's calls, shared out by
 * the blocks' minutes, rounded up; 0 where nothing is left.
 */
export function blockDials(
  blockId: string,
  open: readonly OpenBlock[],
  calls: { target: number; done: number },
): number {
  const left = Math.max(0, calls.target - calls.done);
  const minutes = open.reduce((sum, block) => sum + block.minutes, 0);
  const own = open.find(({ id }) => id === blockId)?.minutes ?? 0;
  return minutes > 0 ? Math.ceil((left * own) / minutes) : 0;
}
