/**
 * When to look next at what a person should get. One row a person and part of Bigplan; a tick asks the
 * database which are due, so it costs what is due and not who exists.
 */
import type { Tx } from '../db/client.ts';

export interface Who {
  /** Slack's team id. */
  team: string;
  /** Slack's user id. */
  person: string;
}

/** What has not been looked at yet: instants after `after`, up to `now` with it. */
export interface Span {
  after: Date;
  now: Date;
}

/**
 * Plans, in the ledger and inside `tx`, everything that falls into the span for that person.
 *
 * @returns when to look again; null: not before somebody wakes it.
 */
export type Look = (tx: Tx, who: Who, span: Span) => Promise<Date | null>;

export interface Agenda {
  /** Says who looks for a kind, once, before the first tick. */
  register(kind: string, look: Look): void;
  /**
   * Whatever decides on what the person gets has changed: every kind is looked at again by the next
   * tick. Inside the transaction that changed it.
   */
  wake(tx: Tx, who: Who): Promise<void>;
  /** As `wake`, and what lies before now is not caught up with: it was decided by what was before. */
  restart(tx: Tx, who: Who): Promise<void>;
}
