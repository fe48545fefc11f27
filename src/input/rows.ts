/** Lists pasted or dropped as lines: `Acme, 120,000, 2027-03-31, 80%`. */
import type { z } from 'zod';
import {
  arrange,
  type Cells,
  type Column,
  endsInQuotes,
  inOrder,
  separatorOf,
  splitLine,
} from './arrange-cells.ts';
import { cellsUnder, type Headings, readHeadings } from './headings.ts';
import { isOpenQuestion } from './schemas.ts';

/** More lines than this are handed back unread, as is a line longer than any row. */
export const MAX_LINES = 500;
const MAX_LENGTH = 5000;

/** A cell in quotes that goes on for longer was never closed. */
const MAX_LINES_OF_A_ROW = 50;

export interface RowProblem {
  /** From 1, as it was pasted. */
  line: number;
  /** The line itself (or all the lines from there), so that nothing has to be typed again. */
  text: string;
  problem: string;
}

export interface Rows<Row> {
  rows: { line: number; text: string; value: Row }[];
  problems: RowProblem[];
  /** The line of headings, where there is one. */
  headings: ({ line: number; text: string } & Pick<Headings, 'taken' | 'leftOut'>) | null;
}

interface RowOptions {
  /** How many columns in front hold free text, in which a comma may stand. */
  texts?: number;
  /** Names of columns for messages and for recognising a line of headings, where the key won't do. */
  labels?: Record<string, string>;
  /** Further names that headings give them, the surest first. */
  names?: Record<string, readonly string[]>;
  /** What stands in a column that no heading names. */
  defaults?: Record<string, string>;
  /** Columns of amounts. */
  money?: readonly string[];
  /** How many columns in front a line without headings has; the others are only read by their name. */
  inOrder?: number;
}

interface Line {
  line: number;
  text: string;
}

/**
 * Reads each line by the schema's columns. A first line of headings says which column stands where; what it
 * names and the schema doesn't know is left out. Without one, they stand in the schema's order. Cells are parted
 * by tabs or semicolons where that gives a row, else by commas; since a comma may also stand inside an amount,
 * a date or a name, a line with commas is read from its end: the last columns take the longest text that they
 * can read, the free text in front takes the rest. A cell in double quotes stays whole. Columns that allow
 * `null` may be left out at the end.
 */
