import type { Context } from '../context.ts';
import { fitMessage } from '../slack/limits.ts';
import { DELIVERY } from './deliveries.ts';
import { openVersion } from './open-plan.ts';
import { screenOf } from './screen.ts';
import { findVersion } from './store.ts';
import { planMessage } from './views/plan-message.ts';

/**
 * Shows in every message that asked for a signature on this version how it stands now, so that no
 * button there is stale. What can't be changed any more is left: its buttons still answer kindly.
 */
export async function refreshProposals(context: Context, versionId: string): Promise<void> {
  const version = await findVersion(context, versionId);
  if (!version) return;
  const asked = await context.outbox.find({
    kind: DELIVERY.proposed,
    subject: versionId,
    team: version.workspaceId,
  });
  for (const { person, message } of asked) {
    if (!message) continue;
    try {
      const actor = { workspaceId: version.workspaceId, userId: person };
      const screen = screenOf(await openVersion(context, actor, versionId), context);
      const { text, blocks } = fitMessage(planMessage(screen));
      await context.client.chat.update({ channel: message.channel, ts: message.ts, text, blocks });
    } catch (err) {
      context.log.warn(
        { err, kind: DELIVERY.proposed },
        'A message could not be brought up to date',
      );
    }
  }
}
