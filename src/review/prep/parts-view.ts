/** What the forms of the answers, and the view of all of them, are made of. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Cause } from '../../activity/schemas.ts';
import { causeInLine, quote } from '../../activity/words-view.ts';
import { button, section } from '../../slack/blocks.ts';
import type { Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { progress } from '../../slack/surfaces.ts';
import { channelMention, lines, type Mrkdwn, mrkdwn, raw } from '../../slack/text.ts';
import { answerGo, answerUse } from '../ids.ts';
import { TOPICS, type Topic } from '../schemas.ts';
import type { AnswerWords } from './rules.ts';

/** What a view of all answers remembers of itself. */
export const SendPlace = z.object({
  reviewId: z.uuid(),
  /** Of what was given when the view was shown, so that two windows notice each other. */
  base: z.string(),
});
export type SendPlace = z.infer<typeof SendPlace>;

/** The same of the form of one topic. */
export const TopicPlace = SendPlace.extend({ topic: z.enum(TOPICS) });
export type TopicPlace = z.infer<typeof TopicPlace>;

/** Who gets to see the answers once they are sent. */
export interface Destination {
  /** Slack's ids; null: there is none. */
  channelId: string | null;
  managerId: string | null;
  /** Whether the thread was begun without them. */
  late: boolean;
}

/** What every form of an answer shows. */
export interface TopicScreen extends Shown<TopicPlace, NumberStyle> {
  /** From 1; null: it isn't asked about, and may be explained. */
  position: { at: number; of: number } | null;
  /** The topic before; null: this is the first. */
  back: Topic | null;
  goesTo: Destination;
  /** What was answered in another window since this one was opened. */
  meanwhile: AnswerWords<Cause> | null;
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

/** How far one is, with the way back. */
export function positionBlock({ position, back }: TopicScreen): KnownBlock {
  const words = position
    ? mrkdwn`${progress(position.at, position.of)} · kept as you type`
    : mrkdwn`Nobody asks about this one · kept as you type`;
  if (back === null) return section(words);
  const accessory = button('Back', {
    ...answerGo.numbered('back', back),
    spoken: 'Back to the answer before',
  });
  return section(words, { accessory });
}

/** Says that another window was quicker, with the way to take what was said there. */
export function meanwhileBlocks({ meanwhile, about }: TopicScreen): KnownBlock[] {
  if (!meanwhile) return [];
  const accessory = button('Use that one', {
    ...answerUse.with(about.topic),
    spoken: 'Use the answer from the other window',
  });
  const head = mrkdwn`*You answered this in another window meanwhile.* It says what follows; what you typed here stands below. Save it to put it in its place.`;
  return [section(head, { accessory }), ...saidBlocks(meanwhile)];
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
