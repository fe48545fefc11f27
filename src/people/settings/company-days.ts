/** The company's own days off as an admin writes them, one line each. */
import { z } from 'zod';
import { readDate } from '../../input/date.ts';
import { problem, type Read, value } from '../../input/read.ts';
import { formatDate } from '../../slack/format.ts';
import { daysBetween } from '../../time/local-date.ts';
import type { CompanyDays } from '../store.ts';

const MOST = 60;
const LONGEST_DAYS = 60;
const LABEL = 80;
/** Between two dates; a hyphen only with spaces around it, since dates have their own. */
const UNTIL = /\s+(?:-|to|until)\s+|\s*(?:–|—|\.\.+|…)\s*/iu;

/** `24 Dec 2027 – 31 Dec 2027, Closed for the holidays` on each line; in order, the earliest first. */
export function readCompanyDays(text: string, locale: string): Read<CompanyDays[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > MOST) return problem(`That is ${lines.length} lines: ${MOST} is the most.`);
  const days: CompanyDays[] = [];
  for (const line of lines) {
    const read = readLine(line.trim(), locale);
    if (!read.ok) return problem(`“${line.trim().slice(0, 40)}”: ${read.problem}`);
    days.push(read.value);
  }
  return value(days.sort((a, b) => (a.from < b.from ? -1 : 1)));
}

/** As `readCompanyDays`, for a form's field. */
export function companyDaysSchema(locale: string): z.ZodType<CompanyDays[]> {
  return z.string().transform((text, issues) => {
    const read = readCompanyDays(text, locale);
    if (read.ok) return read.value;
    issues.addIssue({ code: 'custom', message: read.problem });
    return z.NEVER;
  });
}

function readLine(line: string, locale: string): Read<CompanyDays> {
  // A date may hold a comma (`Dec 24, 2027`): the label is what follows the last four-figure year.
  const [, dates = '', label = ''] = /^(.*\d(?:\b|$))(?:\s*,\s*|\s+|$)(\D*)$/u.exec(line) ?? [];
  const [first = '', last = first, ...more] = dates.split(UNTIL);
  const from = readDate(first, { locale });
  const to = readDate(last, { locale });
  if (!from.ok || !to.ok || more.length > 0) {
    return problem('write a date or two, then what it is: 24 Dec 2027 – 31 Dec 2027, Closed.');
  }
  if (to.value < from.value) return problem('the last day is before the first: swap them.');
  if (daysBetween(from.value, to.value) > LONGEST_DAYS) {
    return problem(`that is over ${LONGEST_DAYS} days: enter it in parts.`);
  }
  return value({ from: from.value, to: to.value, label: label.trim().slice(0, LABEL) });
}

/** The date as people of the locale write it, where that is read back; else `2027-12-24`. */
function writeDate(date: string, locale: string): string {
  const written = formatDate(date, locale, 'date');
  const read = readDate(written, { locale });
  return read.ok && read.value === date ? written : date;
}

/** As `readCompanyDays` reads it back. */
export function writeCompanyDays(days: readonly CompanyDays[], locale: string): string {
  return days
    .map(({ from, to, label }) => {
      const dates = [...new Set([from, to])].map((date) => writeDate(date, locale));
      return `${dates.join(' – ')}${label ? `, ${label}` : ''}`;
    })
    .join('\n');
}
