/**
 * The messages that Bigplan sends by itself about a plan: what the outbox is told of each. Their
 * subject is the version's id; the key says at which revision, so that each asking is one occasion.
 */
import type { NewDelivery } from '../outbox/delivery.ts';
import type { Version } from './store.ts';

export const DELIVERY = {
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
