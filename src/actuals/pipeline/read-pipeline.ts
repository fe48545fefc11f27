/** What people type after `/bigplan pipeline`: `300k new 80k expansion`, `new 300k, renewals 120k on 31 March`. */

import { LAYERS, type Layer } from '../../plan/schemas.ts';
import { type DealContext, partsOf, type Span } from '../said-parts.ts';
import { readWords, type Word } from '../said-words.ts';

export interface PipelineRead {
  /** As they were written; null: not said. */
  amounts: Record<Layer, string | null>;
  /** Local date; null: not said. */
  date: string | null;
  /** What is wrong, in plain words; null where all was understood. */
  problem: string | null;
  /** The Slack user id of the one mentioned. */
  person: string | null;
}

const SILENT = /^(?:and|&|\+|-|–|—|=|:|\/|\||·|of|in|for|as|at|is|pipeline|qualified|plus)$/i;
const NOT_READ = 'I could only read a part of it: check the rest.';

/** The form asks for the four criteria in any case, so what is in doubt is simply left to it. */
export function readPipeline(text: string, context: DealContext): PipelineRead {
  const said = readWords(text);
  const amounts: PipelineRead['amounts'] = { renewal: null, expansion: null, newBusiness: null };
  const read: PipelineRead = { amounts, date: null, problem: null, person: said.person };
  if (!said.ok) return { ...read, problem: said.problem };
  const { words } = said;
  const { layers, dates } = partsOf(words, context);
  const names = withoutOverlaps(layers.filter(({ lost }) => !lost));
  const [date, ...otherDates] = dates;
  const between = amountsAround(words, names, date ?? null);
  if (words.length > 0 && (!between || otherDates.length > 0)) read.problem = NOT_READ;
  for (const [at, { layer }] of names.entries()) {
    const written = between?.[at] ?? null;
    if (amounts[layer] !== null) read.problem = 'One of them is said twice: check it.';
    else amounts[layer] = written;
  }
  const unread = LAYERS.find((layer) => {
    const written = amounts[layer];
    return written !== null && !isAmount(written, context);
  });
  if (unread && read.problem === null) read.problem = NOT_READ;
  return { ...read, date: date?.date ?? null };
}

/** The words before each name, or after each where the line begins with a name; null where some are left. */
function amountsAround(
  words: readonly Word[],
  names: readonly Span[],
  date: Span | null,
): string[] | null {
  const isOut = (word: Word, at: number) =>
    SILENT.test(word.text) || (date !== null && date.from <= at && at < date.to);
  const say = (from: number, to: number) =>
    words
      .slice(from, to)
      .filter((word, at) => !isOut(word, from + at))
      .map(({ text }) => text)
      .join(' ');
  const ends = [0, ...names.flatMap(({ from, to }) => [from, to]), words.length];
  const gaps: string[] = [];
  for (let i = 0; i < ends.length; i += 2) gaps.push(say(ends[i] ?? 0, ends[i + 1] ?? 0));
  const isNameFirst = gaps[0] === '';
  const [left, found] = isNameFirst ? [gaps[0], gaps.slice(1)] : [gaps.at(-1), gaps.slice(0, -1)];
  return left === '' && found.every((gap) => gap !== '') && found.length > 0 ? found : null;
}

function withoutOverlaps<T extends Span>(spans: readonly T[]): T[] {
  return spans.filter((one, at) => at === 0 || (spans[at - 1]?.to ?? 0) <= one.from);
}

function isAmount(written: string, context: DealContext): boolean {
  const word = (text: string): Word => ({ written: text, text, quoted: false });
  const { amounts } = partsOf(written.split(' ').map(word), context);
  return amounts.some((one) => one.written === written && (!one.doubtful || one.minor === 0));
}
