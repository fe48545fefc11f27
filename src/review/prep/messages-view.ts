/** The rep is asked first: how the month stands, and why, in their view. */
import { ACTIVITIES } from '../../plan/schemas.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { formatCount, formatDate, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { WallTime } from '../../time/zone.ts';
import { answerOpen, moveOpen } from '../ids.ts';
import type { Kpi, KpiLine, Scorecard } from '../schemas.ts';
import { KPI_NAMES, lineText, MARKS, monthText, shareOf, whenText } from '../words-view.ts';
import { answersText } from './answer-view.ts';
import { minutesFor, type Questions } from './rules.ts';

export interface PrepScreen extends Questions {
  reviewId: string;
  /** Against the rep's own plan, as it stood when they were asked. */
  card: Scorecard;
  style: NumberStyle;
  /** On the rep's clocks. */
  meeting: WallTime;
  /** When the thread opens, answered or not; null: it has been. */
  deadline: WallTime | null;
  /** How many answers are given so far. */
  given: number;
}

export function prepMessage(screen: PrepScreen): Message {
  const { card, style, meeting, reviewId, deadline } = screen;
  const { locale } = style;
  const known = card.lines.filter(({ verdict }) => verdict !== 'unknown');
  const missed = card.lines.filter(({ verdict }) => verdict === 'missed');
  const count =
    missed.length === 0
      ? `nothing missed of ${known.length}`
      : `${missed.length} of ${known.length} missed`;
  const until = card.asOf === null ? '' : `, up to ${formatDate(card.asOf, locale, 'day')},`;
  const head = mrkdwn`*Your 1:1 is ${whenText(meeting, locale)}.* ${monthText(card, locale)}${until} against plan, ${count}:`;
  const ask = askText(screen);
  return message(mrkdwn`${head} ${missedText(missed, style)}${ask}`, [
    section(lines(head, ...lineTexts(card, style))),
    context(aroundText(card, locale)),
    section(
      lines(
        ask,
        deadline === null && mrkdwn`The thread is open already: your answers go into it.`,
        ownText(screen),
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
  { card, style, meeting, reviewId, topics }: PrepScreen,
  sentOn: string,
): Message {
  const { locale } = style;
  const words = lines(
    mrkdwn`✓ *Sent on ${formatDate(sentOn, locale, 'day')}:* ${answersText(topics.length)} about ${monthText(card, locale)}.`,
    mrkdwn`Your 1:1 is ${whenText(meeting, locale)}.`,
  );
  return message(words, [
    section(words),
    actions([
      button('Read', {
        ...answerOpen.with(reviewId),
        spoken: 'Read the answers that you sent',
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
  const missed = topics.filter((topic) => topic !== 'worked').length;
  const hasWorked = topics.includes('worked');
  const minutes = minutesFor(topics.length);
  const size = `${answersText(topics.length)}, about ${minutes} minutes.`;
  const them = topics.length === 1 ? 'it' : 'them';
  const figures = deadline === null ? '' : ' together with the figures';
  const sees = `Your manager sees ${them}${figures} when you send ${them}, not before.`;
  if (missed === 0) {
    return mrkdwn`*What worked, and what to share?* ${size} ${sees}`;
  }
  const question = hasWorked
    ? mrkdwn`*why, in your view?* And what worked?`
    : mrkdwn`*why, in your view?*`;
  return mrkdwn`Before anyone talks about it: ${question} ${size} ${sees}`;
}

function ownText({ own }: PrepScreen): Mrkdwn | null {
  if (own.size === 0) return null;
  return own.size === 1
    ? mrkdwn`One of them stays with you: at quota it isn’t missed.`
    : mrkdwn`${own.size} of them stay with you: at quota they aren’t missed.`;
}

function soFarText({ given, topics }: PrepScreen): Mrkdwn | null {
  return given === 0 ? null : mrkdwn`*${given} of ${topics.length}* answered so far, and kept.`;
}

function missedText(missed: readonly KpiLine[], style: NumberStyle): string {
  if (missed.length === 0) return '';
  return `${missed.map((line) => lineText(line, style)).join(', ')}. `;
}

/** What the mark says, for whoever can't tell it. Of what isn't known the line says why. */
const VERDICTS: Record<KpiLine['verdict'], string> = {
  met: ' met:',
  missed: ' missed:',
  unknown: '',
};

/** What is always a line of its own: what came of it, and what is to come. */
const WEIGHTY: readonly Kpi[] = ['renewal', 'expansion', 'newBusiness', 'coverage'];

/** All that is missed, bookings and coverage as lines; the rest in one for each verdict. */
function lineTexts(card: Scorecard, style: NumberStyle): Mrkdwn[] {
  const isNothing = ({ actual, target }: KpiLine) => target === 0 && (actual ?? 0) === 0;
  const said = card.lines.filter((line) => !isNothing(line) || line.verdict === 'missed');
  const isOwn = (line: KpiLine) => line.verdict === 'missed' || WEIGHTY.includes(line.kpi);
  const own = said.filter(isOwn).map((line) => {
    const { verdict } = line;
    const words = `${MARKS[verdict]}${VERDICTS[verdict]} `;
    return verdict === 'missed'
      ? mrkdwn`${words}*${lineText(line, style)}*`
      : mrkdwn`${words}${lineText(line, style)}`;
  });
  const rest = said.filter((line) => !isOwn(line));
  const met = rest.filter(({ verdict }) => verdict === 'met');
  const unknown = rest.filter(({ verdict }) => verdict === 'unknown');
  return [
    ...own,
    ...(met.length > 0
      ? [mrkdwn`${MARKS.met} met: ${met.map((line) => shortText(line, style)).join(', ')}`]
      : []),
    ...(unknown.length > 0
      ? [mrkdwn`${MARKS.unknown} too early to say: ${unknown.map(nameOf).join(', ')}`]
      : []),
  ];
}

const nameOf = ({ kpi }: KpiLine) => KPI_NAMES[kpi].toLowerCase();

/** `calls 96%`; of a stage its rate. */
function shortText(line: KpiLine, { locale }: NumberStyle): string {
  const isActivity = ACTIVITIES.some((activity) => activity === line.kpi);
  const share = isActivity ? shareOf(line) : line.actual;
  return share === null ? nameOf(line) : `${nameOf(line)} ${formatPercent(share, locale)}`;
}

/** `21 days counted, 2 of them without a log · 1 skipped · leads: 3 of 6 inbound`. */
function aroundText({ days, leads }: Scorecard, locale: string): Mrkdwn {
  const count = (value: number) => formatCount(value, locale);
  const unlogged = days.unlogged > 0 ? `, ${count(days.unlogged)} of them without a log` : '';
  const noun = days.counted === 1 ? 'day counts' : 'days count';
  const parts = [
    `${count(days.counted)} working ${noun}${unlogged}`,
    days.skipped > 0 ? `${count(days.skipped)} skipped` : null,
    days.away > 0 ? `${count(days.away)} away` : null,
    leads && leadsText(leads, locale),
  ];
  return mrkdwn`${parts.filter((part) => part !== null).join(' · ')}`;
}

function leadsText(leads: NonNullable<Scorecard['leads']>, locale: string): string {
  if (!leads.known) return 'leads: not entered yet';
  const of = (from: 'inbound' | 'outbound') => {
    const { received, promised } = leads[from];
    return `${formatCount(received, locale)} of ${formatCount(promised, locale, 1)} ${from}`;
  };
  return `leads: ${of('inbound')}, ${of('outbound')}`;
}
