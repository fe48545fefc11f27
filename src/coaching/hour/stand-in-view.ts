/** What a stand-in and the manager read of it. */
import { mentions } from '../../people/names-view.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { formatDate } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { standInDecline, standInOpen } from '../ids.ts';
import type { StandIn } from '../store.ts';

export interface StandInScreen {
  standIn: StandIn;
  /** Slack's user ids of the manager's reps. */
  repIds: readonly string[];
  locale: string;
}

const spanText = ({ standIn: { from, to }, locale }: StandInScreen): string =>
  from === to
    ? formatDate(from, locale, 'day')
    : `${formatDate(from, locale, 'day')} – ${formatDate(to, locale, 'day')}`;

export function standInMessage(screen: StandInScreen): Message {
  const { standIn, repIds } = screen;
  const manager = mention(standIn.managerId);
  if (standIn.declinedAt || standIn.endedAt) {
    const words = standIn.declinedAt
      ? mrkdwn`You said no to holding ${manager}’s coaching hours. They know.`
      : mrkdwn`${manager} took it back: you hold none of their coaching hours.`;
    return message(words, [section(words)]);
  }
  const heading = mrkdwn`*${manager} asks you to hold their coaching hours, ${spanText(screen)}.*`;
  return message(heading, [
    section(
      lines(
        heading,
        mrkdwn`${mentions(repIds)}, an hour a week each. On the day you get the number worth talking about; \`/bigplan coach\` lists them. Nothing to do until then.`,
      ),
    ),
    actions([
      button('I can’t', { ...standInDecline.with(standIn.id), spoken: 'Say no to standing in' }),
    ]),
  ]);
}

/** To the manager. */
export function standInNoMessage(screen: StandInScreen): Message {
  const words = mrkdwn`*${mention(screen.standIn.standInId)} can’t hold your coaching hours, ${spanText(screen)}.* Somebody else?`;
  return message(words, [
    section(words),
    actions([button('Ask somebody else…', { ...standInOpen.with(), style: 'primary' as const })]),
  ]);
}
