/**
 * The accelerators and bonuses of a comp plan, as its letter puts them: a line each, below which another may
 * depend on it. Where a line has more than one reading, what is meant is a question, never a guess.
 */

import { truncate } from '../../slack/truncate.ts';
import { checkTiers } from '../model/checks.ts';
import { multipliedWords } from '../reading/component-words.ts';
import type { Bonus, Tier } from '../schemas.ts';
import { fingerprint } from '../wizard/typed.ts';
import type { LineContext } from './line-place.ts';
import { type LineReading, type ReadLine, readLine } from './read-line.ts';
import {
  type Stretch,
  writeAttainment,
  writeMoney,
  writeMultiplier,
  writeTier,
} from './write-lines.ts';

export interface CompLines {
  tiers: Tier[];
  bonuses: Bonus[];
}

/** What a line leaves open. `value` of an option is what comes back as its answer. */
export interface LineQuestion {
  question: string;
  options: { value: string; words: string }[];
}

export type CompLinesRead =
  /** `notes`: what was read otherwise than it stands there. `open`: the last question has no answer yet. */
  | { ok: true; lines: CompLines; notes: string[]; questions: LineQuestion[]; open: boolean }
  | { ok: false; problem: string };

/** As many as the plan's schema takes. */
const MOST = 100;
const MOST_QUESTIONS = 10;

export const NO_LINES: CompLines = {
  tiers: [{ from: 0, multiplier: 1, all: false }],
  bonuses: [],
};

interface Line {
  /** As somebody wrote it. */
  typed: string;
  text: string;
}

const quoted = ({ typed }: Line) => `“${truncate(typed, 60)}”`;

/**
 * Reads the lines; `answers` are those to the questions so far, in order. An answer that is none of a
 * question's is none.
 */
export function readCompLines(
  text: string,
  context: LineContext,
  answers: readonly (string | null)[],
): CompLinesRead {
  let lines: Line[] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ typed: line, text: line }));
  const questions: LineQuestion[] = [];
  for (;;) {
    const read = assemble(lines, context);
    if (read.kind === 'problem') return { ok: false, problem: read.problem };
    if (read.kind === 'lines') {
      const { notes } = read;
      return { ok: true, lines: read.lines, notes, questions, open: false };
    }
    const { at, readings } = read;
    const asked = lines[at];
    if (asked === undefined || questions.length === MOST_QUESTIONS) {
      return { ok: false, problem: 'Too many of these lines can be read in more than one way.' };
    }
    const options = readings.map((one) => ({ value: idOf(one), words: one.words }));
    const answer = answers[questions.length] ?? null;
    questions.push({ question: `${quoted(asked)}: ${read.question}`, options });
    // Of a former version's form, or kept from one: the lines themselves.
    const picked = readings.find((one) => idOf(one) === answer || one.lines.join('\n') === answer);
    if (!picked) return { ok: true, lines: NO_LINES, notes: [], questions, open: true };
    const meant = picked.lines.map((line) => ({ typed: asked.typed, text: line }));
    lines = lines.toSpliced(at, 1, ...meant);
  }
}

/** What is picked carries no words: of another line’s readings it is none. */
const idOf = ({ lines }: LineReading): string => fingerprint(lines.join('\n'));

type Assembled =
  | { kind: 'lines'; lines: CompLines; notes: string[] }
  /** The line `at` has these readings. */
  | { kind: 'open'; at: number; question: string; readings: LineReading[] }
  | { kind: 'problem'; problem: string };

type ReadTier = Extract<ReadLine, { kind: 'tier' }>;
type ReadBonus = Extract<ReadLine, { kind: 'bonus' }>;

/** A stretch of attainment as it was written; `to` null where it has no end of its own. */
interface Band extends Omit<ReadTier, 'kind' | 'stretch'> {
  from: number;
  to: number | null;
  line: number;
}

function assemble(lines: readonly Line[], context: LineContext): Assembled {
  const bands: Band[] = [];
  const bonuses: (ReadBonus & { line: number })[] = [];
  const notes: string[] = [];
  const wrong = (line: Line, text: string): Assembled => ({
    kind: 'problem',
    problem: `${quoted(line)}: ${text}`,
  });
  for (const [index, line] of lines.entries()) {
    const read = readLine(line.text, context);
    if (read.kind === 'problem') return wrong(line, read.problem);
    if (read.kind === 'open') return { ...read, at: index };
    if (read.kind === 'bonus') {
      bonuses.push({ ...read, line: index });
      continue;
    }
    const placed = follow(bands.at(-1), read.stretch, context);
    if ('problem' in placed) return wrong(line, placed.problem);
    if (placed.from !== read.stretch.from && read.stretch.side !== 'below') {
      notes.push(
        `${quoted(line)} counts from ${writeAttainment(placed.from, context.basis, context.style)} on.`,
      );
    }
    const { multiplier, reach } = read;
    bands.push({ from: placed.from, to: placed.to, multiplier, reach, line: index });
  }
  const open = firstOpen(bands, context) ?? openBonus(bonuses, context);
  if (open) return open;
  const tiers = tiersOf(bands);
  const flat = flatBonuses(bonuses);
  if (tiers.length > MOST || flat.length > MOST) {
    return { kind: 'problem', problem: `At most ${MOST} steps and ${MOST} bonuses fit in here.` };
  }
  const short = flat.findIndex(({ amount }) => amount < 0);
  const shortLine = lines[bonuses[short]?.line ?? -1];
  if (shortLine) return wrong(shortLine, 'it is less in all than the bonuses below it.');
  const [found] = checkTiers(tiers);
  if (found) {
    const implied = tiers.length - bands.length;
    const line = lines[bands[Number(found.path.split('.')[0]) - implied]?.line ?? 0];
    return line
      ? wrong(line, `this ${found.problem}.`)
      : { kind: 'problem', problem: `This ${found.problem}.` };
  }
  return { kind: 'lines', lines: { tiers, bonuses: flat }, notes };
}

