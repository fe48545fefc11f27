import type { Db, Tx } from '../db/client.ts';
import type { PersonRef, Store } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import { type Pair, pairOf, type Side, sideOf } from './access.ts';
import { findNews, type PlanNews } from './approval/find-news.ts';
import { refusal, type Transition, type TransitionRefusal } from './approval/transition-rules.ts';
import type { RepPlan } from './round/choose-rules.ts';
import { plansOfRep } from './round/store.ts';
import { lastMoves, lockVersion, type TypedVersion, type Version } from './store.ts';

/** A version with the pair it belongs to, as one of the two sees it. */
export interface OpenPlan extends PlanNews {
  version: Version;
  pair: Pair;
  side: Side;
  /** Who proposed it last; null where nobody has. */
  proposedBy: string | null;
  /** All of the rep's, oldest first. */
  plans: readonly RepPlan[];
}

const TEXTS: Record<TransitionRefusal, string> = {
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
  dropped:
    'That version was dropped. *Versions* on the plan’s page lists it, and it can be brought back there.',
  not_dropped: 'That version is not dropped: `/bigplan` opens it.',
};

/** @throws UserError in words for the person, where there is a refusal. */
function refuse(refusal: TransitionRefusal | null): void {
  if (refusal) throw new UserError(refusal, TEXTS[refusal]);
}

/** A version in a transaction that holds its plan, with who is asking and on which side. */
export interface Held extends OpenPlan {
  store: Store<Tx>;
  /** @throws UserError where the actor may not make this move now. */
  mustAllow(move: Transition): void;
}

/**
 * Loads the version again, authorises the actor again, and runs `work` while nobody else can change
 * the plan.
 * @throws UserError `plan_gone`, `not_yours`, or what `work` throws.
 */
export async function onVersion<T>(
  { db, encryption }: Store<Db>,
  actor: PersonRef,
  versionId: string,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    const plan = await openAs(store, actor, await lockVersion(store, versionId));
    return work({ ...plan, store, mustAllow: (move) => mustAllowMove(plan, actor, move) });
  });
}

/** @throws UserError where the actor may not make this move as the version stands. */
export function mustAllowMove(
  { version, pair, proposedBy }: OpenPlan,
  actor: PersonRef,
  move: Transition,
): void {
  const position = {
    status: version.closed && version.status !== 'dropped' ? ('closed' as const) : version.status,
    proposedBy,
    repId: pair.rep.userId,
    managerId: pair.manager?.userId ?? null,
  };
  refuse(refusal(move, position, actor.userId));
}

/** Refuses who may not edit the version now, as `onVersion` does, without opening what is encrypted in it. */
export async function mustAllowEdit(
  db: Db | Tx,
  actor: PersonRef,
  version: TypedVersion | null,
): Promise<TypedVersion> {
  const found = mustBeHere(actor, version);
  sideOf(await pairOf(db, { workspaceId: found.workspaceId, userId: found.repId }), actor.userId);
  const status = found.closed && found.status !== 'dropped' ? 'closed' : found.status;
  refuse(refusal('edit', { status, proposedBy: null, repId: found.repId, managerId: null }, ''));
  return found;
}

/** @throws UserError `plan_gone` where there is none, or where it is another workspace's. */
function mustBeHere<V extends { workspaceId: string }>(actor: PersonRef, version: V | null): V {
  if (version && version.workspaceId === actor.workspaceId) return version;
  throw new UserError('plan_gone', 'That plan is no longer here. `/bigplan` starts a new one.');
}

/**
 * The version with the pair it belongs to, as the actor sees it. `known`: what was just read of its rep.
 * @throws UserError `plan_gone` or `not_yours`.
 */
export async function openAs(
  store: Store,
  actor: PersonRef,
  found: Version | null,
  known?: Pick<OpenPlan, 'pair' | 'plans'>,
): Promise<OpenPlan> {
  const version = mustBeHere(actor, found);
  const { workspaceId, repId: userId } = version;
  const pair = known?.pair ?? (await pairOf(store.db, { workspaceId, userId }));
  const side = sideOf(pair, actor.userId);
  const { proposedBy, request } = await lastMoves(store, version);
  const plans = known?.plans ?? (await plansOfRep(store.db, pair.rep));
  return { version, pair, side, proposedBy, plans, ...(await findNews(store, version, request)) };
}
