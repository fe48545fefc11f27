/** What the outbox records, and the words for it. */
import type { Tx } from '../db/client.ts';
import type { DeliveryState, Delivery as Row } from '../db/generated/client.ts';
import type { PersonRef } from '../db/store.ts';

export type { DeliveryState } from '../db/generated/client.ts';

/** What makes a delivery the same one: there is one row of it, and one message at most. */
export interface IdempotencyKey extends PersonRef {
  kind: string;
  /** Tells this one from others of its kind: a version's revision, a local date. */
  key: string;
}

/** `key`: what tells it from others of its kind to that reader. */
export function keyFor(reader: PersonRef, kind: string, key: string): IdempotencyKey {
  const { workspaceId, userId } = reader;
  return { workspaceId, userId, kind, key };
}

export interface NewDelivery extends IdempotencyKey {
  /** The id of what the message is about. Its words are made when it is sent. */
  subject: string;
  /** Not before; now where left out. */
  dueAt?: Date;
  /** After this it is missed instead of sent; left out: it is worth sending however late. */
  sendBy?: Date;
  /** Where it is a reply. */
  thread?: Thread;
}

/**
 * A reply's place. It isn't sent before the root's message is there, nor while a reply under its
 * position may still be sent; where the root never arrives, it is cancelled (`no_thread`).
 */
export interface Thread {
  /** The delivery whose message begins the thread: planned before, or in the same transaction. */
  root: IdempotencyKey;
  /** From 1; several may stand at the same. */
  position: number;
}

/** When a delivery may be sent, on Bigplan's clock. `sendBy` null: however late. */
export interface Window {
  dueAt: Date;
  sendBy: Date | null;
}

export interface Delivery extends IdempotencyKey {
  id: string;
  /** Whom it is for. */
  reader: PersonRef;
  subject: string;
  state: DeliveryState;
  /** As it was planned, or moved since. */
  window: Window;
  /** Where the message is; null until it was sent. */
  message: Place | null;
  /** Where the message is whose thread it is a reply in; null where it is none, or that wasn't sent. */
  thread: Place | null;
}

interface Place {
  channel: string;
  ts: string;
}

/** Which deliveries are looked for: of one key, or all of a kind on one subject. */
export type DeliveryFilter = Pick<NewDelivery, 'kind'> &
  Partial<Pick<NewDelivery, 'key' | 'subject' | 'workspaceId' | 'userId'>>;

/**
 * What else happens in the transaction that settles a delivery: once, exactly when it does. May run
 * again where that transaction does, so it must do nothing but database work. Where a hook throws,
 * the delivery stays as it was, and the next to take it over tries again.
 */
export interface Hooks {
  /** It was sent. */
  sent?: (tx: Tx, delivery: Delivery) => Promise<void>;
  /**
   * Slack refused it (`problem`: its code), it was missed (`too_late`), or nobody knows whether it
   * arrived and it isn't looked for any more (`unknown`).
   */
  lost?: (tx: Tx, delivery: Delivery, problem: string) => Promise<void>;
  /** The gate dropped it: its reader gets no message of it. */
  dropped?: (tx: Tx, delivery: Delivery) => Promise<void>;
}

/** How a delivery ends without being known to have arrived. */
export type Unarrived = Extract<DeliveryState, 'failed' | 'ambiguous' | 'missed' | 'cancelled'>;

/** `root`: the row of the delivery whose thread it is a reply in. */
export function toDelivery(row: Row, root: Row | null): Delivery {
  const { id, workspaceId, personId, kind, key, subject, state, dueAt, sendBy } = row;
  const message = placeOf(row);
  const thread = root && placeOf(root);
  return {
    id,
    workspaceId,
    userId: personId,
    reader: { workspaceId, userId: personId },
    kind,
    key,
    subject,
    state,
    window: { dueAt, sendBy },
    message,
    thread,
  };
}

function placeOf({ channelId, ts }: Row): Place | null {
  return channelId !== null && ts !== null ? { channel: channelId, ts } : null;
}

/** What became of a delivery, for its operator. */
export interface DeliveryOutcome {
  id: string;
  workspaceId: string;
  userId: string;
  kind: string;
  state: DeliveryState;
  /** Why, in a code; null where there is nothing to say. */
  problem: string | null;
  dueAt: Date;
}

export function toOutcome(row: Row): DeliveryOutcome {
  const { id, workspaceId, personId, kind, state, problem, dueAt } = row;
  return { id, workspaceId, userId: personId, kind, state, problem, dueAt };
}

/** Such as `check_in to U0DANA (T0TEAM) 2027-03-02T21:30:00Z: too_late`. */
export function inOneLine({ kind, userId, workspaceId, dueAt, problem }: DeliveryOutcome): string {
  const due = `${dueAt.toISOString().slice(0, 19)}Z`;
  return `${kind} to ${userId} (${workspaceId}) ${due}${problem === null ? '' : `: ${problem}`}`;
}

/** What the log may say of a delivery. */
export function logged({ id, kind, workspaceId, personId }: Row) {
  return { delivery: id, kind, team: workspaceId, person: personId };
}
