/** Of a line of a comp plan: its figures, and from which attainment or bookings on it holds. */
import { readAmount, readPercent } from '../../input/number.ts';
import type { NumberStyle } from '../../slack/format.ts';
import type { Basis } from './basis.ts';
import type { FigureUnit, LineToken, Mark } from './scan-line.ts';
import { attainmentOf, type Stretch } from './write-lines.ts';

/** What the reader of lines knows beside them. */
export interface LineContext {
  basis: Basis;
  style: NumberStyle;
}

/** As high as the plan's schema takes it. */
const MAX_ATTAINMENT = 1000;

export type Lead = 'from' | 'at' | 'below' | 'upTo' | 'plus';

/** A number of the line, or the word for quota, with what stands before it. */
export interface Figure {
  unit: FigureUnit | 'quota';
  text: string;
  lead: Lead | null;
  /** A word or dash that makes it the end of what begins before it. */
  joined: boolean;
  andUp: boolean;
}

export interface LineParts {
  figures: Figure[];
  said: ReadonlySet<Mark>;
  /** `nothing`, `double`: an effect without a number. */
  worded: number | null;
  /** `1.5x on everything from 100%`: what is everything? */
  isVague: boolean;
}

const WORDED: Partial<Record<Mark, number>> = { nothing: 0, double: 2, triple: 3 };

export function linePartsOf(tokens: readonly LineToken[]): LineParts {
  const figures: Figure[] = [];
  const said = new Set<Mark>();
  let [lead, joined, skips]: [Lead | null, boolean, boolean] = [null, false, false];
  const add = (unit: Figure['unit'], text: string) => {
    if (!skips)
      figures.push({ unit, text, lead, joined: joined && figures.length > 0, andUp: false });
    [lead, joined, skips] = [null, false, false];
  };
  for (const token of tokens) {
    if (token.kind === 'number') add(token.unit, token.text);
    else if (token.kind === 'dash') joined = true;
    else {
      const { mark } = token;
      const last = figures.at(-1);
      if (mark === 'quota') add('quota', 'quota');
      else if (mark === 'from' || mark === 'below' || mark === 'upTo' || mark === 'plus')
        lead = mark;
      else if (mark === 'at') [lead, joined] = [lead ?? 'at', true];
      else if (mark === 'to') [lead, joined] = ['upTo', true];
      else if (mark === 'and') joined = true;
      else if (mark === 'instead') skips = true;
      else if (mark === 'andUp' && last) last.andUp = true;
      else said.add(mark);
    }
  }
  const [worded = null] = [...said].flatMap((mark) => WORDED[mark] ?? []);
  const numbers = figures.filter(({ unit }) => unit !== 'quota').length + (worded === null ? 0 : 1);
  const isBeside = ({ unit, lead: before }: Figure) =>
    unit === 'quota' && (before === null || before === 'at') && numbers > 1;
  const isVague =
    !said.has('all') &&
    tokens.some((token, index) => isMark(token, 'everything') && isMark(tokens[index + 1], 'from'));
  return { figures: figures.filter((one) => !isBeside(one)), said, worded, isVague };
}

const isMark = (token: LineToken | undefined, mark: Mark) =>
  token?.kind === 'mark' && token.mark === mark;

/** Where a line holds, and the figure that is left: what is paid there, where that is a figure. */
export type PlaceRead =
  | { ok: true; stretch: Stretch; effect: Figure | null }
  | { ok: false; problem: string };

export function readPlace({ figures, worded }: LineParts, context: LineContext): PlaceRead {
  const wanted = worded === null ? 1 : 0;
  const pair = figures.length === wanted + 2 ? pairIn(figures, context) : null;
  const at = pair ?? (figures.length === wanted + 1 ? [whereIn(figures, worded, context)] : null);
  if (at === null) {
    const problem =
      figures.length > wanted + 1
        ? 'There is more than one thing in it: one step or bonus a line, such as “100% 1.5x”.'
        : 'It takes an attainment and what is paid from there: write a line like “100% 1.5x”.';
    return { ok: false, problem };
  }
  const effect = figures.find((_, index) => !at.includes(index)) ?? null;
  const place = placeOf(
    at.flatMap((index) => figures[index] ?? []),
    context,
  );
  return place.ok ? { ...place, effect } : place;
}

type Place = { ok: true; stretch: Stretch } | { ok: false; problem: string };

