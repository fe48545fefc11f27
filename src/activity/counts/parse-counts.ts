/** What a day's report says, one thing after the other; nothing is settled yet. */
import type { NamedDay } from '../../input/day.ts';
import type { Activity } from '../../plan/schemas.ts';
import type { Meaning, Token, Uncounted } from './scan-counts.ts';

export interface SaidCount {
  kind: 'count';
  /** What was counted, here or elsewhere. */
  thing: Activity | Uncounted;
  written: string;
  /** The other number of `25-30`, `25 or 30`. */
  or: string | null;
  /** It is the first of `12 of 20`, `25/30`. */
  isShare: boolean;
  /** `+5` may be one more of a list or come on top of what was there; `5 more` always does. */
  form: 'plain' | 'plus' | 'minus' | 'more';
  /** `outbound`, as people part what they count. */
  sort: string | null;
  /** `2 meetings booked`: they may be still to come. */
  isAhead: boolean;
}

/** With the words that say it. */
export type SaidPart = { words: string } & (
  | SaidCount
  | { kind: 'day'; day: NamedDay }
  /** `demos 1/5`: one of five, or one on that day. */
  | { kind: 'share_or_day'; thing: Activity | Uncounted; written: string; day: NamedDay }
  /** None of anything, or of anything else. */
  | { kind: 'nothing' }
  | { kind: 'unread' }
);

/** Words and the tokens that they were cut into. */
export interface Line {
  words: string;
  tokens: readonly Token[];
}

/** What was said at a token, and the token at which to go on. */
interface Step {
  said: SaidPart[];
  next: number;
}

/** Says what stands in a line, in order. */
export function parseCounts(line: Line): SaidPart[] {
  const said: SaidPart[] = [];
  let unreadFrom: number | null = null;
  for (let at = 0; at <= line.tokens.length; ) {
    const step = dayFirst(line, at) ?? numberFirst(line, at) ?? noneOf(line, at);
    const found = step ?? thingFirst(line, at) ?? dayAt(line, at) ?? nothingAt(line, at);
    const isRead = found || at === line.tokens.length || isSilent(line, at);
    if (isRead && unreadFrom !== null) {
      said.push({ kind: 'unread', words: textOf(line, unreadFrom, at) });
      unreadFrom = null;
    }
    if (!isRead) unreadFrom ??= at;
    said.push(...(found?.said ?? []));
    at = found?.next ?? at + 1;
  }
  return said;
}

const SILENT: Meaning[] = ['around', 'between', 'one', 'and', 'or', 'ahead', 'of', 'to'];
const SILENT_MARKS = ',;:.!?&/()+-=|•·…→×';

function isSilent(line: Line, at: number): boolean {
  return isMark(line, at, SILENT_MARKS) || means(line, at, ...SILENT);
}

/** `25 outbound calls`, `a demo`, `another 5 calls`, `20 outbound and 5 inbound calls`, `booked 2 demos`. */
function numberFirst(line: Line, at: number): Step | null {
  if (means(line, at, 'ahead')) {
    const step = numberFirst(line, at + 1);
    return step && { ...step, said: step.said.map((one) => ({ ...one, isAhead: true })) };
  }
  const isAnother = means(line, at, 'another');
  const isOne = isAnother || means(line, at, 'one');
  const number =
    numberAt(line, isAnother ? at + 1 : at) ?? (isOne ? plainNumber('1', at + 1) : null);
  if (!number) return null;
  const isBetween = (i: number) =>
    means(line, i, 'between', 'sort', 'more') || isMark(line, i, '×');
  const end = skip(line, number.next, isBetween);
  const sort = sortIn(line, number.next, end);
  const thing = thingAt(line, end);
  const from = number.form === 'minus' ? at - 1 : at;
  const isMore =
    isAnother || skip(line, number.next, (i) => i < end && !means(line, i, 'more')) < end;
  const said = { ...number, sort, ...(isMore && { form: 'more' as const }) };
  if (!thing) {
    // What `20 outbound` counts is said with the last of them.
    const more = skip(line, end, (i) => means(line, i, 'and') || isMark(line, i, ',&/+'));
    const rest = sort === null || more === end ? null : numberFirst(line, more);
    const [first] = rest?.said ?? [];
    if (!rest || first?.kind !== 'count' || first.sort === null) return null;
    const own = counted(line, from, first.thing, { ...said, next: end });
    // `+5 outbound and 2 inbound calls` come on top, both of them.
    const others = rest.said.map((one) =>
      one.kind === 'count' && one.form === 'plain' ? { ...one, form: said.form } : one,
    );
    return { said: [...own.said, ...others], next: rest.next };
  }
  // `2 on-site visits` names them twice.
  const isTwice = thingAt(line, end + 1) === thing && !numberAt(line, end + 2);
  const next = end + (isTwice ? 2 : 1);
  const isAhead = means(line, next, 'ahead');
  return counted(line, from, thing, { ...said, isAhead, next: next + (isAhead ? 1 : 0) });
}

