/** The messages of a monthly review: what the outbox is told of each. */
import { z } from 'zod';
import { CAUSES } from '../activity/schemas.ts';
import type { PersonRef } from '../db/store.ts';
import { type IdempotencyKey, keyFor, type NewDelivery } from '../outbox/delivery.ts';
import { parts } from '../slack/codec.ts';
import { REPOST_REASON } from './schemas.ts';
import type { Review } from './store.ts';

export const REVIEW_DELIVERY = {
  /** To the rep: how does the month stand, and why? Subject: the review's id. */
  prep: 'review_prep',
  /** Its one reminder. */
  prepReminder: 'review_reminder',
  /**
   * To the manager when reps are asked: when they meet, and the figures without a miss. Key: `day:` and the manager's
   * date; subject: `ahead:` and that. Each used to have its own, with the review's id.
   */
  headsUp: 'review_ahead',
  /** To the other one: the meeting was moved, skipped or taken up again. Key: `review:moves`. */
  moved: 'review_moved',
  /** The thread in the team's channel: its first message. Key: `review:thread`; person: the rep. */
  root: 'review_thread',
  scorecard: 'review_scorecard',
  chart: 'review_chart',
  whys: 'review_whys',
  split: 'review_split',
  openItems: 'review_open_items',
  /** The answers that came after the thread was begun. */
  late: 'review_late',
  /** The figures of a month that wasn't over when its thread was begun. */
  final: 'review_final',
  /** The same to the rep. Key: `review`. */
  finalRepCopy: 'review_final_mirror',
  /** The recovery plan, kept up to date. */
  recovery: 'review_recovery',
  /** To the rep, once their manager has written something: the recovery plan, kept up to date. */
  recoveryCopy: 'review_recovery_copy',
  /** To the rep: what the channel sees. Key: `review`. */
  repCopy: 'review_mirror',
  /** To the manager: what couldn't be posted, and how to mend it. Key: `review:posts`, see there. */
  noChannel: 'review_no_channel',
  /** To the owner of a recovery item that is overdue. Subject: the item's id. */
  overdue: 'recovery_overdue',
  /** To whoever was asked for something by the other one. Key and subject: the ask's id. */
  asked: 'promise_asked',
  /** To a leader: a cause that several named. Key and subject: `month:cause`. */
  cause: 'review_cause',
  /** To the owner of something that another one put them down for. Key: `id:owner`; subject: its id. */
  taken: 'commitment_taken',
} as const;
export type ReviewKind = keyof typeof REVIEW_DELIVERY;

/** The replies that a thread begins with, in order. */
export const REPLIES = [
  'scorecard',
  'chart',
  'whys',
  'split',
  'openItems',
] as const satisfies ReviewKind[];
/** All that may stand in a thread, in order. */
export const IN_THREAD = [...REPLIES, 'late', 'final', 'recovery'] as const satisfies ReviewKind[];

const reviewKey = (reader: PersonRef, kind: ReviewKind, key: string): IdempotencyKey =>
  keyFor(reader, REVIEW_DELIVERY[kind], key);

/** About a review, to one of the pair. */
export function reviewOrder(
  kind: 'prep' | 'prepReminder' | 'headsUp' | 'repCopy' | 'recoveryCopy' | 'finalRepCopy',
  reader: PersonRef,
  { id }: Review,
): NewDelivery {
  return { ...reviewKey(reader, kind, id), subject: id };
}

const AHEAD = 'ahead:';
const aheadSubject = (day: string) => `${AHEAD}${day}`;
/** The day whose 1:1s a message tells a manager of; null: it tells of one review, by its id. */
export const aheadDay = (subject: string): string | null =>
  subject.startsWith(AHEAD) ? subject.slice(AHEAD.length) : null;

/** To a manager: all the 1:1s that they are told of on a day of theirs, in one message. */
export function aheadOrder(manager: PersonRef, day: string): NewDelivery {
  return { ...reviewKey(manager, 'headsUp', `day:${day}`), subject: aheadSubject(day) };
}

/** To the other one of the pair. Each move is a note of its own. */
export function movedOrder(reader: PersonRef, { id, moves }: Review): NewDelivery {
  const key = `${id}:${moves}`;
  return { ...reviewKey(reader, 'moved', key), subject: id };
}

/** A review's thread, as it was begun the last time. */
export function rootOf({ workspaceId, repId, id, threads }: Review): NewDelivery {
  return { ...reviewKey({ workspaceId, userId: repId }, 'root', `${id}:${threads}`), subject: id };
}

/** A reply in that thread. */
export function replyOf(review: Review, kind: (typeof IN_THREAD)[number]): NewDelivery {
  const { workspaceId, repId, id, threads } = review;
  return {
    ...reviewKey({ workspaceId, userId: repId }, kind, `${id}:${threads}`),
    subject: id,
    thread: { root: rootOf(review), position: IN_THREAD.indexOf(kind) + 1 },
  };
}

/** A review, and why it or a part of it isn't posted: in Slack's word or ours. */
export const unposted = parts(z.object({ id: z.string(), problem: z.string() }));

/**
 * To the manager: why it, or a part of it, couldn't be posted, in Slack's word or ours. What was refused
 * and what may have arrived are two things to do.
 */
export function noChannelOrder(
  manager: PersonRef,
  { id, posts }: Review,
  problem: string = REPOST_REASON.noChannel,
): NewDelivery {
  const key = `${id}:${posts}${problem === REPOST_REASON.unknown ? `:${problem}` : ''}`;
  const subject = unposted.write({ id, problem });
  return { ...reviewKey(manager, 'noChannel', key), subject };
}

/** To whoever owns the item; another date is another promise. */
export function overdueOrder(owner: PersonRef, item: { id: string; due: string }): NewDelivery {
  const key = `${item.id}:${item.due}`;
  return { ...reviewKey(owner, 'overdue', key), subject: item.id };
}

/** A month's cause (`YYYY-MM`), as a message to a leader is about it. */
const MonthCause = z.object({ month: z.string(), cause: z.enum(CAUSES) });
export type MonthCause = z.infer<typeof MonthCause>;
export const monthCause = parts(MonthCause);

export function causeOrder(leader: PersonRef, about: MonthCause): NewDelivery {
  const key = monthCause.write(about);
  return { ...reviewKey(leader, 'cause', key), subject: key };
}

/** To whoever somebody else put down for it, once a person. */
export function commitmentTaken({
  id,
  workspaceId,
  ownerId,
}: {
  id: string;
  workspaceId: string;
  ownerId: string;
}): NewDelivery {
  return {
    ...reviewKey({ workspaceId, userId: ownerId }, 'taken', `${id}:${ownerId}`),
    subject: id,
  };
}

/** To whoever was asked for something. */
export function askedOrder(reader: PersonRef, { id }: { id: string }): NewDelivery {
  return { ...reviewKey(reader, 'asked', id), subject: id };
}