/** Which two figures are the ends of one stretch: those that are joined; else a plain number and a percentage. */
function pairIn(figures: readonly Figure[], context: LineContext): [number, number] | null {
  const ends = figures.slice(1).flatMap((second, index): [number, number][] => {
    const first = figures[index];
    if (!first || first.lead === 'plus' || second.lead === 'plus') return [];
    const low = attainment(lowEnd(first, second), context);
    const high = attainment(second, context);
    return low.ok && high.ok && low.value < high.value ? [[index, index + 1]] : [];
  });
  const isJoined = ([, to]: [number, number]) => {
    const end = figures[to];
    return end?.joined === true || end?.lead === 'below' || end?.lead === 'upTo';
  };
  return (
    ends.find(isJoined) ??
    ends.find(([from, to]) => figures[from]?.unit === 'bare' && figures[to]?.unit === 'percent') ??
    null
  );
}

/** The lower end of `101–120%`: a percentage, as the upper one. */
const lowEnd = (first: Figure, second: Figure): Pick<Figure, 'unit' | 'text'> =>
  first.unit === 'bare' && second.unit === 'percent'
    ? { unit: 'percent', text: `${first.text}%` }
    : first;

/** Which figure says where: one that a word like “over” stands before, else the first that can. */
function whereIn(figures: readonly Figure[], worded: number | null, context: LineContext): number {
  const index = (test: (figure: Figure) => boolean) => figures.findIndex(test);
  const strong = index(
    ({ lead, andUp }) => lead === 'from' || lead === 'below' || lead === 'upTo' || andUp,
  );
  if (strong >= 0) return strong;
  const said = index(({ lead, unit }) => lead === 'at' && unit !== 'factor');
  if (said >= 0) return said;
  const quota = index(({ unit }) => unit === 'quota');
  if (quota >= 0) return quota;
  const [first, second] = figures;
  if (worded !== null || !first || !second) return 0;
  if (first.unit === 'factor' || first.lead === 'plus') return 1;
  // `$10,000 100%` is a bonus at quota; `$1.2M 15%` is a rate from $1.2M on.
  if (first.unit === 'amount' && second.unit === 'percent') {
    const share = attainment(second, context);
    return share.ok && share.value >= 0.5 ? 1 : 0;
  }
  return 0;
}

export type Share = { ok: true; value: number } | { ok: false; problem: string };

/** A figure as a fraction of quota. */
function attainment(
  { unit, text }: Pick<Figure, 'unit' | 'text'>,
  { basis: { quota }, style }: LineContext,
): Share {
  switch (unit) {
    case 'quota':
      return { ok: true, value: 1 };
    case 'percent':
      return atLeast(readPercent(text, { locale: style.locale, max: MAX_ATTAINMENT }));
    case 'bare':
      return {
        ok: false,
        problem: `Is ${text} a percentage of quota? Write it with its sign: ${text}%.`,
      };
    case 'amount': {
      const read = readAmount(text, style);
      if (!read.ok) return read;
      if (quota === null) {
        return { ok: false, problem: 'Bookings are set against the quota: fill that in first.' };
      }
      const share = attainmentOf(read.value, quota);
      return share > MAX_ATTAINMENT
        ? { ok: false, problem: `${text} is more than a thousand quotas: check its zeros.` }
        : atLeast({ ok: true, value: share });
    }
    case 'factor':
      return { ok: false, problem: 'It takes an attainment too: write a line like “100% 1.5x”.' };
  }
}

export const LEAST = 1e-9;

export const atLeast = (read: Share): Share =>
  read.ok && read.value > 0 && read.value < LEAST
    ? { ok: false, problem: 'That is too small to mean anything: check the zeros.' }
    : read;

function placeOf(figures: readonly Figure[], context: LineContext): Place {
  const [first, second] = figures;
  if (!first)
    return { ok: false, problem: 'It takes an attainment: write a line like “100% 1.5x”.' };
  if (second) {
    const from = attainment(lowEnd(first, second), context);
    const to = attainment(second, context);
    if (!from.ok) return from;
    if (!to.ok) return to;
    return { ok: true, stretch: { from: from.value, to: to.value, side: null } };
  }
  const at = attainment(first, context);
  if (!at.ok) return at;
  const { lead, andUp } = first;
  if (lead === 'below' || lead === 'upTo') {
    return at.value > 0
      ? { ok: true, stretch: { from: 0, to: at.value, side: 'below' } }
      : { ok: false, problem: 'Nothing lies below 0%: write a line like “below 50% nothing”.' };
  }
  const side = lead === 'from' || andUp ? 'over' : null;
  return { ok: true, stretch: { from: at.value, to: null, side } };
}
