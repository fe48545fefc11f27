/** What a rep does with a note about their pace. Each needs the episode to be theirs. */

import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { mustHavePlan } from '../check-in/find-day.ts';
import { paceDelivery } from '../delivery-keys.ts';
import { managerInForce } from '../plan-in-force.ts';
import type { Cause } from '../schemas.ts';
import { type Episode, findEpisode, removeCatchUp, saveCatchUp, saveEpisode } from '../store.ts';
import { EpisodeFigures } from './figures-schemas.ts';

/** @throws UserError `note_gone` or `not_yours`. */
export async function mustOwnEpisode(store: Store, actor: PersonRef, id: string): Promise<Episode> {
  const episode = await findEpisode(store, id);
  if (!episode || episode.workspaceId !== actor.workspaceId) {
    throw new UserError('note_gone', 'That note is no longer here.');
  }
  if (episode.userId !== actor.userId) {
    throw new UserError('not_yours', 'That note is for somebody else.');
  }
  return episode;
}

/** Has the rep's episode changed by `work`, which gets it with the transaction; its note shows what became of it. */
async function onEpisode(
  { db, encryption, outbox }: Deps,
  actor: PersonRef,
  id: string,
  work: (tx: Tx, store: Store, episode: Episode) => Promise<void>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, actor);
    const store = { db: tx, encryption };
    await work(tx, store, await mustOwnEpisode(store, actor, id));
    await outbox.refresh(tx, { ...actor, subject: id });
  });
}

/**
 * Takes up the catch-up plan as it was told: check-ins and blocks ask for its level until it ends.
 * @throws UserError `no_catch_up` where the note had none, or its time is over.
 */
export async function startCatchUp(deps: Deps, actor: PersonRef, id: string): Promise<void> {
  await onEpisode(deps, actor, id, async (tx, store, episode) => {
    const { today } = await mustHavePlan(store, actor, deps.clock.now());
    const { line, catchUp: told } = EpisodeFigures.parse(episode.figures);
    const isOver = episode.resolvedOn !== null;
    if (isOver || line.kind !== 'volume' || told?.kind !== 'plan' || told.until < today) {
      throw new UserError(
        'no_catch_up',
        'That catch-up plan is over: the next note has a new one.',
      );
    }
    const { perDay, until } = told;
    await saveCatchUp(tx, actor, { activity: line.activity, perDay, from: today, until });
    await saveEpisode(store, { ...episode, answer: 'catch_up' });
  });
}

export async function stopCatchUp(deps: Deps, actor: PersonRef, id: string): Promise<void> {
  await onEpisode(deps, actor, id, async (tx, store, episode) => {
    const { line } = EpisodeFigures.parse(episode.figures);
    if (line.kind === 'volume') await removeCatchUp(tx, actor, line.activity);
    await saveEpisode(store, { ...episode, answer: 'catch_up_off' });
  });
}

/** Keeps what the rep named as being in the way; nobody else is told. */
export async function nameObstacle(
  deps: Deps,
  actor: PersonRef,
  id: string,
  { causes, words }: { causes: Cause[]; words: string | null },
): Promise<void> {
  await onEpisode(deps, actor, id, (_, store, episode) =>
    saveEpisode(store, { ...episode, answer: 'obstacle', causes, note: words }),
  );
}

/**
 * Shows the manager the line of a streak, because the rep wants it.
 * @throws UserError `no_manager`, or `note_over` where the streak is.
 */
export async function tellManager(deps: Deps, actor: PersonRef, id: string): Promise<void> {
  await onEpisode(deps, actor, id, async (tx, store, episode) => {
    if (episode.answer === 'shared') return;
    await show(deps, tx, store, { ...episode, answer: 'told_manager' });
  });
}

/**
 * Keeps what the rep says of a streak; `isShared`: their manager reads it, with the line. What was shared stays
 * shared.
 * @throws UserError as `tellManager` where it is shared.
 */
export async function sayWhatChanged(
  deps: Deps,
  actor: PersonRef,
  id: string,
  { words, isShared }: { words: string; isShared: boolean },
): Promise<void> {
  await onEpisode(deps, actor, id, async (tx, store, episode) => {
    if (isShared || episode.answer === 'shared') {
      await show(deps, tx, store, { ...episode, note: words, answer: 'shared' });
      return;
    }
    const { answer } = episode;
    const kept = answer === 'told_manager' ? answer : 'kept';
    await saveEpisode(store, { ...episode, note: words, answer: kept });
  });
}

/** The manager is told once; what they have been sent shows what is so now. */
async function show(deps: Deps, tx: Tx, store: Store, episode: Episode): Promise<void> {
  if (episode.resolvedOn !== null) {
    throw new UserError('note_over', 'That is over by now: tell them the next one.');
  }
  const manager = await managerInForce(store, episode);
  if (!manager)
    throw new UserError('no_manager', 'Nobody plans with you now: there is nobody to tell.');
  const { today } = await mustHavePlan(store, episode, deps.clock.now());
  await saveEpisode(store, { ...episode, managerToldOn: episode.managerToldOn ?? today });
  const { workspaceId, userId } = manager;
  await deps.outbox.enqueue(tx, paceDelivery('paceManager', manager, episode.id));
  await deps.outbox.refresh(tx, { workspaceId, userId, subject: episode.id });
}

/** What the manager was told before stays told: then nothing changes. */
export async function keepToMyself(deps: Deps, actor: PersonRef, id: string): Promise<void> {
  await onEpisode(deps, actor, id, async (_, store, episode) => {
    if (episode.answer === 'told_manager' || episode.answer === 'shared') return;
    await saveEpisode(store, { ...episode, answer: 'kept' });
  });
}
