/** A call block from its start to its count. */
import type { ModalView } from '@slack/types';
import { actions, button, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { textInput } from '../../slack/inputs.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { nudgeMenu } from '../preferences/view.ts';
import type { SkipReason } from '../schemas.ts';
import { counted, SKIPPED_FOR, timesText, timeText } from '../words-view.ts';

export interface BlockScreen {
  /** `date:block`, as the buttons carry it. */
  value: string;
  /** Local wall times, `HH:mm`. */
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
  const { value, locale, dials } = screen;
  const plan =
    dials > 0
      ? dialsText(dials, locale)
      : 'Nothing is left of today’s plan: what you add is ahead of it.';
  return message(`${span(screen)} is yours. ${plan}`, [
    section(mrkdwn`*${span(screen)} is yours.* ${plan}`, { accessory: nudgeMenu('callBlocks') }),
    actions([
      button('Started', { actionId: ACTION.blockStarted, value, style: 'primary' }),
      button('Move…', { actionId: ACTION.blockMove, value, spoken: 'Move this block, today' }),
      button('Skip…', {
        actionId: ACTION.blockSkip,
        value,
        spoken: 'Skip this block, with a reason',
      }),
    ]),
  ]);
}

/** What the start turns into once the rep is at it. */
export function blockStartedMessage(screen: BlockScreen): Message {
  const { locale, end, dials } = screen;
  const goal = dials > 0 ? ` ${counted('calls', dials, locale)} to go.` : '';
  const words = mrkdwn`*On it.*${goal} At ${timeText(end, locale)} I’ll ask how many.`;
  return message(words, [section(words)]);
}

export function blockMovedMessage(screen: BlockScreen, movedTo: string): Message {
  const words = mrkdwn`The ${timeText(screen.start, screen.locale)} block moved to *${timeText(movedTo, screen.locale)}*.`;
  return message(words, [section(words)]);
}

export function blockSkippedMessage(screen: BlockScreen, reason: SkipReason | null): Message {
  const why = reason === null ? '' : `: ${SKIPPED_FOR[reason]}`;
  const words = mrkdwn`The ${timeText(screen.start, screen.locale)} block was skipped${why}.`;
  return message(words, [
    section(words, {
      accessory: button('Count it after all', {
        actionId: ACTION.blockOther,
        value: screen.value,
      }),
    }),
  ]);
}

/** At the end: how many? */
export function blockCountMessage(screen: BlockScreen): Message {
  const { value, locale, dials } = screen;
  const text = `The ${span(screen)} block is over. How many calls?`;
  return message(text, [
    section(mrkdwn`The ${span(screen)} block is over. *How many?*`, {
      accessory: nudgeMenu('callBlocks'),
    }),
    actions([
      ...(dials > 0
        ? [
            button(formatCount(dials, locale), {
              actionId: ACTION.blockCount,
              value: `${value}:${dials}`,
              style: 'primary' as const,
              spoken: `${dials} calls, as planned`,
            }),
          ]
        : []),
      button('Other…', { actionId: ACTION.blockOther, value, spoken: 'Another number of calls' }),
      button('Skip…', {
        actionId: ACTION.blockSkip,
        value,
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
  const { value, start, locale } = screen;
  const words = lines(
    mrkdwn`✓ *${timeText(start, locale)} block* · ${counted('calls', calls, locale)}`,
    day,
  );
  return message(`${timeText(start, locale)} block: ${counted('calls', calls, locale)}.`, [
    section(words, {
      accessory: button('Edit', {
        actionId: ACTION.blockOther,
        value,
        spoken: 'Edit the calls of this block',
      }),
    }),
  ]);
}

export function blockCountForm(screen: BlockScreen, calls: number | null): ModalView {
  const { value, locale, dials } = screen;
  return modal({
    title: 'Call block',
    callbackId: CALLBACK.blockCount,
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: value,
    blocks: [
      textInput({
        path: 'calls',
        rev: '0',
        label: `Calls in the ${span(screen)} block`,
        hint: dials > 0 ? `${formatCount(dials, locale)} planned` : undefined,
        initial: calls === null ? null : formatCount(calls, locale),
      }),
    ],
  });
}
