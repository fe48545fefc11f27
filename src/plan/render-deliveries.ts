import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { DELIVERY, readVersionValue } from './deliveries.ts';
import { type OpenPlan, openVersion } from './open-plan.ts';
import { screenOf } from './screen.ts';
import { historyOf } from './store.ts';
import { changesMessage, planMessage } from './views/plan-message.ts';

/** Says how each message about a plan is worded when it fires; null where it is no longer due. */
export function registerPlanDeliveries(context: Context): void {
  const { outbox } = context;

  /** The plan for the one whom the delivery is for; null where it is no longer theirs or there. */
  async function read({ team, person }: Delivery, versionId: string): Promise<OpenPlan | null> {
    try {
      return await openVersion(context, { workspaceId: team, userId: person }, versionId);
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  }

  outbox.register(DELIVERY.proposed, async (delivery) => {
    const { versionId, revision } = readVersionValue(delivery.key);
    const plan = await read(delivery, versionId);
    if (plan?.version.status !== 'proposed' || plan.version.revision !== revision) return null;
    return { to: { user: delivery.person }, ...planMessage(screenOf(plan, context)) };
  });

  outbox.register(DELIVERY.changesRequested, async (delivery) => {
    const versionId = delivery.subject;
    const plan = await read(delivery, versionId);
    if (!plan) return null;
    const history = await historyOf(context, plan.version.planId);
    const events = history.find(({ id }) => id === versionId)?.events ?? [];
    const asked = events.findLast(({ kind }) => kind === 'changes_requested');
    const { rep, manager } = plan.pair;
    const asker = asked?.actorId === rep.userId ? rep : manager;
    if (!asked || !asker) return null;
    const message = changesMessage(screenOf(plan, context), asker.name, asked.comment ?? '');
    return { to: { user: delivery.person }, ...message };
  });

  outbox.register(DELIVERY.agreed, async (delivery) => {
    const plan = await read(delivery, delivery.subject);
    if (plan?.version.status !== 'agreed') return null;
    return { to: { user: delivery.person }, ...planMessage(screenOf(plan, context)) };
  });
}
