/** The sync's question to both, which turns into what either of them made of it. */
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { findPerson } from '../../people/store.ts';
import { readerNudges } from '../can-notify.ts';
import { ACTIVITY_DELIVERY, daySlot, movesIn } from '../delivery-keys.ts';
import { openSync, syncScreen } from './settle-sync.ts';
import { syncMessage, syncSettledMessage } from './view.ts';

export const syncMessages = (context: Context): MessageKind[] => [syncKind(context)];

const syncKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.sync,
    // The other one is there: where it was moved, it is the day's own.
    weight: (_, delivery) => (movesIn(delivery) > 0 ? 'question' : 'timely'),
    comesThrough: ['block'],
    isKept: true,
    async load({ reader, subject, message }) {
      const { workspaceId, userId } = reader;
      const about = daySlot.read(subject);
      const found =
        about && (await openSync(context, { workspaceId, userId: about.slot }, about.date));
      if (!found?.readers.includes(userId)) return null;
      if (message !== null) {
        const person = await findPerson(context.db, { workspaceId, userId });
        return person && { ...found, isWelcome: true, screen: syncScreen(found, person) };
      }
      const ready = await readerNudges(context, reader);
      if (!ready) return null;
      const isWelcome = ready.nudges.syncs;
      return { ...found, isWelcome, screen: syncScreen(found, ready.person) };
    },
    isDue({ sync, plan, isWelcome }, delivery) {
      const waits = sync.state === 'offered' || sync.state === 'moved';
      const isNow = movesIn(delivery) === sync.moves;
      return isWelcome && waits && isNow && plan.days.has(sync.date);
    },
    render({ sync, screen }, delivery) {
      const { state, settledBy: by, movedTo, moves } = sync;
      const isNew = state === 'moved' && movesIn(delivery) === moves;
      if (state === 'offered' || by === null || isNew) return syncMessage(screen);
      // In the reader's own time, which the screen's is.
      return syncSettledMessage(screen, { state, by, movedTo: movedTo && screen.time });
    },
  });
