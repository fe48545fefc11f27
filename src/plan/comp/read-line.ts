/**
 * One line of a comp plan: from which attainment or bookings on, and what is paid there. What can be read in
 * more than one way is not decided here: the readings come back, each as lines that say it in full.
 */
import { readAmount, readFactor, readPercent } from '../../input/number.ts';
import { writeCount } from '../../input/write-number.ts';
import { exact, toNumber } from '../model/exact.ts';
import { layersWords, multipliedWords } from '../reading/component-words.ts';
import type { Minor } from '../schemas.ts';
import { baseRate } from './basis.ts';
import {
  atLeast,
  type Figure,
  LEAST,
  type LineContext,
  type LineParts,
  linePartsOf,
  readPlace,
} from './line-place.ts';
import { type Mark, scanLine } from './scan-line.ts';
import {
  type Stretch,
  writeAttainment,
  writeMoney,
  writeMultiplier,
  writeTier,
} from './write-lines.ts';

/** One way to read a line: what it is in words, and the lines that say just that. */
export interface LineReading {
  words: string;
  lines: string[];
}

export type ReadLine =
  | {
      kind: 'tier';
      stretch: Stretch;
      multiplier: number;
      /** Whether it was said that everything is paid at it, or only what lies above; null: neither. */
      reach: 'all' | 'above' | null;
    }
  | { kind: 'bonus'; at: number; amount: Minor; adds: 'more' | 'total' | null }
  | { kind: 'open'; question: string; readings: LineReading[] }
  | { kind: 'problem'; problem: string };

/** As high as the plan's schema takes it. */
const MAX_MULTIPLIER = 100;

/** A percentage is taken for a share of the rate rather than a rate where it would be more times the rate. */
const FAR_OVER = 4;
/** Below this, no percentage is a share of the rate. */
const LEAST_SHARE = 0.25;

const problem = (text: string): ReadLine => ({ kind: 'problem', problem: text });

/** Reads a line, in the reader's locale. `typed` is how it is quoted in words about it. */
export function readLine(typed: string, context: LineContext): ReadLine {
  const scanned = scanLine(typed, context.style);
  if (!scanned.ok) return problem(scanned.problem);
  const parts = linePartsOf(scanned.tokens);
  const place = readPlace(parts, context);
  if (!place.ok) return problem(place.problem);
  const paid = paidAt(place.stretch, place.effect, parts, context);
  return parts.isVague && paid.kind === 'tier' ? openVague(paid, context) : paid;
}

/** `1.5x on everything from 100%`: on all of it, or on all that lies above? */
function openVague(
  { stretch, multiplier }: Extract<ReadLine, { kind: 'tier' }>,
  { basis, style }: LineContext,
): ReadLine {
  const effect = writeMultiplier(multiplier, { rates: [] }, style);
  const at = writeAttainment(stretch.from, basis, style);
  const pays = multipliedWords(multiplier, basis, style);
  const line = (reach: 'all' | 'above') => [writeTier(stretch, effect, reach, basis, style)];
  return {
    kind: 'open',
    question: 'what is everything?',
    readings: [
      { words: `${pays} on all of it, from the first deal on`, lines: line('all') },
      { words: `${pays} on what lies above ${at}`, lines: line('above') },
    ],
  };
}

