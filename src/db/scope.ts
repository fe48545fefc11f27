/**
 * In which workspace something is done. What the database shows follows from it, and with whose token Bigplan speaks
 * to Slack: each request, delivery and look by the clock runs in the scope of its workspace.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Bigplan's own work, for all workspaces. */
export const EVERY_WORKSPACE = '*';

const scope = new AsyncLocalStorage<string>();

/** Runs `work`, and all that it starts, for one workspace, by Slack's team id. */
export function inWorkspace<T>(workspaceId: string, work: () => Promise<T>): Promise<T> {
  // Prisma asks when it is waited for, which has to be inside.
  return scope.run(workspaceId, async () => await work());
}

/** Runs `work`, and all that it starts, for all workspaces: what is due in any of them, or what is swept. */
export function acrossWorkspaces<T>(work: () => Promise<T>): Promise<T> {
  return inWorkspace(EVERY_WORKSPACE, work);
}

/** Slack's team id, or `EVERY_WORKSPACE`; null: nobody has said, so nothing may be seen. */
export function workspaceInScope(): string | null {
  return scope.getStore() ?? null;
}
