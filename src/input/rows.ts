/** Lists pasted or dropped as lines: `Acme, 120,000, 2027-03-31, 80%`. */
import type { z } from 'zod';
import { arrange, type Cells, type Column, inOrder, splitLine } from './arrange-cells.ts';

/** More lines than this are handed back unread, as is a line longer than any row. */
export const MAX_LINES = 500;
const MAX_LENGTH = 5000;

export interface RowProblem {
  /** From 1, as it was pasted. */
  line: number;
  /** The line itself (or all the lines from there), so that nothing has to be typed again. */
  text: string;
  problem: string;
}

export interface Rows<Row> {
  rows: { line: number; value: Row }[];
  problems: RowProblem[];
}

interface RowOptions {
  /** How many columns in front hold free text, in which a comma may stand. */
  texts?: number;
  /** Names of columns for messages and for recognising a line of headings, where the key won't do. */
  labels?: Record<string, string>;
}

/**
 * Reads each line by the schema's columns, in their order. Cells are parted by tabs or semicolons where
 * that gives a row, else by commas; since a comma may also stand inside an amount, a date or a name, a
 * line with commas is read from its end: the last columns take the longest text that they can read, the
 * free text in front takes the rest. A cell in double quotes stays whole. Columns that allow `null` may
 * be left out at the end. A first line of headings is skipped.
 */
export function readRows<Schema extends z.ZodObject>(
  text: string,
  schema: Schema,
  { texts = 1, labels = {} }: RowOptions = {},
): Rows<z.output<Schema>> {
  const columns = Object.entries<z.ZodType>(schema.shape).map(
    ([key, field]): Column => ({
      key,
      label: labels[key] ?? key,
      canRead: (cell) => field.safeParse(cell).success,
    }),
  );
  const result: Rows<z.output<Schema>> = { rows: [], problems: [] };
  const filled = text
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ line: i + 1, text: line }))
    .filter((line) => line.text.trim() !== '');
  const lines = isHeading(filled[0]?.text ?? '', columns) ? filled.slice(1) : filled;

  for (const { line, text } of lines.slice(0, MAX_LINES)) {
    if (text.length > MAX_LENGTH) {
      result.problems.push({ line, text, problem: 'This line is too long to be a row.' });
      continue;
    }
    const arranged = arrange(text, columns, texts);
    const cells = arranged ?? inOrder(text, columns);
    const parsed = schema.safeParse(cells);
    if (parsed.success && arranged) result.rows.push({ line, value: parsed.data });
    else result.problems.push({ line, text, problem: explain(parsed.error, columns, cells) });
  }

  const [unread, ...more] = lines.slice(MAX_LINES);
  if (unread) {
    result.problems.push({
      line: unread.line,
      text: [unread, ...more].map((line) => line.text).join('\n'),
      problem: `Only ${MAX_LINES} lines can be read at once: paste the rest after these.`,
    });
  }
  return result;
}

function isHeading(line: string, columns: Column[]): boolean {
  if (line.length > MAX_LENGTH) return false;
  const names = new Set(
    columns.flatMap(({ key, label }) => [key, label]).map((n) => n.toLowerCase()),
  );
  return splitLine(line).every(({ text }) => names.has(text.trim().toLowerCase()));
}

function explain(error: z.ZodError | undefined, columns: Column[], cells: Cells): string {
  if (!error) return 'It is not clear which commas part the columns: put semicolons between them.';
  const [issue] = error.issues;
  const column = columns.find(({ key }) => key === issue?.path[0]);
  const message = issue?.message ?? '';
  if (!column) return message;
  const cell = cells[column.key];
  return cell ? `${column.label} “${cell}”: ${message}` : `${column.label}: ${message}`;
}