/** `101–120%` begins where `0–100%` ends: nobody means the percent between. */
const A_STEP = 0.01;
/** Without a stretch before it, one that begins so much over a round percentage begins at that. */
const ROUND = 0.05;

/** Where a stretch begins after the one before it. */
function follow(
  before: Band | undefined,
  { from, to, side }: Stretch,
  { basis, style }: LineContext,
): { from: number; to: number | null } | { problem: string } {
  const said = (at: number) => writeAttainment(at, basis, style);
  if (side === 'below') {
    if (!before) return { from: 0, to };
    if (before.to === null) {
      return { problem: 'what lies below something comes first: put this line above the others.' };
    }
    return to !== null && to > before.to
      ? { from: before.to, to }
      : { problem: `the line above it reaches up to ${said(before.to)} already.` };
  }
  const edge = before ? before.to : to === null ? null : Math.floor(from / ROUND + 1e-9) * ROUND;
  const over = edge === null ? 0 : from - edge;
  const isStep = edge !== null && over > 1e-12 && over <= A_STEP + 1e-12;
  const begins = isStep ? Number(edge.toFixed(10)) : from;
  if (before && begins <= before.from) {
    return { problem: `write the steps from low to high: ${said(before.from)} stands above it.` };
  }
  if (before && before.to !== null && begins < before.to) {
    return { problem: `the line above it reaches up to ${said(before.to)} already.` };
  }
  return { from: begins, to };
}

/** The first line of which it isn't said what holds below it, above it, or on what. */
function firstOpen(bands: readonly Band[], context: LineContext): Assembled | null {
  for (const [index, band] of bands.entries()) {
    const before = bands[index - 1];
    const next = bands[index + 1];
    const found =
      (index === 0 ? openBelow(band, context) : null) ??
      (before && isNothingFirst(before) ? openReach(band, context) : null) ??
      (band.to !== null && (next === undefined || next.from > band.to)
        ? openAbove(band, context)
        : null);
    if (found) return { kind: 'open', at: band.line, ...found };
  }
  return null;
}

type Open = { question: string; readings: LineReading[] };

const isNothingFirst = ({ from, multiplier }: Band) => from === 0 && multiplier === 0;

/** Lines and words for the readings of one band. */
function saying({ from, to }: Pick<Band, 'from' | 'to'>, { basis, style }: LineContext) {
  const effect = (multiplier: number) =>
    multiplier === 0 ? 'nothing' : writeMultiplier(multiplier, { rates: [] }, style);
  return {
    at: (attainment: number) => writeAttainment(attainment, basis, style),
    pays: (multiplier: number) => multipliedWords(multiplier, basis, style),
    line: (stretch: Partial<Stretch>, multiplier: number, reach: Band['reach'] = null) =>
      writeTier({ from, to, side: null, ...stretch }, effect(multiplier), reach, basis, style),
  };
}

/** `50% 1x` as the first line: is anything paid below it? */
function openBelow(band: Band, context: LineContext): Open | null {
  const { from, multiplier, reach } = band;
  if (from === 0 || impliedBelow(band) !== null) return null;
  const { at, pays, line } = saying(band, context);
  const nothing = line({ from: 0, to: from, side: 'below' }, 0);
  const below: Open['readings'] = [
    {
      words: `Nothing below ${at(from)}; once there, ${pays(multiplier)} on everything`,
      lines: [nothing, line({}, multiplier, 'all')],
    },
    {
      words: `Nothing below ${at(from)}; ${pays(multiplier)} on what lies above it`,
      lines: [nothing, line({}, multiplier, 'above')],
    },
    {
      words:
        multiplier === 1
          ? `${pays(1)} below ${at(from)} as well`
          : `${pays(1)} below ${at(from)}, ${pays(multiplier)} on what lies above it`,
      lines: [line({ from: 0, to: null }, 1), line({}, multiplier)],
    },
  ];
  return {
    question: `what is paid below ${at(from)}?`,
    readings: reach === null ? below : below.slice(1),
  };
}

