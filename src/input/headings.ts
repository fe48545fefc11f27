/** A line that names columns: which of them are read, by the names that people and exports give them. */
import type { Cells, Column } from './arrange-cells.ts';

export interface Headings {
  /** By its place in the line, the key of the column that is read there; null where none is. */
  keys: (string | null)[];
  /** Which heading each column is read from: its label and the heading as it is written. */
  taken: { label: string; heading: string }[];
  /** The headings whose column isn't read. */
  leftOut: string[];
  /** By key of a column: the place whose currency goes with its amounts, and whether it holds percentages. */
  currency: Map<string, number>;
  percent: Set<string>;
}

/** What a column of currencies is called; also the heading of the amounts with `Currency` behind it. */
const CURRENCIES = new Set([
  'currency',
  'currencycode',
  'currencyisocode',
  'dealcurrency',
  'dealcurrencycode',
  'opportunitycurrency',
]);

/** Letters alone: `Close Date`, `close_date` and `CloseDate (UTC)` are one name. */
const plainName = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/gu, '')
    .replace(/[^\p{L}]/gu, '');

/**
 * The line as headings, where two of its cells, or all of them, are names of columns; else null. Of two that
 * name the same column, the one whose name comes first in the column's list is read.
 */
export function readHeadings(
  cells: readonly string[],
  columns: readonly Column[],
): Headings | null {
  const names = cells.map(plainName);
  const keys: (string | null)[] = cells.map(() => null);
  for (const { key, names: known } of columns) {
    const at = known
      .map((name) => names.findIndex((one, i) => keys[i] === null && one === plainName(name)))
      .find((place) => place >= 0);
    if (at !== undefined) keys[at] = key;
  }
  const all = new Set(columns.flatMap((column) => column.names.map(plainName)));
  const filled = names.filter((name) => name !== '');
  const isHeading =
    filled.length > 0 &&
    (keys.filter((key) => key !== null).length > 1 || filled.every((name) => all.has(name)));
  if (!isHeading) return null;

  const headings: Headings = {
    keys,
    taken: [],
    leftOut: [],
    currency: new Map(),
    percent: new Set(),
  };
  for (const [at, cell] of cells.entries()) {
    const column = columns.find(({ key }) => key === keys[at]);
    if (!column) continue;
    const { key, label, isMoney } = column;
    headings.taken.push({ label, heading: cell.trim() });
    if (cell.includes('%')) headings.percent.add(key);
    const own = names.indexOf(`${names[at]}currency`);
    const currency = own >= 0 ? own : names.findIndex((name) => CURRENCIES.has(name));
    if (isMoney && currency >= 0) headings.currency.set(key, currency);
  }
  const currencies = new Set(headings.currency.values());
  headings.leftOut = cells
    .filter((_, at) => keys[at] === null && !currencies.has(at))
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
  return headings;
}

/** The cells of a line by column, with the currency and the `%` that stand elsewhere. */
export function cellsUnder(
  pieces: readonly string[],
  { keys, currency, percent }: Headings,
  columns: readonly Column[],
): Cells {
  const cells: Cells = Object.fromEntries(columns.map(({ key }) => [key, null]));
  for (const [at, key] of keys.entries()) {
    const text = pieces[at]?.trim() ?? '';
    if (key === null || text === '') continue;
    const code = pieces[currency.get(key) ?? -1]?.trim() ?? '';
    const isBare = /^[\d.,' ]+$/.test(text);
    if (isBare && /^[a-z]{3}$/i.test(code)) cells[key] = `${text} ${code.toUpperCase()}`;
    else cells[key] = isBare && percent.has(key) ? `${text}%` : text;
  }
  return cells;
}
