/** Months of charts in words. */
import { dateFormat } from '../slack/locale.ts';
import { drawable, textWidth } from './drawn-text.ts';
import { BOLD } from './layers.ts';

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
export function monthName(month: string, locale: string, style: keyof typeof STYLES): string {
  const ms = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(ms) ? month : dateFormat(locale, STYLES[style]).format(ms);
}

/** One label a month, short enough for a slot of `width` pixels each; empty where it would not fit. */
export function monthLabels(months: readonly string[], locale: string, width: number): string[] {
  const inStyle = (style: 'short' | 'letter') =>
    months.map((month) => drawable(monthName(month, locale, style)).replace(/\.$/, ''));
  const short = inStyle('short');
  const widest = (labels: readonly string[]) =>
    Math.max(0, ...labels.map((label) => textWidth(label, BOLD)));
  if (widest(short) <= width) return short;
  const letters = inStyle('letter');
  const every = Math.ceil(widest(letters) / width);
  return letters.map((label, index) => (index % every === 0 ? label : ''));
}
