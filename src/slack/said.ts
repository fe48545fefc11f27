/** What people write in the DM with Bigplan, as Slack tells of it. */
import { z } from 'zod';
import type { Clock } from '../time/clock.ts';

const Edited = z.object({ ts: z.string() }).optional();
const Words = z.object({
  user: z.string().min(1),
  text: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  // What apps post and change, Bigplan among them, nobody has said.
  bot_id: z.undefined().optional(),
});
const Written = Words.extend({
  channel_type: z.literal('im'),
  subtype: z.literal('file_share').optional(),
});
const Changed = z.object({
  channel_type: z.literal('im'),
  subtype: z.literal('message_changed'),
  message: Words.extend({ subtype: z.undefined().optional(), edited: Edited }),
  previous_message: z.object({ text: z.string(), edited: Edited }),
});

export interface SaidInDm {
  /** Slack's user id. */
  user: string;
  text: string;
  ts: string;
  editedTs: string | null;
  /** What it said before it was changed; null: it wasn't. */
  former: { text: string; editedTs: string | null } | null;
  /** The message under which it stands; null: under none. */
  threadTs: string | null;
}

/** Null where nobody said anything: a join, a link that unfurled, what an app posted. */
export function saidIn(event: object): SaidInDm | null {
  const written = Written.safeParse(event).data;
  if (written && written.text.trim() !== '') {
    const { user, text, ts, thread_ts: threadTs = null } = written;
    return { user, text, ts, threadTs, editedTs: null, former: null };
  }
  const changed = Changed.safeParse(event).data;
  if (!changed) return null;
  const { message, previous_message: previous } = changed;
  const { user, text, ts, thread_ts: threadTs = null, edited } = message;
  if (!edited || text.trim() === '' || text === previous.text) return null;
  const former = { text: previous.text, editedTs: previous.edited?.ts ?? null };
  return { user, text, ts, threadTs, editedTs: edited.ts, former };
}

/** When something was written, on Bigplan's clock: by its time stamp, however late Slack tells of it. */
export function saidAt(ts: string, clock: Clock): Date {
  const ago = Date.now() - Number(ts) * 1_000;
  return new Date(clock.now().getTime() - (Number.isFinite(ago) ? Math.max(0, ago) : 0));
}
