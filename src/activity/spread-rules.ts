/**
 * A workspace of thousands can't be asked in one minute: Slack takes so many messages in each. So their check-ins are
 * spread over the minutes before the time that each has chosen, as many as are needed, and nobody is asked after it.
 */
import { earlierOn } from '../time/time-of-day.ts';

/** Messages that Slack takes from a workspace in a minute, as `outbox/limit-rules.ts` begins with. */
export const SPREAD_PER_MINUTE = 285;

/** Over how many minutes (whole, 0 where they all fit into one) the check-ins of so many people are spread. */
export function spreadMinutes(asked: number): number {
  return Math.floor(asked / SPREAD_PER_MINUTE);
}

/**
 * When somebody is asked who chose `time` (`HH:mm`): by their Slack user id always the same of those minutes, so that a
 * check-in comes at the same time every day. Never before midnight.
 */
export function spreadTime(time: string, userId: string, asked: number): string {
  const minutes = spreadMinutes(asked);
  if (minutes === 0) return time;
  return earlierOn(time, hashOf(userId) % (minutes + 1));
}

/** FNV-1a, of 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
