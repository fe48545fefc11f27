/** What stands under the first message of a review's thread. */
import type { KnownBlock } from '@slack/types';
import { leverLines } from '../../activity/pace/view.ts';
import { quote } from '../../activity/words-view.ts';
import { LAYERS } from '../../plan/schemas.ts';
import { ACTIVITY_NAMES, activityCount, levelText } from '../../plan/words.ts';
import { actions, button, context, image, section, table } from '../../slack/blocks.ts';
import {
  formatCount,
  formatDate,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, raw } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { daysBetween } from '../../time/local-date.ts';
import { readWhys } from '../ids.ts';
import { causesInLine, quoteBlocks } from '../prep/parts-view.ts';
import { isSame } from '../prep/rules.ts';
import type { CatchUpLine, KpiLine, Scorecard } from '../schemas.ts';
import type { Answer, RecoveryItem } from '../store.ts';
import {
  bookingsLine,
  catchUpLevel,
  isMoney,
  KPI_NAMES,
  lineCells,
  lineText,
  loggedText,
  MARKS,
  monthText,
  shareOf,
  shareText,
} from '../words-view.ts';
import type { ThreadScreen } from './root-view.ts';

// ── Scorecard ────────────────────────────────────────────────────────────────────────────────────

export function scorecardMessage(screen: ThreadScreen): Message {
  const { asOf } = screen.card;
  const { locale } = screen.style;
  const until = asOf === null ? '' : `, up to ${formatDate(asOf, locale, 'day')}`;
  return cardMessage(screen, `Scorecard, ${monthText(screen.card, locale)}${until}`);
}

/** Once the month is over. */
export function finalMessage(screen: ThreadScreen): Message {
  const month = monthText(screen.card, screen.style.locale);
  return cardMessage(screen, `${month} is over: the figures with its last days`);
}

function cardMessage(screen: ThreadScreen, title: string): Message {
  const { card, style } = screen;
  const said = card.lines
    .filter(({ verdict }) => verdict !== 'unknown')
    .map((line) => `${MARKS[line.verdict]} ${lineText(line, style)}`);
  const head = mrkdwn`*${title}*`;
  return message(mrkdwn`${head}: ${said.join(' · ')}`, [section(head), ...scorecardBlocks(screen)]);
}

export function scorecardBlocks({ card, style }: ThreadScreen): KnownBlock[] {
  return [table(scorecardRows(card, style), [1, 2, 3]), context(daysText(card, style))];
}

function scorecardRows(card: Scorecard, style: NumberStyle): string[][] {
  const { locale } = style;
  const money = (value: number) => formatMoney(value, style);
  const percent = (share: number | null) => (share === null ? '–' : formatPercent(share, locale));
  const { pipeline, leads } = card;
  const rows = [[card.asOf === null ? 'To the month’s end' : 'So far', 'Is', 'Due', 'Share']];
  const lines = [bookingsLine(card), ...card.lines.filter(({ kpi }) => kpi !== 'bookings')];
  for (const line of lines) {
    const isNothing = line.target === 0 && !line.actual && line.kpi !== 'coverage';
    if (line.target === null || isNothing) continue;
    const { actual, target } = isMoney(line.kpi)
      ? { actual: money(line.actual ?? 0), target: money(line.target) }
      : lineCells(line, style);
    const isCut = line.cut !== null && line.cut !== line.target;
    const name = `${MARKS[line.verdict]} ${KPI_NAMES[line.kpi]}${isCut ? ', as agreed' : ''}`;
    rows.push([name, actual, target, shareText(line, style)]);
    if (isCut) {
      const share = percent(shareOf({ actual: line.actual, target: line.cut }));
      rows.push(['Renewals after the cut', actual, money(line.cut ?? 0), share]);
    }
  }
  for (const layer of LAYERS) {
    const { actual, target } = pipeline.layers[layer];
    if (target === 0 && actual === null) continue;
    const is = actual === null ? '–' : money(actual);
    rows.push([
      `Pipeline, ${KPI_NAMES[layer].toLowerCase()}`,
      is,
      money(target),
      percent(shareOf({ actual, target })),
    ]);
  }
  for (const from of ['inbound', 'outbound'] as const) {
    const { received = 0, promised = 0 } = leads?.[from] ?? {};
    if (promised === 0 && received === 0) continue;
    rows.push([
      `Leads, ${from}`,
      leads?.known ? formatCount(received, locale) : '–',
      formatCount(promised, locale, 1),
      leads?.known ? percent(shareOf({ actual: received, target: promised })) : '–',
    ]);
  }
  return rows;
}

