/** What a rep does with a note about their pace. Each needs the episode to be theirs. */
import { lockPerson } from '../../db/lock-people.ts';
import { inTransaction, type Tx } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Person } from '../../people/store.ts';
import { mustHavePlan } from '../check-in/find-day.ts';
import { paceOrder } from '../delivery-keys.ts';
import type { ActivityDeps, Reading, RepId } from '../deps.ts';
import { managerInForce } from '../plan-in-force.ts';
import type { Cause } from '../schemas.ts';
import {
  type CatchUp,
  type Episode,
  findEpisode,
  removeCatchUp,
  saveCatchUp,
  saveEpisode,
} from '../store.ts';
import { EpisodeFigures } from './figures-schemas.ts';

/** @throws UserError `note_gone` or `not_yours`. */
export async function mustOwnEpisode(store: Reading, actor: RepId, id: string): Promise<Episode> {
  const episode = await findEpisode(store, id);
  if (!episode || episode.workspaceId !== actor.workspaceId) {
    throw new UserError('note_gone', 'That note is no longer here.');
  }
  if (episode.userId !== actor.userId) {
    throw new UserError('not_yours', 'That note is for somebody else.');
  }
  return episode;
}

async function onEpisode<T>(
  { db, encryption }: ActivityDeps,
  actor: RepId,
  id: string,
  work: (tx: Tx, store: Reading, episode: Episode) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    await lockPerson(tx, actor);
    const store = { db: tx, encryption };
    return work(tx, store, await mustOwnEpisode(store, actor, id));
  });
}

/**
 * Takes up the catch-up plan as it was told: check-ins and blocks ask for its level until it ends.
 * @throws UserError `no_catch_up` where the note had none, or its time is over.
 */
export async function startCatchUp(
  deps: ActivityDeps,
  actor: RepId,
  id: string,
): Promise<{ episode: Episode; catchUp: CatchUp }> {
  return onEpisode(deps, actor, id, async (tx, store, episode) => {
    const { today } = await mustHavePlan(store, actor, deps.clock.now());
    const { line, catchUp: told } = EpisodeFigures.parse(episode.figures);
    const isOver = episode.resolvedOn !== null;
    if (isOver || line.kind !== 'volume' || told?.kind !== 'plan' || told.until < today) {
      throw new UserError(
        'no_catch_up',
        'That catch-up plan is over: the next note has a new one.',
      );
    }
    const { activity } = line;
    const catchUp = { activity, perDay: told.perDay, from: today, until: told.until };
    await saveCatchUp(tx, actor, catchUp);
    const answered = { ...episode, answer: 'catch_up' as const };
    await saveEpisode(store, answered);
    return { episode: answered, catchUp };
  });
}

export async function stopCatchUp(deps: ActivityDeps, actor: RepId, id: string): Promise<Episode> {
  return onEpisode(deps, actor, id, async (tx, store, episode) => {
    const { line } = EpisodeFigures.parse(episode.figures);
    if (line.kind === 'volume') await removeCatchUp(tx, actor, line.activity);
    const answered = { ...episode, answer: null };
    await saveEpisode(store, answered);
    return answered;
  });
}

/** Keeps what the rep named as being in the way; nobody else is told. */
export async function nameObstacle(
  deps: ActivityDeps,
  actor: RepId,
  id: string,
  { causes, words }: { causes: Cause[]; words: string | null },
): Promise<Episode> {
  return onEpisode(deps, actor, id, async (_, store, episode) => {
    const answered = { ...episode, answer: 'obstacle' as const, causes, note: words };
    await saveEpisode(store, answered);
    return answered;
  });
}

/**
 * Shows the manager the line of a streak, because the rep wants it.
 * @throws UserError `no_manager`, or `note_over` where the streak is.
 */
export async function tellManager(
  deps: ActivityDeps,
  actor: RepId,
  id: string,
): Promise<{ episode: Episode; manager: Person }> {
  return onEpisode(deps, actor, id, async (tx, store, episode) => {
    if (episode.resolvedOn !== null) {
      throw new UserError('note_over', 'That is over by now: tell them the next one.');
    }
    const manager = await managerInForce(store, actor);
    if (!manager)
      throw new UserError('no_manager', 'Nobody plans with you now: there is nobody to tell.');
    const { today } = await mustHavePlan(store, actor, deps.clock.now());
    const answered = { ...episode, answer: 'told_manager' as const, managerToldOn: today };
    await saveEpisode(store, answered);
    await deps.outbox.enqueue(tx, paceOrder('paceManager', manager, id));
    return { episode: answered, manager };
  });
}

/** What the manager was told before stays told: then nothing changes. */
export async function keepToMyself(deps: ActivityDeps, actor: RepId, id: string): Promise<Episode> {
  return onEpisode(deps, actor, id, async (_, store, episode) => {
    if (episode.answer === 'told_manager') return episode;
    const answered = { ...episode, answer: 'kept' as const };
    await saveEpisode(store, answered);
    return answered;
  });
}