function sortIn(line: Line, from: number, to: number): string | null {
  const token = line.tokens.slice(from, to).find((_, i) => means(line, from + i, 'sort'));
  return token?.type === 'word' ? token.word : null;
}

const BEFORE_A_NUMBER = ':=-+×';

/** `calls: 25`, `calls today 25`, `demos none`, `demos 1/5`. */
function thingFirst(line: Line, at: number): Step | null {
  const thing = thingAt(line, at);
  if (!thing) return null;
  const isBetween = (i: number) =>
    isMark(line, i, BEFORE_A_NUMBER) ||
    means(line, i, 'between', 'around', 'ahead') ||
    line.tokens[i]?.type === 'day';
  const end = skip(line, at + 1, isBetween);
  const number = means(line, end, 'none') ? plainNumber('0', end + 1) : numberAt(line, end);
  const isPassed = skip(line, at + 1, (i) => i < end && !isShareAt(line, i)) < end;
  if (!number || (isPassed && isOfAnother(line, number))) return shareAfter(line, at, thing);
  const isAhead = skip(line, at + 1, (i) => i < end && !means(line, i, 'ahead')) < end;
  const { said, next } = counted(line, at, thing, { ...number, isAhead });
  for (let i = at + 1; i < end; i += 1) said.push(...(dayAt(line, i)?.said ?? []));
  return { said, next };
}

const isShareAt = ({ tokens }: Line, at: number) => {
  const token = tokens[at];
  return token?.type === 'day' && token.share !== null;
};

/** In `calls 1/5 25 demos` the number is of the demos. */
function isOfAnother(line: Line, { next }: Number): boolean {
  const after = skip(line, next, (i) => means(line, i, 'between', 'sort'));
  return thingAt(line, after) !== null && numberAt(line, after + 1) === null;
}

function shareAfter(line: Line, at: number, thing: Activity | Uncounted): Step | null {
  const end = skip(line, at + 1, (i) => isMark(line, i, BEFORE_A_NUMBER));
  return shareOrDay(line, at, end, thing, end + 1);
}

/** `1/5 demos`. */
function dayFirst(line: Line, at: number): Step | null {
  const end = skip(line, at + 1, (i) => means(line, i, 'between', 'sort'));
  const thing = thingAt(line, end);
  const hasOwn =
    numberAt(
      line,
      skip(line, end + 1, (i) => isMark(line, i, BEFORE_A_NUMBER)),
    ) !== null;
  return thing && !hasOwn ? shareOrDay(line, at, at, thing, end + 1) : null;
}

/** `at`: where it begins; `day`: of the token that may be a day. */
function shareOrDay(
  line: Line,
  at: number,
  day: number,
  thing: Activity | Uncounted,
  next: number,
): Step | null {
  const token = line.tokens[day];
  if (token?.type !== 'day' || token.share === null) return null;
  const words = textOf(line, at, next);
  const part = {
    kind: 'share_or_day',
    thing,
    written: token.share,
    day: token.day,
    words,
  } as const;
  return { said: [part], next };
}