/** `16 of 18 days logged · 1 skipped · 5 away`. */
function daysText(
  { days, span, since, asOf, pipeline }: Scorecard,
  { locale }: NumberStyle,
): Mrkdwn {
  const count = (value: number, words: string) =>
    value > 0 ? `${formatCount(value, locale, 1)} ${words}` : null;
  const parts = [
    `${formatDate(span.from, locale, 'day')} – ${formatDate(asOf ?? span.to, locale, 'day')}`,
    loggedText(days, locale),
    since && `work counts since ${formatDate(since, locale, 'day')}, when this plan was agreed`,
    count(days.skipped, 'skipped'),
    count(days.away, 'away'),
    pipeline.asOf === null
      ? 'pipeline not entered yet'
      : `pipeline as of ${formatDate(pipeline.asOf, locale, 'day')}`,
  ];
  return mrkdwn`${parts.filter((part) => part !== null).join(' · ')}`;
}

// ── Charts ───────────────────────────────────────────────────────────────────────────────────────

/** A chart that was drawn; `fileId` null: Slack didn't take it, so its words stand in its place. */
export interface ShownChart {
  fileId: string | null;
  alt: string;
  title: string;
}

export function chartMessage(charts: readonly ShownChart[]): Message {
  return message(charts.map(({ alt }) => alt).join(' '), chartBlocks(charts));
}

export function chartBlocks(charts: readonly ShownChart[]): KnownBlock[] {
  return charts.map(({ fileId, alt, title }) =>
    fileId === null ? section(lines(mrkdwn`*${title}*`, alt)) : image(fileId, alt, title),
  );
}

// ── Whys ─────────────────────────────────────────────────────────────────────────────────────────

/** A message may hold about 13,000 characters in all, its notification and the heads among them. */
const WHYS_CHARACTERS = 8_000;
const LEAST_CHARACTERS = 100;
const NOTIFICATION = 1_500;
const CAUSES_IN_LINE = 150;

export function whysMessage(screen: ThreadScreen): Message {
  const { repId, isLate, answers } = screen;
  const head = isLate
    ? mrkdwn`*${mention(repId)} has answered:*`
    : mrkdwn`*In ${mention(repId)}’s words:*`;
  const causes = answers.map((answer) => topicText(answer, screen)).join(' · ');
  const said = truncate(mrkdwn`${head} ${causes}`.mrkdwn, NOTIFICATION, 'mrkdwn');
  return message(raw(said), [section(head), ...whysBlocks(screen)]);
}

/** Answers that are the same are read once, with all that they are about. */
function alikeOf(answers: readonly Answer[]): [Answer, ...Answer[]][] {
  const groups: [Answer, ...Answer[]][] = [];
  for (const answer of answers) {
    const group = groups.find(
      ([first]) => isWorked(first) === isWorked(answer) && isSame(first, answer),
    );
    if (group) group.push(answer);
    else groups.push([answer]);
  }
  return groups;
}

const isWorked = ({ topic }: Answer) => topic === 'worked';

/** `most`: how many characters there is room for, as they are escaped. */
export function whysBlocks(screen: ThreadScreen, most = WHYS_CHARACTERS): KnownBlock[] {
  const { answers, reviewId } = screen;
  const groups = alikeOf(answers);
  const each = Math.max(LEAST_CHARACTERS, Math.floor(most / (2 * Math.max(1, groups.length))));
  const shown = groups.map((group) => section(whyText(group, screen, each)));
  const isCut = answers.some(({ words, proposal }) =>
    [words, proposal].some((text) => text !== null && quoteWithin(text, each) !== text),
  );
  if (!isCut) return shown;
  const all = button('Read it all', readWhys.with(reviewId));
  return [...shown, actions([all])];
}

/** So much of a text as takes `most` characters once it is escaped and quoted. */
function quoteWithin(text: string, most: number): string {
  let length = most;
  let shown = truncate(text, length);
  while (length > 1 && quote(shown).mrkdwn.length > most) {
    length = Math.floor(length * 0.8);
    shown = truncate(text, length);
  }
  return shown;
}

/** Everything that was said, for a view of its own: in as many sections as it takes. */
export function allWhysBlocks(screen: ThreadScreen): KnownBlock[] {
  return alikeOf(screen.answers).flatMap((group) => {
    const [{ topic, causes, words, proposal }] = group;
    const head =
      topic === 'worked'
        ? mrkdwn`*What worked*`
        : mrkdwn`*${aboutText(group, screen)}* — _${causesInLine(causes)}_`;
    const asked = topic === 'worked' ? 'What would help a colleague' : 'What would win it back';
    return [section(head), ...quoteBlocks(words), ...quoteBlocks(proposal, mrkdwn`*${asked}*`)];
  });
}

