/** A day's report cut into its words, numbers and days. */
import { type NamedDay, readNamedDay } from '../../input/day.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';

const words = (list: string) => list.split(' ');

/**
 * The aliases of each activity, in English and what is obvious in German, French and Spanish: one word each, in the singular; one letter as in `25c 2d`. What may stand
 * before it, as in `cold calls`, is a word `between` (below).
 */
const ALIASES: Record<Activity, readonly string[]> = {
  calls: words(
    'call dial ring phonecall phone-call c anruf anrufe telefonat telefonate appel llamada',
  ),
  visits: words(
    'visit meeting appointment appt on-site onsite v besuch besuche termin termine visite rendez-vous visita reunión',
  ),
  demos: words('demo demonstration pitch presentation d démo vorführung vorführungen'),
  proposals: words('proposal offer quote quotation p angebot angebote devis propuesta oferta'),
  contracts: words('contract vertrag verträge abschluss abschlüsse contrat contrato'),
};

/** What people report beside those and no plan asks for, as it is called back: one word each, as above. */
const UNCOUNTED_ALIASES = {
  emails: ['email', 'e-mail', 'mail'],
  messages: ['message', 'msg', 'text', 'sms', 'dm', 'inmail', 'linkedin', 'whatsapp'],
  voicemails: ['voicemail', 'voice-mail', 'vm'],
  connects: ['connect', 'connection', 'conversation', 'convo'],
  touches: ['touch', 'touchpoint'],
  'follow-ups': ['follow-ups', 'followup'],
  leads: ['lead'],
} as const;
export type Uncounted = keyof typeof UNCOUNTED_ALIASES;
export const UNCOUNTED = Object.keys(UNCOUNTED_ALIASES) as Uncounted[];

const formsOf = (name: string) => (name.length === 1 ? [name] : [name, `${name}s`, `${name}es`]);

const BY_WORD = new Map<string, Activity | Uncounted>([
  ...ACTIVITIES.flatMap((activity) =>
    ALIASES[activity].flatMap(formsOf).map((form) => [form, activity] as const),
  ),
  ...UNCOUNTED.flatMap((thing) =>
    UNCOUNTED_ALIASES[thing].flatMap(formsOf).map((form) => [form, thing] as const),
  ),
]);

/** What a word in small letters names that can be counted, here or elsewhere. */
function thingNamed(word: string): Activity | Uncounted | null {
  return BY_WORD.get(word) ?? null;
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** `two`, `twenty-five`, `twenty five` in small letters: 0–99; else null. */
function numberNamed(word: string): number | null {
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
  no: 'no kein keine keinen aucun aucune ningún ninguna',
  /** None of anything. */
  none: 'nothing none nil nada nichts rien',
  /** After `no`, anything. */
  all: 'activity activities',
  /** `a demo` */
  one: 'a an ein eine einen une una',
  /** `another call`, on top of what was there. */
  another: 'another',
  /** `5 more calls`, the same. */
  more: 'more extra additional',
  /** Between a number and its activity: `25 outbound sales calls`, `2x demos`. */
  between: 'x any good great long short sales product client live quick the my new follow-up',
  /** The same, and two of them make two numbers one: `20 outbound and 5 inbound calls`. */
  sort: 'cold warm hot outbound inbound phone video customer prospect prospecting',
  /** `2 meetings booked`: they may be still to come. */
  ahead: 'booked scheduled set arranged',
  and: 'and plus with also then und et y',
  or: 'or nor oder ou',
  /** `12 of 20 calls` are twelve. */
  of: 'of',
  /** `25 to 30 calls` may be either. */
  to: 'to',
  /** Around the counts, with nothing in it that could change them. */
  around:
    "just only i i've we we've did made make had have got done so far total in for at our was were been hi hello hey thanks thank you please log report day here are is it's its on but else about around roughly ok okay sent gave held closed signed",
} as const;

export type Meaning = keyof typeof LISTS | 'unknown';

const MEANINGS = new Map<string, Meaning>(
  Object.entries(LISTS).flatMap(([meaning, list]) =>
    list.split(' ').map((word) => [word, meaning as Meaning] as const),
  ),
);

/** What a word in small letters means where it is neither an activity nor a number. */
function meaningOf(word: string): Meaning {
  return MEANINGS.get(word) ?? 'unknown';
}

interface Piece {
  /** From here to there in the words. */
  start: number;
  end: number;
}

export type Token = Piece &
  (
    | { type: 'thing'; thing: Activity | Uncounted }
    /** As it was written, or what its word stands for. */
    | { type: 'number'; written: string }
    /** `share`: the first number of `1/5`, which is one of five as well. */
    | { type: 'day'; day: NamedDay; share: string | null }
    | { type: 'mark'; mark: string }
    | { type: 'word'; word: string; meaning: Meaning }
  );

const DAY_WORDS =
  /(?:(?:the )?day (?:before yesterday|after tomorrow)|this (?:morning|afternoon)|today|tonight|yesterday|tomorrow|(?:(?:this|next|last|past|coming) )?(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?)(?:'s)?(?![\p{L}\d'])/iuy;

/** Dates in figures, and beside a word that may be a month's name. */
const FIGURES = [
  /\d{4}-\d{1,2}-\d{1,2}(?!\d)/y,
  /\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)/y,
  /\d{1,2}\/\d{1,2}(?![\d/])/y,
  /\d{1,2}\.\d{1,2}\.(?!\d)/y,
];
const BESIDE_MONTH = [
  /\d{1,2}(?:st|nd|rd|th|\.)?(?: of)?[ -]?(\p{L}[\p{L}\p{M}]{2,20})\.?(?:,? \d{4}(?!\d)|-\d{2}(?!\d))?/iuy,
  /(\p{L}[\p{L}\p{M}]{2,20})\.? \d{1,2}(?:st|nd|rd|th)?(?![\d\p{L}])(?:,? \d{4}(?!\d))?/iuy,
];

