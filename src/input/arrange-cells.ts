/** Which part of a line belongs to which column, where commas part cells and stand inside them too. */

/** Most comma-separated pieces that one value is put together from: `1,00,00,00,00,00,000`. */
const MAX_PIECES = 7;

export interface Column {
  key: string;
  label: string;
  /** What a heading may call it, the surest name first. */
  names: readonly string[];
  /** Amounts, beside which a column may name their currency. */
  isMoney: boolean;
  /** Also what can be read in more than one way: it stands here all the same, and is asked. */
  canRead: (text: string | null) => boolean;
}

interface Piece {
  text: string;
  isQuoted: boolean;
}

export type Cells = Record<string, string | null>;

/**
 * The line's cells by column, each of which can be read; `null` where they can't.
 * @param texts how many columns in front are free text.
 */
export function arrange(line: string, columns: Column[], texts: number): Cells | null {
  const separator = separatorOf(line);
  if (separator !== ',') {
    const cells = inOrder(line, columns);
    if (columns.every(({ key, canRead }) => canRead(cells[key] ?? null))) return cells;
  }
  const pieces = splitLine(line, ',');
  for (let width = columns.length; width >= Math.max(texts, 1); width--) {
    if (columns.slice(width).some((column) => !column.canRead(null))) break;
    const starts = placeFromEnd(pieces, columns.slice(0, width), texts);
    if (starts) return fromStarts(pieces, columns, starts);
  }
  return null;
}

export function separatorOf(line: string): string {
  return ['\t', ';'].find((mark) => line.includes(mark)) ?? ',';
}

/** Cell by column from the left; what is too much stays with the last, so that nothing is left out. */
export function inOrder(line: string, columns: Column[]): Cells {
  const separator = separatorOf(line);
  const texts = splitLine(line).map((piece) => piece.text.trim());
  const last = columns.length - 1;
  while (texts.length > columns.length && texts.at(-1) === '') texts.pop();
  return Object.fromEntries(
    columns.map(({ key }, i) => [
      key,
      i === last && texts.length > last ? texts.slice(last).join(separator) : (texts[i] ?? null),
    ]),
  );
}

/**
 * Where each column's pieces begin, found from the last column to the first with the longest reading
 * first; `null` where no way fits. The free texts take one piece each, the first of them what is left.
 */
function placeFromEnd(pieces: Piece[], columns: Column[], texts: number): number[] | null {
  const dead = new Set<string>();
  const isSpaced = pieces.slice(1).some(({ text }) => text.startsWith(' '));

  /** Where a line has spaces after its commas, `80,500` is one amount and never two cells. */
  function canBegin(at: number): boolean {
    const [left, right] = [pieces[at - 1], pieces[at]];
    if (!isSpaced || !left || !right || left.isQuoted || right.isQuoted) return true;
    return !/\d$/.test(left.text) || !/^\d{3}(?!\d)/.test(right.text);
  }

  function place(column: number, end: number): number[] | null {
    if (column < texts) {
      const starts = Array.from({ length: texts }, (_, i) => (i === 0 ? 0 : end - texts + i));
      return end >= texts && starts.every(canBegin) ? starts : null;
    }
    if (column < 0) return end === 0 ? [] : null;
    const state = `${column}:${end}`;
    if (dead.has(state)) return null;
    for (let size = Math.min(MAX_PIECES, end - column); size > 0; size--) {
      const start = end - size;
      const isReadable =
        canBegin(start) &&
        canJoin(pieces, start, end) &&
        columns[column]?.canRead(join(pieces, start, end));
      const before = isReadable ? place(column - 1, start) : null;
      if (before) return [...before, start];
    }
    dead.add(state);
    return null;
  }

  return place(columns.length - 1, pieces.length);
}

function fromStarts(pieces: Piece[], columns: Column[], starts: number[]): Cells {
  return Object.fromEntries(
    columns.map(({ key }, i) => {
      const start = starts[i];
      return [
        key,
        start === undefined ? null : join(pieces, start, starts[i + 1] ?? pieces.length),
      ];
    }),
  );
}

function canJoin(pieces: Piece[], start: number, end: number): boolean {
  const joined = pieces.slice(start, end);
  return (
    joined.length === 1 || joined.every(({ text, isQuoted }) => !isQuoted && text.trim() !== '')
  );
}

function join(pieces: Piece[], start: number, end: number): string {
  return pieces
    .slice(start, end)
    .map(({ text }) => text)
    .join(',')
    .trim();
}

/** Whether a cell in quotes goes on in the next line. */
export function endsInQuotes(line: string, separator: string): boolean {
  const quoted = / *"(?:[^"]|"")*("?)/y;
  for (let at = 0; ; ) {
    quoted.lastIndex = at;
    const cell = quoted.exec(line);
    if (cell?.[1] === '') return true;
    const next = line.indexOf(separator, at + (cell?.[0].length ?? 0));
    if (next < 0) return false;
    at = next + 1;
  }
}

/** The line's pieces; a quote only holds one together where it stands around the whole of it. */
export function splitLine(line: string, separator = separatorOf(line)): Piece[] {
  const cell = new RegExp(
    ` *"((?:[^"]|"")*)" *(${separator}|$)|([^${separator}]*)(${separator}|$)`,
    'y',
  );
  const pieces: Piece[] = [];
  let parting: string | undefined;
  do {
    const [, quoted, afterQuoted, bare = '', afterBare] = cell.exec(line) ?? [];
    pieces.push({ text: quoted?.replaceAll('""', '"') ?? bare, isQuoted: quoted !== undefined });
    parting = afterQuoted ?? afterBare;
  } while (parting);
  return pieces;
}
