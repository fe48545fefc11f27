/**
 * The messages that Bigplan sends by itself about a plan. Their subject is the version's id; the key says
 * at which revision, so that each asking is one delivery.
 */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { type Delivery, keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { OpenPlan } from '../on-version.ts';
import { openVersion } from '../open-plan.ts';
import type { PlanScreen } from '../reading/plan-view.ts';
import { screenOf } from '../screen.ts';
import { lastRequest, type Version } from '../store.ts';
import { changesMessage, planMessage } from './view.ts';

type Revision = Pick<Version, 'id' | 'revision'>;

const keyOf = ({ id, revision }: Revision) => `${id}:${revision}`;

/** To the one whose signature is asked for. */
export function proposed(version: Revision, reader: PersonRef): NewDelivery {
  return { ...keyFor(reader, 'plan_proposed', keyOf(version)), subject: version.id };
}

/** To the one who proposed it. */
export function changesRequested(version: Revision, reader: PersonRef): NewDelivery {
  return { ...keyFor(reader, 'plan_changes_requested', keyOf(version)), subject: version.id };
}

/** To the one who proposed it: the other has signed too. */
export function agreed({ id }: Pick<Version, 'id'>, reader: PersonRef): NewDelivery {
  return { ...keyFor(reader, 'plan_agreed', id), subject: id };
}

export function planMessages(context: Context): MessageKind[] {
  /** Null where it is no longer its reader's, or not there. */
  async function planFor({ reader, subject }: Delivery): Promise<OpenPlan | null> {
    try {
      return await openVersion(context, reader, subject);
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  }

  async function screenFor(delivery: Delivery): Promise<PlanScreen | null> {
    const plan = await planFor(delivery);
    return plan && screenOf(plan, context);
  }

  return [
    // No button that asks for a signature is stale: it turns into what has become of the version.
    messageKind({
      kind: 'plan_proposed',
      isKept: true,
      load: screenFor,
      isDue: ({ version }, { key }) => version.status === 'proposed' && keyOf(version) === key,
      render: planMessage,
    }),
    messageKind({
      kind: 'plan_changes_requested',
      async load(delivery) {
        const plan = await planFor(delivery);
        const request = plan && (await lastRequest(context, plan.version));
        if (!request) return null;
        const { rep, manager } = plan.pair;
        const asker = request.actorId === rep.userId ? rep : manager;
        return asker && { screen: screenOf(plan, context), asker, comment: request.comment };
      },
      render: ({ screen, asker, comment }) => changesMessage(screen, asker.name, comment),
    }),
    messageKind({
      kind: 'plan_agreed',
      load: screenFor,
      isDue: ({ version }) => version.status === 'agreed',
      render: planMessage,
    }),
  ];
}
