/** What is said of somebody's pace: to them, to their manager where it persists, and that it is over. */
import type { Context } from '../../context.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { findPerson } from '../../people/store.ts';
import { localDateIn } from '../../time/zone.ts';
import { reachable } from '../can-notify.ts';
import { ACTIVITY_DELIVERY } from '../delivery-keys.ts';
import { managerInForce } from '../plan-in-force.ts';
import { type Episode, findEpisode, nudgesOf } from '../store.ts';
import { isForManager, isLow } from './episode-rules.ts';
import { EpisodeFigures } from './figures-schemas.ts';
import {
  type PaceScreen,
  paceAnsweredMessage,
  paceManagerMessage,
  paceMessage,
  paceResolvedMessage,
  paceShownMessage,
} from './view.ts';

export const paceMessages = (context: Context): MessageKind[] => [
  noteKind(context),
  managerKind(context),
  shownKind(context),
  resolvedKind(context),
];

interface ToldEpisode {
  screen: PaceScreen;
  episode: Episode;
  /** Whether its reader wants notes about pace. */
  isWelcome: boolean;
}

/** An episode with the words for a reader; null where it or they are gone. */
async function loadEpisode(
  context: Context,
  { subject, reader, message }: Delivery,
): Promise<ToldEpisode | null> {
  const episode = await findEpisode(context, subject);
  const person =
    message === null ? await reachable(context, reader) : await findPerson(context.db, reader);
  if (!episode || !person) return null;
  const nudges = message === null ? await nudgesOf(context, reader) : null;
  const manager = await managerInForce(context, episode);
  const screen = {
    episodeId: episode.id,
    repId: episode.userId,
    figures: EpisodeFigures.parse(episode.figures),
    low: isLow(episode),
    locale: person.locale,
    today: localDateIn(person.timeZone, context.clock.now()),
    managerId: manager?.userId ?? null,
  };
  return { screen, episode, isWelcome: nudges?.paceNotes ?? false };
}

/** The note shows what its rep has done with it. */
const noteKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.pace,
    // Nobody hears of it before its rep has.
    weight: 'must',
    isKept: true,
    load: (delivery) => loadEpisode(context, delivery),
    isDue: ({ episode, isWelcome }) => episode.resolvedOn === null && isWelcome,
    render({ screen, episode }) {
      const { answer } = episode;
      if (answer !== null) return paceAnsweredMessage(screen, { ...episode, answer });
      const isPromise = !isForManager(episode) || episode.managerOn !== null;
      return paceMessage({ ...screen, managerId: isPromise ? screen.managerId : null });
    },
  });

const managerKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.paceManager,
    weight: 'must',
    isKept: true,
    async load(delivery) {
      const told = await loadEpisode(context, delivery);
      const { workspaceId, userId } = delivery;
      if (!told || told.screen.managerId !== userId) return null;
      const rep = await findPerson(context.db, { workspaceId, userId: told.episode.userId });
      return rep && { ...told, rep };
    },
    // What a rep wants them to see is no note of Bigplan's.
    isDue: ({ episode, screen, isWelcome }) =>
      episode.resolvedOn === null && (!screen.low || isWelcome),
    shows: ({ rep }) => ({ kind: 'standing_seen', repIds: [rep.userId] }),
    render: ({ rep, screen, episode }) =>
      paceManagerMessage(rep, screen, episode.answer === 'shared' ? episode.note : null),
  });

const shownKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.paceShown,
    weight: 'must',
    load: (delivery) => loadEpisode(context, delivery),
    render: ({ screen }) => paceShownMessage(screen),
  });

const resolvedKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.paceResolved,
    weight: 'may',
    async load(delivery) {
      const told = await loadEpisode(context, delivery);
      if (!told) return null;
      const { episode, screen } = told;
      const isOwn = episode.userId === delivery.userId;
      if (!isOwn && screen.managerId !== delivery.userId) return null;
      const rep = isOwn
        ? null
        : await findPerson(context.db, {
            workspaceId: delivery.workspaceId,
            userId: episode.userId,
          });
      return { ...told, rep };
    },
    isDue: ({ isWelcome }) => isWelcome,
    render: ({ screen, rep, episode: { kind, subject } }) =>
      paceResolvedMessage({ ...screen, isEntered: kind === 'leads' && subject === 'unknown' }, rep),
  });
