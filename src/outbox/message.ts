/** A kind of message: declared once, posted exactly once, and kept true while it stands. */
import type { Shows } from '../db/audit.ts';
import type { PersonRef } from '../db/store.ts';
import type { Recipient } from '../slack/deliver.ts';
import type { Message } from '../slack/surfaces.ts';
import type { ComesThrough, Weight } from './budget-rules.ts';
import type { Delivery, Hooks } from './delivery.ts';

/**
 * Somebody waits for it. Where its answer was lost and it is looked for in vain for an hour, it is sent once more;
 * and whoever has caused it is told that it may not be there, with a button to send it again.
 */
export interface Awaited {
  /** As in “Max may not have *the plan that you proposed*”. */
  what: string;
  /** Where its reader finds what it asks for without it, too: on Home and in `/bigplan` where left out. */
  waitsOn?: 'home';
  /** Who has caused it, or waits for what its reader does; null: nobody who could be told. */
  by(delivery: Delivery): Promise<PersonRef | null>;
}

export interface MessageSpec<Facts> extends Hooks {
  /** The name in the database: it stays what it is. */
  kind: string;
  /** How much it matters that it comes, and comes now. */
  weight: Weight | ((facts: Facts, delivery: Delivery) => Weight);
  /** What doesn't hold it up. */
  comesThrough?: readonly ComesThrough[];
  /**
   * What it is about, read anew each time, and whether its reader may (still) read it. Null: it is not
   * sent, and what stands already is left as it is.
   */
  load(delivery: Delivery): Promise<Facts | null>;
  /** Whether there is still a reason to send it; always where left out. Not asked of what stands already. */
  isDue?(facts: Facts, delivery: Delivery): boolean;
  /** How it reads, pure. Null: there is nothing to say (any more). */
  render(facts: Facts, delivery: Delivery): Message | null;
  /** Where it goes: left out, to its reader's DM, or into its thread where it is a reply. */
  to?(facts: Facts, delivery: Delivery): Recipient;
  /** Whether `refresh` shows it anew; left out, what was said stays as it was said. */
  isKept?: boolean;
  /** Whose plan or standing its reader sees in it, to be noted once it is there. */
  shows?(facts: Facts, delivery: Delivery): Shows;
  /** Left out: nobody waits for it, and one that nobody knows to have arrived is left alone. */
  awaited?: Awaited;
  /**
   * It tells its reader that something else may not have arrived. It is sent once more where it is looked for in vain
   * itself, and stands on their Home until it has arrived or there is no reason for it any more.
   */
  tellsOfLoss?: true;
}

/** The notice that a message which somebody waits for may not have arrived; its subject is that delivery's id. */
export const MAY_NOT_HAVE = 'may_not_have';

/** A message that is to be posted: where to, and what it weighs. */
export interface Posted extends Message {
  to: Recipient;
  weight: Weight;
  comesThrough: readonly ComesThrough[];
  shows: Shows | null;
}

/** A message with what it is about sealed in, so that all kinds go through the same code. */
export interface MessageKind extends Hooks {
  kind: string;
  /** Somebody waits for it: it goes before what Bigplan sends by itself. */
  isUrgent: boolean;
  isKept: boolean;
  awaited?: Awaited;
  tellsOfLoss?: true;
  /** The message to post; null: not due. */
  post(delivery: Delivery): Promise<Posted | null>;
  /** How the message that stands reads now; null: it is left as it is. */
  show(delivery: Delivery): Promise<Message | null>;
  /** What its reader sees of others in one that stands, as it would read now; left out, nothing. */
  shows?(delivery: Delivery): Promise<Shows | null>;
}

export function messageKind<Facts>(spec: MessageSpec<Facts>): MessageKind {
  const { kind, isKept = false, comesThrough = [], awaited, sent, lost, dropped, shows } = spec;
  const { tellsOfLoss } = spec;
  return {
    kind,
    isUrgent: spec.weight === 'answer' || awaited !== undefined,
    isKept,
    ...(awaited && { awaited }),
    ...(tellsOfLoss && { tellsOfLoss }),
    ...(sent && { sent }),
    ...(lost && { lost }),
    ...(dropped && { dropped }),
    ...(shows && {
      async shows(delivery: Delivery) {
        const facts = await spec.load(delivery);
        return facts && shows(facts, delivery);
      },
    }),
    async post(delivery) {
      const facts = await spec.load(delivery);
      if (facts === null || spec.isDue?.(facts, delivery) === false) return null;
      const message = spec.render(facts, delivery);
      if (message === null) return null;
      const { weight } = spec;
      return {
        ...message,
        to: spec.to?.(facts, delivery) ?? placeOf(delivery),
        weight: typeof weight === 'string' ? weight : weight(facts, delivery),
        comesThrough,
        shows: shows?.(facts, delivery) ?? null,
      };
    },
    async show(delivery) {
      const facts = await spec.load(delivery);
      return facts === null ? null : spec.render(facts, delivery);
    },
  };
}

const placeOf = ({ thread, reader }: Delivery): Recipient =>
  thread ? { channel: thread.channel, thread: thread.ts } : { user: reader.userId };