function topicText(answer: Answer, screen: ThreadScreen): string {
  const about = aboutText([answer], screen);
  return isWorked(answer) ? about : `${about}: ${causesInLine(answer.causes)}`;
}

/** `New business 64k of 101k, Calls 184 of 270`. */
function aboutText(answers: readonly Answer[], { card, style }: ThreadScreen): string {
  return answers
    .map(({ topic }) => {
      if (topic === 'worked') return 'What worked';
      const line = card.lines.find(({ kpi }) => kpi === topic);
      return line ? lineText(line, style) : KPI_NAMES[topic];
    })
    .join(', ');
}

function whyText(
  group: readonly [Answer, ...Answer[]],
  screen: ThreadScreen,
  most: number,
): Mrkdwn {
  const [{ topic, causes, words, proposal }] = group;
  const said = (text: string | null) => (text ? quote(quoteWithin(text, most)) : null);
  if (topic === 'worked') {
    return lines(
      mrkdwn`*What worked*`,
      said(words),
      proposal !== null && mrkdwn`*What would help a colleague*`,
      said(proposal),
    );
  }
  const named = truncate(causesInLine(causes), CAUSES_IN_LINE);
  return lines(
    mrkdwn`*${aboutText(group, screen)}* — _${named}_`,
    said(words),
    proposal !== null && mrkdwn`What would win it back:`,
    said(proposal),
  );
}

// ── Volume, conversion, deal size; the way back ──────────────────────────────────────────────────

/** Null where there is nothing to say. */
export function splitMessage(screen: ThreadScreen): Message | null {
  const said = splitLines(screen);
  if (said.length === 0) return null;
  return message(lines(...said), [section(lines(...said))]);
}

export function splitLines({ card, style }: ThreadScreen): Mrkdwn[] {
  const { split, splitFrom, catchUp, lines } = card;
  const line = lines.find(({ kpi }) => kpi === 'newBusiness');
  const isShort = line?.verdict === 'missed' || line?.verdict === 'short';
  return [
    split && splitText(split, style),
    split && line?.verdict === 'missed' && weakText(split, lines),
    isShort && splitFrom !== null && tooEarlyText(splitFrom, style),
    ...catchUp.map((one) => catchUpText(one, style)),
  ].flatMap((one) => (one ? [one] : []));
}

const tooEarlyText = (from: string, { locale }: NumberStyle) =>
  mrkdwn`Too early to tell how much from how well: the first demos of this plan can be won from ${formatDate(from, locale, 'day')} on.`;

type Split = NonNullable<Scorecard['split']>;

/** New business as a share of what was due: 0 before the first win. */
const productOf = ({ volume, conversion, dealSize }: Split) =>
  conversion === null ? 0 : volume * conversion * (dealSize ?? 1);

/** `*New business of 2 Mar – 30 Apr: 63%* of what was due = demos a cycle earlier (1 Jan – 28 Feb) 96% × …`. */
function splitText(split: Split, { locale }: NumberStyle): Mrkdwn {
  const percent = (value: number) => formatPercent(value, locale);
  const days = (from: string, to: string) =>
    `${formatDate(from, locale, 'day')} – ${formatDate(to, locale, 'day')}`;
  const { volume, conversion, dealSize, window } = split;
  const head = window
    ? mrkdwn`*New business of ${days(window.from, window.to)}: ${percent(productOf(split))}* of what was due`
    : mrkdwn`*New business ${percent(productOf(split))}* of its milestone`;
  const demos = window
    ? `demos a cycle earlier (${days(window.demosFrom, window.demosTo)}) ${percent(volume)}`
    : `demos ${percent(volume)}`;
  if (conversion === null) return mrkdwn`${head}: ${demos} of plan, nothing won yet.`;
  const size = dealSize === null ? '' : ` × deal size ${percent(dealSize)}`;
  return mrkdwn`${head} = ${demos} × conversion ${percent(conversion)}${size}`;
}

/** What becomes of a demo. */
const AFTER_DEMO: readonly string[] = ['demoToProposal', 'proposalToContract'];
/** From this share on, one of the three is as good as on plan. */
const HOLDS_FROM = 0.95;

/**
 * Which of the three is the weakest, where new business is missed. Of conversion only what is more than
 * chance is said for certain (see activity/pace/stage-rate-rules.ts).
 */
