/**
 * What people type after `/bigplan won`: `Acme Robotics 24k new`, `"24 Hour Fitness" 12,000 expansion on
 * 3 March`, `lost renewal Acme`. Every way in which a line can be read is tried; where more than one is
 * left, or the only one is doubtful, it is asked back.
 */

import type { Layer } from '../../plan/schemas.ts';
import {
  type AmountPart,
  type DatePart,
  type DealContext,
  isKeyword,
  isLayerWord,
  isNot,
  type LayerPart,
  type Parts,
  partsOf,
  type Span,
} from '../said-parts.ts';
import { nameOf, readWords, type Word } from '../said-words.ts';
import { MOST_IN_A_NAME, type Outcome } from '../schemas.ts';

export interface SaidDeal {
  account: string;
  /** Minor units; null: not said, of a lost renewal. */
  amount: number | null;
  layer: Layer;
  outcome: Outcome;
  /** Local date; null: not said. */
  date: string | null;
}

export type DealField = 'account' | 'amount' | 'layer' | 'date';

/** What a form can begin with; the amount as it was written. */
export interface Understood {
  account: string | null;
  amount: string | null;
  layer: Layer | null;
  outcome: Outcome;
  date: string | null;
}

export type DealRead =
  | { ok: true; kind: 'list'; person: string | null }
  | { ok: true; kind: 'form'; person: string | null }
  /** `isLayerSaid`: false of what was lost and may as well have been no renewal. */
  | { ok: true; kind: 'deal'; deal: SaidDeal; isLayerSaid: boolean; person: string | null }
  /** A deal was lost that never was won: there is nothing to enter. */
  | { ok: true; kind: 'never_won'; account: string; person: string | null }
  /** What is wrong in plain words, with which field (null: with the line), and what was understood. */
  | {
      ok: false;
      problem: string;
      field: DealField | null;
      understood: Understood;
      person: string | null;
    };

/** One way to read the line. */
interface Reading {
  account: Word[];
  amount: AmountPart | null;
  layer: LayerPart | null;
  date: DatePart | null;
  lost: boolean;
  doubtful: boolean;
}

const NOTHING: Understood = {
  account: null,
  amount: null,
  layer: null,
  outcome: 'won',
  date: null,
};
/** Under this, in major units, a bare number before a name may be a part of it: `1800 Flowers`. */
const LEAST_IN_FRONT = 10_000;
/** A number of that size in a name may be another amount. */
const LARGE = 1_000;

/** Not `m` and `b`: a number before those is too small by itself. */
const MULTIPLIER = /^(?:k|tsd|lakh|lac|mn|mio|million|cr|crore|bn|billion|mrd)\.?$/;

const BEFORE_A_PART = new Set(
  'for at worth of as in a an the is was by - – — = : | / · +'.split(' '),
);
const AFTER_A_PART = new Set('from with by at of for to - – — = : | / · +'.split(' '));

const WHO = new Set(
  "i we i've we've i’ve we’ve have has had just finally also today's ich wir habe haben j'ai nous avons he hemos is was".split(
    ' ',
  ),
);
/** What is done to a deal. */
const VERBS = new Set(
  'won signed closed landed booked sold inked secured bagged got gewonnen unterschrieben abgeschlossen gagné signé ganado firmado cerrado'.split(
    ' ',
  ),
);
const AFTER_A_VERB = new Set(
  'the a an with deal contract new-business up our mit avec con'.split(' '),
);

const isSaid = (word: Word | undefined, lists: readonly ReadonlySet<string>[]): boolean =>
  word?.quoted === false && lists.some((list) => list.has(word.text.toLowerCase()));

/** Whether a word in small letters is said of deals rather than part of a name. */
export const isSaidOfDeals = (word: string): boolean =>
  [WHO, VERBS, AFTER_A_VERB].some((list) => list.has(word));

export function readDeal(text: string, context: DealContext): DealRead {
  const said = readWords(text);
  const { person } = said;
  if (!said.ok) {
    return { ok: false, problem: said.problem, field: null, understood: NOTHING, person };
  }
  const { words } = said;
  if (words.length === 0) return { ok: true, kind: 'form', person };
  if (words.length === 1 && /^(?:list|show)$/i.test(words[0]?.text ?? ''))
    return { ok: true, kind: 'list', person };

  const parts = partsOf(words, context);
  const readings = distinct([...readingsOf(words, parts, context)]);
  const sure = readings.filter(({ doubtful }) => !doubtful);
  const [only, ...others] = sure;
  if (only && others.length === 0) {
    const { layer } = only;
    if (nameOf(only.account).length > MOST_IN_A_NAME) {
      const problem = `A name has ${MOST_IN_A_NAME} characters at most.`;
      return { ok: false, problem, field: 'account', understood: understoodOf(only), person };
    }
    if (only.lost && layer && layer.layer !== 'renewal') {
      return { ok: true, kind: 'never_won', account: nameOf(only.account), person };
    }
    return { ok: true, kind: 'deal', deal: dealOf(only), isLayerSaid: layer !== null, person };
  }
  const guess = only ?? readings[0];
  const understood = guess ? understoodOf(guess) : fromParts(words, parts);
  return { ok: false, ...problemOf(parts, readings, understood), understood, person };
}

