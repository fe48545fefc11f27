/** Asking the other one of a pair for something, and ticking what was asked for. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { type Pair, pairOf, readerOf, type Side } from '../../plan/access.ts';
import { formatDate } from '../../slack/format.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { askedOrder } from '../deliveries.ts';
import type { ItemOwner } from '../store.ts';
import { type Ask, findAsk, saveAsk } from './store.ts';

/** So many days from today it is due at the latest. */
const MOST_DAYS = 370;

export interface AskFields {
  text: string;
  owner: ItemOwner;
  /** Local date. */
  due: string;
}

/** Who the two are now, and on which side the actor stands. @throws UserError `not_yours`, `plan_gone`. */
export async function askingPair(
  db: Store['db'],
  actor: PersonRef,
  repId: string,
): Promise<{ pair: Pair; side: Side }> {
  const pair = await pairOf(db, { workspaceId: actor.workspaceId, userId: repId });
  if (actor.userId === pair.rep.userId) return { pair, side: 'rep' };
  if (actor.userId === pair.manager?.userId) return { pair, side: 'manager' };
  throw new UserError(
    'not_yours',
    'What a rep and their manager promise each other is between the two of them.',
  );
}

/**
 * Keeps what one of the pair will do, and tells them where the other one asked. Sent twice, it is one.
 * @throws UserError `not_yours`, `no_manager`, `due_passed`, `due_far`.
 */
export function makeAsk(
  deps: Deps,
  actor: PersonRef,
  { id, repId }: { id: string; repId: string },
  fields: AskFields,
): Promise<Ask> {
  return inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, { workspaceId: actor.workspaceId, userId: repId });
    const store = { db: tx, encryption: deps.encryption };
    const { pair, side } = await askingPair(tx, actor, repId);
    const before = await findAsk(store, id);
    if (before) return before;
    const now = deps.clock.now();
    mustFit(pair, side, fields, now);
    const ask: Ask = {
      id,
      workspaceId: actor.workspaceId,
      repId,
      ...fields,
      doneAt: null,
      doneBy: null,
      removedAt: null,
      createdBy: actor.userId,
      createdAt: now,
    };
    await saveAsk(store, ask);
    const owner = fields.owner === 'rep' ? pair.rep : pair.manager;
    if (owner && owner.userId !== actor.userId)
      await deps.outbox.enqueue(tx, askedOrder(owner, ask));
    return ask;
  });
}

function mustFit(pair: Pair, side: Side, { owner, due }: AskFields, now: Date): void {
  if (owner === 'manager' && !pair.manager) {
    throw new UserError('no_manager', 'Nobody manages them at the moment.', 'owner');
  }
  const { timeZone, locale } = readerOf({ pair, side });
  const today = localDateIn(timeZone, now);
  if (due < today) {
    throw new UserError('due_passed', 'That day has passed: when from today on?', 'due');
  }
  const latest = addDays(today, MOST_DAYS);
  if (due > latest) {
    const shown = formatDate(latest, locale, 'date');
    throw new UserError('due_far', `That is too far off: ${shown} is the latest.`, 'due');
  }
}

/**
 * Ticks what was asked for, takes that back, or takes the whole of it back (who made it alone). What is so
 * already stays as it is.
 * @throws UserError `ask_gone`, `not_yours`.
 */
export function changeAsk(
  deps: Deps,
  actor: PersonRef,
  id: string,
  what: 'done' | 'undone' | 'removed',
): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    const store = { db: tx, encryption: deps.encryption };
    const found = await mustFindAsk(store, actor, id);
    await lockPerson(tx, { workspaceId: found.workspaceId, userId: found.repId });
    await askingPair(tx, actor, found.repId);
    const ask = await mustFindAsk(store, actor, id);
    if (what === 'removed' && ask.createdBy !== actor.userId) {
      throw new UserError('not_yours', 'Only whoever asked can take it back.');
    }
    await saveAsk(store, changed(ask, what, { by: actor.userId, at: deps.clock.now() }));
    await follow(deps, tx, ask);
  });
}

function changed(
  ask: Ask,
  what: 'done' | 'undone' | 'removed',
  act: { by: string; at: Date },
): Ask {
  switch (what) {
    case 'done':
      return ask.doneAt ? ask : { ...ask, doneAt: act.at, doneBy: act.by };
    case 'undone':
      return { ...ask, doneAt: null, doneBy: null };
    case 'removed':
      return { ...ask, removedAt: act.at };
  }
}

async function mustFindAsk(store: Store, { workspaceId }: PersonRef, id: string): Promise<Ask> {
  const ask = await findAsk(store, id);
  if (!ask || ask.workspaceId !== workspaceId || ask.removedAt) {
    throw new UserError('ask_gone', 'That was taken back meanwhile.');
  }
  return ask;
}

async function follow({ outbox }: Deps, tx: Tx, { workspaceId, id }: Ask): Promise<void> {
  await outbox.refresh(tx, { workspaceId, subject: id });
}
