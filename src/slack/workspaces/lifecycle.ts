/**
 * What Slack tells of installations that end: `app_uninstalled` and `tokens_revoked`, in either order, late or twice;
 * and of workspaces that an organisation takes Bigplan from.
 */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { acting } from './acting.ts';

const Revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).default([]) }) });
const TakenAway = z.object({ team_ids: z.array(z.string()) });
const Told = z.object({ event_time: z.number() });

/** @param removed told of each workspace or organisation, and when Slack says that it was. */
export function listenToLifecycle(
  app: App,
  { log, removed }: { log: Log; removed: (id: string, at: Date) => Promise<void> },
): void {
  async function end(body: unknown, ids?: readonly string[]): Promise<void> {
    const { workspaceId, enterpriseId, isOrgInstall } = acting(body);
    const own = isOrgInstall ? enterpriseId : (workspaceId ?? enterpriseId);
    const told = Told.safeParse(body);
    const at = told.success ? new Date(told.data.event_time * 1_000) : new Date();
    for (const id of ids ?? (own === null ? [] : [own])) {
      log.info({ team: id }, 'Bigplan is no longer installed there');
      await removed(id, at);
    }
  }

  app.event('app_uninstalled', ({ body }) => end(body));
  app.event('tokens_revoked', async ({ body, event }) => {
    const revoked = Revoked.safeParse(event);
    // People's own tokens are none of Bigplan's.
    if (revoked.success && revoked.data.tokens.bot.length > 0) await end(body);
  });
  app.event('team_access_revoked', async ({ body, event }) => {
    const taken = TakenAway.safeParse(event);
    if (taken.success) await end(body, taken.data.team_ids);
  });
}
