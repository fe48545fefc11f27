/** What a milestone chart is given, and the figures that are drawn and said. */
import { formatDate, formatFactor, formatMoneyShort, type NumberStyle } from '../slack/format.ts';
import { altText, chartMonth, chartShare, spokenWords, wholeAmount } from './words.ts';

/** From the bottom up. */
export const CHART_LAYERS = ['renewal', 'expansion', 'newBusiness'] as const;
export type LayerName = (typeof CHART_LAYERS)[number];

/** Bookings by layer, in minor units. */
export type LayerBookings = Record<LayerName, number>;

export interface MilestoneMonth {
  /** `YYYY-MM` */
  month: string;
  /** What is due by the month's end since the period's start; minor units. */
  target: number;
  /** What was booked until then, in all or by layer (drawn apart); null where it isn't yet. */
  actual: number | LayerBookings | null;
}

export interface MilestoneChartInput extends NumberStyle {
  /** The period's months in order. The last that has an actual is the judged one. */
  months: readonly MilestoneMonth[];
  /** What the targets are measured at, in one word: `quota`, `plan`. */
  quotaLabel: string;
  /** Where the judged month isn't over: what of its target is due by a local date; minor units. */
  soFar?: { date: string; target: number } | undefined;
  /** Qualified pipeline that is open, as a multiple of what it is for, and what is asked: 2.4 of 3.25. */
  coverage?: { actual: number; planned: number } | undefined;
}

/** A month with sane figures: whole minor units from 0 up. */
export interface MonthFigures {
  month: string;
  target: number;
  actual: number | null;
  /** Null where the actual is not split. */
  layers: LayerBookings | null;
}

export function monthFigures({ month, target, actual }: MilestoneMonth): MonthFigures {
  const due = { month, target: wholeAmount(target) };
  if (actual === null || typeof actual === 'number') {
    return { ...due, actual: actual === null ? null : wholeAmount(actual), layers: null };
  }
  const layers = {
    renewal: wholeAmount(actual.renewal),
    expansion: wholeAmount(actual.expansion),
    newBusiness: wholeAmount(actual.newBusiness),
  };
  return { ...due, actual: layers.renewal + layers.expansion + layers.newBusiness, layers };
}

/** Where the judged month is: the last that has an actual; -1 where there is none. */
export function judgedIndex(months: readonly MonthFigures[]): number {
  return months.findLastIndex(({ actual }) => actual !== null);
}

export const LAYER_LABELS: Record<LayerName, string> = {
  renewal: 'renewal',
  expansion: 'expansion',
  newBusiness: 'new business',
};

/** What stands for a layer inside its bar. */
export const LAYER_LETTERS: Record<LayerName, string> = {
  renewal: 'R',
  expansion: 'E',
  newBusiness: 'N',
};

export type MilestoneWords = Pick<
  MilestoneChartInput,
  'locale' | 'digits' | 'currency' | 'quotaLabel' | 'coverage' | 'soFar'
>;

/** Of the month itself: `March: 64k of 73k quota · 88 %`; of one that goes on `By Mar 24: 182k of 140k quota · 130 %` */
export function milestoneHeadline(months: readonly MonthFigures[], said: MilestoneWords): string {
  const judged = months[judgedIndex(months)];
  const last = months.at(-1);
  if (!last) return 'Nothing to show yet';
  if (!judged || judged.actual === null) {
    return `${money(last.target, said)} ${said.quotaLabel} by ${chartMonth(last.month, said.locale, 'long')}`;
  }
  const { month, actual } = judged;
  const name = capitalised(chartMonth(month, said.locale, 'long'));
  const own = ownOf(months, said);
  if (own) return `${name}: ${quotaText(own, said)}`;
  const { date, target } = dueIn(judged, said);
  const when =
    date === null ? `By the end of ${name}` : `By ${formatDate(date, said.locale, 'day')}`;
  return `${when}: ${quotaText({ actual, target }, said)}`;
}

/** `64k of 73k quota · 88 %` */
function quotaText(
  { actual, target }: { actual: number; target: number },
  said: MilestoneWords,
): string {
  if (target === 0) return `${money(actual, said)} · no ${said.quotaLabel} yet`;
  const share = chartShare(actual / target, said.locale);
  return `${money(actual, said)} of ${money(target, said)} ${said.quotaLabel} · ${share}`;
}

/** What the judged month itself has brought of what it was to bring; null where it goes on, or isn't known. */
function ownOf(
  months: readonly MonthFigures[],
  { soFar }: MilestoneWords,
): { actual: number; target: number } | null {
  const at = judgedIndex(months);
  const judged = months[at];
  const before = at === 0 ? { actual: 0, target: 0 } : months[at - 1];
  if (soFar || !judged || !before || judged.actual === null || before.actual === null) return null;
  const own = { actual: judged.actual - before.actual, target: judged.target - before.target };
  const isOwn = own.target > 0 || (own.target === 0 && judged.target === 0);
  return own.actual < 0 || !isOwn ? null : own;
}

/** As many months as leave the bars their height: one after the judged one; all where none is. */
export function shownMonths(months: readonly MonthFigures[]): readonly MonthFigures[] {
  const at = judgedIndex(months);
  return at < 0 ? months : months.slice(0, at + 2);
}

