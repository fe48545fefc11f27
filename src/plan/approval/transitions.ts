/** The moves of a version on its road to two signatures, one function each; who may: `transition-rules.ts`. */

import type { Deps } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { type Held, onVersion } from '../on-version.ts';
import { periodOf } from '../round/choose-rules.ts';
import { dueSubject, refreshTeamDues } from '../round/due-keys.ts';
import { placeOf } from '../round/place-rules.ts';
import {
  addVersion,
  agreedVersion,
  hasEvent,
  latestVersion,
  markPlanClosed,
  moveTo,
  nextNumber,
  openVersionIds,
  type PlanEvent,
  type Version,
  type VersionStatus,
} from '../store.ts';
import { agreed, changesRequested, proposed } from './messages.ts';
import { openPoints } from './open-points-rules.ts';

/** What a transition has led to: the version to look at, and whose plan it is. */
export interface Moved {
  versionId: string;
  repId: string;
}

const movedTo = ({ id, repId }: Version): Moved => ({ versionId: id, repId });

const askedBy = ({ version, proposedBy }: Held): PersonRef => ({
  workspaceId: version.workspaceId,
  userId: proposedBy ?? version.repId,
});

/** Moves the version on, and has the messages about it, and about the one in force, say so. */
async function move(
  { outbox }: Pick<Deps, 'outbox'>,
  store: Held['store'],
  version: Version,
  status: VersionStatus,
  event: PlanEvent,
): Promise<void> {
  await moveTo(store, version, status, event);
  const { workspaceId, planId } = version;
  const subjects = new Set([version.id, ...(await openVersionIds(store.db, planId))]);
  subjects.add(dueSubject(version.repId));
  for (const subject of subjects) await outbox.refresh(store.db, { workspaceId, subject });
}

/**
 * Signs the version for the actor and asks the other one of the pair for the second signature.
 * Returns who was asked. Signed by the actor already, it stays so. `revision` is the one that the actor
 * has read.
 * @throws UserError where it is not theirs, not open, incomplete, not what they read, or there is no
 * manager.
 */
export async function proposePlan(
  deps: Deps,
  actor: PersonRef,
  versionId: string,
  revision: string,
): Promise<{ askedId: string }> {
  return onVersion(deps, actor, versionId, async (held) => {
    const { version, pair, side, store, proposedBy } = held;
    const otherId = side === 'rep' ? pair.manager?.userId : pair.rep.userId;
    if (version.status === 'proposed' && proposedBy === actor.userId && otherId !== undefined) {
      return { askedId: otherId };
    }
    held.mustAllow('propose');
    if (String(version.revision) !== revision) {
      throw new UserError(
        'stale',
        'The plan has changed this very moment. `/bigplan` shows it as it is now: look it over, then sign.',
      );
    }
    if (openPoints(version.draft).some(({ blocking }) => blocking)) {
      throw new UserError('incomplete', 'Some steps are still empty: the list above says which.');
    }
    if (otherId === undefined) throw new UserError('no_manager', 'Choose your manager first.');
    await move(deps, store, version, 'proposed', {
      kind: 'proposed',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment: null,
      draft: version.draft,
    });
    const proposal = { ...version, revision: version.revision + 1 };
    const asked = { workspaceId: version.workspaceId, userId: otherId };
    await deps.outbox.enqueue(store.db, proposed(proposal, asked));
    return { askedId: otherId };
  });
}

/**
 * Makes a proposed version a draft again, so that it can be edited.
 * @throws UserError where it isn't theirs to take back, or no longer proposed.
 */
export async function withdrawPlan(
  deps: Deps,
  actor: PersonRef,
  versionId: string,
): Promise<Moved> {
  return onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('take_back');
    await move(deps, store, version, 'draft', {
      kind: 'taken_back',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment: null,
    });
    return movedTo(version);
  });
}

/**
 * Sends a proposed version back with a comment; the one who proposed it is told. `id`: of the submission,
 * which sends it back once however often it comes.
 * @throws UserError where it is not theirs to answer, or no longer proposed.
 */
export async function askForChanges(
  deps: Deps,
  actor: PersonRef,
  versionId: string,
  { id, comment }: { id: string; comment: string },
): Promise<Moved> {
  return onVersion(deps, actor, versionId, async (held) => {
    const { store, version } = held;
    if (await hasEvent(store.db, version, id)) return movedTo(version);
    held.mustAllow('ask_for_changes');
    await move(deps, store, version, 'changes_requested', {
      id,
      kind: 'changes_requested',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment,
    });
    const answered = { ...version, revision: version.revision + 1 };
    await deps.outbox.enqueue(store.db, changesRequested(answered, askedBy(held)));
    return movedTo(version);
  });
}

/**
 * Gives the second signature: the version is frozen, the one it replaces is superseded, and the one
 * who proposed it is told.
 * `revision` is the one that the actor has read; a proposal that changed since is not agreed.
 * @throws UserError where it is not theirs to sign, no longer proposed, or not what they read.
 */
