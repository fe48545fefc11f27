/**
 * In which workspace something is done. What the database shows follows from it, and with whose token Bigplan speaks
 * to Slack: each request, delivery and look by the clock runs in the scope of its workspace.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Bigplan's own work, for all workspaces. */
export const EVERY_WORKSPACE = '*';

const scope = new AsyncLocalStorage<string>();

/** Runs `work`, and all that it starts, for one workspace, by Slack's team id. */
export function inWorkspace<T>(workspaceId: string, work: () => T): T {
  return scope.run(workspaceId, work);
}

/** Runs `work`, and all that it starts, for all workspaces: what is due in any of them, or what is swept. */
export function acrossWorkspaces<T>(work: () => T): T {
  return scope.run(EVERY_WORKSPACE, work);
}

/** Slack's team id, or `EVERY_WORKSPACE`; null: nobody has said, so nothing may be seen. */
export function workspaceInScope(): string | null {
  return scope.getStore() ?? null;
}
