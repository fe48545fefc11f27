/**
 * The messages of every day: what the outbox is told of each. The key holds the local date, so that
 * whatever is planned twice (a changed time, a clock that went back, a second process) is one message.
 */
import type { IdempotencyKey, NewDelivery } from '../outbox/delivery.ts';
import type { RepId } from './deps.ts';

export const DELIVERY = {
  /** To a rep: how did the day go? Subject: the local date. */
  checkIn: 'check_in',
  /** Its one reminder. Subject: the local date. */
  reminder: 'check_in_reminder',
  /** A day's record where no check-in stands for it. Key: the words' ts or the form; subject: the local date. */
  logged: 'log_reply',
  /** Words that were not understood, asked back. Key: their ts; subject: what is kept, sealed. */
  unparsedReply: 'words_back',
  /** To a rep: a call block begins. Subject: `date:block`. */
  blockStart: 'call_block',
  /** To a rep: a call block is over. Subject: `date:block`. */
  blockCount: 'block_count',
  /** To a rep and their SDR partner. Subject: `date:rep`. */
  sync: 'sdr_sync',
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

type Kind = (typeof DELIVERY)[keyof typeof DELIVERY];

const occasion = ({ workspaceId, userId }: RepId, kind: Kind, key: string): IdempotencyKey => ({
  team: workspaceId,
  person: userId,
  kind,
  key,
});

export const checkInOf = (rep: RepId, date: string) => occasion(rep, DELIVERY.checkIn, date);
export const reminderOf = (rep: RepId, date: string) => occasion(rep, DELIVERY.reminder, date);

/** A place that a day has: a block of it, or its sync. */
export const placeOf = (date: string, slot: string): string => `${date}:${slot}`;

/** What a button's value or a subject says of it. */
export function readPlace(value: string): { date: string; slot: string; rest: string } {
  const [date = '', slot = '', rest = ''] = value.split(':');
  return { date, slot, rest };
}

/** Each move to another time is a nudge of its own, and so is the count at its end. */
export function blockStart(
  rep: RepId,
  date: string,
  blockId: string,
  moves: number,
): IdempotencyKey {
  return occasion(rep, DELIVERY.blockStart, `${placeOf(date, blockId)}:${moves}`);
}

export function blockCount(
  rep: RepId,
  date: string,
  blockId: string,
  moves: number,
): IdempotencyKey {
  return occasion(rep, DELIVERY.blockCount, `${placeOf(date, blockId)}:${moves}`);
}

/** To `reader`: the rep or their partner. */
export function syncOf(
  rep: RepId,
  readerId: string,
  { date, moves }: { date: string; moves: number },
): NewDelivery {
  const { workspaceId, userId } = rep;
  const subject = placeOf(date, userId);
  const reader = { workspaceId, userId: readerId };
  return { ...occasion(reader, DELIVERY.sync, `${subject}:${moves}`), subject };
}

/** About an episode, to the rep or to their manager. */
export function paceOrder(
  kind: 'pace' | 'paceManager' | 'paceShown' | 'paceResolved',
  reader: RepId,
  episodeId: string,
): NewDelivery {
  return { ...occasion(reader, DELIVERY[kind], episodeId), subject: episodeId };
}

export function wordsReply(
  kind: 'logged' | 'unparsedReply',
  person: RepId,
  { ts, subject }: { ts: string; subject: string },
): NewDelivery {
  return { ...occasion(person, DELIVERY[kind], ts), subject };
}

/** The record of a day that was logged before it was asked about. */
export function recordOrder(rep: RepId, date: string): NewDelivery {
  return wordsReply('logged', rep, { ts: `form:${date}`, subject: date });
}

export function awayNoted(rep: RepId, absenceId: string): NewDelivery {
  return { ...occasion(rep, DELIVERY.awayNoted, absenceId), subject: absenceId };
}
