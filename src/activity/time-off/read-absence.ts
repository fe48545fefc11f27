/** What people type after `/bigplan away`: days, `list`, `cancel 5 Jul`, for themselves or for a rep. */

import { readDaysOff } from '../../input/days-off.ts';
import type { DaysOff, Today } from '../../input/days-off-scene.ts';
import { stripMarkup } from '../../input/strip-markup.ts';
import { formatDate } from '../../slack/format.ts';
import { truncate } from '../../slack/truncate.ts';
import { addDays, daysBetween } from '../../time/local-date.ts';

/** `person` is the Slack user id of the one mentioned, for whom it is; null: for who typed it. */
export type AbsenceRead =
  /** `orElse`: what else it might mean. */
  | { ok: true; kind: 'days'; days: DaysOff[]; orElse: DaysOff[] | null; person: string | null }
  /** Which of the readings is meant is for the person to say. */
  | {
      ok: true;
      kind: 'ask';
      why: 'two_readings' | 'no_working_day';
      readings: DaysOff[][];
      person: string | null;
    }
  | { ok: true; kind: 'list'; person: string | null }
  /** What is to be taken back; null where no days were named. */
  | { ok: true; kind: 'cancel'; days: DaysOff[] | null; person: string | null }
  /** From today on. */
  | { ok: true; kind: 'back'; person: string | null }
  /** What is wrong and what would do, in plain words. */
  | { ok: false; problem: string };

/** An absence may have begun so many days ago. */
const LONGEST_AGO = 60;
/** With both ends in. */
const LONGEST = 366;
const MAX_LENGTH = 400;
const MAX_QUOTE = 60;
const EXAMPLES = 'try “5 Jul – 16 Jul”, “tomorrow afternoon” or “back on 3 March”.';

const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g;
const LIST = /^(?:list|show)?$/i;
const CANCEL = /^(?:cancel|remove|delete)(?: (.*))?$/i;
const BACK = /^(?:i'm |i am )?(?:back|here)(?: (?:today|now|early|again|already))?$/i;

/** Reads the command's words, as `readDaysOff` reads days. */
export function readAbsence(text: string, now: Today): AbsenceRead {
  if (text.length > MAX_LENGTH)
    return { ok: false, problem: `That is long for a few days: ${EXAMPLES}` };
  const [person = null, ...others] = new Set(Array.from(text.matchAll(MENTION), ([, id]) => id));
  if (others.length > 0) return { ok: false, problem: 'One person at a time, please.' };
  const words = stripMarkup(text)
    .replace(/^for(?= *$)/i, '')
    .replace(/^[ ;,:]+|[ ;.!]+$/g, '')
    .replace(/^for *[:;,] */i, '');
  if (/(?:^| )@/.test(words)) {
    const problem =
      "I can't tell whom you mean: pick the name from the list that Slack shows after @.";
    return { ok: false, problem };
  }
  if (LIST.test(words)) return { ok: true, kind: 'list', person };
  if (BACK.test(words)) return { ok: true, kind: 'back', person };

  const [isCancel, which] = CANCEL.exec(words) ?? [];
  if (isCancel !== undefined && !which) return { ok: true, kind: 'cancel', days: null, person };
  const read = readDaysOff(which ?? words, now);
  if (!read) {
    const quote = truncate(which ?? words, MAX_QUOTE);
    return { ok: false, problem: `I can't tell the days from “${quote}”: ${EXAMPLES}` };
  }
  if (read.kind === 'problem') return { ok: false, problem: read.problem };
  const readings = read.kind === 'clear' ? [read.days] : read.readings;
  if (isCancel !== undefined) return { ok: true, kind: 'cancel', days: readings.flat(), person };

  const problems = readings.map((days) => problemOf(days, now));
  const fine = readings.filter((_, index) => problems[index] === null);
  const [days] = fine;
  if (days === undefined) return { ok: false, problem: problems.at(-1) ?? EXAMPLES };
  if (read.kind === 'open' && (fine.length > 1 || read.why === 'no_working_day')) {
    return { ok: true, kind: 'ask', why: read.why, readings: fine, person };
  }
  const orElse = read.kind === 'clear' ? read.orElse : null;
  return { ok: true, kind: 'days', days, orElse, person };
}

/** What can't be entered so; null: it can. */
function problemOf(days: readonly DaysOff[], { today, locale }: Today): string | null {
  const show = (date: string) => formatDate(date, locale, 'date');
  const earliest = addDays(today, -LONGEST_AGO);
  for (const { from, to } of days) {
    if (to < from) return `${show(to)} comes before ${show(from)}: swap them.`;
    if (from < earliest)
      return `${show(from)} is long over: I take days off from ${show(earliest)} on.`;
    if (daysBetween(from, to) >= LONGEST) return 'That is over a year: enter it in parts.';
  }
  return null;
}
