/** Engagement of several weeks as it is pasted: the week's Monday and four counts a line. */
import { z } from 'zod';
import { isLocalDate, mondayOf } from '../../time/local-date.ts';
import { ENGAGEMENTS } from './schemas.ts';
import type { EngagementCounts } from './store.ts';

const MOST_LINES = 60;
const MOST = 10_000_000;

/** Reads `2027-03-01, 42, 310, 88, 2`, with commas, semicolons or tabs; an empty cell: not said. */
export function readEngagement(): z.ZodType<{ week: string; counts: EngagementCounts }[]> {
  return z.string().transform((text, issues) => {
    const rows = text
      .split('\n')
      .map((line, at) => ({
        cells: line.split(/[,;\t]/u).map((cell) => cell.trim()),
        number: at + 1,
      }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
    const wrong = (problem: string) => {
      issues.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    };
    if (rows.length > MOST_LINES) return wrong(`That is more than ${MOST_LINES} weeks at once.`);
    const read: { week: string; counts: EngagementCounts }[] = [];
    for (const { cells, number } of rows) {
      const [day = '', ...rest] = cells;
      if (!isLocalDate(day)) {
        // What a table calls its columns.
        if (number === 1 && !/\d/u.test(cells.join(''))) continue;
        return wrong(`Line ${number}: begin with the week’s Monday, such as 2027-03-01.`);
      }
      const counts = rest.map((cell) => (cell === '' ? null : Number(cell)));
      const isCount = (count: number | null) =>
        count === null || (Number.isInteger(count) && count >= 0 && count <= MOST);
      if (counts.length > ENGAGEMENTS.length || !counts.every(isCount)) {
        return wrong(
          `Line ${number}: up to four whole numbers after the date, such as 42, 310, 88, 2.`,
        );
      }
      const [attendance = null, opens = null, contentRead = null, earnedMedia = null] = counts;
      const week = mondayOf(day);
      read.push({ week, counts: { attendance, opens, contentRead, earnedMedia } });
    }
    return read;
  });
}
