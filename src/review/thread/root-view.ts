/** The first message of a review's thread: how the month stands, why, and what to do next. */
import type { KnownBlock } from '@slack/types';
import { causeInLine, timeText } from '../../activity/words-view.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { formatDate, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import type { WallTime } from '../../time/zone.ts';
import { causeOf } from '../causes/rules.ts';
import { askOpen, recoveryOpen, reviewCloseOpen } from '../ids.ts';
import type { Scorecard } from '../schemas.ts';
import type { Answer, RecoveryItem } from '../store.ts';
import { HEALTH_NAMES, healthText, monthText, weekdayText } from '../words-view.ts';

/** What the messages of a thread show. Nothing in it depends on the rep's own target. */
export interface ThreadScreen {
  reviewId: string;
  /** Slack's user ids. */
  repId: string;
  managerId: string | null;
  /** Measured at quota. */
  card: Scorecard;
  style: NumberStyle;
  /** When the pair meets, on each one's clocks. */
  meeting: { rep: WallTime; manager: WallTime | null } | null;
  /** When the rep was asked; null: they weren't. */
  askedOn: string | null;
  /** What the rep sent for others to read. */
  answers: readonly Answer[];
  isAnswered: boolean;
  /** The answers came after the thread was begun. */
  isLate: boolean;
  /** Items of the months before that were open when the review was. */
  carried: readonly RecoveryItem[];
  /** The rep's local date. */
  today: string;
  closed: { on: string; by: string; items: number } | null;
}

export function rootMessage(screen: ThreadScreen): Message {
  const said = rootText(screen);
  const waits = screen.isAnswered ? said : mrkdwn`${said} (not answered yet)`;
  return message(waits, [...rootBlocks(screen), rootActions(screen)].flat());
}

/**
 * `*@dana · March 1:1 · at risk* — bookings 63%, calls on plan. @dana says: too few leads.` What the rep
 * names stands as theirs, beside the figures.
 */
function rootText({ repId, card, style, answers }: ThreadScreen): Mrkdwn {
  const { locale } = style;
  const head = mrkdwn`*${mention(repId)} · ${monthText(card, locale)} 1:1 · ${HEALTH_NAMES[card.standing]}*`;
  const cause = causeOf(answers);
  const said = cause === null ? '' : mrkdwn`. ${mention(repId)} says: ${causeInLine(cause)}`;
  return mrkdwn`${head} — ${healthText(card, style)}${said}`;
}

function rootBlocks(screen: ThreadScreen): KnownBlock[] {
  const { repId, askedOn, isAnswered, isLate, style } = screen;
  const waiting =
    !isAnswered &&
    (askedOn === null
      ? mrkdwn`Not answered yet: their view comes into this thread when ${mention(repId)} sends it.`
      : mrkdwn`Not answered yet: ${mention(repId)} was asked on ${formatDate(askedOn, style.locale, 'day')}. Their view comes into this thread when they send it.`);
  const late = isLate && mrkdwn`${mention(repId)} has answered since: see below.`;
  return [section(lines(rootText(screen), waiting, late)), context(whenText(screen))];
}

function whenText({ meeting, repId, managerId, style }: ThreadScreen): Mrkdwn {
  const { locale } = style;
  const measured = mrkdwn`Measured at ${formatPercent(1, locale)} of quota`;
  if (!meeting) return measured;
  const { rep, manager } = meeting;
  const on = (at: { date: string; time: string }) =>
    mrkdwn`${weekdayText(at.date, locale)}, ${timeText(at.time, locale)}`;
  const isSame = !manager || (manager.date === rep.date && manager.time === rep.time);
  const when = isSame
    ? on(rep)
    : mrkdwn`${on(rep)} for ${mention(repId)}, ${on(manager)} for ${mention(managerId ?? repId)}`;
  return mrkdwn`1:1: ${when} · ${measured}`;
}

/** Also in the rep's own copy. Anybody in the channel can press: `mustJoin` lets the pair alone act. */
function rootActions({ reviewId, repId, closed, style }: ThreadScreen): KnownBlock[] {
  if (closed) {
    const { on, by, items } = closed;
    const agreed =
      items === 0 ? 'nothing was agreed' : `${items} ${items === 1 ? 'item' : 'items'} agreed`;
    return [
      context(
        mrkdwn`✓ Closed on ${formatDate(on, style.locale, 'day')} by ${mention(by)}: ${agreed}.`,
      ),
      actions([button('Open the recovery plan', recoveryOpen.with(reviewId))]),
    ];
  }
  return [
    actions([
      button('Write recovery plan', {
        ...recoveryOpen.with(reviewId),
        style: 'primary',
      }),
      button('Close review', reviewCloseOpen.with(reviewId)),
      button('Ask for something…', {
        ...askOpen.with(repId),
        spoken: 'Ask the other one of the two for something, as a promise',
      }),
    ]),
  ];
}