function dealOf({ account, amount, layer, date, lost }: Reading): SaidDeal {
  return {
    account: nameOf(account),
    amount: amount?.minor ?? null,
    layer: layer?.layer ?? 'renewal',
    outcome: lost ? 'lost' : 'won',
    date: date?.date ?? null,
  };
}

function understoodOf(reading: Reading): Understood {
  return { ...dealOf(reading), amount: reading.amount?.written ?? null };
}

function distinct(readings: readonly Reading[]): Reading[] {
  const byValue = new Map<string, Reading>();
  for (const reading of readings) {
    const key = JSON.stringify(dealOf(reading));
    const known = byValue.get(key);
    if (!known || (known.doubtful && !reading.doubtful)) byValue.set(key, reading);
  }
  return [...byValue.values()];
}

function* readingsOf(
  words: readonly Word[],
  { amounts, numbers, layers, losses, dates }: Parts,
  context: DealContext,
): Generator<Reading> {
  for (const loss of [null, ...losses]) {
    for (const layer of [...(loss ? [null] : []), ...layers]) {
      const lost = loss !== null || (layer?.lost ?? false);
      for (const amount of [...(lost ? [null] : []), ...amounts]) {
        for (const date of [null, ...dates]) {
          const taken = [loss, layer, amount, date].filter((part) => part !== null);
          if (taken.some((one) => taken.some((other) => one !== other && overlap(one, other))))
            continue;
          const left = nameLeft(words, taken);
          if (!left) continue;
          for (const { isOpen, ...name } of namesIn(words, left)) {
            const account = words.slice(name.from, name.to);
            const reading = { account, amount, layer, date, lost };
            const doubtful = isDoubtful(reading, name, { dates, numbers, loss }, context);
            yield { ...reading, doubtful: isOpen || doubtful };
          }
        }
      }
    }
  }
}

const overlap = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

/** The words that are no part of anything else, where they are one name; small words around it go. */
function nameLeft(words: readonly Word[], taken: readonly Span[]): Span | null {
  const isTaken = (at: number) => taken.some(({ from, to }) => from <= at && at < to);
  const names: Span[] = [];
  for (let at = 0; at < words.length; at++) {
    if (isTaken(at)) continue;
    let [from, to] = [at, at];
    while (to < words.length && !isTaken(to)) to++;
    at = to;
    const isSmall = (i: number, list: ReadonlySet<string>) =>
      words[i]?.quoted === false && list.has(words[i]?.text ?? '');
    while (to > from && to < words.length && isSmall(to - 1, BEFORE_A_PART)) to--;
    while (from < to && from > 0 && isSmall(from, AFTER_A_PART)) from++;
    const isAside = words.slice(from, to).every((word) => isSaidOfDeals(word.text));
    if (from < to && !isAside) names.push({ from, to });
  }
  const [name, ...others] = names;
  if (!name || others.length > 0) return null;
  const account = words.slice(name.from, name.to);
  if (account.some(({ quoted }) => quoted)) return account.length === 1 ? name : null;
  return account.some(({ text }) => /\p{L}/u.test(text)) ? name : null;
}

/**
 * The name without what is said of it: of `I just signed Acme`, `closed a deal with Acme`, `Acme signed` it is Acme.
 * A verb with a capital may begin a sentence or a name: both ways are open then. Nothing where only such words are.
 */
function namesIn(words: readonly Word[], whole: Span): (Span & { isOpen: boolean })[] {
  const said = (at: number, ...lists: ReadonlySet<string>[]) => isSaid(words[at], lists);
  let { from, to } = whole;
  while (from < to && said(from, WHO)) from += 1;
  const hasVerb = from < to && said(from, VERBS);
  while (hasVerb && from < to && said(from, VERBS, AFTER_A_VERB)) from += 1;
  while (to > from && said(to - 1, VERBS)) to -= 1;
  while (to < whole.to && to > from && said(to - 1, WHO)) to -= 1;
  if (!hasVerb && to === whole.to) return [{ ...whole, isOpen: false }];
  const cut = words.slice(whole.from, from).concat(words.slice(to, whole.to));
  const isOpen = cut.some((word) => isCapital(word) && VERBS.has(word.text.toLowerCase()));
  const names = from < to ? [{ from, to, isOpen }] : [];
  return isOpen ? [...names, { ...whole, isOpen }] : names;
}

