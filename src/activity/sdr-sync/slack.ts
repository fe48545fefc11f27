/** The buttons of the sync between a rep and their SDR partner. */
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { findPerson } from '../../people/store.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { openView } from '../../slack/views.ts';
import { zoneOf } from '../../time/zone.ts';
import { replace } from '../check-in/show-day.ts';
import { DELIVERY, placeOf, readPlace } from '../delivery-keys.ts';
import { ACTION } from '../ids.ts';
import { laterOn } from '../schedule-rules.ts';
import { moveForm, skipForm } from '../skip-move-view.ts';
import { type OpenSync, settleSync, syncScreen } from './settle-sync.ts';
import { syncSettledMessage } from './view.ts';

const MOVE_BY_MINUTES = 60;

export function listenToSyncs(context: Context): void {
  const { app, clock } = context;

  app.action(ACTION.syncDone, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { date, slot: repId } = readPlace(clickedValue(body));
    const found = await settleSync(context, actorOf(body), { date, repId }, { state: 'done' });
    await refreshSync(context, found);
  });

  app.action(ACTION.syncMove, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { workspaceId, userId } = actorOf(body);
    const { timeZone } = await meetPerson(context, workspaceId, userId);
    const initial = laterOn(zoneOf(timeZone).timeAt(clock.now()), MOVE_BY_MINUTES);
    const metadata = `sync:${clickedValue(body)}`;
    await openView(client, body.trigger_id, moveForm({ what: 'this sync', metadata, initial }));
  });

  app.action(ACTION.syncSkip, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const metadata = `sync:${clickedValue(body)}`;
    await openView(
      client,
      body.trigger_id,
      skipForm({ what: 'this sync', metadata, asks: 'nothing' }),
    );
  });
}

/** Shows both how the sync stands. Never throws. */
export async function refreshSync(context: Context, found: OpenSync): Promise<void> {
  const { sync, plan, readers } = found;
  const { state, settledBy, movedTo } = sync;
  if (state === 'offered' || settledBy === null) return;
  const { workspaceId: team, userId: repId } = plan.rep;
  for (const person of readers) {
    const reader = await findPerson(context.db, team, person);
    if (!reader) continue;
    const subject = placeOf(sync.date, repId);
    const screen = syncScreen(found, reader);
    const words = syncSettledMessage(screen, {
      state,
      by: settledBy,
      // In the reader's own time, which the screen's is.
      movedTo: movedTo && screen.time,
    });
    const sent = await context.outbox.find({ team, person, kind: DELIVERY.sync, subject });
    for (const { key, message } of sent) {
      const isNew = state === 'moved' && key.endsWith(`:${sync.moves}`);
      if (message && !isNew) await replace(context, message, words);
    }
  }
}
