/** The moves of a version on its road to two signatures, one function each; who may: `transition-rules.ts`. */

import type { Deps } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { onVersion } from '../on-version.ts';
import {
  addVersion,
  agreedVersion,
  closePlan as closePlanRow,
  latestVersion,
  moveTo,
  openVersionIds,
} from '../store.ts';
import { agreed, changesRequested, proposed } from './messages.ts';
import { openPoints } from './open-points-rules.ts';

/**
 * Signs the version for the actor and asks the other one of the pair for the second signature.
 * Returns who was asked. `revision` is the one that the actor has read.
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
    held.mustAllow('propose');
    const { version, pair, side, store } = held;
    if (String(version.revision) !== revision) {
      throw new UserError(
        'stale',
        'The plan has changed this very moment. `/bigplan` shows it as it is now: look it over, then sign.',
      );
    }
    if (openPoints(version.draft).some(({ blocking }) => blocking)) {
      throw new UserError('incomplete', 'Some steps are still empty: the list above says which.');
    }
    if (!pair.manager) throw new UserError('no_manager', 'Choose your manager first.');
    const askedId = side === 'rep' ? pair.manager.userId : pair.rep.userId;
    await moveTo(store, version, 'proposed', {
      kind: 'proposed',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment: null,
    });
    const proposal = { ...version, revision: version.revision + 1 };
    await deps.outbox.enqueue(store.db, proposed(proposal, askedId));
    return { askedId };
  });
}

/**
 * Makes a proposed version a draft again, so that it can be edited.
 * @throws UserError where it isn't theirs to take back, or no longer proposed.
 */
export async function withdrawPlan(deps: Deps, actor: PersonRef, versionId: string): Promise<void> {
  await onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('take_back');
    await moveTo(store, version, 'draft', {
      kind: 'taken_back',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment: null,
    });
  });
}

/**
 * Sends a proposed version back with a comment; the one who proposed it is told.
 * @throws UserError where it is not theirs to answer, or no longer proposed.
 */
export async function askForChanges(
  deps: Deps,
  actor: PersonRef,
  versionId: string,
  comment: string,
): Promise<void> {
  await onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('ask_for_changes');
    const { store, version, proposedBy } = held;
    await moveTo(store, version, 'changes_requested', {
      kind: 'changes_requested',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment,
    });
    const answered = { ...version, revision: version.revision + 1 };
    await deps.outbox.enqueue(store.db, changesRequested(answered, proposedBy ?? version.repId));
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
): Promise<void> {
  await onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('agree');
    const { store, version, proposedBy } = held;
    if (version.revision !== revision) {
      throw new UserError(
        'stale',
        'The plan has changed since that message. `/bigplan` shows it as it is now: look it over, then sign.',
      );
    }
    const signed = { actorId: actor.userId, at: deps.clock.now(), comment: null };
    const before = await agreedVersion(store, version.planId);
    if (before) await moveTo(store, before, 'superseded', { kind: 'superseded', ...signed });
    await moveTo(store, version, 'agreed', { kind: 'agreed', ...signed });
    // The signer's own message of the proposal turns into the agreed plan.
    await deps.outbox.enqueue(store.db, agreed(version, proposedBy ?? version.repId));
    await deps.scheduler.reschedule(store.db, { team: version.workspaceId, person: version.repId });
  });
}

/**
 * Opens a new version of an agreed plan, a copy to edit; the agreed one stays in force meanwhile.
 * Returns the new version's id, or that of the version which is already open.
 * @throws UserError where the version is not theirs or is not the agreed one.
 */
export async function startChange(
  deps: Deps,
  actor: PersonRef,
  versionId: string,
): Promise<string> {
  return onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    const latest = await latestVersion(store, version.planId);
    if (latest && latest.id !== version.id) return latest.id;
    mustAllow('start_change');
    return addVersion(
      store,
      { id: version.planId, workspaceId: version.workspaceId, repId: version.repId },
      {
        number: version.number + 1,
        draft: version.draft,
        actorId: actor.userId,
        at: deps.clock.now(),
      },
    );
  });
}

/**
 * Ends a plan: what is in force or in the making is closed, and `/bigplan` starts a new one. All its
 * versions stay readable.
 * @throws UserError where it is not theirs, or over already.
 */
export async function closePlan(deps: Deps, actor: PersonRef, versionId: string): Promise<void> {
  await onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('close');
    const at = deps.clock.now();
    const closed = { kind: 'closed', actorId: actor.userId, at, comment: null } as const;
    for (const id of await openVersionIds(store.db, version.planId)) {
      await moveTo(store, { ...version, id }, 'closed', closed);
    }
    await closePlanRow(store.db, version.planId, at);
    await deps.scheduler.reschedule(store.db, { team: version.workspaceId, person: version.repId });
  });
}