/**
 * The multiplier below the first line, where only one makes sense: an accelerator or a late decelerator leaves
 * the plain rate below it; what pays everything at no more than the plain rate is reached by nothing.
 */
function impliedBelow({ from, multiplier, reach }: Omit<Band, 'line' | 'to'>): number | null {
  if (multiplier > 1 || multiplier === 0) return 1;
  if (reach === 'all') return 0;
  if (multiplier === 1) return reach === 'above' ? 0 : null;
  return from >= 1 ? 1 : null;
}

/** `below 50% nothing`, then `50% 1x`: from the first deal on, or only above? */
function openReach(band: Band, context: LineContext): Open | null {
  const { from, multiplier, reach } = band;
  if (reach !== null || multiplier === 0) return null;
  const { at, pays, line } = saying(band, context);
  return {
    question: `on what is it paid once ${at(from)} is reached?`,
    readings: [
      {
        words: `${pays(multiplier)} on everything, from the first deal on`,
        lines: [line({}, multiplier, 'all')],
      },
      {
        words: `${pays(multiplier)} on what lies above ${at(from)}`,
        lines: [line({}, multiplier, 'above')],
      },
    ],
  };
}

/** `101–120% 1.5x` as the last line: what is paid above 120 %? */
function openAbove(band: Band, context: LineContext): Open | null {
  const { from, to, multiplier, reach } = band;
  if (to === null || multiplier === 1) return null;
  const { at, pays, line } = saying(band, context);
  const own = line(from === 0 && multiplier === 0 ? { side: 'below' } : {}, multiplier, reach);
  const above = (m: number, how: Band['reach'] = null) =>
    line({ from: to, to: null, side: m === 0 ? 'over' : null }, m, how);
  const goesOn: LineReading = {
    words: `${pays(multiplier)} above ${at(to)} too`,
    lines: [line({ to: null }, multiplier, reach)],
  };
  const question = `what is paid above ${at(to)}?`;
  if (from === 0 && multiplier < 1) {
    const once: LineReading[] = [
      {
        words: `Once ${at(to)} is reached, ${pays(1)} on everything`,
        lines: [own, above(1, 'all')],
      },
      {
        words: `${pays(1)} on what lies above ${at(to)}`,
        lines: [own, above(1, multiplier === 0 ? 'above' : null)],
      },
    ];
    return { question, readings: multiplier === 0 ? once : [...once, goesOn] };
  }
  if (multiplier === 0) {
    return {
      question,
      readings: [
        { ...goesOn, words: `Nothing above ${at(to)} either` },
        { words: `${pays(1)} again`, lines: [own, above(1)] },
      ],
    };
  }
  return {
    question,
    readings: [
      goesOn,
      { words: `${pays(1)} again`, lines: [own, above(1)] },
      { words: 'Nothing more', lines: [own, above(0)] },
    ],
  };
}

/** `100% $10k`, then `120% $25k`: on top of it, or in its place? */
function openBonus(
  bonuses: readonly (ReadBonus & { line: number })[],
  { basis, style }: LineContext,
): Assembled | null {
  for (const [index, { at, amount, adds, line }] of bonuses.entries()) {
    const before = below(bonuses.slice(0, index), at);
    if (adds !== null || before === 0 || amount <= before) continue;
    const where = writeAttainment(at, basis, style);
    const [whole, paid] = [writeMoney(amount, style), writeMoney(before, style)];
    const more = writeMoney(amount - before, style);
    return {
      kind: 'open',
      at: line,
      question: `is that on top of the ${paid} below it?`,
      readings: [
        { words: `Yes: ${whole} more at ${where}`, lines: [`${where} ${whole} more`] },
        { words: `No: ${whole} in all, so ${more} more`, lines: [`${where} ${more} more`] },
      ],
    };
  }
  return null;
}

/** What the bonuses at lower attainments come to. */
function below(bonuses: readonly ReadBonus[], at: number): number {
  return flatBonuses(bonuses)
    .filter((one) => one.at < at)
    .reduce((sum, { amount }) => sum + amount, 0);
}

function flatBonuses(bonuses: readonly ReadBonus[]): Bonus[] {
  const flat: Bonus[] = [];
  for (const { at, amount, adds } of bonuses) {
    const lower = flat.filter((one) => one.at < at).reduce((sum, one) => sum + one.amount, 0);
    flat.push({ at, amount: adds === 'total' ? amount - lower : amount });
  }
  return flat;
}

/** The stretches as tiers from 0 on; what is understood below the first is written out. */
function tiersOf(bands: readonly Band[]): Tier[] {
  const [first] = bands;
  if (!first) return NO_LINES.tiers;
  const implied: Tier[] =
    first.from === 0 ? [] : [{ from: 0, multiplier: impliedBelow(first) ?? 1, all: false }];
  return [
    ...implied,
    ...bands.map(({ from, multiplier, reach }) => ({ from, multiplier, all: reach === 'all' })),
  ];
}