function paidAt(
  stretch: Stretch,
  effect: Figure | null,
  { said, worded }: LineParts,
  context: LineContext,
): ReadLine {
  const reach =
    said.has('all') || said.has('everything') ? 'all' : said.has('above') ? 'above' : null;
  const tier = (multiplier: number): ReadLine => ({ kind: 'tier', stretch, multiplier, reach });
  const isBonus = said.has('bonus') && effect?.unit !== 'percent' && effect?.unit !== 'factor';
  if (worded !== null) return worded === 0 ? nothingAt(stretch, reach, context) : tier(worded);
  if (!effect) return problem('What is paid there? Write a line like “100% 1.5x”.');
  if (effect.lead === 'plus' && effect.unit !== 'amount') {
    return effect.unit === 'percent'
      ? plusPercent(stretch, effect, reach, context)
      : problem('Say how much in all: write a line like “100% 1.5x”.');
  }
  if (said.has('bonus') && !isBonus) {
    return problem('A bonus is an amount of its own: write a line like “100% $10,000”.');
  }
  switch (effect.unit) {
    case 'factor': {
      const read = readFactor(effect.text, { locale: context.style.locale, max: MAX_MULTIPLIER });
      if (!read.ok) return problem(read.problem);
      const found = atLeast(read);
      return found.ok ? tier(found.value) : problem(found.problem);
    }
    case 'percent':
      return percentAt(stretch, effect, reach, context);
    case 'amount':
      return bonusAt(stretch, effect, said, reach, context);
    case 'bare':
      return isBonus || said.has('more') || said.has('total')
        ? bonusAt(stretch, effect, said, reach, context)
        : bareAt(stretch, effect, reach, context);
    case 'quota':
      return problem('What is paid there? Write a line like “100% 1.5x”.');
  }
}

/** `50% nothing`: below it, or above? */
function nothingAt(
  stretch: Stretch,
  reach: 'all' | 'above' | null,
  { basis, style }: LineContext,
): ReadLine {
  const { from, to, side } = stretch;
  if (side !== null || to !== null || from === 0 || from > 1) {
    return { kind: 'tier', stretch, multiplier: 0, reach };
  }
  const at = writeAttainment(from, basis, style);
  const line = (one: Stretch) => [writeTier(one, 'nothing', null, basis, style)];
  return {
    kind: 'open',
    question: `is nothing paid below ${at}, or above it?`,
    readings: [
      {
        words: `Below ${at} nothing is paid`,
        lines: line({ from: 0, to: from, side: 'below' }),
      },
      {
        words: `Above ${at} nothing more is paid`,
        lines: line({ from, to: null, side: 'over' }),
      },
    ],
  };
}

/** A reading of a line as a tier of so many times the rate. */
function asTier(
  stretch: Stretch,
  multiplier: number,
  reach: 'all' | 'above' | null,
  { basis, style }: LineContext,
): LineReading {
  const effect = writeMultiplier(multiplier, { rates: [] }, style);
  const rate = baseRate(basis);
  const instead = rate === null ? '' : `: ${multipliedWords(multiplier, basis, style)}`;
  return {
    words: `${effect} the rate${rate === null ? '' : `${instead} instead of ${multipliedWords(1, basis, style)}`}`,
    lines: [writeTier(stretch, effect, reach, basis, style)],
  };
}

/** `100% 15%`: a rate in place of the usual one; over 100 % a share of it. */
function percentAt(
  stretch: Stretch,
  { text }: Figure,
  reach: 'all' | 'above' | null,
  context: LineContext,
): ReadLine {
  const { basis, style } = context;
  const read = atLeast(readPercent(text, { locale: style.locale, max: MAX_MULTIPLIER }));
  if (!read.ok) return problem(read.problem);
  const share = read.value;
  const tier = (multiplier: number): ReadLine =>
    multiplier <= MAX_MULTIPLIER
      ? { kind: 'tier', stretch, multiplier, reach }
      : problem(`${text} is more than a hundred times the rate: write a line like “100% 1.5x”.`);
  if (share === 0 || share > 1) return tier(share);
  const [only, ...others] = basis.rates.map(({ rate, layers }) => ({
    layers,
    multiplier: toNumber(exact(share).div(rate)),
  }));
  if (!only) {
    return problem(
      `${text} is set against the commission rate: fill that in first, or write a line like “100% 1.5x”.`,
    );
  }
  const asShare = { ...asTier(stretch, share, reach, context) };
  const isFar = only.multiplier > FAR_OVER && share >= LEAST_SHARE;
  if (others.length === 0 && !isFar) return tier(only.multiplier);
  const question = `is ${text} the rate there, or a share of it?`;
  if (others.length === 0) {
    return {
      kind: 'open',
      question,
      readings: [asShare, asTier(stretch, only.multiplier, reach, context)],
    };
  }
  return {
    kind: 'open',
    question: `your rates differ: in place of which one is ${text} paid?`,
    readings: [only, ...others].map(({ layers, multiplier }) => ({
      ...asTier(stretch, multiplier, reach, context),
      words: `In place of that on ${layersWords(layers)}: ${writeCount(Number(multiplier.toFixed(4)), style.locale)}x each rate`,
    })),
  };
}

