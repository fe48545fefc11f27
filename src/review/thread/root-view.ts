/** The first message of a review's thread: how the month stands, why, and what to do next. */
import type { KnownBlock } from '@slack/types';
import { causeInLine, timeText } from '../../activity/words-view.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { formatDate, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import type { WallTime } from '../../time/zone.ts';
import { causeOf } from '../causes/rules.ts';
import { recoveryOpen, reviewCloseOpen } from '../ids.ts';
import type { KpiLine, Scorecard } from '../schemas.ts';
import type { Answer, RecoveryItem } from '../store.ts';
import {
  HEALTH_NAMES,
  isLayer,
  KPI_NAMES,
  lineText,
  monthText,
  shareOf,
  shareText,
  weekdayText,
} from '../words-view.ts';

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

/** `*@dana · March 1:1 · at risk* — calls on plan, new business 63%: too few leads, not effort`. */
function rootText({ repId, card, style, answers }: ThreadScreen): Mrkdwn {
  const { locale } = style;
  const head = mrkdwn`*${mention(repId)} · ${monthText(card, locale)} 1:1 · ${HEALTH_NAMES[card.standing]}*`;
  const worst = worstOf(card);
  // What they named for that one: another KPI's cause would be put into their mouth.
  const cause = causeOf(answers.filter(({ topic }) => topic === worst?.kpi));
  const isEffort = cause === 'own_execution' || heldActivity(card) === null;
  const why = cause === null ? '' : `: ${causeInLine(cause)}${isEffort ? '' : ', not effort'}`;
  return mrkdwn`${head} — ${reasonText(card, worst, style)}${why}`;
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
function rootActions({ reviewId, closed, style }: ThreadScreen): KnownBlock[] {
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
    ]),
  ];
}

/** What holds, then what doesn't: `calls on plan, new business 63%`. */
function reasonText(card: Scorecard, worst: KpiLine | null, style: NumberStyle): string {
  const holds = heldActivity(card);
  const held = holds ? `${KPI_NAMES[holds].toLowerCase()} on plan` : null;
  if (!worst) return held ?? 'nothing is missed';
  return [held ?? bookedText(card, style), missedText(worst, style)]
    .filter((part) => part !== null)
    .join(', ');
}

/** Why it is on track all the same: `bookings 163%`. */
function bookedText({ standing, bookings }: Scorecard, { locale }: NumberStyle): string | null {
  const share = shareOf(bookings);
  return standing !== 'on_track' || share === null
    ? null
    : `bookings ${formatPercent(share, locale)}`;
}

function missedText(line: KpiLine, style: NumberStyle): string {
  const share = shareOf(line);
  const text =
    line.kpi === 'coverage' || share === null
      ? lineText(line, style)
      : `${KPI_NAMES[line.kpi]} ${shareText(line, style)}`;
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The activity that says that the work was done: the first that holds, where none is missed. */
function heldActivity({ lines: all }: Scorecard) {
  const of = (activity: (typeof ACTIVITIES)[number]) => all.find(({ kpi }) => kpi === activity);
  if (ACTIVITIES.some((activity) => of(activity)?.verdict === 'missed')) return null;
  return ACTIVITIES.find((activity) => of(activity)?.verdict === 'met') ?? null;
}

/** Of bookings the farthest from its milestone, else the first missed. */
function worstOf({ lines: all }: Scorecard): KpiLine | null {
  const missed = all.filter(({ verdict }) => verdict === 'missed');
  const bookings = missed.filter(({ kpi }) => isLayer(kpi));
  const [worst] = bookings.toSorted((a, b) => (shareOf(a) ?? 0) - (shareOf(b) ?? 0));
  return worst ?? missed[0] ?? null;
}
