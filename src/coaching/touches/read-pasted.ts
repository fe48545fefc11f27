/** Prospects and touches as they are pasted: who, kind, subject, date. */
import { z } from 'zod';
import { type Cells, type Column, separatorOf, splitLine } from '../../input/arrange-cells.ts';
import { cellsUnder, type Headings, readHeadings } from '../../input/headings.ts';
import { rowProblemsText } from '../../input/row-problems.ts';
import { dateField, orNull, textField } from '../../input/schemas.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { kindIn } from './read-touches.ts';
import { MOST_IN_A_PROSPECT, MOST_IN_A_SUBJECT, type TouchKind } from './schemas.ts';

/** With what is pasted is read. */
export interface PasteStyle extends NumberStyle {
  /** The rep's local date. */
  today: string;
  /** Their local date at an instant. */
  dateAt(at: Date): string;
}

export interface PastedTouch {
  /** From 1, as it was pasted. */
  line: number;
  name: string;
  /** Null: a prospect alone, of whom no touch is said. */
  kind: TouchKind | null;
  subject: string | null;
  /** Local date; null: not said. */
  date: string | null;
}

const MOST_LINES = 100;

/** What exports call the columns, the surest first. */
const NAMES = {
  name: [
    'Who',
    'Prospect',
    'Company',
    'Company Name',
    'Account',
    'Account Name',
    'Organization',
    'Organisation',
    'Customer',
    'Name',
  ],
  kind: ['Kind', 'Touch', 'Activity Type', 'Type', 'Activity', 'Channel'],
  subject: [
    'Subject',
    'About',
    'Title',
    'Topic',
    'Content',
    'Asset',
    'Event',
    'Event Name',
    'Webinar',
    'Notes',
    'Description',
  ],
  date: [
    'Date',
    'When',
    'Day',
    'Activity Date',
    'Join Time',
    'Attended At',
    'Opened At',
    'Sent At',
    'Timestamp',
    'Time',
    'Created Date',
  ],
} as const;

const LABELS = { name: 'Who', kind: 'Kind', subject: 'Subject', date: 'Date' };

const KEYS = ['name', 'kind', 'subject', 'date'] as const;
const COLUMNS: Column[] = KEYS.map((key) => ({
  key,
  label: LABELS[key],
  names: NAMES[key],
  isMoney: false,
  canRead: () => true,
}));

const kindField = z.string().transform((text, issues): TouchKind => {
  const kind = kindIn(text);
  if (kind !== null) return kind;
  issues.addIssue({ code: 'custom', message: 'That is no kind of touch: call, email, event…' });
  return z.NEVER;
});

const schemaOf = ({ locale, today, dateAt }: PasteStyle) =>
  z.object({
    name: textField({ max: MOST_IN_A_PROSPECT }),
    kind: orNull(kindField),
    subject: orNull(textField({ max: MOST_IN_A_SUBJECT })),
    date: orNull(
      dateField({ locale, dateAt }).refine((date) => date <= today, 'That day is still to come.'),
    ),
  });

/** Cells by column, or what is wrong with the line. */
function cellsOf(line: string, headings: Headings | null, separator: string): Cells | string {
  const pieces = splitLine(line, separator).map(({ text }) => text.trim());
  while (pieces.at(-1) === '') pieces.pop();
  if (pieces.length > (headings?.keys ?? KEYS).length) {
    return 'It has too many cells: put quotes around what has a comma in it.';
  }
  if (headings) return cellsUnder(pieces, headings, COLUMNS);
  return Object.fromEntries(KEYS.map((key, at) => [key, pieces[at] || null]));
}

/**
 * Reads `Acme, call, pricing, 2027-03-01` a line, or a table whose headings say what stands where. Every line that
 * can't be read is named; a cell with a comma stands in quotes, or a name would take in what can't be read.
 */
export function readPasted(style: PasteStyle): z.ZodType<PastedTouch[]> {
  const schema = schemaOf(style);
  return z.string().transform((text, issues) => {
    const filled = text
      .split(/\r\n|\n|\r/u)
      .map((words, at) => ({ line: at + 1, words }))
      .filter(({ words }) => words.trim() !== '');
    const first = filled[0]?.words ?? '';
    const firstCells = splitLine(first, separatorOf(first)).map((cell) => cell.text);
    const headings = readHeadings(firstCells, COLUMNS);
    const problems: { line: number; problem: string }[] = [];
    const rows: PastedTouch[] = [];
    if (headings && !headings.keys.includes('name')) {
      problems.push({ line: 1, problem: 'No heading says who: call a column Company or Who.' });
    }
    const lines = headings ? filled.slice(1) : filled;
    for (const { line, words } of lines.slice(0, MOST_LINES)) {
      const cells = cellsOf(words, headings, separatorOf(headings ? first : words));
      const read = typeof cells === 'string' ? null : schema.safeParse(cells);
      if (read?.success) rows.push({ line, ...read.data });
      else
        problems.push({
          line,
          problem: typeof cells === 'string' ? cells : explained(cells, read?.error),
        });
    }
    const over = lines[MOST_LINES];
    if (over) {
      const problem = `${MOST_LINES} at once are the most: paste the rest after these.`;
      problems.push({ line: over.line, problem });
    }
    const problem = rowProblemsText(problems);
    if (problem === null && rows.length > 0) return rows;
    issues.addIssue({
      code: 'custom',
      message: problem ?? 'Paste a line at least, such as Acme, call, pricing, 2027-03-01.',
    });
    return z.NEVER;
  });
}

/** `Date “soon”: …`. */
function explained(cells: Cells, error: z.ZodError | undefined): string {
  const [issue] = error?.issues ?? [];
  const key = KEYS.find((one) => one === issue?.path[0]) ?? 'name';
  const cell = cells[key];
  return `${LABELS[key]}${cell ? ` “${cell}”` : ''}: ${issue?.message ?? ''}`;
}