export async function agreePlan(
  deps: Deps,
  actor: PersonRef,
  versionId: string,
  revision: number,
): Promise<Moved> {
  return onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('agree');
    const { store, version } = held;
    if (version.revision !== revision) {
      throw new UserError(
        'stale',
        'The plan has changed since that message. `/bigplan` shows it as it is now: look it over, then sign.',
      );
    }
    const signed = { actorId: actor.userId, at: deps.clock.now(), comment: null };
    const before = await agreedVersion(store, version.planId);
    if (before) await move(deps, store, before, 'superseded', { kind: 'superseded', ...signed });
    await move(deps, store, version, 'agreed', { kind: 'agreed', ...signed });
    // The signer's own message of the proposal turns into the agreed plan.
    await deps.outbox.enqueue(store.db, agreed(version, askedBy(held)));
    await refreshTeamDues(deps.outbox, store.db, held.pair.manager);
    await deps.scheduler.reschedule(store.db, {
      workspaceId: version.workspaceId,
      userId: version.repId,
    });
    return movedTo(version);
  });
}

/**
 * Opens a new version of an agreed plan, a copy to edit; the agreed one stays in force meanwhile.
 * Leads to the new version, or to the one which is already open.
 * @throws UserError where the version is not theirs or is not the agreed one.
 */
export async function startChange(deps: Deps, actor: PersonRef, versionId: string): Promise<Moved> {
  return onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    const latest = await latestVersion(store, version.planId);
    if (latest && latest.id !== version.id) return movedTo(latest);
    mustAllow('start_change');
    const id = await addVersion(
      store,
      { id: version.planId, workspaceId: version.workspaceId, repId: version.repId },
      {
        number: await nextNumber(store.db, version.planId),
        draft: version.draft,
        actorId: actor.userId,
        at: deps.clock.now(),
      },
    );
    const { workspaceId } = version;
    await deps.outbox.refresh(store.db, { workspaceId, subject: version.id });
    return movedTo({ ...version, id });
  });
}

/**
 * Drops a version that isn't signed and isn't wanted: what was before it goes on. Dropped already, it stays so.
 * @throws UserError where it isn't theirs, is proposed or agreed, or is all that the rep has.
 */
export async function dropVersion(deps: Deps, actor: PersonRef, versionId: string): Promise<Moved> {
  return onVersion(deps, actor, versionId, async ({ mustAllow, store, version, plans }) => {
    if (version.status === 'dropped') return movedTo(version);
    mustAllow('drop');
    const { hasOther } = placeOf(
      { planId: version.planId, period: version.draft.period, status: version.status },
      plans,
      version.draft.period.start,
    );
    if (!hasOther) {
      throw new UserError(
        'only_version',
        'This is the only plan there is, so there is nothing to go on with: change it instead.',
      );
    }
    const event = { actorId: actor.userId, at: deps.clock.now(), comment: null };
    await move(deps, store, version, 'dropped', { kind: 'dropped', ...event });
    return movedTo(version);
  });
}

/**
 * Makes a dropped version a draft again, unless another was begun since.
 * @throws UserError where it isn't theirs or isn't dropped, or `newer_open`.
 */
export async function bringBackVersion(
  deps: Deps,
  actor: PersonRef,
  versionId: string,
): Promise<Moved> {
  return onVersion(deps, actor, versionId, async ({ mustAllow, store, version, plans }) => {
    if (version.status === 'draft') return movedTo(version);
    mustAllow('bring_back');
    const latest = await latestVersion(store, version.planId);
    const isOvertaken = latest
      ? latest.status !== 'agreed' || latest.number > version.number
      : plans.some(
          (plan) =>
            plan.closedOn === null &&
            plan.id !== version.planId &&
            periodOf(plan).end >= version.draft.period.start,
        );
    if (isOvertaken || version.closed) {
      throw new UserError(
        'newer_open',
        'Another version was begun since: `/bigplan` opens that one.',
      );
    }
    const event = { actorId: actor.userId, at: deps.clock.now(), comment: null };
    await move(deps, store, version, 'draft', { kind: 'brought_back', ...event });
    return movedTo(version);
  });
}

/**
 * Ends a plan: what is in force or in the making is closed, and `/bigplan` starts a new one. All its
 * versions stay readable.
 * @throws UserError where it is not theirs, or over already.
 */
export async function closePlan(deps: Deps, actor: PersonRef, versionId: string): Promise<Moved> {
  return onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('close');
    await endPlan(deps, store, actor, version);
    return movedTo(version);
  });
}

/** Ends the plan that a version is of, in the caller's transaction; who may is for the caller to know. */
export async function endPlan(
  deps: Pick<Deps, 'outbox' | 'scheduler' | 'clock'>,
  store: Held['store'],
  actor: PersonRef,
  version: Version,
): Promise<void> {
  const at = deps.clock.now();
  const closed = { kind: 'closed', actorId: actor.userId, at, comment: null } as const;
  for (const id of await openVersionIds(store.db, version.planId)) {
    await move(deps, store, { ...version, id }, 'closed', closed);
  }
  await markPlanClosed(store.db, version.planId, at);
  const { workspaceId, repId: userId } = version;
  await deps.scheduler.reschedule(store.db, { workspaceId, userId });
}