/** `+5%`: five points more, or five per cent of the rate more? */
function plusPercent(
  stretch: Stretch,
  { text }: Figure,
  reach: 'all' | 'above' | null,
  context: LineContext,
): ReadLine {
  const read = atLeast(readPercent(text, { locale: context.style.locale, max: MAX_MULTIPLIER }));
  if (!read.ok) return problem(read.problem);
  const more = exact(read.value);
  const ofRate = asTier(stretch, toNumber(more.add(1)), reach, context);
  const points = context.basis.rates.map(({ rate }) =>
    asTier(stretch, toNumber(rate.add(more).div(rate)), reach, context),
  );
  const readings = [...points, ofRate].filter(
    ({ lines }, index, all) => all.findIndex((one) => one.lines[0] === lines[0]) === index,
  );
  if (points.length === 0) {
    return problem('More than what? Write the whole rate, or a line like “100% 1.5x”.');
  }
  return { kind: 'open', question: `what does it come to?`, readings };
}

function bonusAt(
  { from, side }: Stretch,
  { text, lead }: Figure,
  said: ReadonlySet<Mark>,
  reach: 'all' | 'above' | null,
  { style }: LineContext,
): ReadLine {
  const read = readAmount(text, style);
  if (!read.ok) return problem(read.problem);
  if (side === 'below') {
    return problem('A bonus is paid from an attainment on: write a line like “100% $10,000”.');
  }
  if (reach !== null) {
    return problem('A bonus is paid once: leave out on what, such as “100% $10,000”.');
  }
  if (from === 0) return problem('A bonus at 0% is salary: put it into the base, or in other pay.');
  const adds = said.has('more') || lead === 'plus' ? 'more' : said.has('total') ? 'total' : null;
  return { kind: 'bonus', at: from, amount: read.value, adds };
}

/** A number without a unit: times, per cent or money? */
function bareAt(
  stretch: Stretch,
  { text }: Figure,
  reach: 'all' | 'above' | null,
  context: LineContext,
): ReadLine {
  const { basis, style } = context;
  const factor = readFactor(text, { locale: style.locale, max: Number.MAX_VALUE });
  if (!factor.ok) return problem(factor.problem);
  if (factor.value === 0) return { kind: 'tier', stretch, multiplier: 0, reach };
  const rate = baseRate(basis);
  const share = toNumber(exact(factor.value).div(100));
  const multipliers = [
    ...(factor.value < 100 ? [factor.value] : []),
    ...(factor.value < 100 && rate !== null ? [toNumber(exact(share).div(rate))] : []),
    ...(factor.value >= 100 && factor.value <= 1000 ? [share] : []),
  ].filter((multiplier) => multiplier >= LEAST && multiplier <= MAX_MULTIPLIER);
  const amount = factor.value >= 100 && stretch.from > 0 ? readAmount(text, style) : null;
  const bonus =
    amount?.ok && reach === null && stretch.side !== 'below'
      ? [
          {
            words: `A bonus of ${writeMoney(amount.value, style)}`,
            lines: [
              `${writeAttainment(stretch.from, basis, style)} ${writeMoney(amount.value, style)}`,
            ],
          },
        ]
      : [];
  const readings = [...multipliers.map((one) => asTier(stretch, one, reach, context)), ...bonus];
  if (multipliers.length === 0 && bonus.length > 0 && amount?.ok) {
    return { kind: 'bonus', at: stretch.from, amount: amount.value, adds: null };
  }
  if (readings.length < 2)
    return problem(`${text} what? Write “${text}x”, “${text}%” or an amount.`);
  return { kind: 'open', question: `what is ${text}?`, readings };
}
