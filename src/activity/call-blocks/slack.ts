/** A call block's buttons and the form of its count. */
import type { Context } from '../../context.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { formatCount } from '../../slack/format.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import type { Message } from '../../slack/surfaces.ts';
import { openView } from '../../slack/views.ts';
import { refreshDays, replace } from '../check-in/show-day.ts';
import { DELIVERY, readPlace } from '../delivery-keys.ts';
import type { RepId } from '../deps.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { laterOn } from '../schedule-rules.ts';
import { blockCountForm as BlockCountForm } from '../schemas.ts';
import { moveForm, skipForm } from '../skip-move-view.ts';
import { saidCounts } from '../store.ts';
import { blockName, countBlock, mustOpenBlock, type OpenBlock, startBlock } from './call-block.ts';
import {
  blockCountedMessage,
  blockCountForm,
  blockMovedMessage,
  blockSkippedMessage,
  blockStartedMessage,
  blockStartMessage,
} from './view.ts';

const MOVE_BY_MINUTES = 60;

export function listenToBlocks(context: Context): void {
  const { app } = context;
  const find = (who: RepId, value: string) =>
    mustOpenBlock(context, who, placeIn(value), context.clock.now());

  app.action(ACTION.blockStarted, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const who = actorOf(body);
    await refreshBlock(context, who, await startBlock(context, who, placeIn(clickedValue(body))));
  });

  app.action(ACTION.blockMove, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const value = clickedValue(body);
    const found = await find(actorOf(body), value);
    const initial = laterOn(found.screen.start, MOVE_BY_MINUTES);
    const what = blockName(found, placeIn(value).date);
    await openView(
      client,
      body.trigger_id,
      moveForm({ what, metadata: `block:${value}`, initial }),
    );
  });

  app.action(ACTION.blockSkip, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const value = clickedValue(body);
    const what = blockName(await find(actorOf(body), value), placeIn(value).date);
    await openView(
      client,
      body.trigger_id,
      skipForm({ what, metadata: `block:${value}`, asks: 'reason' }),
    );
  });

  app.action(ACTION.blockCount, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const who = actorOf(body);
    const { date, slot, rest } = readPlace(clickedValue(body));
    const calls = /^\d+$/.test(rest) ? Number(rest) : Number.NaN;
    await counted(who, { date, blockId: slot }, calls);
  });

  app.action(ACTION.blockOther, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { screen, block } = await find(actorOf(body), clickedValue(body));
    await openView(client, body.trigger_id, blockCountForm(screen, block.calls));
  });

  app.view(CALLBACK.blockCount, async ({ ack, body, view }) => {
    const who = actorOf(body);
    const found = await find(who, view.private_metadata);
    const form = parseForm(BlockCountForm(found.plan.rep.locale), readState(view.state.values));
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    await counted(who, placeIn(view.private_metadata), form.value.calls, ack);
  });

  async function counted(
    who: RepId,
    place: ReturnType<typeof placeIn>,
    calls: number,
    done: () => Promise<void> = async () => {},
  ) {
    const found = await countBlock(context, who, place, calls);
    await done();
    await refreshBlock(context, who, found);
    await refreshDays(context, who, [place.date]);
  }
}

function placeIn(value: string) {
  const { date, slot } = readPlace(value);
  return { date, blockId: slot };
}

/** Shows in every message about the block how it stands. Never throws. */
export async function refreshBlock(
  context: Context,
  who: RepId,
  { block, screen, day, plan }: OpenBlock,
): Promise<void> {
  const about = { team: who.workspaceId, person: who.userId, subject: screen.value };
  const starts = await context.outbox.find({ ...about, kind: DELIVERY.blockStart });
  const counts = await context.outbox.find({ ...about, kind: DELIVERY.blockCount });
  const show = async (messages: typeof starts, words: Message) => {
    for (const { message } of messages) if (message) await replace(context, message, words);
  };
  const { locale } = screen;
  const target = plan.target(block.date)?.calls ?? 0;
  const total = day
    ? `${block.date === plan.zone.dateAt(context.clock.now()) ? 'Today' : 'That day'}: ${formatCount(saidCounts(day).calls, locale)} of ${formatCount(target, locale)} calls${day.state === 'logged' ? ', logged as a whole' : ''}.`
    : null;
  const isNow = ({ key }: { key: string }) => key.endsWith(`:${block.moves}`);
  const [start, count] = [starts.filter(isNow), counts.filter(isNow)];
  switch (block.state) {
    case 'offered':
      return show(start, blockStartMessage(screen));
    case 'started':
      return show(start, blockStartedMessage(screen));
    case 'moved': {
      // The nudge at the new time is still to come, or has just been sent with its own buttons.
      const before = [...starts, ...counts].filter((one) => !isNow(one));
      return show(before, blockMovedMessage(screen, block.movedTo ?? screen.start));
    }
    case 'skipped':
      return show([...start, ...count], blockSkippedMessage(screen, block.skipReason));
    case 'counted': {
      const isAsked = count.some(({ message }) => message);
      const calls = block.calls ?? 0;
      await show(start, blockCountedMessage(screen, calls, isAsked ? null : total));
      return show(count, blockCountedMessage(screen, calls, total));
    }
  }
}
