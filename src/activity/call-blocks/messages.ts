/** What is said of a call block: one message, from its start to its count, kept as the block stands. */
import type { KnownBlock } from '@slack/types';
import type { Context } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { Person } from '../../people/store.ts';
import { formatCount } from '../../slack/format.ts';
import type { Message } from '../../slack/surfaces.ts';
import { isAtWork } from '../../time/working-days.ts';
import { planAbout } from '../can-notify.ts';
import { ACTIVITY_DELIVERY, blockKey, daySlot } from '../delivery-keys.ts';
import { planInForce } from '../plan-in-force.ts';
import { findDay, saidCounts } from '../store.ts';
import { blocksOn, type DayBlock, refreshBlocks } from './blocks-of-day.ts';
import { type OpenBlock, shownBlock } from './call-block.ts';
import {
  blockClosedMessage,
  blockCountedMessage,
  blockCountMessage,
  blockMovedMessage,
  blockSkippedMessage,
  blockStartedMessage,
  blockStartMessage,
  withOtherBlocks,
} from './view.ts';

/** What other slices say where a block begins, to its rep. */
export type BesideBlock = (rep: Person, now: Date) => Promise<KnownBlock[]>;

export const callBlockMessages = (context: Context, beside: BesideBlock): MessageKind[] => [
  blockKind(context, beside),
  formerCountKind(context),
];

interface ToldBlock {
  own: OpenBlock;
  /** The day's other blocks that have begun and have no message of their own. */
  folded: OpenBlock[];
  /** Those that are to come. */
  later: OpenBlock[];
  now: Date;
}

async function loadBlock(context: Context, delivery: Delivery): Promise<ToldBlock | null> {
  const about = daySlot.read(delivery.subject);
  const plan = about && (await planAbout(context, delivery, about.date));
  if (!about || !plan) return null;
  const all = await blocksOn(context, plan, about.date, about.slot);
  const own = all.find(({ block }) => block.blockId === about.slot);
  if (!own) return null;
  const now = context.clock.now();
  const today = plan.zone.dateAt(now);
  const day = await findDay(context, plan.rep, about.date);
  const show = (one: DayBlock) => shownBlock(plan, all, one, { day, today });
  const others = delivery.kind === ACTIVITY_DELIVERY.blockStart ? all : [];
  const isOpen = day?.state !== 'logged' && day?.state !== 'skipped';
  const said = { all: others, own, now, isOpen };
  const { folded, later } = await spokenFor(context, delivery, said);
  return { own: show(own), folded: folded.map(show), later: later.map(show), now };
}

/** Of the other blocks, those that this message speaks for: the last one that came does. */
async function spokenFor(
  { outbox }: Context,
  { reader }: Delivery,
  {
    all,
    own,
    now,
    isOpen,
  }: { all: readonly DayBlock[]; own: DayBlock; now: Date; isOpen: boolean },
): Promise<{ folded: DayBlock[]; later: DayBlock[] }> {
  const folded: DayBlock[] = [];
  const later: DayBlock[] = [];
  for (const one of all) {
    if (one === own) continue;
    const [delivery] = await outbox.find(blockKey(reader, one.subject));
    const hasCome = delivery?.message != null;
    if (hasCome && one.startsAt > own.startsAt) return { folded: [], later: [] };
    // Of a day that is over, only what was made of it.
    if (hasCome || !(isOpen || one.isSettled)) continue;
    if (one.isSettled || one.startsAt <= now) {
      if (delivery?.state === 'cancelled') folded.push(one);
    } else later.push(one);
  }
  return { folded, later };
}

const blockKind = (context: Context, beside: BesideBlock) =>
  messageKind<ToldBlock & { more: KnownBlock[] }>({
    kind: ACTIVITY_DELIVERY.blockStart,
    weight: 'may',
    comesThrough: ['block'],
    isKept: true,
    async load(delivery) {
      const told = await loadBlock(context, delivery);
      if (!told) return null;
      const { own, now } = told;
      const isAhead = now < own.endsAt && ['offered', 'moved', 'started'].includes(own.block.state);
      return { ...told, more: isAhead ? await beside(own.plan.rep, now) : [] };
    },
    isDue({ own: { plan, block, day, startsAt, endsAt }, now }) {
      const isOpen = day?.state !== 'logged' && day?.state !== 'skipped';
      const isNow = startsAt <= now && now < endsAt;
      const waits = block.state === 'offered' || block.state === 'moved';
      // Hours off that were entered since: a block in them is nobody's.
      const isOff = !isAtWork(plan.calendar, block.date, plan.zone.timeAt(startsAt));
      return plan.nudges.callBlocks && isOpen && isNow && waits && !isOff;
    },
    render({ own, folded, later, now, more }) {
      const parts = folded.map((one) => messageOf(one, now));
      const { text, blocks } = messageOf(own, now);
      return withOtherBlocks(
        { text, blocks: [...blocks, ...more] },
        parts,
        later.map(({ screen }) => screen),
      );
    },
    dropped: (tx, delivery) => tellByTheOthers(context, tx, delivery),
  });

/** The one that asked for the count, of a former version: it shows what became of the block, and none is sent. */
const formerCountKind = (context: Context) =>
  messageKind<ToldBlock>({
    kind: ACTIVITY_DELIVERY.formerBlockCount,
    weight: 'may',
    isKept: true,
    load: (delivery) => loadBlock(context, delivery),
    isDue: () => false,
    render: ({ own, now }) => messageOf(own, now),
  });

/** A block whose message would be one too many stands in one of that day. */
async function tellByTheOthers(
  { outbox, encryption, clock }: Context,
  tx: Tx,
  { reader, subject }: Delivery,
): Promise<void> {
  const about = daySlot.read(subject);
  const plan = about && (await planInForce({ db: tx, encryption, clock }, reader, about.date));
  if (plan && about) await refreshBlocks(outbox, tx, plan, about.date);
}

function messageOf(found: OpenBlock, now: Date): Message {
  const { block, screen, day, startsAt, endsAt } = found;
  if (block.state === 'counted') {
    return blockCountedMessage(screen, block.calls ?? 0, total(found));
  }
  if (block.state === 'skipped') return blockSkippedMessage(screen, block.skipReason);
  if (day?.state === 'logged' || day?.state === 'skipped') return blockClosedMessage(screen);
  if (now < startsAt) return blockMovedMessage(screen);
  if (now >= endsAt) return blockCountMessage(screen);
  return block.state === 'started' ? blockStartedMessage(screen) : blockStartMessage(screen);
}

/** `Today: 18 of 27 calls.`; null where nothing is known of the day. */
function total({ plan, block, day, today, screen: { locale } }: OpenBlock): string | null {
  if (!day) return null;
  const target = plan.target(block.date)?.calls ?? 0;
  const of = `${formatCount(saidCounts(day).calls, locale)} of ${formatCount(target, locale)} calls`;
  const logged = day.state === 'logged' ? ', logged as a whole' : '';
  return `${block.date === today ? 'Today' : 'That day'}: ${of}${logged}.`;
}
