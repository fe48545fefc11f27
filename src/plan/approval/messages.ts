/**
 * The messages that Bigplan sends by itself about a plan. Their subject is the version's id; the key says
 * at which revision, so that each asking is one delivery.
 */
import type { Context } from '../../context.ts';
import type { Shows } from '../../db/audit.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { type Weight, weightAfter } from '../../outbox/budget-rules.ts';
import { type Delivery, keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { Person } from '../../people/store.ts';
import { type OpenPlan, openAs } from '../on-version.ts';
import type { PlanScreen } from '../reading/plan-view.ts';
import { screenOf } from '../screen.ts';
import { findVersion, lastMoveBy, newestOf, type Version, type VersionStatus } from '../store.ts';
import { changesMessage, planMessage, staleMessage } from './view.ts';

interface Told extends PlanScreen {
  weight: Weight;
  /** Whether a later message of its kind is about the same version. */
  isOvertaken: boolean;
}

type Revision = Pick<Version, 'id' | 'revision'>;

const keyOf = ({ id, revision }: Revision) => `${id}:${revision}`;

const revisionIn = (key: string) => Number(key.split(':').at(-1));

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
      return await openAs(context, reader, await findVersion(context, subject));
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  }

  /** The other of the pair: whatever one is told was done by the other. */
  async function otherOf(delivery: Delivery): Promise<PersonRef | null> {
    const plan = await planFor(delivery);
    if (!plan) return null;
    const { rep, manager } = plan.pair;
    return [rep, manager].find((one) => one && one.userId !== delivery.userId) ?? null;
  }

  async function screenFor(delivery: Delivery): Promise<Told | null> {
    const plan = await planFor(delivery);
    if (!plan) return null;
    const { version } = plan;
    const newest = await newestOf(context.db, version.planId);
    return {
      ...screenOf(plan, context),
      newer: newest && newest.number > version.number ? newest : undefined,
      weight: await weigh(plan, delivery),
      isOvertaken: await isOvertaken(delivery),
    };
  }

  async function isOvertaken({ kind, subject, key, workspaceId }: Delivery): Promise<boolean> {
    const all = await context.outbox.find({ kind, subject, workspaceId });
    return all.some((one) => revisionIn(one.key) > revisionIn(key));
  }

  /** The message holds the plan's figures. */
  const shows = ({ version }: Told): Shows => ({ kind: 'plan_seen', repIds: [version.repId] });

  /** Between two who are at it together, one move is the answer to the other. */
  async function weigh({ version }: OpenPlan, { reader }: Delivery): Promise<Weight> {
    const acted = await lastMoveBy(context.db, version.id, reader.userId);
    return weightAfter(acted, context.clock.now());
  }

  return [
    // No button that asks for a signature is stale: the message of the last proposal turns into the plan
    // once that is agreed, the others say what has become of it.
    messageKind<Told>({
      kind: 'plan_proposed',
      weight: ({ weight }) => weight,
      isKept: true,
      shows,
      awaited: { what: 'the plan that waits for their signature', by: otherOf },
      load: screenFor,
      isDue: ({ version }, { key }) => version.status === 'proposed' && keyOf(version) === key,
      render: (told) => (standsIn(told, ['proposed', 'agreed']) ? planMessage : staleMessage)(told),
    }),
    messageKind<Told>({
      kind: 'plan_changes_requested',
      weight: ({ weight }) => weight,
      isKept: true,
      shows,
      awaited: { what: 'the changes that you asked for', by: otherOf },
      load: screenFor,
      isDue: (told) => standsIn(told, ['changes_requested']) && askerOf(told) !== null,
      render: (told) =>
        standsIn(told, ['changes_requested'])
          ? changesMessage(told, askerOf(told)?.name ?? 'Somebody')
          : staleMessage(told),
    }),
    messageKind<Told>({
      kind: 'plan_agreed',
      weight: ({ weight }) => weight,
      isKept: true,
      shows,
      load: screenFor,
      isDue: ({ version }) => version.status === 'agreed',
      render: (told) => (standsIn(told, ['agreed']) ? planMessage : staleMessage)(told),
    }),
  ];
}

/** Whether a message is the one about its version as it stands, with the buttons that go with that. */
function standsIn({ version, isOvertaken }: Told, statuses: readonly VersionStatus[]): boolean {
  return !isOvertaken && statuses.includes(version.status);
}

/** Who asks for changes, where they are still one of the pair. */
function askerOf({ request, pair: { rep, manager } }: Told): Person | null {
  return [rep, manager].find((one) => one?.userId === request?.actorId) ?? null;
}
