/** What people type after `/bigplan worth`: `24k new`, `24k`, `renewal Acme`, `Acme 12,000 expansion on 3 March`. */
import type { Layer } from '../../plan/schemas.ts';
import {
  type AmountPart,
  type DealContext,
  type LayerPart,
  type Parts,
  partsOf,
  type Span,
} from '../said-parts.ts';
import { nameOf, readWords } from '../said-words.ts';
import { MOST_IN_A_NAME } from '../schemas.ts';

export interface SaidWorth {
  /** Minor units; two where it may be meant either way, such as `24`; none where it isn't said. */
  amounts: number[];
  /** Null: not said, or more than one was. */
  layer: Layer | null;
  account: string | null;
  /** Local date. */
  date: string | null;
}

export type WorthRead =
  | { ok: true; said: SaidWorth; person: string | null }
  /** What is wrong, in plain words. */
  | { ok: false; problem: string; person: string | null };

const SILENT = new Set(
  'a an the is of in with for at to from on as deal deals what - – — = : | / · + ?'.split(' '),
);
/** What else an amount may stand for that somebody wrote out of habit. */
const THOUSAND = 1_000;

export function readWorth(text: string, context: DealContext): WorthRead {
  const words = readWords(text);
  const { person } = words;
  if (!words.ok) return { ok: false, problem: words.problem, person };
  const parts = partsOf(words.words, context);
  const [date] = parts.dates;
  const amounts = amountsIn(parts);
  const [amount, another] = amounts;
  if (another) return { ok: false, problem: 'One amount at a time, please.', person };
  const [bad] = parts.badAmounts;
  if (!amount && bad) return { ok: false, problem: bad.problem, person };
  if (amount?.minor === 0) return { ok: false, problem: 'It has to be above zero.', person };
  const layers = sureOf(parts);
  const taken = [date, amount, ...layers].filter((part) => part !== undefined);
  const name = nameOf(
    words.words.filter(
      ({ text: word, quoted }, at) =>
        !taken.some(({ from, to }) => from <= at && at < to) &&
        (quoted || !SILENT.has(word.toLowerCase())),
    ),
  );
  return {
    ok: true,
    said: {
      amounts: amount ? meanings(amount) : [],
      layer: onlyOne(layers),
      account: name === '' ? null : name.slice(0, MOST_IN_A_NAME),
      date: date?.date ?? null,
    },
    person,
  };
}

const meanings = ({ minor, doubtful }: AmountPart): number[] =>
  doubtful ? [minor, minor * THOUSAND] : [minor];

/** Whole ones that are no part of a day; `24k` goes before a bare number, which may be a name’s. */
function amountsIn({ amounts, dates }: Parts): AmountPart[] {
  const isIn = (one: Span, other: Span) =>
    one !== other && other.from <= one.from && one.to <= other.to;
  const whole = amounts.filter((one) => ![...amounts, ...dates].some((other) => isIn(one, other)));
  const marked = whole.filter(({ bare }) => !bare);
  return marked.length > 0 ? marked : whole;
}

/** `renewal New Relic`: a word that names begin with stands back behind one that is none. */
function sureOf({ layers }: Parts): LayerPart[] {
  const sure = layers.filter(({ mayBeName }) => !mayBeName);
  return sure.length > 0 ? sure : layers;
}

function onlyOne(parts: readonly LayerPart[]): Layer | null {
  const [layer, another] = new Set(parts.map((part) => part.layer));
  return another === undefined ? (layer ?? null) : null;
}
