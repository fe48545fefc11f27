/** A part of a day: `friday morning`, `half a day tomorrow`, `tomorrow 9-12`, `from 3pm`. */

import {
  AFTERNOON,
  HALF,
  type Hours,
  MORNING,
  type PartOfDay,
  partOfHours,
} from '../time/part-of-day.ts';
import { readTime } from './date.ts';
import type { SpanWords } from './span-words.ts';

/** A text without what it says of the part; `evening`: when nobody works. */
export type TakenPart = { rest: string; part: PartOfDay | 'evening' };

const NAMED: [string, PartOfDay | 'evening'][] = [
  ['(?:in the |the )?(?:morning|a\\.?m\\.?)', MORNING],
  ['(?:in the |the )?(?:afternoon|p\\.?m\\.?)', AFTERNOON],
  ['(?:in the |the )?(?:evening|night)|tonight', 'evening'],
  ['(?:the )?first half(?: of(?: the day)?)?', MORNING],
  ['(?:the )?second half(?: of(?: the day)?)?', AFTERNOON],
];

/** Reads the part that is said first or last, all ways that there are: `9-12 tomorrow`, `tomorrow 9-12`. */
export function takeParts(text: string, words: SpanWords): TakenPart[] {
  const named = [...NAMED, [words.half, HALF] as const].flatMap(([pattern, part]) =>
    around(text, pattern).map(({ rest }) => ({ rest, part })),
  );
  return [...named, ...takeHours(text, words)];
}

function takeHours(text: string, { from, to, until, between, and, noon }: SpanWords): TakenPart[] {
  const time = `(\\d{1,2}(?:[:.h]\\d{2})?(?: ?(?:[ap]\\.?m\\.?|h|uhr))?|${noon})`;
  const spans = [
    `(?:(?:${from}|dalle|das) )?${time} ?(?:-|${to}|alle|às) ?${time}`,
    `${between} ${time} (?:${and}) ${time}`,
  ].flatMap((pattern) => around(text, pattern));
  const open = [
    ...around(
      text,
      `(?:${from}|after|past|nach|après|después de|dopo|na|depois de) ${time}(?: on(?:wards)?)?`,
    ).map(({ rest, found: [start = ''] }) => ({ rest, found: [start, '24:00'] })),
    ...around(text, `(?:${until}|before|by|vor|avant|antes de|prima di|voor) ${time}`).map(
      ({ rest, found: [end = ''] }) => ({ rest, found: ['00:00', end] }),
    ),
  ];
  return [...spans, ...open].flatMap(({ rest, found }) => {
    const [start = '', end = ''] = found;
    // A number alone may as well be a day of the month.
    if (rest === '' && !isClock(start) && !isClock(end)) return [];
    if (
      rest === '' &&
      [start, end].some((one) => one !== '00:00' && one !== '24:00' && !isClock(one))
    ) {
      return [];
    }
    const hours = hoursOf(start, end, noon);
    return hours ? [{ rest, part: partOfHours(hours) }] : [];
  });
}

const isClock = (text: string) => /[:hap]|uhr|noon|\p{L}/iu.test(text);

/** Where the pattern stands at one end of the text, what is left of that. */
function around(text: string, pattern: string): { rest: string; found: string[] }[] {
  const before = new RegExp(`^(?:${pattern})(?=$|[ ,])(?: only)?,? ?(?:on |of )?(.*)$`, 'u').exec(
    text,
  );
  const after = new RegExp(`^(.*?)(?:^|,? )(?:${pattern})(?: only)?$`, 'u').exec(text);
  const [, ...inFront] = before ?? [];
  const [, left = '', ...behind] = after ?? [];
  const rest = inFront.pop();
  return [
    ...(rest === undefined ? [] : [{ rest: rest.trim(), found: inFront }]),
    ...(after ? [{ rest: left.trim(), found: behind }] : []),
  ].map(({ rest, found }) => ({ rest, found: found.filter((one) => one !== undefined) }));
}

function hoursOf(from: string, to: string, noon: string): Hours | null {
  const start = timeOf(from, noon);
  const end = timeOf(to, noon);
  return start !== null && end !== null && start < end ? { start, end } : null;
}

const IN_THE_NIGHT = 7;

/** `2` and `5:30` are in the afternoon unless said otherwise: nobody takes the night off. */
function timeOf(text: string, noon: string): string | null {
  if (text === '24:00' || text === '00:00') return text;
  if (new RegExp(`^(?:${noon})$`, 'u').test(text)) return '12:00';
  const read = readTime(text);
  if (!read.ok) return null;
  const [hour = 0, minutes = 0] = read.value.split(':').map(Number);
  const isOpen = /^[1-6](?!\d)/.test(text) && !/[ap]\.?m/.test(text);
  const hours = isOpen && hour < IN_THE_NIGHT ? hour + 12 : hour;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
