/**
 * A workspace of thousands can't be asked in one minute: Slack takes so many messages in each. So their check-ins are
 * spread over the minutes before the time that each has chosen, as many as are needed, and nobody is asked after it.
 */
import { createHash } from 'node:crypto';
import { SLACK_LIMITS } from '../outbox/pace.ts';
import { earlierOn } from '../time/time-of-day.ts';

const PER_MINUTE = SLACK_LIMITS['chat.postMessage'].perMinute;
const HASH_BYTES = 4;

/** Over how many minutes (whole, 0 where they all fit into one) the check-ins of so many people are spread. */
export function spreadMinutes(asked: number): number {
  return Math.floor(asked / PER_MINUTE);
}

/**
 * When somebody is asked who chose `time` (`HH:mm`): by their Slack user id always the same of those minutes, so that a
 * check-in comes at the same time every day. Never before midnight.
 */
export function spreadTime(time: string, userId: string, asked: number): string {
  const minutes = spreadMinutes(asked);
  if (minutes === 0) return time;
  const hash = createHash('sha256').update(userId).digest().readUInt32BE();
  return earlierOn(time, Math.floor((hash / 2 ** (8 * HASH_BYTES)) * (minutes + 1)));
}
