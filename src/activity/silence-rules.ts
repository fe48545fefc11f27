/** What comes of leaving check-ins unanswered: Bigplan backs off by itself, and comes back with the first answer. */

/**
 * How somebody is written to.
 *
 * - `usual`: as they chose.
 * - `hushes`: the line that says there will be one a day from now on.
 * - `quiet`: one line a day.
 * - `asks`: the line that asks whether to pause.
 * - `weekly`: one line a week.
 */
export type Quietness = 'usual' | 'hushes' | 'quiet' | 'asks' | 'weekly';

/** Working days whose question went unanswered, in a row. */
const QUIET_AFTER = 3;
export const WEEKLY_AFTER = 7;

/** @param unanswered how many questions in a row were sent and not answered. */
export function quietnessAfter(unanswered: number): Quietness {
  if (unanswered < QUIET_AFTER) return 'usual';
  if (unanswered === QUIET_AFTER) return 'hushes';
  if (unanswered < WEEKLY_AFTER) return 'quiet';
  return unanswered === WEEKLY_AFTER ? 'asks' : 'weekly';
}

/**
 * The questions (local dates, each once) to which no answer came: those after the last answer, and before
 * `before`. `answered`: days of which something is known; `answeredOn`: when the last answer came.
 */
export function unansweredOf(
  asked: readonly string[],
  { answered, answeredOn }: { answered: readonly string[]; answeredOn: string | null },
  before: string,
): string[] {
  const last = [...answered, answeredOn ?? ''].reduce((a, b) => (a > b ? a : b), '');
  return asked.filter((date) => date > last && date < before).sort();
}

/** The last of a week's days on which somebody is asked; null: on none. */
export function lastAsked(dates: readonly string[], week: { monday: string; sunday: string }) {
  return dates.filter((date) => week.monday <= date && date <= week.sunday).at(-1) ?? null;
}
