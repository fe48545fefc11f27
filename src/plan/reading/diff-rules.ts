/** What changed between two versions of a plan, field by field, rows matched by their id. */
import type { PlanDraft } from '../draft.ts';

export interface Change {
  /** Dotted path, rows by their position in the newer version (or the older, where removed). */
  path: string;
  /** For a row: what it is called, such as the account. */
  row: string | null;
  kind: 'added' | 'removed' | 'changed';
  before: unknown;
  after: unknown;
}

/** What somebody who is asked again hasn't read yet. */
export interface Changed {
  /** The version before, or the time at which this one was proposed before. */
  since: { version: number } | { proposedAt: Date };
  changes: readonly Change[];
}

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRows = (value: unknown): value is (Json & { id: string })[] =>
  Array.isArray(value) && value.every((row) => isRecord(row) && typeof row.id === 'string');

/** Parts that are said in one line as a whole: how a component pays, a guarantee, a level. */
const isSaidWhole = (path: string) => /(?:^|\.)(?:pays|guarantee|level)$/u.test(path);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const rowName = (row: Json): string =>
  String(row.account ?? row.label ?? row.name ?? row.activity ?? row.start ?? '');

function diffRows(
  path: string,
  before: readonly (Json & { id: string })[],
  after: readonly (Json & { id: string })[],
): Change[] {
  const old = new Map(before.map((row) => [row.id, row]));
  const kept = new Set(after.map((row) => row.id));
  const changes = after.flatMap((row, index): Change[] => {
    const was = old.get(row.id);
    const at = `${path}.${index}`;
    if (!was) {
      return [{ path: at, row: rowName(row), kind: 'added', before: null, after: row }];
    }
    return diffValues(at, was, row).map((change) => ({ ...change, row: rowName(row) }));
  });
  const removed = before.flatMap((row, index): Change[] =>
    kept.has(row.id)
      ? []
      : [
          {
            path: `${path}.${index}`,
            row: rowName(row),
            kind: 'removed',
            before: row,
            after: null,
          },
        ],
  );
  return [...changes, ...removed];
}

function diffValues(path: string, before: unknown, after: unknown): Change[] {
  if (same(before, after)) return [];
  if (isRows(before) && isRows(after) && (before.length > 0 || after.length > 0)) {
    return diffRows(path, before, after);
  }
  if (isRecord(before) && isRecord(after) && !isSaidWhole(path)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      diffValues(path === '' ? key : `${path}.${key}`, before[key], after[key]),
    );
  }
  return [{ path, row: null, kind: 'changed', before: before ?? null, after: after ?? null }];
}

/** The changes that lead from `before` to `after`, in the order of the plan's sections. */
export function diffDrafts(before: PlanDraft, after: PlanDraft): Change[] {
  return diffValues('', before, after);
}
