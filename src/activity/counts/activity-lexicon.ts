/** What the words of a day's report mean: activities, numbers, and those that say nothing. */
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';

/** In the singular. One letter as in `25c 2d`. */
const NAMES: Record<Activity, readonly string[]> = {
  calls: ['call', 'dial', 'ring', 'phonecall', 'phone-call', 'c'],
  visits: ['visit', 'meeting', 'appointment', 'appt', 'on-site', 'onsite', 'v'],
  demos: ['demo', 'demonstration', 'pitch', 'presentation', 'd'],
  proposals: ['proposal', 'offer', 'quote', 'quotation', 'p'],
  contracts: ['contract'],
};

const BY_WORD = new Map<string, Activity>(
  ACTIVITIES.flatMap((activity) =>
    NAMES[activity].flatMap((name) => {
      const forms = name.length === 1 ? [name] : [name, `${name}s`, `${name}es`];
      return forms.map((form) => [form, activity] as const);
    }),
  ),
);

/** The activity that a word in small letters names. */
export function activityNamed(word: string): Activity | null {
  return BY_WORD.get(word) ?? null;
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** `two`, `twenty-five`, `twenty five` in small letters: 0–99; else null. */
export function numberNamed(word: string): number | null {
  const [first = '', second, ...others] = word.split(/[- ]/);
  const tens = TENS.indexOf(first);
  if (second === undefined) {
    const ones = ONES.indexOf(first);
    if (ones >= 0) return ones;
    return tens < 0 ? null : 10 * (tens + 2);
  }
  const ones = ONES.indexOf(second);
  const isNumber = tens >= 0 && ones >= 1 && ones <= 9 && others.length === 0;
  return isNumber ? 10 * (tens + 2) + ones : null;
}

const LISTS = {
  no: 'no',
  /** None of anything. */
  none: 'nothing none nil nada',
  /** After `no`, anything. */
  all: 'activity activities',
  /** `a demo` */
  one: 'a an',
  /** `another call`, on top of what was there. */
  another: 'another',
  /** `5 more calls`, the same. */
  more: 'more extra additional',
  /** Between a number and its activity: `25 outbound sales calls`, `2x demos`. */
  between:
    'x any good great long short cold warm outbound inbound phone video sales product customer client live quick the my new follow-up',
  and: 'and plus with also then',
  or: 'or nor',
  /** Two numbers of which neither will do: `12 of 20 calls`. */
  span: 'of to',
  /** Around the counts, with nothing in it that could change them. */
  around:
    "just only i i've we we've did made make had have got done so far total in for at our was were been hi hello hey thanks thank you please log report day here are is it's its on but else about around roughly ok okay sent gave held",
} as const;

export type Meaning = keyof typeof LISTS | 'unknown';

const MEANINGS = new Map<string, Meaning>(
  Object.entries(LISTS).flatMap(([meaning, list]) =>
    list.split(' ').map((word) => [word, meaning as Meaning] as const),
  ),
);

/** What a word in small letters means where it is neither an activity nor a number. */
export function meaningOf(word: string): Meaning {
  return MEANINGS.get(word) ?? 'unknown';
}
