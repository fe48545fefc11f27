import { inTransaction, type Tx } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import type { Actor } from '../people/deps.ts';
import { type Pair, pairOf, type Side, sideOf } from './access.ts';
import type { PlanDeps } from './deps.ts';
import { refuse } from './refusal-text.ts';
import { type Move, refusal } from './rules/moves.ts';
import { historyOf, lockVersion, type PlanStore, type Version } from './store.ts';

/** A version in a transaction that holds its plan, with who is asking and on which side. */
export interface Held {
  store: PlanStore<Tx>;
  version: Version;
  pair: Pair;
  side: Side;
  proposedBy: string | null;
  /** @throws UserError where the actor may not make this move now. */
  mustAllow(move: Move): void;
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
    const mustAllow = (move: Move) => refuse(refusal(move, position, actor.userId));
    return work({ store, version, pair, side, proposedBy, mustAllow });
  });
}

/** Who proposed the version last, however it went on. */
export async function proposerOf(store: PlanStore, version: Version): Promise<string | null> {
  const history = await historyOf(store, version.planId);
  const events = history.find(({ id }) => id === version.id)?.events ?? [];
  return events.findLast(({ kind }) => kind === 'proposed')?.actorId ?? null;
}
