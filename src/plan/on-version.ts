import { inTransaction, type Tx } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import type { Actor } from '../people/deps.ts';
import { type Pair, pairOf, type Side, sideOf } from './access.ts';
import { type Refusal, refusal, type Transition } from './approval/transition-rules.ts';
import type { PlanDeps } from './deps.ts';
import { historyOf, lockVersion, type PlanStore, type Version } from './store.ts';

const TEXTS: Record<Refusal, string> = {
  already_proposed:
    'This version is proposed and waits for the second signature. Take it back to change it.',
  already_agreed: 'You have both signed this version already. To change it, start a new version.',
  over: 'That version has been replaced by a newer one. `/bigplan` opens the one that counts.',
  not_proposed:
    'That proposal is no longer open: it was taken back or answered. `/bigplan` shows where it stands.',
  own_proposal: 'You proposed this one, so the other signature has to come from the other side.',
  not_own_proposal:
    'Only the person who proposed it can take it back. You can ask for changes instead.',
  proposer_left:
    'Whoever proposed this is no longer part of the pair. Take it back, look it over and propose it again.',
  no_manager: 'There is nobody to agree it with yet. Choose your manager in the last step.',
  not_agreed: 'This version is still open, so just change it: nothing new is needed.',
};

/** @throws UserError in words for the person, where there is a refusal. */
function refuse(refusal: Refusal | null): void {
  if (refusal) throw new UserError(refusal, TEXTS[refusal]);
}

/** A version in a transaction that holds its plan, with who is asking and on which side. */
export interface Held {
  store: PlanStore<Tx>;
  version: Version;
  pair: Pair;
  side: Side;
  proposedBy: string | null;
  /** @throws UserError where the actor may not make this move now. */
  mustAllow(move: Transition): void;
}

/**
 * Loads the version again, authorises the actor again, and runs `work` while nobody else can change
 * the plan.
 * @throws UserError `plan_gone`, `not_yours`, or what `work` throws.
 */
export async function onVersion<T>(
  { db, encryption }: Pick<PlanDeps, 'db' | 'encryption'>,
  actor: Actor,
  versionId: string,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    const version = await lockVersion(store, versionId);
    if (!version || version.workspaceId !== actor.workspaceId) {
      throw new UserError('plan_gone', 'That plan is no longer here. `/bigplan` starts a new one.');
    }
    const pair = await pairOf(tx, version.workspaceId, version.repId);
    const side = sideOf(pair, actor.userId);
    const proposedBy = await proposerOf(store, version);
    const position = {
      status: version.closed ? ('closed' as const) : version.status,
      proposedBy,
      repId: pair.rep.userId,
      managerId: pair.manager?.userId ?? null,
    };
    const mustAllow = (move: Transition) => refuse(refusal(move, position, actor.userId));
    return work({ store, version, pair, side, proposedBy, mustAllow });
  });
}

/** Who proposed the version last, however it went on. */
export async function proposerOf(store: PlanStore, version: Version): Promise<string | null> {
  const history = await historyOf(store, version.planId);
  const events = history.find(({ id }) => id === version.id)?.events ?? [];
  return events.findLast(({ kind }) => kind === 'proposed')?.actorId ?? null;
}
