/** Figures, months and sentences of charts. */
import { formatCount, formatPercent } from '../slack/format.ts';
import { dateFormat, numberFormat } from '../slack/locale.ts';
import { truncate } from '../slack/truncate.ts';
import { drawable, textWidth } from './drawn-text.ts';
import { BOLD } from './layers.ts';

/** A whole number from 0 up; 0 for what is no number. */
export function wholeAmount(value: number): number {
  return Number.isNaN(value)
    ? 0
    : Math.min(Math.max(0, Math.round(value)), Number.MAX_SAFE_INTEGER);
}

/** `1,840`; from ten thousand on `12.3K`. */
export function shortCount(count: number, locale: string): string {
  if (count < 10_000) return formatCount(count, locale);
  return numberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(count);
}

const MOST_SHARE = 99.99;

/** `68 %`; below ten with a decimal, which tells rates apart; `>9,999%` for anything above. */
export function chartShare(share: number, locale: string): string {
  if (share > MOST_SHARE) return `>${formatPercent(MOST_SHARE, locale)}`;
  return formatPercent(share, locale, share < 0.0995 ? 1 : 0);
}

const STYLES = {
  /** `J` */
  letter: { month: 'narrow' },
  /** `Jan` */
  short: { month: 'short' },
  /** `Jan 2027` */
  shortYear: { month: 'short', year: 'numeric' },
  /** `January` */
  long: { month: 'long' },
  /** `January 2027` */
  year: { month: 'long', year: 'numeric' },
} as const;

/** A month (`YYYY-MM`) in the locale's words. What is no month is left as it is. */
export function chartMonth(month: string, locale: string, style: keyof typeof STYLES): string {
  const ms = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(ms) ? month : dateFormat(locale, STYLES[style]).format(ms);
}

/** One label a month, short enough for a slot of `width` pixels each; empty where it would not fit. */
export function monthLabels(months: readonly string[], locale: string, width: number): string[] {
  const inStyle = (style: 'short' | 'letter') =>
    months.map((month) => drawable(chartMonth(month, locale, style)).replace(/\.$/, ''));
  const short = inStyle('short');
  const widest = (labels: readonly string[]) =>
    Math.max(0, ...labels.map((label) => textWidth(label, BOLD)));
  if (widest(short) <= width) return short;
  const letters = inStyle('letter');
  const every = Math.ceil(widest(letters) / width);
  return letters.map((label, index) => (index % every === 0 ? label : ''));
}

/** Characters of an alternative text. */
const MOST_ALT = 500;

/** Somebody's words in an alternative text: one line, cut visibly. */
export function spokenWords(words: string, most = 40): string {
  const line = words.replaceAll(/[\s\p{Cc}]+/gu, ' ').replaceAll(/\p{Cs}/gu, '\uFFFD');
  return truncate(line.trim(), most);
}

/** The sentences that there is room for, in order, each with its full stop; the others are left out. */
export function altText(sentences: readonly (string | null)[]): string {
  return sentences.reduce<string>((text, sentence) => {
    if (!sentence) return text;
    const stopped = sentence.endsWith('.') ? sentence : `${sentence}.`;
    const longer = text === '' ? stopped : `${text} ${stopped}`;
    return longer.length <= MOST_ALT ? longer : text;
  }, '');
}
