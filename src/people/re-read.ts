/**
 * Slack's events tell of most of what changes with people; what was missed while Bigplan was away is read anew, daily
 * and a few at a time.
 */
import { inWorkspace } from '../db/scope.ts';
import { type MeetDeps, reRead } from './meet-person.ts';
import { takeUpStale } from './store.ts';

const DAY_MS = 24 * 3_600_000;
/** In a tick: Slack takes about a hundred a minute, of which people's clicks need some. */
const MOST_AT_ONCE = 30;

/** The tick's part: reads those anew of whom nothing was heard for a day. Never throws for Slack's sake. */
export async function reReadPeople(deps: MeetDeps): Promise<void> {
  const now = deps.clock.now();
  const before = new Date(now.getTime() - DAY_MS);
  const stale = await takeUpStale(deps.db, { before, now, most: MOST_AT_ONCE });
  await askEach(stale, (who) => reRead(deps, who));
}

/** Asks Slack about each, in its workspace; of one whose Slack refuses nothing more is asked. */
export async function askEach<T extends { workspaceId: string }>(
  all: readonly T[],
  ask: (one: T) => Promise<unknown>,
): Promise<void> {
  const refused = new Set<string>();
  for (const one of all) {
    if (refused.has(one.workspaceId)) continue;
    const went = await inWorkspace(one.workspaceId, () => ask(one));
    if (went === 'refused') refused.add(one.workspaceId);
  }
}
