/** What the form of the answers, and the view of those that were sent, are made of. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Cause } from '../../activity/schemas.ts';
import { causeInLine, quote } from '../../activity/words-view.ts';
import { button, section } from '../../slack/blocks.ts';
import { channelMention, lines, type Mrkdwn, mrkdwn, raw } from '../../slack/text.ts';
import { answerUse } from '../ids.ts';
import { TOPICS, type Topic } from '../schemas.ts';
import type { AnswerWords } from './rules.ts';

/** What the form remembers of itself. */
export const PrepPlace = z.object({
  reviewId: z.uuid(),
  /** The topics in it. */
  asked: z.array(
    z.object({
      topic: z.enum(TOPICS),
      /** Whether it is asked about; what isn't may be explained. */
      must: z.boolean(),
      /** Of what other windows had said of it when this one was shown, so that they notice each other. */
      base: z.string(),
    }),
  ),
});
export type PrepPlace = z.infer<typeof PrepPlace>;
export type AskedTopic = PrepPlace['asked'][number];

/** Who gets to see the answers once they are sent. */
export interface Destination {
  /** Slack's ids; null: there is none. */
  channelId: string | null;
  managerId: string | null;
  /** Whether the thread was begun without them. */
  late: boolean;
}

/** A person, as Slack shows them by their present name. */
const person = (id: string | null): Mrkdwn =>
  id !== null && /^[UW][A-Z0-9]+$/.test(id) ? raw(`<@${id}>`) : mrkdwn`your manager`;

/**
 * `your team’s channel (#team-west)`, of which the rep may not be a member and then doesn't see the name, or
 * who reads it where there is no channel.
 */
export function readersText({ channelId, managerId }: Destination): Mrkdwn {
  return channelId === null
    ? person(managerId)
    : mrkdwn`your team’s channel (${channelMention(channelId)})`;
}

/** `Goes to your team’s channel (#team-west) with the figures when you send it.` */
export function goesToText(goesTo: Destination): Mrkdwn {
  const { late, channelId } = goesTo;
  if (late && channelId !== null) {
    return mrkdwn`The thread in ${readersText(goesTo)} is open already: this goes into it when you send it.`;
  }
  return mrkdwn`Goes to ${readersText(goesTo)} with the figures when you send it.`;
}

/** Says that another window said something else, with the way to take that. */
export function meanwhileBlocks(topic: Topic, said: AnswerWords<Cause> | null): KnownBlock[] {
  if (!said) return [];
  const accessory = button('Use that one', {
    ...answerUse.numbered(topic, topic),
    spoken: 'Use the answer from the other window',
  });
  const head = mrkdwn`*You answered this in another window meanwhile.* It says what follows; what you typed here stands below. Send it to put it in its place.`;
  return [section(head, { accessory }), ...saidBlocks(said)];
}

/** `too few leads, content is missing`. */
export const causesInLine = (causes: readonly Cause[]): string =>
  causes.map(causeInLine).join(', ');

function saidBlocks({ causes, words, proposal }: AnswerWords<Cause>): KnownBlock[] {
  return [
    ...(causes.length > 0 ? [section(mrkdwn`_${causesInLine(causes)}_`)] : []),
    ...quoteBlocks(words),
    ...(proposal === null ? [] : [section(mrkdwn`What would help:`), ...quoteBlocks(proposal)]),
  ];
}

/** The most that a section may hold, with some room. */
const SECTION = 2_900;

/** Somebody's words in full: in as many sections as they need, since escaping makes them longer. */
export function quoteBlocks(words: string | null, before: Mrkdwn | null = null): KnownBlock[] {
  const found: KnownBlock[] = [];
  let rest = [...(words ?? '')];
  let head = before;
  while (rest.length > 0) {
    let count = rest.length;
    const part = () => lines(head, quote(rest.slice(0, count).join('')));
    while (part().mrkdwn.length > SECTION) count = Math.floor(count / 2);
    found.push(section(part()));
    rest = rest.slice(count);
    head = null;
  }
  return found;
}
