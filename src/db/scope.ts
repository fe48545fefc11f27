/**
 * In which workspace something is done. What the database shows follows from it, and with whose token Bigplan speaks
 * to Slack: each request, delivery and look by the clock runs in the scope of its workspace.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Bigplan's own work, for all workspaces. */
export const EVERY_WORKSPACE = '*';

interface Scope {
  workspaceId: string;
  hasWritten: boolean;
  /** In which this one was begun. */
  outer: Scope | null;
}

const scope = new AsyncLocalStorage<Scope>();

/** Runs `work`, and all that it starts, for one workspace, by Slack's team id. */
export function inWorkspace<T>(workspaceId: string, work: () => Promise<T>): Promise<T> {
  const own = { workspaceId, hasWritten: false, outer: scope.getStore() ?? null };
  // Prisma asks when it is waited for, which has to be inside.
  return scope.run(own, async () => await work());
}

/** Runs `work`, and all that it starts, for all workspaces: what is due in any of them, or what is swept. */
export function acrossWorkspaces<T>(work: () => Promise<T>): Promise<T> {
  return inWorkspace(EVERY_WORKSPACE, work);
}

/** Slack's team id, or `EVERY_WORKSPACE`; null: nobody has said, so nothing may be seen. */
export function workspaceInScope(): string | null {
  return scope.getStore()?.workspaceId ?? null;
}

/** Notes that something is changed, for all scopes that one is in. */
export function noteWrite(): void {
  let one = scope.getStore() ?? null;
  for (; one !== null && !one.hasWritten; one = one.outer) one.hasWritten = true;
}

/** Whether anything that somebody could see has been changed in this scope so far. */
export function hasWritten(): boolean {
  return scope.getStore()?.hasWritten ?? false;
}
