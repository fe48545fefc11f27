/**
 * What the outbox is told of every day's messages. A key holds the local date, so that whatever is planned
 * twice (a changed time, a clock that went back, a second process) is one message.
 */
import { z } from 'zod';
import type { PersonRef } from '../db/store.ts';
import { type IdempotencyKey, keyFor, type NewDelivery } from '../outbox/delivery.ts';
import { parts } from '../slack/codec.ts';

export const ACTIVITY_DELIVERY = {
  /** To a rep: how did the day go? Subject: the local date. */
  checkIn: 'check_in',
  /** Its one reminder. Subject: the local date. */
  reminder: 'check_in_reminder',
  /** A day's record where no check-in stands for it. Key: of the words (`wordsKey`) or the form; subject: the local date. */
  logged: 'log_reply',
  /** Words that were not understood, asked back. Key: their ts; subject: what is kept, encrypted. */
  unparsedReply: 'words_back',
  /** To a rep: a call block begins. Subject: `date:block`. */
  blockStart: 'call_block',
  /** To a rep, as a former version sent it: a call block is over. Subject: `date:block`. */
  formerBlockCount: 'block_count',
  /** To a rep and their SDR partner. Subject: `date:rep`. */
  sync: 'sdr_sync',
  /** To an SDR partner: do they want a rep's syncs? Subject: the rep's user id. */
  syncConsent: 'sdr_ask',
  /** To the rep: what their partner said. Subject: the partner's user id. */
  syncAnswer: 'sdr_answer',
  /** To a rep: their pace is off. Subject: the episode's id. */
  pace: 'pace_note',
  /** To a manager: a rep's pace has not recovered. Subject: the episode's id. */
  paceManager: 'pace_manager',
  /** To the rep: their manager sees it now, as was said. Subject: the episode's id. */
  paceShown: 'pace_shown',
  /** To whoever was told: it has. Subject: the episode's id. */
  paceResolved: 'pace_resolved',
  /** To a rep: their manager has noted that they are away. Subject: the absence's id. */
  awayNoted: 'away_noted',
} as const;

export const checkInKey = (rep: PersonRef, date: string) =>
  keyFor(rep, ACTIVITY_DELIVERY.checkIn, date);
export const reminderKey = (rep: PersonRef, date: string) =>
  keyFor(rep, ACTIVITY_DELIVERY.reminder, date);

/** One of the things that a day has: a call block (`slot`: its id), or a sync (`slot`: the rep's user id). */
export const daySlot = parts(z.object({ date: z.string(), slot: z.string() }));

/** A block has one message, whatever becomes of it; former versions counted its moves at the end. */
export const blockKey = (rep: PersonRef, subject: string): IdempotencyKey =>
  keyFor(rep, ACTIVITY_DELIVERY.blockStart, `${subject}:0`);

/** After which move a nudge about a sync came: 0 for the one at the planned time. */
export const movesIn = ({ key }: Pick<IdempotencyKey, 'key'>): number =>
  Number(key.slice(key.lastIndexOf(':') + 1));

/** To `readerId`: the rep or their partner. */
export function syncDelivery(
  { workspaceId, userId }: PersonRef,
  readerId: string,
  { date, moves }: { date: string; moves: number },
): NewDelivery {
  const subject = daySlot.write({ date, slot: userId });
  const reader = { workspaceId, userId: readerId };
  return { ...keyFor(reader, ACTIVITY_DELIVERY.sync, `${subject}:${moves}`), subject };
}

/** To the partner whom a rep's plan names. */
export function syncConsentDelivery(
  { workspaceId, userId: repId }: PersonRef,
  partnerId: string,
): NewDelivery {
  const partner = { workspaceId, userId: partnerId };
  return { ...keyFor(partner, ACTIVITY_DELIVERY.syncConsent, repId), subject: repId };
}

export function syncAnswerDelivery(rep: PersonRef, partnerId: string, said: string): NewDelivery {
  const key = `${partnerId}:${said}`;
  return { ...keyFor(rep, ACTIVITY_DELIVERY.syncAnswer, key), subject: partnerId };
}

/** About an episode, to the rep or to their manager. */
export function paceDelivery(
  kind: 'pace' | 'paceManager' | 'paceShown' | 'paceResolved',
  reader: PersonRef,
  episodeId: string,
): NewDelivery {
  return { ...keyFor(reader, ACTIVITY_DELIVERY[kind], episodeId), subject: episodeId };
}

const UNCOUNTED_MARK = '+';

/**
 * What words are known by: when they were written (and changed), and what they name that isn't counted
 * (see counts/scan-counts.ts), so that their answer can say so.
 */
export const wordsKey = (
  { ts, editedTs = null }: { ts: string; editedTs?: string | null },
  uncounted: readonly string[] = [],
): string => [editedTs === null ? ts : `${ts}/${editedTs}`, ...uncounted].join(UNCOUNTED_MARK);

/** What the words named that isn't counted. */
export const uncountedIn = ({ key }: Pick<IdempotencyKey, 'key'>): string[] =>
  key.split(UNCOUNTED_MARK).slice(1);

/** The answer to somebody's words. */
export function replyDelivery(
  kind: 'logged' | 'unparsedReply',
  person: PersonRef,
  { key, subject }: { key: string; subject: string },
): NewDelivery {
  return { ...keyFor(person, ACTIVITY_DELIVERY[kind], key), subject };
}

/** The record of a day that was logged before it was asked about. */
export function recordDelivery(rep: PersonRef, date: string): NewDelivery {
  return replyDelivery('logged', rep, { key: `form:${date}`, subject: date });
}

/** What was added to an entry since is a note of its own. */
export function awayNotedDelivery(
  rep: PersonRef,
  { id, from, to, share }: { id: string; from: string; to: string; share: number },
  isNew: boolean,
): NewDelivery {
  const key = isNew ? id : `${id}:${from}:${to}:${share}`;
  return { ...keyFor(rep, ACTIVITY_DELIVERY.awayNoted, key), subject: id };
}
