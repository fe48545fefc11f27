/**
 * The messages that Bigplan sends by itself about a plan: what the outbox is told of each. Their
 * subject is the version's id; the key says at which revision, so that each asking is one occasion.
 */

import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Delivery, NewDelivery } from '../../outbox/delivery.ts';
import { fitMessage } from '../../slack/limits.ts';
import type { OpenPlan } from '../on-version.ts';
import { openVersion } from '../open-plan.ts';
import { screenOf } from '../screen.ts';
import { findVersion, historyOf, type Version } from '../store.ts';
import { changesMessage, planMessage } from './message-view.ts';

const DELIVERY = {
  /** To the one whose signature is asked for. */
  proposed: 'plan_proposed',
  /** To the one who proposed it. */
  changesRequested: 'plan_changes_requested',
  /** To the one who proposed it: the other has signed too. */
  agreed: 'plan_agreed',
} as const;

type Moved = Pick<Version, 'id' | 'workspaceId' | 'revision'>;

export function proposed({ id, workspaceId, revision }: Moved, person: string): NewDelivery {
  const key = `${id}:${revision}`;
  return { team: workspaceId, person, kind: DELIVERY.proposed, key, subject: id };
}

export function changesRequested(
  { id, workspaceId, revision }: Moved,
  person: string,
): NewDelivery {
  const key = `${id}:${revision}`;
  return { team: workspaceId, person, kind: DELIVERY.changesRequested, key, subject: id };
}

export function agreed({ id, workspaceId }: Omit<Moved, 'revision'>, person: string): NewDelivery {
  return { team: workspaceId, person, kind: DELIVERY.agreed, key: id, subject: id };
}

/** What a button's value, or a delivery's key, says of the version it is about. */
export function readVersionValue(value: string): { versionId: string; revision: number } {
  const [versionId = '', revision] = value.split(':');
  return { versionId, revision: Number(revision) };
}

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
