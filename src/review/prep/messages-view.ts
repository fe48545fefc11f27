/** The rep is asked first: how the month stands, and why, in their view. */
import { type UpdateFigures, updateBlocks } from '../../actuals/update/view.ts';
import type { Reader } from '../../actuals/words-view.ts';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { formatCount, formatDate, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { WallTime } from '../../time/zone.ts';
import type { Commitment } from '../commitments/store.ts';
import { causeTakenText } from '../commitments/view.ts';
import { answerOpen, askOpen, moveOpen } from '../ids.ts';
import type { Kpi, KpiLine, Scorecard, Topic, Verdict } from '../schemas.ts';
import { followingLeads } from '../scorecard/question-rules.ts';
import {
  atQuotaText,
  bookingsLine,
  isActivity,
  isLayer,
  isMoney,
  KPI_NAMES,
  lineText,
  loggedText,
  MARKS,
  monthText,
  oftenText,
  shareOf,
  whenText,
} from '../words-view.ts';
import { answersText } from './answer-view.ts';
import { minutesFor, type Questions } from './rules.ts';

export interface PrepScreen extends Questions {
  reviewId: string;
  repId: string;
  /** As the month stands now. */
  card: Scorecard;
  style: NumberStyle;
  /** Whether the rep has a target of their own, which isn't what is measured here. */
  hasOwnTarget: boolean;
  /** On the rep's clocks. */
  meeting: WallTime;
  /** When the thread opens, answered or not; null: it has been. */
  deadline: WallTime | null;
  /** How many of the questions are answered so far. */
  given: number;
  /** What the plan judges beside the days, asked for once more; null: nothing can be entered any more. */
  judged: UpdateFigures | null;
  reader: Reader | null;
  /** What others took on of the causes that the rep has named before. */
  taken?: readonly Commitment[];
}

const MOST_TAKEN = 3;

export function prepMessage(screen: PrepScreen): Message {
  const { card, style, meeting, reviewId, repId, deadline, hasOwnTarget, judged, reader } = screen;
  const { locale } = style;
  const until = card.asOf === null ? '' : `, up to ${formatDate(card.asOf, locale, 'day')}`;
  const head = mrkdwn`*Your 1:1 is ${whenText(meeting, locale)}.* ${monthText(card, locale)}${until}, at quota:`;
  const ask = askText(screen);
  return message(mrkdwn`${head} ${askedText(screen)}${ask}`, [
    section(lines(head, ...lineTexts(card, style))),
    context(aroundText(card, locale)),
    ...(hasOwnTarget ? [context(atQuotaText)] : []),
    ...(screen.taken ?? []).slice(-MOST_TAKEN).map((one) => context(causeTakenText(one, locale))),
    section(
      lines(
        ask,
        deadline === null && mrkdwn`The thread is open already: your answers go into it.`,
        soFarText(screen),
      ),
    ),
    actions([
      answerButton(reviewId),
      button('Move the 1:1…', {
        ...moveOpen.with(reviewId),
        spoken: 'Move the 1:1 to another time',
      }),
    ]),
    ...(judged && reader ? [divider(), ...updateBlocks(judged, repId, reader)] : []),
  ]);
}

/** The one reminder. */
export function prepReminderMessage(screen: PrepScreen): Message {
  const { card, style, meeting, deadline, reviewId, given, topics } = screen;
  const { locale } = style;
  const words = lines(
    mrkdwn`*${given} of ${topics.length} answered* about ${monthText(card, locale)}. Your 1:1 is ${whenText(meeting, locale)}; this is the last reminder.`,
    deadline !== null &&
      mrkdwn`The thread opens ${whenText(deadline, locale)}. Without your view it says “not answered yet”.`,
  );
  return message(words, [section(words), actions([answerButton(reviewId)])]);
}

/** What the question turns into once the answers are sent. */
export function prepSentMessage(
  { card, style, meeting, reviewId, repId }: PrepScreen,
  sent: { on: string; count: number },
): Message {
  const { locale } = style;
  const words = lines(
    mrkdwn`✓ *Sent on ${formatDate(sent.on, locale, 'day')}:* ${answersText(sent.count)} about ${monthText(card, locale)}.`,
    mrkdwn`Your 1:1 is ${whenText(meeting, locale)}.`,
  );
  return message(words, [
    section(words),
    actions([
      button('Read', {
        ...answerOpen.with(reviewId),
        spoken: 'Read the answers that you sent',
      }),
      button('Ask for help…', {
        ...askOpen.with(repId),
        spoken: 'Ask your manager for something that would help',
      }),
      button('Move the 1:1…', {
        ...moveOpen.with(reviewId),
        spoken: 'Move the 1:1 to another time',
      }),
    ]),
  ]);
}

/** What the reminder turns into then. */
export function prepReminderDoneMessage({ card, style }: PrepScreen): Message {
  const words = `Your answers about ${monthText(card, style.locale)} are sent.`;
  return message(words, [context(words)]);
}

/** What either turns into where there is nothing to answer any more. */
export function prepOverMessage(
  { card, style, given }: Pick<PrepScreen, 'card' | 'style' | 'given'>,
  why: 'skipped' | 'closed' | 'plan_closed',
): Message {
  const month = monthText(card, style.locale);
  const head = {
    skipped: mrkdwn`*The 1:1 about ${month} is skipped.* Nothing to answer.`,
    closed: mrkdwn`*The review of ${month} is closed.* Nothing more to answer.`,
    plan_closed: mrkdwn`*The plan that ${month} belongs to is closed.* Nothing to answer.`,
  }[why];
  const words = lines(mrkdwn`${head}${given > 0 ? ' What you have answered is kept.' : ''}`);
  return message(words, [section(words)]);
}

const answerButton = (reviewId: string) =>
  button('Answer', { ...answerOpen.with(reviewId), style: 'primary' });

function askText({ topics, deadline }: PrepScreen): Mrkdwn {
  const size =
    minutesFor(topics.length) === 1
      ? 'one question, about a minute.'
      : `${topics.length} questions in one form, about two minutes.`;
  const them = topics.length === 1 ? 'it' : 'them';
  const figures = deadline === null ? '' : ' together with the figures';
  const sees = `Your manager sees ${them}${figures} when you send ${them}, not before.`;
  return topics.includes('worked')
    ? mrkdwn`*What worked, and what to share?* About a minute. ${sees}`
    : mrkdwn`Before anyone talks about it: *why, in your view?* About ${namesOf(topics)}: ${size} ${sees}`;
}

/** `calls, demos and coverage`. */
function namesOf(topics: readonly Topic[]): string {
  const names = topics.flatMap((topic) =>
    topic === 'worked' ? [] : [KPI_NAMES[topic].toLowerCase()],
  );
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function soFarText({ given, topics }: PrepScreen): Mrkdwn | null {
  return given === 0 ? null : mrkdwn`*${given} of ${topics.length}* answered so far, and kept.`;
}

/** What is asked about, for the notification. */
function askedText({ topics, card, style }: PrepScreen): string {
  const asked = card.lines.filter(({ kpi }) => topics.includes(kpi));
  if (asked.length === 0) return '';
  return `${asked.map((line) => lineText(line, style)).join(', ')}. `;
}

/** What the mark says, for whoever can't tell it. Of what isn't known the line says why. */
const VERDICTS: Record<Verdict, string> = {
  met: ' met:',
  short: ' within chance:',
  missed: ' missed:',
  unknown: '',
};

/** A line of its own, with its mark. `after`: what follows it. */
function markedText(line: KpiLine, style: NumberStyle, after: string | null = null): Mrkdwn {
  const { verdict } = line;
  const head = `${MARKS[verdict]}${VERDICTS[verdict]} `;
  const words = lineText(line, style);
  const tail = after === null ? '' : ` ${after}`;
  return verdict === 'missed' ? mrkdwn`${head}*${words}*${tail}` : mrkdwn`${head}${words}${tail}`;
}

/** Nothing of it is planned, and nothing was done. */
const isNothing = ({ target, actual, verdict }: KpiLine) =>
  verdict === 'unknown' && (target ?? 0) === 0 && (actual ?? 0) === 0;

/**
 * Bookings first, with what they are made of; what is to come and what came in; what is missed, each a
 * line; and the rest in one for each verdict.
 */
function lineTexts(card: Scorecard, style: NumberStyle): (Mrkdwn | null)[] {
  const said = card.lines.filter((line) => !isNothing(line));
  const of = (kpi: Kpi) => said.filter((line) => line.kpi === kpi);
  const work = said.filter(({ kpi }) => !isMoney(kpi) && kpi !== 'coverage' && kpi !== 'leads');
  const rest = (verdict: Verdict) => work.filter((line) => line.verdict === verdict);
  return [
    withChance(bookingsLine(card), style, 'time'),
    layersText(said, style),
    ...of('coverage').map((line) => withChance(line, style, 'time')),
    ...of('leads').map((line) => leadsLineText(line, card, style)),
    ...rest('missed').map((line) => markedText(line, style)),
    shortText(rest('short'), card, style),
    listed(
      'met',
      rest('met').map((line) => namedShare(line, style)),
    ),
    ...unknownTexts(rest('unknown'), card, style),
  ];
}

/** Of what is short by no more than chance, how often chance does that. */
function withChance(line: KpiLine, style: NumberStyle, unit: 'month' | 'quarter' | 'time') {
  const { verdict, chance } = line;
  return verdict === 'short' && chance !== null
    ? markedText(line, style, `(chance alone does that ${oftenText(chance, unit)})`)
    : markedText(line, style);
}

/** `of which ✓ Renewals 118 k of 112 k · ✗ New business 64 k of 101 k`; null where there is one layer. */
function layersText(said: readonly KpiLine[], style: NumberStyle): Mrkdwn | null {
  const layers = said.filter(({ kpi }) => isLayer(kpi));
  if (layers.length < 2) return null;
  const words = layers.map((line) => `${MARKS[line.verdict]} ${lineText(line, style)}`);
  return mrkdwn`of which ${words.join(' · ')}`;
}

/** `Visits and demos follow from that, so nobody asks you about those.` */
function leadsLineText(line: KpiLine, { lines, quarter }: Scorecard, style: NumberStyle): Mrkdwn {
  const following = followingLeads(lines).map((kpi) => KPI_NAMES[kpi].toLowerCase());
  if (following.length === 0)
    return withChance(line, style, quarter === null ? 'month' : 'quarter');
  const names = following.join(' and ');
  const follow = `${names.charAt(0).toUpperCase()}${names.slice(1)} follow from that, so nobody asks you about those.`;
  return mrkdwn`${MARKS.missed}${VERDICTS.missed} *${lineText(line, style)}.* ${follow}`;
}

/**
 * `Demos 7 of 8: chance alone does that one month in three. Nothing to explain.`, and of several the same in
 * one line.
 */
function shortText(
  short: readonly KpiLine[],
  { quarter }: Scorecard,
  style: NumberStyle,
): Mrkdwn | null {
  const unit = quarter === null ? 'month' : 'quarter';
  const often = ({ chance }: KpiLine) => oftenText(chance ?? 1, unit);
  const [first, ...others] = short;
  if (!first) return null;
  if (others.length === 0) {
    return mrkdwn`${MARKS.short} ${lineText(first, style)}: chance alone does that ${often(first)}. Nothing to explain.`;
  }
  const words = short.map((line) => `${lineText(line, style)} (${often(line)})`);
  return mrkdwn`${MARKS.short} Chance alone does that: ${words.join(', ')}. Nothing to explain.`;
}

function listed(verdict: Verdict, names: readonly string[]): Mrkdwn | null {
  return names.length === 0
    ? null
    : mrkdwn`${MARKS[verdict]}${VERDICTS[verdict]} ${names.join(', ')}`;
}

/** Why they aren't known: too few days are logged, or too few tries were made. */
function unknownTexts(
  unknown: readonly KpiLine[],
  { days }: Scorecard,
  { locale }: NumberStyle,
): (Mrkdwn | null)[] {
  const activities = unknown.filter(({ kpi }) => isActivity(kpi)).map(nameOf);
  const early = unknown
    .filter(({ kpi, target }) => !isActivity(kpi) && target !== null)
    .map(nameOf);
  return [
    activities.length > 0 && days.unlogged > 0
      ? mrkdwn`${MARKS.unknown} *${loggedText(days, locale)}*: too few to say anything of ${activities.join(', ')}. \`/bigplan log\` takes them in.`
      : null,
    early.length > 0 ? mrkdwn`${MARKS.unknown} too early to say: ${early.join(', ')}` : null,
  ];
}

const nameOf = ({ kpi }: KpiLine) => KPI_NAMES[kpi].toLowerCase();

/** `calls 96%`; of a stage its rate. */
function namedShare(line: KpiLine, { locale }: NumberStyle): string {
  const share = isActivity(line.kpi) ? shareOf(line) : line.actual;
  return share === null ? nameOf(line) : `${nameOf(line)} ${formatPercent(share, locale)}`;
}

/** `19 of 21 days logged · 1 skipped · leads: 3 of 6 inbound`. */
function aroundText({ days, leads }: Scorecard, locale: string): Mrkdwn {
  const count = (value: number) => formatCount(value, locale, 1);
  const parts = [
    loggedText(days, locale),
    days.skipped > 0 ? `${count(days.skipped)} skipped` : null,
    days.away > 0 ? `${count(days.away)} away` : null,
    leads?.known ? leadsText(leads, locale) : null,
  ];
  return mrkdwn`${parts.filter((part) => part !== null).join(' · ')}`;
}

function leadsText(leads: NonNullable<Scorecard['leads']>, locale: string): string {
  const of = (from: 'inbound' | 'outbound') => {
    const { received, promised } = leads[from];
    return `${formatCount(received, locale)} of ${formatCount(promised, locale, 1)} ${from}`;
  };
  return `leads: ${of('inbound')}, ${of('outbound')}`;
}
