/** What a day's report says, one thing after the other; nothing is settled yet. */
import type { NamedDay } from '../../input/day.ts';
import type { Activity } from '../../plan/schemas.ts';
import type { Meaning, Token } from './scan-counts.ts';

export interface SaidCount {
  kind: 'count';
  activity: Activity;
  written: string;
  /** The other number of `25-30`, `25 or 30`, `12 of 20`. */
  or: string | null;
  /** `+5` may be one more of a list or come on top of what was there; `5 more` always does. */
  form: 'plain' | 'plus' | 'minus' | 'more';
}

/** With the words that say it. */
export type SaidPart = { words: string } & (
  | SaidCount
  | { kind: 'day'; day: NamedDay }
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
    const step = numberFirst(line, at) ?? noneOf(line, at) ?? activityFirst(line, at);
    const found = step ?? dayAt(line, at) ?? nothingAt(line, at);
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

const SILENT: Meaning[] = ['around', 'between', 'one', 'and', 'or'];
const SILENT_MARKS = ',;:.!?&/()+-=|•·…→×';

function isSilent(line: Line, at: number): boolean {
  return isMark(line, at, SILENT_MARKS) || means(line, at, ...SILENT);
}

/** `25 outbound calls`, `a demo`, `another 5 calls`. */
function numberFirst(line: Line, at: number): Step | null {
  const isAnother = means(line, at, 'another');
  const isOne = isAnother || means(line, at, 'one');
  const number =
    numberAt(line, isAnother ? at + 1 : at) ?? (isOne ? plainNumber('1', at + 1) : null);
  if (!number) return null;
  const isBetween = (i: number) => means(line, i, 'between', 'more') || isMark(line, i, '×');
  const end = skip(line, number.next, isBetween);
  const activity = activityAt(line, end);
  if (!activity) return null;
  const isMore =
    isAnother || skip(line, number.next, (i) => i < end && !means(line, i, 'more')) < end;
  // `2 on-site visits` names them twice.
  const isTwice = activityAt(line, end + 1) === activity && !numberAt(line, end + 2);
  return counted(line, number.form === 'minus' ? at - 1 : at, activity, {
    ...number,
    ...(isMore && { form: 'more' }),
    next: end + (isTwice ? 2 : 1),
  });
}

const BEFORE_A_NUMBER = ':=-+×';

/** `calls: 25`, `calls today 25`, `demos none`. */
function activityFirst(line: Line, at: number): Step | null {
  const activity = activityAt(line, at);
  if (!activity) return null;
  const isBetween = (i: number) =>
    isMark(line, i, BEFORE_A_NUMBER) ||
    means(line, i, 'between', 'around') ||
    line.tokens[i]?.type === 'day';
  const end = skip(line, at + 1, isBetween);
  const number = means(line, end, 'none') ? plainNumber('0', end + 1) : numberAt(line, end);
  if (!number) return null;
  const { said, next } = counted(line, at, activity, number);
  for (let i = at + 1; i < end; i += 1) said.push(...(dayAt(line, i)?.said ?? []));
  return { said, next };
}

/** `no calls`, `no calls or visits`, `no activity`. */
function noneOf(line: Line, at: number): Step | null {
  if (!means(line, at, 'no')) return null;
  if (means(line, at + 1, 'all')) return nothing(line, at, at + 2);
  const said: SaidPart[] = [];
  let next = at;
  do {
    const end = skip(line, next + 1, (i) => means(line, i, 'between', 'more'));
    const activity = activityAt(line, end);
    // `no calls and demos 2`
    const number = numberAt(
      line,
      skip(line, end + 1, (i) => isMark(line, i, BEFORE_A_NUMBER)),
    );
    if (!activity || (next > at && number)) break;
    const from = next === at ? at : end;
    said.push(...counted(line, from, activity, plainNumber('0', end + 1)).said);
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

type Number = Omit<SaidCount, 'kind' | 'activity'> & { next: number };

function counted(line: Line, at: number, activity: Activity, { next, ...number }: Number): Step {
  const words = textOf(line, at, next);
  return { said: [{ kind: 'count', activity, ...number, words }], next };
}

function plainNumber(written: string, next: number): Number {
  return { written, or: null, form: 'plain', next };
}

function numberAt(line: Line, at: number): Number | null {
  const token = line.tokens[at];
  if (token?.type !== 'number') return null;
  const isJoined = isMark(line, at + 1, '-/') || means(line, at + 1, 'or', 'span');
  const other = isJoined ? line.tokens[at + 2] : undefined;
  const or = other?.type === 'number' ? other.written : null;
  const next = at + (or === null ? 1 : 3);
  return { written: token.written, or, form: signBefore(line, at), next };
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

function activityAt(line: Line, at: number): Activity | null {
  const token = line.tokens[at];
  return token?.type === 'activity' ? token.activity : null;
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