const NUMBER = /\d{1,3}(?: \d{3})+(?!\d|[.,']\d)|\d+(?:[.,'٫٬]\d+)*/y;
const TWO_WORDS = /\p{L}+[ -]\p{L}+(?!\p{L})/uy;
const WORD = /\p{L}[\p{L}\p{M}]*(?:['-]\p{L}[\p{L}\p{M}]*)*/uy;
const ANY = /./suy;

/** Cuts words without markup into tokens; spaces are left out. */
export function scanCounts(words: string, context: { locale: string; today: string }): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  /** What the pattern finds right here. */
  const here = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = start;
    return pattern.exec(words);
  };
  while (start < words.length) {
    if (words[start] === ' ') {
      start += 1;
      continue;
    }
    const token = scanDay(here, context) ?? scanNumber(here) ?? scanWord(here);
    const end = start + token.length;
    tokens.push({ ...token.as, start, end });
    start = end;
  }
  return tokens;
}

type Here = (pattern: RegExp) => RegExpExecArray | null;
type Kind<T> = T extends Piece ? Omit<T, keyof Piece> : never;
interface Found {
  as: Kind<Token>;
  length: number;
}

function scanDay(here: Here, context: { locale: string; today: string }): Found | null {
  const named = here(DAY_WORDS)?.[0];
  if (named !== undefined) return foundDay(named, context);
  for (const pattern of FIGURES) {
    const found = foundDay(here(pattern)?.[0], context);
    if (found) return found;
  }
  for (const pattern of BESIDE_MONTH) {
    const [text, word = ''] = here(pattern) ?? [];
    // Looking for a month of that name takes long, and no month is called like any word that is known.
    const found = isKnown(word.toLowerCase()) ? null : foundDay(text, context);
    if (found) return found;
  }
  return null;
}

function isKnown(word: string): boolean {
  return thingNamed(word) !== null || numberNamed(word) !== null || meaningOf(word) !== 'unknown';
}

function foundDay(
  text: string | undefined,
  context: { locale: string; today: string },
): Found | null {
  if (text === undefined) return null;
  const day = readNamedDay(text.replace(/'s$/i, ''), context);
  const share = /^(\d{1,2})\/\d{1,2}$/.exec(text)?.[1] ?? null;
  return day && { as: { type: 'day', day, share }, length: text.length };
}

function scanNumber(here: Here): Found | null {
  const written = here(NUMBER)?.[0];
  if (written !== undefined) return { as: { type: 'number', written }, length: written.length };
  for (const word of [here(TWO_WORDS)?.[0], here(WORD)?.[0]]) {
    const number = word === undefined ? null : numberNamed(word.toLowerCase());
    if (word !== undefined && number !== null) {
      return { as: { type: 'number', written: String(number) }, length: word.length };
    }
  }
  return null;
}

function scanWord(here: Here): Found {
  const written = here(WORD)?.[0];
  if (written === undefined) {
    const mark = here(ANY)?.[0] ?? ' ';
    return { as: { type: 'mark', mark }, length: mark.length };
  }
  const word = written.toLowerCase();
  const thing = thingNamed(word);
  const { length } = written;
  if (thing) return { as: { type: 'thing', thing }, length };
  return { as: { type: 'word', word, meaning: meaningOf(word) }, length };
}
