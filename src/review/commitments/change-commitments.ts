/** What somebody takes on before others: taken, changed, ticked, taken off and put back. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findPerson, lockWorkspace, type Person } from '../../people/store.ts';
import { mondayOf } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { functionOwner } from '../brief/store.ts';
import { commitmentTaken, monthCause } from '../deliveries.ts';
import type { CommitmentAbout } from './schemas.ts';
import { type Commitment, type CommitmentOrigin, findCommitment, saveCommitment } from './store.ts';

export interface CommitmentEntry {
  /** Slack's user id. */
  owner: string;
  text: string;
  /** Local date. */
  due: string;
}

const FOR_LEADERS = 'That is for leaders, and for whoever took it on.';

const decides = (person: Person | null): boolean =>
  person !== null && !person.deactivated && (person.leader || person.admin);

/**
 * Who may take something on about it: for a cause leaders and admins, in a sync its function's owner too.
 * @throws UserError `not_yours`.
 */
async function mustMayTake(
  db: Store['db'],
  actor: PersonRef,
  origin: CommitmentOrigin,
): Promise<void> {
  if (decides(await findPerson(db, actor))) return;
  if (origin.kind === 'sync') {
    const owner = await functionOwner(db, actor.workspaceId, origin.function);
    if (owner === actor.userId) return;
  }
  throw new UserError('not_yours', FOR_LEADERS);
}

/**
 * One that a button names, for leaders, admins, its owner and whoever wrote it.
 * @throws UserError `commitment_gone` or `not_yours`.
 */
export async function mustFindCommitment(
  store: Store,
  actor: PersonRef,
  id: string,
): Promise<Commitment> {
  const found = await findCommitment(store, id);
  if (!found || found.workspaceId !== actor.workspaceId) {
    throw new UserError('commitment_gone', 'That is no longer on the list.');
  }
  if ([found.ownerId, found.createdBy].includes(actor.userId)) return found;
  if (decides(await findPerson(store.db, actor))) return found;
  throw new UserError('not_yours', FOR_LEADERS);
}

/** `about` as it is stored, for whoever may write it. @throws UserError `not_yours` or `commitment_gone`. */
export async function mustMayCommit(
  store: Store,
  actor: PersonRef,
  about: CommitmentAbout,
): Promise<Commitment | null> {
  if (about.kind === 'one') return mustFindCommitment(store, actor, about.id);
  await mustMayTake(store.db, actor, about);
  return null;
}

/**
 * Takes something on, or changes it. `id`: of the submission, which makes one however often it comes. An owner who
 * didn't write it themselves hears of it.
 * @throws UserError `not_yours`, `commitment_gone`, or at a path of the form.
 */
export async function commit(
  deps: Deps,
  actor: PersonRef,
  about: CommitmentAbout,
  { id, owner, text, due }: CommitmentEntry & { id: string },
): Promise<Commitment> {
  const { encryption, clock } = deps;
  return inTransaction(deps.db, async (tx) => {
    const store = { db: tx, encryption };
    await lockWorkspace(tx, actor.workspaceId);
    const before = (await mustMayCommit(store, actor, about)) ?? (await findCommitment(store, id));
    if (before && before.workspaceId !== actor.workspaceId) {
      throw new UserError('commitment_gone', 'That is no longer on the list.');
    }
    const person = await findPerson(tx, { workspaceId: actor.workspaceId, userId: owner });
    if (!person || person.deactivated) {
      throw new UserError('no_owner', 'Nobody here goes by that name: pick a person.', 'owner');
    }
    const now = clock.now();
    const today = localDateIn(person.timeZone, now);
    if (due < today && due !== before?.due) {
      throw new UserError('day_past', 'That day has passed: pick one to come.', 'due');
    }
    const saved: Commitment = before
      ? { ...before, ownerId: owner, text, due }
      : {
          id,
          workspaceId: actor.workspaceId,
          ownerId: owner,
          text,
          due,
          origin: originOf(about),
          week: mondayOf(today),
          doneAt: null,
          doneBy: null,
          removedAt: null,
          createdBy: actor.userId,
          createdAt: now,
        };
    await saveCommitment(store, saved);
    if (owner !== actor.userId) await deps.outbox.enqueue(tx, commitmentTaken(saved));
    await showAnew(deps, tx, saved);
    return saved;
  });
}

function originOf(about: CommitmentAbout): CommitmentOrigin {
  if (about.kind === 'one')
    throw new UserError('commitment_gone', 'That is no longer on the list.');
  return about;
}

/** Ticks it or takes that back. @throws UserError `commitment_gone` or `not_yours`. */
export function tickCommitment(
  deps: Deps,
  actor: PersonRef,
  id: string,
  isDone: boolean,
): Promise<Commitment> {
  const now = deps.clock.now();
  return changeCommitment(deps, actor, id, ({ doneAt, doneBy }) =>
    isDone
      ? { doneAt: doneAt ?? now, doneBy: doneBy ?? actor.userId }
      : { doneAt: null, doneBy: null },
  );
}

/** Takes it off the list or puts it back. @throws as `tickCommitment`. */
export function removeCommitment(
  deps: Deps,
  actor: PersonRef,
  id: string,
  isRemoved: boolean,
): Promise<Commitment> {
  const removedAt = isRemoved ? deps.clock.now() : null;
  return changeCommitment(deps, actor, id, () => ({ removedAt }));
}

async function changeCommitment(
  deps: Deps,
  actor: PersonRef,
  id: string,
  change: (before: Commitment) => Partial<Commitment>,
): Promise<Commitment> {
  return inTransaction(deps.db, async (tx) => {
    const store = { db: tx, encryption: deps.encryption };
    await lockWorkspace(tx, actor.workspaceId);
    const before = await mustFindCommitment(store, actor, id);
    const after = { ...before, ...change(before) };
    await saveCommitment(store, after);
    await showAnew(deps, tx, after);
    return after;
  });
}

/** Whatever shows it. */
async function showAnew({ outbox }: Deps, tx: Tx, { workspaceId, id, origin, week }: Commitment) {
  const subject =
    origin.kind === 'cause'
      ? monthCause.write({ month: origin.month, cause: origin.cause })
      : `brief:${week}`;
  await outbox.refresh(tx, { workspaceId, subject });
  await outbox.refresh(tx, { workspaceId, subject: id });
}