/** `no calls`, `no calls or visits`, `no activity`. */
function noneOf(line: Line, at: number): Step | null {
  if (!means(line, at, 'no')) return null;
  if (means(line, at + 1, 'all')) return nothing(line, at, at + 2);
  const said: SaidPart[] = [];
  let next = at;
  do {
    const end = skip(line, next + 1, (i) => means(line, i, 'between', 'sort', 'more'));
    const thing = thingAt(line, end);
    // `no calls and demos 2`
    const number = numberAt(
      line,
      skip(line, end + 1, (i) => isMark(line, i, BEFORE_A_NUMBER)),
    );
    if (!thing || (next > at && number)) break;
    const from = next === at ? at : end;
    said.push(...counted(line, from, thing, plainNumber('0', end + 1)).said);
    next = end + 1;
  } while (means(line, next, 'or', 'and') || isMark(line, next, '/&'));
  return next > at ? { said, next } : null;
}

function dayAt(line: Line, at: number): Step | null {
  const token = line.tokens[at];
  if (token?.type !== 'day') return null;
  const words = textOf(line, at, at + 1);
  return { said: [{ kind: 'day', day: token.day, words }], next: at + 1 };
}

function nothingAt(line: Line, at: number): Step | null {
  return means(line, at, 'none') ? nothing(line, at, at + 1) : null;
}

function nothing(line: Line, at: number, next: number): Step {
  return { said: [{ kind: 'nothing', words: textOf(line, at, next) }], next };
}

type Number = Omit<SaidCount, 'kind' | 'thing'> & { next: number };

function counted(
  line: Line,
  at: number,
  thing: Activity | Uncounted,
  { next, ...number }: Number,
): Step {
  const words = textOf(line, at, next);
  return { said: [{ kind: 'count', thing, ...number, words }], next };
}

const PLAIN = { or: null, isShare: false, form: 'plain', sort: null, isAhead: false } as const;

function plainNumber(written: string, next: number): Number {
  return { ...PLAIN, written, next };
}

function numberAt(line: Line, at: number): Number | null {
  const token = line.tokens[at];
  if (token?.type !== 'number') return null;
  const isShare = isMark(line, at + 1, '/') || means(line, at + 1, 'of');
  const isEither = isMark(line, at + 1, '-') || means(line, at + 1, 'or', 'to');
  const other = isShare || isEither ? line.tokens[at + 2] : undefined;
  const second = other?.type === 'number' ? other.written : null;
  return {
    ...PLAIN,
    written: token.written,
    or: isEither ? second : null,
    isShare: isShare && second !== null,
    form: signBefore(line, at),
    next: at + (second === null ? 1 : 3),
  };
}

/** `-5` is below zero, `calls-5` and `calls - 5` are not. */
function signBefore({ tokens }: Line, at: number): SaidCount['form'] {
  const [before, sign, number] = [tokens[at - 2], tokens[at - 1], tokens[at]];
  if (sign?.type !== 'mark' || !number) return 'plain';
  if (sign.mark === '+') return 'plus';
  const isItsOwn = sign.mark === '-' && sign.end === number.start;
  const isApart = !before || before.type === 'mark' || before.end < sign.start;
  return isItsOwn && isApart ? 'minus' : 'plain';
}

function thingAt(line: Line, at: number): Activity | Uncounted | null {
  const token = line.tokens[at];
  return token?.type === 'thing' ? token.thing : null;
}

function means(line: Line, at: number, ...meanings: Meaning[]): boolean {
  const token = line.tokens[at];
  return token?.type === 'word' && meanings.includes(token.meaning);
}

function isMark(line: Line, at: number, marks: string): boolean {
  const token = line.tokens[at];
  return token?.type === 'mark' && marks.includes(token.mark);
}

/** The first token from `from` on that isn't passed over. */
function skip(line: Line, from: number, isSkipped: (at: number) => boolean): number {
  let at = from;
  while (at < line.tokens.length && isSkipped(at)) at += 1;
  return at;
}

/** The words from one token to before another, as they were written. */
function textOf({ words, tokens }: Line, from: number, to: number): string {
  return words.slice(tokens[from]?.start, tokens[to - 1]?.end);
}
