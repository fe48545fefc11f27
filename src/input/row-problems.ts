/** What is wrong with lines that were pasted, in the few words that fit under a field. */
import type { RowProblem } from './rows.ts';

const MOST_NAMED = 3;

/** `Line 2: …`, of the first three; null where nothing is wrong. */
export function rowProblemsText(problems: readonly Pick<RowProblem, 'line' | 'problem'>[]) {
  if (problems.length === 0) return null;
  const named = problems
    .slice(0, MOST_NAMED)
    .map(({ line, problem }) => `Line ${line}: ${problem}`);
  const more = problems.length - MOST_NAMED;
  return [...named, ...(more > 0 ? [`And ${more} more lines.`] : [])].join(' ');
}
