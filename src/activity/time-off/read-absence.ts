/** What people type after `/bigplan away`: days, `list`, `cancel 5 Jul`, for themselves or for a rep. */

import { readDaysOff, type Today } from '../../input/days-off.ts';
import { stripMarkup } from '../../input/strip-markup.ts';
import { formatDate } from '../../slack/format.ts';
import { truncate } from '../../slack/truncate.ts';
import { addDays, daysBetween } from '../../time/local-date.ts';

/** `person` is the Slack user id of the one mentioned, for whom it is; null: for who typed it. */
export type AbsenceRead =
  | { ok: true; kind: 'range'; from: string; to: string; person: string | null }
  | { ok: true; kind: 'list'; person: string | null }
  /** `date` is in what is to be taken back; null where none was named. */
  | { ok: true; kind: 'cancel'; date: string | null; person: string | null }
  /** What is wrong and what would do, in plain words. */
  | { ok: false; problem: string };

/** An absence may have begun so many days ago. */
const LONGEST_AGO = 60;
/** With both ends in. */
const LONGEST = 366;
const MAX_LENGTH = 400;
const MAX_QUOTE = 60;
const EXAMPLES = 'try “5 Jul – 16 Jul”, “tomorrow” or “until 3 March”.';

const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g;
const LIST = /^(?:list|show)?$/i;
const CANCEL = /^(?:cancel|remove|delete)(?: (.*))?$/i;

/** Reads the command's words, as `readDaysOff` reads days. */
export function readAbsence(text: string, now: Today): AbsenceRead {
  if (text.length > MAX_LENGTH)
    return { ok: false, problem: `That is long for a few days: ${EXAMPLES}` };
  const [person = null, ...others] = new Set(Array.from(text.matchAll(MENTION), ([, id]) => id));
  if (others.length > 0) return { ok: false, problem: 'One person at a time, please.' };
  const words = stripMarkup(text)
    .replace(/^for(?= |$)/i, '')
    .replace(/^[ ;,:]+|[ ;.!]+$/g, '');
  if (/(?:^| )@/.test(words)) {
    const problem =
      "I can't tell whom you mean: pick the name from the list that Slack shows after @.";
    return { ok: false, problem };
  }
  if (LIST.test(words)) return { ok: true, kind: 'list', person };

  const [isCancel, which] = CANCEL.exec(words) ?? [];
  if (isCancel !== undefined && !which) return { ok: true, kind: 'cancel', date: null, person };
  const days = readDaysOff(which ?? words, now);
  if (!days) {
    const quote = truncate(which ?? words, MAX_QUOTE);
    return { ok: false, problem: `I can't tell the days from “${quote}”: ${EXAMPLES}` };
  }
  if ('problem' in days) return { ok: false, problem: days.problem };
  if (isCancel !== undefined) return { ok: true, kind: 'cancel', date: days.from, person };
  const problem = problemOf(days, now);
  return problem === null ? { ok: true, kind: 'range', ...days, person } : { ok: false, problem };
}

function problemOf(
  { from, to }: { from: string; to: string },
  { today, locale }: Today,
): string | null {
  const show = (date: string) => formatDate(date, locale, 'date');
  if (to < from) return `${show(to)} comes before ${show(from)}: swap them.`;
  const earliest = addDays(today, -LONGEST_AGO);
  if (from < earliest)
    return `${show(from)} is long over: I take days off from ${show(earliest)} on.`;
  if (daysBetween(from, to) >= LONGEST) return 'That is over a year: enter it in parts.';
  return null;
}
