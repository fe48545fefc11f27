/** The plan on one page: from the goal to today's calls. */
import type { KnownBlock } from '@slack/types';
import { context, section } from '../../slack/blocks.ts';
import {
  formatCount,
  formatDate,
  formatMoney,
  formatMoneyExactShort,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { datesBetween, lastDayOfMonth, weekdayOf } from '../../time/local-date.ts';
import { isWorkingDay } from '../../time/working-days.ts';
import { winsNewBusiness } from '../carried-rules.ts';
import { openTermsOf, type PlanDraft } from '../draft.ts';
import type { Activities } from '../model/activities.ts';
import { agreedActivities, callsOn } from '../model/agreed-levels.ts';
import { reviewDate } from '../model/calendar.ts';
import type { LiveFigures } from '../model/compute.ts';
import { LAYERS, type Layer } from '../schemas.ts';
import { activityCount, levelsText } from '../words.ts';
import { componentWords } from './component-words.ts';
import {
  componentText,
  type FigureText,
  guaranteeText,
  isOneQuota,
  leadsText,
  newBusinessText,
  payText,
  renewalText,
  uncoveredText,
  xText,
} from './figure-text.ts';
import { warningTexts } from './warning-text.ts';

/** Warnings that are shown; goals that come late may be many. */
const WARNINGS_SHOWN = 6;

type Facts = readonly [draft: PlanDraft, live: LiveFigures, viewer: NumberStyle];

/**
 * The chain from goal to today's calls, as far as it can be computed; `today` is a local date.
 * Holds the personal goal and pay: for the pair's eyes only.
 */
function summaryLines(
  facts: Facts,
  today: string,
  settled: readonly SettledRenewal[],
): SlackText[] {
  const [draft, live] = facts;
  const levels = agreedActivities(draft, live);
  const found = [
    ...earningLines(...facts),
    ...layerLines(facts, settled),
    levels && levelsLine(draft, levels, facts[2]),
    milestoneLine(facts, today),
    levels && todayLine(facts, levels, today),
  ];
  return found.filter((line) => line !== null);
}

/** The goal, the target and what the comp plan pays for it. */
function earningLines(...[draft, live, viewer]: Facts): (SlackText | null)[] {
  const { bookings, quota, compensation } = live;
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const isOne = isOneQuota(live, viewer);
  const end = formatDate(draft.period.end, viewer.locale, 'date');
  return [
    live.incomeTarget === null
      ? null
      : mrkdwn`*Goal* ${formatMoney(live.incomeTarget, viewer)} by ${end}${lifeGoalNote(live, viewer)}`,
    compPlanLine(draft, viewer),
    bookings && quota !== null
      ? mrkdwn`*Target* ${money(bookings.target)}${isOne ? `: ${formatPercent(bookings.attainment, viewer.locale)} of the ${money(quota)} quota` : ` of bookings${broughtNote(live, viewer)}`}`
      : null,
    ...(isOne ? [] : componentLines(compensation ?? [], viewer)),
    payText(draft, live, viewer),
    guaranteeText(draft, live, viewer),
  ];
}

/** What a page holds of a comp plan; the whole of it is in its step. */
const COMP_PLAN_MAX = 600;
const NAME_MAX = 24;

/** What the letter says: base, and each component in words. */
function compPlanLine(
  { compensation, components }: PlanDraft,
  viewer: NumberStyle,
): SlackText | null {
  if (!compensation) return null;
  const all = [compensation.first, ...components];
  const said = all.map((one) => {
    const words = componentWords(one, viewer).join(' · ');
    return all.length === 1 ? words : `${truncate(one.name, NAME_MAX)}: ${words}`;
  });
  const base = `${formatMoneyExactShort(compensation.baseSalary, viewer)} base`;
  return mrkdwn`*Comp plan* ${truncate([base, ...said].join('; '), COMP_PLAN_MAX)}`;
}

/** `; the plan brings $2.37M`, where that is another figure than the target. */
function broughtNote({ bookings, milestones }: LiveFigures, viewer: NumberStyle): string {
  const last = milestones?.at(-1);
  if (!bookings || !last) return '';
  const brought = formatMoneyShort(last.bookings.total, viewer);
  return brought === formatMoneyShort(bookings.target, viewer)
    ? ''
    : `; the plan brings ${brought}`;
}

/** Components that are shown one by one. */
const COMPONENTS_SHOWN = 6;

function componentLines(
  outcomes: NonNullable<LiveFigures['compensation']>,
  viewer: NumberStyle,
): SlackText[] {
  const rest = outcomes.length - COMPONENTS_SHOWN;
  return [
    ...outcomes.slice(0, COMPONENTS_SHOWN).map((outcome) => componentText(outcome, viewer)),
    ...(rest > 0 ? [mrkdwn`and ${rest} more parts of the comp plan`] : []),
  ];
}

/** The pipeline and where the bookings come from. */
function layerLines(
  [draft, live, viewer]: Facts,
  settled: readonly SettledRenewal[],
): (SlackText | null)[] {
  const { layers } = live;
  if (!layers) return [pipelineLine(draft, live, viewer)];
  const named = (name: string, text: FigureText | null) =>
    text && mrkdwn`*${name}* ${text.figure} ${text.rest}`;
  const leads = leadsText(layers, viewer);
  const { length } = draft.expansion;
  const carries = winsNewBusiness(draft);
  return [
    pipelineLine(draft, live, viewer),
    named('Renewals', renewalText(draft, layers, viewer)),
    settledLine(draft, settled, viewer),
    length === 0
      ? null
      : mrkdwn`*Expansion* ${formatMoneyShort(layers.expansion.target, viewer)} from ${length === 1 ? 'one target' : `${length} targets`}`,
    carries ? named('New business', newBusinessText(draft, layers, viewer)) : null,
    carries && leads ? mrkdwn`*Leads* ${leads}` : null,
    named('Not covered', uncoveredText(draft, layers, viewer)),
  ];
}

function pipelineLine(...[draft, { pipeline }, viewer]: Facts): SlackText | null {
  if (!pipeline) return null;
  const { by } = openTermsOf(draft).insurance;
  const required = formatMoneyShort(pipeline.required, viewer);
  const insured = formatMoneyShort(pipeline.insured, viewer);
  const day = formatDate(by, viewer.locale, 'day');
  return mrkdwn`*Pipeline* ${required} qualified over the period (${xText(draft, viewer)})${insured === required ? '' : `, ${insured} insured by ${day}`}`;
}

function levelsLine(draft: PlanDraft, levels: Activities, { locale }: NumberStyle): SlackText {
  return mrkdwn`*Activity* ${levelsText(levels, locale)}${isRamped(draft) ? ', once ramped up' : ''}`;
}

/** Whether the quota grows at first, and what is to be done with it. */
function isRamped(draft: PlanDraft): boolean {
  const all = draft.compensation ? [draft.compensation.first, ...draft.components] : [];
  return all.find(({ credits }) => credits.includes('newBusiness'))?.ramp != null;
}

function milestoneLine([draft, { milestones }, viewer]: Facts, today: string): SlackText | null {
  const next = milestones?.find(({ month }) => lastDayOfMonth(`${month}-01`) >= today);
  if (!next) return null;
  const dated = (date: string) => formatDate(date, viewer.locale, 'day');
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const end = dated(lastDayOfMonth(`${next.month}-01`));
  const review = dated(reviewDate(next.month, draft.reviews));
  const booked = next.bookings.total === 0 ? 'nothing' : money(next.bookings.total);
  return mrkdwn`*Next milestone* ${booked} booked and ${money(next.qualifiedPipeline.total)} of pipeline open by ${end}, looked at on ${review}`;
}

function lifeGoalNote({ lifeGoals }: LiveFigures, { locale }: NumberStyle): string {
  const [first] = (lifeGoals ?? []).filter(({ paidOn }) => paidOn !== null);
  if (!first?.paidOn) return '';
  return ` · ${truncate(first.label, 60)} paid for by ${formatDate(first.paidOn, locale, 'day')}`;
}

/** What the next working day asks, where that can be said of a day: calls, and the blocks for them. */
function todayLine(
  [draft, live, { locale }]: Facts,
  levels: Activities,
  today: string,
): SlackText | null {
  const { calendar, period } = draft;
  const from = today < period.start ? period.start : today;
  const day = datesBetween(from, period.end).find((date) => isWorkingDay(calendar, date));
  if (day === undefined) return null;
  const blocks = draft.callBlocks
    .filter(({ days }) => days.includes(weekdayOf(day)))
    .map(({ start, minutes }) => `${start} for ${minutes} min`);
  const { count, per } = levels.calls.shown;
  // The level as it was agreed; of today, and of a day of a ramp, what the check-in asks.
  const isLevel = day !== today && !live.weights?.isRamped && per === 'day';
  const calls = isLevel || !live.weights ? count : callsOn(day, levels, live.weights);
  const asked = [
    ...(calls > 0 ? [activityCount('calls', calls, formatCount(calls, locale))] : []),
    ...blocks,
  ];
  if (asked.length === 0) return null;
  const name = day === today ? 'Today' : today < period.start ? 'Day one' : 'Next working day';
  const date = day === today ? '' : ` ${formatDate(day, locale, 'date')}:`;
  return mrkdwn`*${name}*${date} ${asked.join(' · ')}`;
}

/** The summary with its warnings, each saying what would do. */
export function summaryBlocks(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
  today: string,
  settled: readonly SettledRenewal[] = [],
): KnownBlock[] {
  const chain = summaryLines([draft, live, viewer], today, settled);
  const all = warningTexts(live.warnings, viewer);
  const rest = all.length - WARNINGS_SHOWN;
  const warnings = all
    .slice(0, WARNINGS_SHOWN)
    .map((text) => mrkdwn`:small_orange_diamond: ${text}`);
  if (rest > 0) warnings.push(mrkdwn`and ${rest} more like these.`);
  return [
    ...(chain.length > 0 ? [section(lines(...chain))] : []),
    ...(warnings.length > 0 ? [section(lines(...warnings))] : []),
  ];
}

/** What has become of a renewal of the plan; money in minor units. */
export interface SettledRenewal {
  /** The row's id. */
  renewalId: string;
  outcome: 'won' | 'lost';
  amount: number;
  /** Local date. */
  date: string;
}

/** Settled renewals that a summary names; more are counted. */
const NAMED = 3;

/** `won $118k on 3 Mar`. */
function outcomeText({ outcome, amount, date }: SettledRenewal, viewer: NumberStyle): string {
  const day = formatDate(date, viewer.locale, 'day');
  return `${outcome} ${formatMoneyShort(amount, viewer)} on ${day}`;
}

/** ` · settled: won $118k on 3 Mar`, behind a renewal's line; nothing while it is open. */
export function settledNote(
  renewalId: string,
  settled: readonly SettledRenewal[],
  viewer: NumberStyle,
): Mrkdwn {
  const found = settled.find((one) => one.renewalId === renewalId);
  return found ? mrkdwn` · settled: *${outcomeText(found, viewer)}*` : mrkdwn``;
}

/** `Settled 2 of 5: Acme won $118k on 3 Mar · Globex lost $40k on 5 Mar`; null while none is. */
function settledLine(
  { renewals }: PlanDraft,
  settled: readonly SettledRenewal[],
  viewer: NumberStyle,
): Mrkdwn | null {
  const known = settled.flatMap((one) => {
    const row = renewals.find(({ id }) => id === one.renewalId);
    return row ? [{ ...one, account: row.account }] : [];
  });
  if (known.length === 0) return null;
  const named = known
    .slice(-NAMED)
    .reverse()
    .map((one) => `${one.account} ${outcomeText(one, viewer)}`);
  const more = known.length - named.length;
  const all = [...named, ...(more > 0 ? [`${more} more`] : [])].join(' · ');
  return mrkdwn`*Settled* ${known.length} of ${renewals.length} renewals: ${all}`;
}

const MONTHS_A_SECTION = 6;

const LAYER_WORDS: Record<Layer, string> = {
  renewal: 'renewals',
  expansion: 'expansion',
  newBusiness: 'new business',
};

/** Each month's end: bookings and open pipeline by layer, and the date on which it is looked at. */
export function milestoneBlocks(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
): KnownBlock[] {
  if (!live.milestones) {
    return [
      section('The timeline appears here once goal, comp plan and new business are filled in.'),
    ];
  }
  const { milestones } = live;
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const layers = LAYERS.filter((layer) =>
    milestones.some(
      ({ bookings, qualifiedPipeline }) => bookings[layer] + qualifiedPipeline[layer],
    ),
  );
  const rows = milestones.map(({ month, bookings, qualifiedPipeline }) => {
    const review = formatDate(reviewDate(month, draft.reviews), viewer.locale, 'day');
    return lines(
      mrkdwn`*${formatDate(`${month}-01`, viewer.locale, 'month')}* · ${money(bookings.total)} booked · ${money(qualifiedPipeline.total)} open · looked at ${review}`,
      mrkdwn`      ${layers
        .map(
          (layer) =>
            `${LAYER_WORDS[layer]} ${money(bookings[layer])} / ${money(qualifiedPipeline[layer])}`,
        )
        .join(' · ')}`,
    );
  });
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < rows.length; at += MONTHS_A_SECTION) {
    blocks.push(section(lines(...rows.slice(at, at + MONTHS_A_SECTION))));
  }
  return [...blocks, context('Booked / pipeline open at the month’s end; rounded.')];
}
