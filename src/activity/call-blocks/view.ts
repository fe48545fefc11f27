/** A call block from its start to its count. */
import { z } from 'zod';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { count } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import { blockCount, blockCountOpen, blockMoveOpen, blockSkipOpen, blockStarted } from '../ids.ts';
import { nudgeMenu } from '../preferences/view.ts';
import { MOST_A_DAY, type SkipReason } from '../schemas.ts';
import { counted, SKIPPED_FOR, timesText, timeText } from '../words-view.ts';

export interface BlockScreen {
  place: { date: string; blockId: string };
  /** Local wall times, `HH:mm`: as it was planned, and as it is now. */
  plannedStart: string;
  start: string;
  end: string;
  locale: string;
  /** Dials in this block that get the rep to plan. */
  dials: number;
}

const span = ({ start, end, locale }: BlockScreen) => timesText(start, end, locale);

const dialsText = (dials: number, locale: string) =>
  dials === 1 ? '1 dial gets you to plan.' : `${formatCount(dials, locale)} dials get you to plan.`;

export function blockStartMessage(screen: BlockScreen): Message {
  const { place, locale, dials } = screen;
  const plan =
    dials > 0
      ? dialsText(dials, locale)
      : 'Nothing is left of today’s plan: what you add is ahead of it.';
  return message(`${span(screen)} is yours. ${plan}`, [
    section(mrkdwn`*${span(screen)} is yours.* ${plan}`, { accessory: nudgeMenu('callBlocks') }),
    actions([
      button('Started', { ...blockStarted.with(place), style: 'primary' }),
      button('Move…', { ...blockMoveOpen.with(place), spoken: 'Move this block, today' }),
      button('Skip…', {
        ...blockSkipOpen.with(place),
        spoken: 'Skip this block, with a reason',
      }),
    ]),
  ]);
}

/** What the start turns into once the rep is at it. */
export function blockStartedMessage(screen: BlockScreen): Message {
  const { locale, end, dials } = screen;
  const goal = dials > 0 ? ` ${counted('calls', dials, locale)} to go.` : '';
  const words = mrkdwn`*On it.*${goal} At ${timeText(end, locale)} this message asks how many.`;
  return message(words, [section(words)]);
}

export function blockMovedMessage(screen: BlockScreen): Message {
  const { place, plannedStart, start, locale } = screen;
  const words = mrkdwn`The ${timeText(plannedStart, locale)} block moved to *${timeText(start, locale)}*. This message changes then.`;
  return message(words, [
    section(words),
    actions([
      button('Move…', { ...blockMoveOpen.with(place), spoken: 'Move this block, today' }),
      button('Skip…', {
        ...blockSkipOpen.with(place),
        spoken: 'Skip this block, with a reason',
      }),
    ]),
  ]);
}

/** A block that was left alone until the day had its answer. */
export function blockClosedMessage({ start, locale }: BlockScreen): Message {
  const words = mrkdwn`The ${timeText(start, locale)} block is closed: the day has its answer.`;
  return message(words, [context(words)]);
}

/** A block's message with the day's other blocks that have none of their own, and when those to come begin. */
export function withOtherBlocks(
  own: Message,
  others: readonly Message[],
  later: readonly BlockScreen[],
): Message {
  const times = later.map(span).join(', ');
  return {
    text: [own, ...others].map(({ text }) => text).join(' '),
    blocks: [
      ...own.blocks,
      ...others.flatMap(({ blocks }) => blocks),
      ...(later.length > 0 ? [context(`Later today: ${times}.`)] : []),
    ],
  };
}

export function blockSkippedMessage(screen: BlockScreen, reason: SkipReason | null): Message {
  const why = reason === null ? '' : `: ${SKIPPED_FOR[reason]}`;
  const words = mrkdwn`The ${timeText(screen.start, screen.locale)} block was skipped${why}.`;
  return message(words, [
    section(words, {
      accessory: button('Count it after all', blockCountOpen.with(screen.place)),
    }),
  ]);
}

/** At the end: how many? */
export function blockCountMessage(screen: BlockScreen): Message {
  const { place, locale, dials } = screen;
  const text = `The ${span(screen)} block is over. How many calls?`;
  return message(text, [
    section(mrkdwn`The ${span(screen)} block is over. *How many?*`, {
      accessory: nudgeMenu('callBlocks'),
    }),
    actions([
      ...(dials > 0
        ? [
            button(formatCount(dials, locale), {
              ...blockCount.with({ ...place, calls: dials }),
              style: 'primary' as const,
              spoken: `${dials} calls, as planned`,
            }),
          ]
        : []),
      button('Other…', { ...blockCountOpen.with(place), spoken: 'Another number of calls' }),
      button('Skip…', {
        ...blockSkipOpen.with(place),
        spoken: 'Skip this block, with a reason',
      }),
    ]),
  ]);
}

/** What the question turns into. `day` is the day's calls against its plan: `18 of 27 calls`. */
export function blockCountedMessage(
  screen: BlockScreen,
  calls: number,
  day: string | null,
): Message {
  const { place, start, locale } = screen;
  const words = lines(
    mrkdwn`✓ *${timeText(start, locale)} block* · ${counted('calls', calls, locale)}`,
    day,
  );
  return message(`${timeText(start, locale)} block: ${counted('calls', calls, locale)}.`, [
    section(words, {
      accessory: button('Edit', {
        ...blockCountOpen.with(place),
        spoken: 'Edit the calls of this block',
      }),
    }),
  ]);
}

/** Which block: as forms of a former version said it, `date:block`. */
const Block = z.preprocess(
  (raw) => (typeof raw === 'string' ? blockCountOpen.codec.read(raw) : raw),
  z.object({ date: z.string(), blockId: z.string() }),
);

interface BlockStyle extends NumberStyle {
  screen: BlockScreen;
}

export const blockCountForm = form({
  id: 'block_count_form',
  about: Block,
  fields: ({ screen }: BlockStyle) => ({
    calls: count(
      {
        label: `Calls in the ${span(screen)} block`,
        ...(screen.dials > 0 && { hint: `${formatCount(screen.dials, screen.locale)} planned` }),
      },
      { max: MOST_A_DAY },
    ),
  }),
  frame: () => ({ title: 'Call block', submit: 'Save', close: 'Cancel' }),
});