function isDoubtful(
  { account, amount, layer }: Omit<Reading, 'doubtful'>,
  name: Span,
  { dates, numbers, loss }: Pick<Parts, 'dates' | 'numbers'> & { loss: Span | null },
  { digits }: DealContext,
): boolean {
  if (amount?.doubtful) return true;
  if (account[0]?.quoted) return false;
  const isNumberInFront =
    amount?.to === name.from &&
    /^\d+$/.test(amount.written) &&
    amount.minor < LEAST_IN_FRONT * 10 ** digits;
  const isLayerInFront = layer?.to === name.from && layer.mayBeName && loss?.to !== layer.from;
  return (
    isNumberInFront ||
    isLayerInFront ||
    account.some(
      (word, at) => isKeyword(word) && (!isCapital(word) || (at > 0 && isLayerWord(word))),
    ) ||
    account.some((word, at) => at === account.length - 1 && isNot(word)) ||
    dates.some((date) => within(date, name) && !date.mayBeName) ||
    isMultiplier(account[0], amount, name) ||
    numbers.some((one) => within(one, name) && isOtherAmount(one, name, digits))
  );
}

/** A number in a name that may rather be what the deal was worth. */
function isOtherAmount({ from, minor, written, bare }: AmountPart, name: Span, digits: number) {
  const isInFront = from === name.from;
  if (bare) return minor >= (isInFront ? LEAST_IN_FRONT : LARGE) * 10 ** digits;
  // `3M` begins a name, `24k` doesn't.
  return !(isInFront && /^\d+\p{Lu}$/u.test(written));
}

/** `24 k Acme`: the name doesn't begin with `k`. */
function isMultiplier(first: Word | undefined, amount: AmountPart | null, name: Span): boolean {
  return amount?.to === name.from && MULTIPLIER.test(first?.text ?? '');
}

const within = (one: Span, other: Span) => other.from <= one.from && one.to <= other.to;
const isCapital = ({ text }: Word) => /^\p{Lu}/u.test(text);

/** What can be told of a line that can't be read as a whole. */
function fromParts(words: readonly Word[], { amounts, badAmounts, layers, losses, dates }: Parts) {
  const bad = badAmounts[0];
  const [amount] = amounts.toSorted((a, b) => b.minor - a.minor);
  const layer = layers.at(-1);
  const [date] = dates;
  const money: Span | undefined = bad ?? amount;
  // A word that names begin with stays in sight: it is easier to take out than to miss.
  const isInFront = layer?.from === 0 && layer.mayBeName;
  const taken = [money, isInFront ? undefined : layer, losses[0], date].filter(
    (part) => part !== undefined,
  );
  const quoted = words.find((word) => word.quoted);
  const left = words.filter(
    ({ text }, at) => !isSaidOfDeals(text) && !taken.some(({ from, to }) => from <= at && at < to),
  );
  const lost = losses.length > 0 || (layer?.lost ?? false);
  return {
    account: quoted?.text ?? (left.length > 0 ? nameOf(left) : null),
    amount: bad?.written ?? amount?.written ?? null,
    layer: lost ? ('renewal' as const) : (layer?.layer ?? null),
    outcome: lost ? ('lost' as const) : ('won' as const),
    date: date?.date ?? null,
  };
}

function problemOf(
  parts: Parts,
  readings: readonly Reading[],
  understood: Understood,
): { problem: string; field: DealField | null } {
  const [bad] = parts.badAmounts;
  if (bad && readings.every(({ doubtful }) => doubtful))
    return { problem: bad.problem, field: 'amount' };
  if (understood.account === null) return { problem: 'Which account was it?', field: 'account' };
  if (parts.amounts.length === 0 && understood.outcome === 'won')
    return { problem: 'How much was it?', field: 'amount' };
  if (understood.layer === null)
    return { problem: 'Was it new business, expansion or a renewal?', field: 'layer' };
  if (readings.some(({ amount }) => amount?.doubtful))
    return { problem: 'Is that the whole amount? Write it out, or with a k.', field: 'amount' };
  return {
    problem: 'That can be read in more than one way. Is this right? Quotes around a name help.',
    field: null,
  };
}