/** What bars and line add up: `USD since Jan 2027: 182k of 213k · 85 %`, `USD booked since Jan 2027` */
export function milestoneSubline(months: readonly MonthFigures[], said: MilestoneWords): string {
  const [first, judged] = [months[0], months[judgedIndex(months)]];
  if (!first) return `${said.currency} booked`;
  const since = `since ${chartMonth(first.month, said.locale, 'shortYear')}`;
  const isSaid = first === judged || !ownOf(months, said);
  if (!judged || isSaid || judged.target === 0) return `${said.currency} booked ${since}`;
  const share = chartShare((judged.actual ?? 0) / judged.target, said.locale);
  return `${said.currency} ${since}: ${against(judged, said)} · ${share}`;
}

/** `Coverage 2.4X of 3.25X · 1.0M quota by Dec 2027`; empty where neither is to be said. */
export function milestoneFootline(months: readonly MonthFigures[], said: MilestoneWords): string {
  const last = months.at(-1);
  if (!last) return '';
  const isShown = last === shownMonths(months).at(-1);
  const end =
    isShown || last.target === 0
      ? ''
      : `${money(last.target, said)} ${said.quotaLabel} by ${chartMonth(last.month, said.locale, 'shortYear')}`;
  return capitalised([coverageText(said), end].filter(Boolean).join(' · '));
}

export function milestoneTitle(months: readonly MonthFigures[], said: MilestoneWords): string {
  const until = months[judgedIndex(months)] ?? months.at(-1);
  const when = until ? `, ${chartMonth(until.month, said.locale, 'year')}` : '';
  return `Bookings against ${spokenWords(said.quotaLabel)}${when}`;
}

export function milestoneAlt(months: readonly MonthFigures[], said: MilestoneWords): string {
  const label = spokenWords(said.quotaLabel);
  const name = (month: string) => chartMonth(month, said.locale, 'year');
  const [first, last] = [months[0], months.at(-1)];
  const currency = spokenWords(said.currency, 3);
  if (!first || !last) {
    return `Bar chart of bookings in ${currency} against ${label}: nothing to show yet.`;
  }
  const at = judgedIndex(months);
  const until = first === last ? name(first.month) : `${name(first.month)} to ${name(last.month)}`;
  const end = `${money(last.target, said)} ${label} by ${name(last.month)}`;
  const earlier = months
    .slice(0, Math.max(0, at))
    .filter(({ actual }) => actual !== null)
    .map((month) => `${chartMonth(month.month, said.locale, 'short')} ${against(month, said)}`);
  const coverage = coverageText(said);
  return altText([
    `Bar chart of bookings in ${currency} against ${label}, ${until}`,
    judgedSentence(months[at], label, said),
    layersSentence(months[at], said),
    at > 0 ? ownSentence(months, said) : null,
    last === months[at] || last.target === 0 ? null : `In all ${end}`,
    coverage === '' ? null : `Pipeline ${coverage}`,
    earlier.length > 0 ? `Before: ${earlier.join(', ')}` : null,
  ]);
}

function judgedSentence(
  judged: MonthFigures | undefined,
  label: string,
  said: MilestoneWords,
): string {
  if (!judged || judged.actual === null) return 'Nothing is booked yet';
  const { month, actual } = judged;
  const { date, target } = dueIn(judged, said);
  const by =
    date === null
      ? `By the end of ${chartMonth(month, said.locale, 'year')}:`
      : `By ${formatDate(date, said.locale, 'date')}:`;
  if (target === 0) return `${by} ${money(actual, said)} booked, no ${label} yet`;
  const share = chartShare(actual / target, said.locale);
  const off = money(Math.abs(actual - target), said);
  const gap = off === money(0, said) ? '' : `, ${off} ${actual < target ? 'short' : 'ahead'}`;
  return `${by} ${against({ ...judged, target }, said)} (${share})${gap}`;
}

function ownSentence(months: readonly MonthFigures[], said: MilestoneWords): string | null {
  const judged = months[judgedIndex(months)];
  const own = ownOf(months, said);
  if (!judged || !own) return null;
  return `In ${chartMonth(judged.month, said.locale, 'long')} itself ${against(own, said)}`;
}

function layersSentence(judged: MonthFigures | undefined, said: MilestoneWords): string | null {
  const layers = judged?.layers;
  if (!layers) return null;
  const parts = CHART_LAYERS.map((layer) => `${LAYER_LABELS[layer]} ${money(layers[layer], said)}`);
  return `Of this ${parts.join(', ')}`;
}

/** What the judged month is held against: its end, or where it isn't over a date (null: the end). */
function dueIn({ target }: MonthFigures, { soFar }: MilestoneWords) {
  return soFar ? { date: soFar.date, target: wholeAmount(soFar.target) } : { date: null, target };
}

/** `182k of 213k` */
function against(
  { actual, target }: Pick<MonthFigures, 'actual' | 'target'>,
  said: MilestoneWords,
): string {
  return `${money(actual ?? 0, said)} of ${money(target, said)}`;
}

/** `coverage 2.4X of 3.25X`; empty where it is not known. */
function coverageText({ coverage, locale }: MilestoneWords): string {
  if (!coverage || !Number.isFinite(coverage.actual + coverage.planned)) return '';
  return `coverage ${formatFactor(coverage.actual, locale)} of ${formatFactor(coverage.planned, locale)}`;
}

const capitalised = (word: string) => word.replace(/^./u, (first) => first.toUpperCase());

function money(minor: number, { locale, digits }: MilestoneWords): string {
  return formatMoneyShort(minor, { locale, digits });
}
