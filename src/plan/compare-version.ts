import type { PlanDeps } from './deps.ts';
import { type Change, diffDrafts } from './rules/diff-drafts.ts';
import { findVersion, historyOf, type Version } from './store.ts';

/** What a version changed against the one before it; `previous` is null for the first. */
export async function compareVersion(
  deps: Pick<PlanDeps, 'db' | 'encryption'>,
  version: Version,
): Promise<{ previous: number | null; changes: Change[] }> {
  const history = await historyOf(deps, version.planId);
  const before = history.find(({ number }) => number === version.number - 1);
  const previous = before && (await findVersion(deps, before.id));
  if (!previous) return { previous: null, changes: [] };
  return { previous: previous.number, changes: diffDrafts(previous.draft, version.draft) };
}
