/**
 * The messages that Bigplan sends by itself about a plan. Their subject is the version's id; the key says
 * at which revision, so that each asking is one delivery.
 */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { type Weight, weightAfter } from '../../outbox/budget-rules.ts';
import { type Delivery, keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { Person } from '../../people/store.ts';
import type { OpenPlan } from '../on-version.ts';
import { openVersion } from '../open-plan.ts';
import type { PlanScreen } from '../reading/plan-view.ts';
import { screenOf } from '../screen.ts';
import { lastMoveBy, lastRequest, type Version } from '../store.ts';
import { changesMessage, planMessage } from './view.ts';

type Told = PlanScreen & { weight: Weight };

interface ToldRequest {
  screen: PlanScreen;
  asker: Person;
  comment: string;
  weight: Weight;
}

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

  async function screenFor(delivery: Delivery): Promise<Told | null> {
    const plan = await planFor(delivery);
    return plan && { ...screenOf(plan, context), weight: await weigh(plan, delivery) };
  }

  /** Between two who are at it together, one move is the answer to the other. */
  async function weigh({ version }: OpenPlan, { reader }: Delivery): Promise<Weight> {
    const acted = await lastMoveBy(context.db, version.id, reader.userId);
    return weightAfter(acted, context.clock.now());
  }

  return [
    // No button that asks for a signature is stale: it turns into what has become of the version.
    messageKind<Told>({
      kind: 'plan_proposed',
      weight: ({ weight }) => weight,
      isKept: true,
      load: screenFor,
      isDue: ({ version }, { key }) => version.status === 'proposed' && keyOf(version) === key,
      render: planMessage,
    }),
    messageKind<ToldRequest>({
      kind: 'plan_changes_requested',
      weight: ({ weight }) => weight,
      async load(delivery) {
        const plan = await planFor(delivery);
        const request = plan && (await lastRequest(context, plan.version));
        if (!request) return null;
        const { rep, manager } = plan.pair;
        const asker = request.actorId === rep.userId ? rep : manager;
        if (!asker) return null;
        const weight = await weigh(plan, delivery);
        return { screen: screenOf(plan, context), asker, comment: request.comment, weight };
      },
      render: ({ screen, asker, comment }) => changesMessage(screen, asker.name, comment),
    }),
    messageKind<Told>({
      kind: 'plan_agreed',
      weight: ({ weight }) => weight,
      load: screenFor,
      isDue: ({ version }) => version.status === 'agreed',
      render: planMessage,
    }),
  ];
}
