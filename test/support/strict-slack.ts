/** A Slack that counts any minute, and the sending of many messages at its pace on a simulated clock. */
import type { SharedPace } from '../../src/outbox/pace.ts';

const POST = 'chat.postMessage';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** One workspace’s: at most `perMinute` calls in any minute, else all have to wait half a minute. */
export class StrictSlack {
  perMinute: number;
  readonly taken: number[] = [];
  /** When it told to wait (ms). */
  readonly refusals: number[] = [];
  #closedUntil = 0;

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  /** Null: taken; otherwise how long to wait (ms). */
  call(at: number): number | null {
    const before = this.taken.at(-this.perMinute);
    if (at >= this.#closedUntil && (before === undefined || before <= at - MINUTE)) {
      this.taken.push(at);
      return null;
    }
    this.#closedUntil = Math.max(this.#closedUntil, at + 30 * SECOND);
    this.refusals.push(at);
    return this.#closedUntil - at;
  }
}

export interface Sent {
  /** In ms on the simulated clock. */
  end: number;
  /** How long each that somebody waited for had to wait (ms). */
  waits: number[];
}

/**
 * Sends `count` messages of a workspace from `from` on (ms), each as soon as there is a token, and with them one that
 * somebody waits for every `urgentEvery` ms.
 */
export async function sendAtPace(
  pace: SharedPace,
  workspaceId: string,
  slack: StrictSlack,
  { count, from, urgentEvery = Infinity }: { count: number; from: number; urgentEvery?: number },
): Promise<Sent> {
  const waits: number[] = [];
  let [now, nextUrgent, left] = [from, from + urgentEvery, count];
  let room = from;
  // As the outbox itself waits, whatever it is.
  let closedUntil = from;
  const tryOne = async (isUrgent: boolean): Promise<boolean> => {
    const at = new Date(now);
    const next = await pace.take(workspaceId, POST, at, { isUrgent });
    if (next === null) {
      room = Math.max((await pace.roomAt(workspaceId, POST, at))?.getTime() ?? 0, now + 1);
      return false;
    }
    room = next.getTime() + 1;
    const wait = slack.call(now);
    if (wait === null) return true;
    await pace.slowDown(workspaceId, POST, { now: at, until: new Date(now + wait) });
    closedUntil = now + wait;
    room = closedUntil;
    return false;
  };
  while (left > 0) {
    if (now >= Math.max(nextUrgent, closedUntil) && (await tryOne(true))) {
      waits.push(now - nextUrgent);
      nextUrgent += urgentEvery;
    } else if (room <= now && (await tryOne(false))) left -= 1;
    if (room <= now) continue;
    if (now < closedUntil) now = closedUntil;
    else now = now < nextUrgent ? Math.min(room, nextUrgent) : Math.min(room, now + 100);
  }
  return { end: now, waits };
}