export function readRows<Schema extends z.ZodObject>(
  text: string,
  schema: Schema,
  options: RowOptions = {},
): Rows<z.output<Schema>> {
  const columns = columnsOf(schema, options);
  const ordered = columns.slice(0, options.inOrder);
  const { texts = 1, defaults = {} } = options;
  const result: Rows<z.output<Schema>> = { rows: [], problems: [], headings: null };
  const filled = text
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ line: i + 1, text: line }))
    .filter((line) => line.text.trim() !== '');
  const table = tableOf(filled, columns, ordered, texts);
  const lines = table?.lines ?? filled;
  if (table) {
    const { line, headings } = table;
    result.headings = { ...line, taken: headings.taken, leftOut: headings.leftOut };
    const missing = columns.filter(
      ({ key, canRead }) => !headings.keys.includes(key) && !canRead(defaults[key] ?? null),
    );
    if (missing.length > 0) {
      const names = missing.map(({ label }) => label).join(', ');
      const problem = `No heading says ${names}: call a column so, or take the headings out.`;
      return {
        ...result,
        headings: null,
        problems: [{ ...line, text: [line, ...lines].map((one) => one.text).join('\n'), problem }],
      };
    }
  }

  for (const { line, text } of lines.slice(0, MAX_LINES)) {
    if (text.length > MAX_LENGTH) {
      result.problems.push({ line, text, problem: 'This line is too long to be a row.' });
      continue;
    }
    const arranged = table
      ? underHeadings(text, table, { columns, ordered, texts })
      : arrange(text, ordered, texts);
    const cells = withDefaults(arranged ?? inOrder(text, ordered), table, defaults);
    const parsed = schema.safeParse(cells);
    if (parsed.success && arranged) result.rows.push({ line, text, value: parsed.data });
    else {
      const problem =
        table && !arranged
          ? 'It has more cells than there are headings: put quotes around what has a comma in it.'
          : explain(parsed.error, columns, cells);
      result.problems.push({ line, text, problem });
    }
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

function columnsOf(
  { shape }: z.ZodObject,
  { labels = {}, names = {}, money = [] }: RowOptions,
): Column[] {
  return Object.entries<z.ZodType>(shape).map(([key, field]): Column => {
    const label = labels[key] ?? key;
    return {
      key,
      label,
      names: [...(names[key] ?? []), label, key],
      isMoney: money.includes(key),
      canRead(cell) {
        const read = field.safeParse(cell);
        return read.success || isOpenQuestion(read.error);
      },
    };
  });
}

interface Table {
  line: Line;
  headings: Headings;
  separator: string;
  lines: Line[];
}

/** The lines under a first line of headings; null where it is none, or can be read as a row itself. */
function tableOf(
  [first, ...rest]: Line[],
  columns: Column[],
  ordered: Column[],
  texts: number,
): Table | null {
  if (!first || first.text.length > MAX_LENGTH || arrange(first.text, ordered, texts)) return null;
  const separator = separatorOf(first.text);
  const headings = readHeadings(
    splitLine(first.text, separator).map(({ text }) => text),
    columns,
  );
  return headings && { line: first, headings, separator, lines: wholeRows(rest, separator) };
}

/** A row for each line, and one for several where a cell in quotes goes on over them. */
function wholeRows(lines: Line[], separator: string): Line[] {
  const rows: Line[] = [];
  for (let at = 0; at < lines.length; ) {
    const row = lines.slice(at, at + linesOfRow(lines, at, separator));
    rows.push({ line: row[0]?.line ?? 0, text: row.map(({ text }) => text).join('\n') });
    at += row.length;
  }
  return rows;
}

function linesOfRow(lines: Line[], at: number, separator: string): number {
  let text = lines[at]?.text ?? '';
  for (let count = 1; text.length <= MAX_LENGTH && count <= MAX_LINES_OF_A_ROW; count++) {
    if (!endsInQuotes(text, separator)) return count;
    const next = lines[at + count];
    if (!next) break;
    text += `\n${next.text}`;
  }
  return 1;
}

function withDefaults(cells: Cells, table: Table | null, defaults: Record<string, string>): Cells {
  if (!table) return cells;
  const unnamed = Object.entries(defaults).filter(
    ([key]) => !table.headings.keys.includes(key) && (cells[key] ?? null) === null,
  );
  return { ...cells, ...Object.fromEntries(unnamed) };
}

/** The cells by column; null where there are more than headings. */
function underHeadings(
  line: string,
  { headings, separator }: Table,
  { columns, ordered, texts }: { columns: Column[]; ordered: Column[]; texts: number },
): Cells | null {
  const pieces = splitLine(line, separator).map(({ text }) => text);
  while (pieces.length > headings.keys.length && pieces.at(-1)?.trim() === '') pieces.pop();
  const cells = cellsUnder(pieces, headings, columns);
  const isWhole = pieces.length <= headings.keys.length;
  const named = columns.filter(({ key }) => headings.keys.includes(key));
  if (isWhole && named.every(({ key, canRead }) => canRead(cells[key] ?? null))) return cells;
  const placed = separator === ',' ? arrangedLike(line, headings, columns, texts) : null;
  if (placed || isWhole) return placed ?? cells;
  // The headings are those of the first columns: the others go on in their order.
  const isBeginning = headings.keys.every((key, at) => key !== null && key === ordered[at]?.key);
  return isBeginning ? arrange(line, ordered, texts) : null;
}

/** Where commas stand inside cells too: only if each heading is a column, with the free texts in front. */
function arrangedLike(
  line: string,
  { keys }: Headings,
  columns: Column[],
  texts: number,
): Cells | null {
  const free = new Set(columns.slice(0, texts).map(({ key }) => key));
  const shown = keys.flatMap((key) => columns.find((one) => one.key === key) ?? []);
  const inFront = shown.filter(({ key }) => free.has(key)).length;
  const isInFront = shown.slice(0, inFront).every(({ key }) => free.has(key));
  if (shown.length < keys.length || !isInFront || inFront === 0) return null;
  const placed = arrange(line, shown, inFront);
  return placed && { ...Object.fromEntries(columns.map(({ key }) => [key, null])), ...placed };
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
