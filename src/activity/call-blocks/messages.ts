/** What is said of a call block: its start and its end, each kept as the block stands. */
import type { Context } from '../../context.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { formatCount } from '../../slack/format.ts';
import type { Message } from '../../slack/surfaces.ts';
import { planAbout } from '../can-notify.ts';
import { ACTIVITY_DELIVERY, daySlot, movesIn } from '../delivery-keys.ts';
import { type BlockDay, saidCounts } from '../store.ts';
import { type OpenBlock, openBlock } from './call-block.ts';
import {
  blockCountedMessage,
  blockCountMessage,
  blockMovedMessage,
  blockSkippedMessage,
  blockStartedMessage,
  blockStartMessage,
} from './view.ts';

export const callBlockMessages = (context: Context): MessageKind[] => [
  startKind(context),
  countKind(context),
];

async function loadBlock(context: Context, delivery: Delivery): Promise<OpenBlock | null> {
  const about = daySlot.read(delivery.subject);
  const plan = about && (await planAbout(context, delivery, about.date));
  if (!plan) return null;
  const today = plan.zone.dateAt(context.clock.now());
  return openBlock(context, plan, { date: about.date, blockId: about.slot }, today);
}

/** Whether it is still asked for: in one of these states, at this time, of a day that is open. */
function isAsked(
  states: readonly BlockDay['state'][],
  { plan, block, day }: OpenBlock,
  delivery: Delivery,
): boolean {
  const isOpen = day?.state !== 'logged' && day?.state !== 'skipped';
  const isNow = movesIn(delivery) === block.moves;
  return plan.nudges.callBlocks && isOpen && isNow && states.includes(block.state);
}

const startKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.blockStart,
    isKept: true,
    async load(delivery) {
      const found = await loadBlock(context, delivery);
      return found && { ...found, isCountAsked: await isCountAsked(context, delivery, found) };
    },
    isDue: (found, delivery) => isAsked(['offered', 'moved'], found, delivery),
    render(found, delivery) {
      const { block, screen, isCountAsked } = found;
      const moved = movedAway(found, delivery, delivery.window.dueAt);
      if (moved) return moved;
      switch (block.state) {
        case 'offered':
        case 'moved':
          return blockStartMessage(screen);
        case 'started':
          return blockStartedMessage(screen);
        case 'skipped':
          return blockSkippedMessage(screen, block.skipReason);
        case 'counted':
          return blockCountedMessage(screen, block.calls ?? 0, isCountAsked ? null : total(found));
      }
    },
  });

const countKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.blockCount,
    isKept: true,
    load: (delivery) => loadBlock(context, delivery),
    isDue: (found, delivery) => isAsked(['offered', 'moved', 'started'], found, delivery),
    render(found, delivery) {
      const { block, screen, minutes } = found;
      const began = new Date(delivery.window.dueAt.getTime() - minutes * 60_000);
      const moved = movedAway(found, delivery, began);
      if (moved) return moved;
      if (block.state === 'skipped') return blockSkippedMessage(screen, block.skipReason);
      if (block.state !== 'counted') return blockCountMessage(screen);
      return blockCountedMessage(screen, block.calls ?? 0, total(found));
    },
  });

/** Of a time at which the block isn't any more: to which it moved. `began`: when it was to begin then. */
function movedAway(
  { plan, block, screen }: OpenBlock,
  delivery: Delivery,
  began: Date,
): Message | null {
  if (movesIn(delivery) === block.moves) return null;
  const start = plan.zone.timeAt(began);
  return blockMovedMessage({ ...screen, start }, block.movedTo ?? screen.start);
}

/** Whether the question for the count stands, which says the day's total then. */
async function isCountAsked(
  { outbox }: Context,
  { reader, subject }: Delivery,
  { block }: OpenBlock,
): Promise<boolean> {
  const counts = await outbox.find({ ...reader, subject, kind: ACTIVITY_DELIVERY.blockCount });
  return counts.some((one) => one.message !== null && movesIn(one) === block.moves);
}

/** `Today: 18 of 27 calls.`; null where nothing is known of the day. */
function total({ plan, block, day, today, screen: { locale } }: OpenBlock): string | null {
  if (!day) return null;
  const target = plan.target(block.date)?.calls ?? 0;
  const of = `${formatCount(saidCounts(day).calls, locale)} of ${formatCount(target, locale)} calls`;
  const logged = day.state === 'logged' ? ', logged as a whole' : '';
  return `${block.date === today ? 'Today' : 'That day'}: ${of}${logged}.`;
}