function weakText({ volume, conversion, dealSize }: Split, lines: readonly KpiLine[]) {
  const isProven = lines.some(
    ({ kpi, verdict }) => AFTER_DEMO.includes(kpi) && verdict === 'missed',
  );
  const proven = mrkdwn`So it is *conversion*: what becomes of a demo, not how many there are.`;
  if (conversion === null) {
    if (volume < HOLDS_FROM)
      return mrkdwn`So it is *volume* first: too few demos to tell what becomes of them.`;
    return isProven
      ? proven
      : mrkdwn`The demos were there; it is too early to tell what becomes of them.`;
  }
  const parts = [
    { share: volume, words: mrkdwn`So it is *volume*: how much, not how well.` },
    {
      share: conversion,
      words: isProven
        ? proven
        : mrkdwn`Most of the gap is *conversion*, of so few deals that it may be chance.`,
    },
    {
      share: dealSize ?? 1,
      words: mrkdwn`So it is *deal size*: the deals come, and are smaller.`,
    },
  ];
  const [weakest] = parts.toSorted((a, b) => a.share - b.share);
  return weakest && weakest.share < HOLDS_FROM ? weakest.words : null;
}

function catchUpText(line: CatchUpLine, style: NumberStyle): Mrkdwn {
  const { locale } = style;
  const count = (value: number) => formatCount(value, locale);
  switch (line.kind) {
    case 'deals': {
      const { short, deals, demos, until, isInReach } = line;
      const noun = deals === 1 ? 'deal' : 'deals';
      const about =
        demos === null ? '' : ` or about ${activityCount('demos', demos, count(demos))}`;
      const way = mrkdwn`*To be back:* ${formatMoneyShort(short, style)} more, ${count(deals)} ${noun}${about} beyond the plan, by ${formatDate(until, locale, 'day')}.`;
      return isInReach
        ? way
        : mrkdwn`${way} That isn’t a plan: nobody keeps that up. Larger deals, a better rate or a changed plan are.`;
    }
    case 'leads':
      return mrkdwn`*Leads:* ${count(line.short)} fewer than promised. They come first: visits and demos follow from them.`;
    case 'activity': {
      const { activity, deficit, until, passed, pace } = line;
      const made = mrkdwn`*${ACTIVITY_NAMES[activity]}:* ${count(deficit)} short; ${catchUpLevel(line, locale)} until ${formatDate(until, locale, 'day')} make up for them.`;
      if (!passed || !pace) return made;
      const sooner = levelText(activity, { per: pace.per, count: passed.count }, locale);
      return mrkdwn`${made} By ${formatDate(passed.until, locale, 'day')} it would take ${sooner}, more than can be kept up.`;
    }
    case 'beyond': {
      const { activity, deficit } = line;
      const short = mrkdwn`*${ACTIVITY_NAMES[activity]}:* ${count(deficit)} short.`;
      return lines(short, ...leverLines(line, activity, locale));
    }
  }
}

// ── Open items of the months before ──────────────────────────────────────────────────────────────

const MOST_ITEMS = 15;

/** What was open when the review was; null where nothing was. */
export function carriedMessage(screen: ThreadScreen): Message | null {
  const said = carriedLines(screen);
  return said && message(said, [section(said)]);
}

/** In its place, where all of it was taken away since. */
export function nothingCarriedMessage(): Message {
  const said = mrkdwn`*Still open from before:* nothing any more.`;
  return message(said, [section(said)]);
}

export function carriedLines({
  carried,
  repId,
  managerId,
  style,
  today,
}: ThreadScreen): Mrkdwn | null {
  if (carried.length === 0) return null;
  const shown = carried.slice(0, MOST_ITEMS).map((item) => {
    const owner = item.owner === 'rep' ? repId : managerId;
    const when = item.doneAt ? 'done' : dueText(item, today, style.locale);
    return mrkdwn`${item.doneAt ? '✓' : '•'} ${truncate(item.text, 120)} (${owner ? mention(owner) : 'manager'}, ${when})`;
  });
  const more = carried.length - shown.length;
  return lines(mrkdwn`*Still open from before:*`, ...shown, more > 0 && mrkdwn`… and ${more} more`);
}

/** `12 days late`, `due 30 Apr`. */
function dueText({ due }: Pick<RecoveryItem, 'due'>, today: string, locale: string): string {
  const late = daysBetween(due, today);
  if (late <= 0) return `due ${formatDate(due, locale, 'day')}`;
  return `${formatCount(late, locale)} ${late === 1 ? 'day' : 'days'} late`;
}
