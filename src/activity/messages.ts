/** The words of every day's messages, made when they are sent: what is no longer due is not. */
import type { Context } from '../context.ts';
import type { Delivery, Renderer } from '../outbox/delivery.ts';
import { findPerson } from '../people/store.ts';
import type { Message } from '../slack/surfaces.ts';
import { raw } from '../slack/text.ts';
import { localDateIn } from '../time/zone.ts';
import { type OpenBlock, openBlock } from './call-blocks/call-block.ts';
import { type BlockScreen, blockCountMessage, blockStartMessage } from './call-blocks/view.ts';
import { canNotify, reachable, readyReader } from './can-notify.ts';
import { readUnparsedReply } from './check-in/log-reply.ts';
import { showDay } from './check-in/show-day.ts';
import { reminderMessage, unparsedReplyMessage } from './check-in/view.ts';
import { DELIVERY, readPlace } from './delivery-keys.ts';
import type { RepId } from './deps.ts';
import { isLow } from './pace/episode-rules.ts';
import { EpisodeFigures } from './pace/figures-schemas.ts';
import {
  type PaceScreen,
  paceManagerMessage,
  paceMessage,
  paceResolvedMessage,
  paceShownMessage,
} from './pace/view.ts';
import { managerInForce, planInForce } from './plan-in-force.ts';
import { openSync, syncScreen } from './sdr-sync/settle-sync.ts';
import { syncMessage } from './sdr-sync/view.ts';
import { type BlockDay, type Episode, findAbsence, findEpisode } from './store.ts';
import { awayNotedMessage } from './time-off/view.ts';

export function registerDayDeliveries(context: Context): void {
  const { outbox } = context;
  outbox.register(DELIVERY.checkIn, checkIn(context));
  outbox.register(DELIVERY.reminder, reminder(context));
  outbox.register(DELIVERY.logged, logged(context));
  outbox.register(DELIVERY.unparsedReply, unparsedReply(context));
  outbox.register(DELIVERY.blockStart, blockStarts(context));
  outbox.register(DELIVERY.blockCount, blockEnds(context));
  outbox.register(DELIVERY.sync, syncs(context));
  outbox.register(DELIVERY.pace, pace(context));
  outbox.register(DELIVERY.paceManager, paceManager(context));
  outbox.register(DELIVERY.paceShown, paceShown(context));
  outbox.register(DELIVERY.paceResolved, paceResolved(context));
  outbox.register(DELIVERY.awayNoted, awayNoted(context));
}

const personOf = ({ team, person }: Delivery): RepId => ({ workspaceId: team, userId: person });
const to = ({ person }: Delivery) => ({ user: person });

const checkIn =
  (context: Context): Renderer =>
  async (delivery) => {
    const date = delivery.subject;
    const plan = await canNotify(context, personOf(delivery), date);
    if (!plan?.nudges.checkIns) return null;
    const { isOpen, message } = await showDay(context, plan, date, { today: date });
    return isOpen ? { to: to(delivery), ...message } : null;
  };

const reminder =
  (context: Context): Renderer =>
  async (delivery) => {
    const date = delivery.subject;
    const plan = await canNotify(context, personOf(delivery), date);
    if (!plan?.nudges.checkIns) return null;
    const { isOpen } = await showDay(context, plan, date, { today: date });
    if (!isOpen) return null;
    const screen = { date, today: date, locale: plan.rep.locale };
    return { to: to(delivery), ...reminderMessage(screen) };
  };

/** The answer to their own words: they are waiting for it, so nothing but being gone stops it. */
const logged =
  (context: Context): Renderer =>
  async (delivery) => {
    const plan = await planInForce(context, personOf(delivery));
    if (!plan) return null;
    const today = plan.zone.dateAt(context.clock.now());
    const { message } = await showDay(context, plan, delivery.subject, { today });
    return { to: to(delivery), ...message };
  };

const unparsedReply =
  (context: Context): Renderer =>
  async (delivery) => {
    const person = await reachable(context, personOf(delivery));
    if (!person) return null;
    const { problem, canLog, ...kept } = readUnparsedReply(context, person, delivery);
    const today = localDateIn(person.timeZone, context.clock.now());
    const facts = { problem: raw(problem), canLog, today, locale: person.locale };
    return { to: to(delivery), ...unparsedReplyMessage(kept, facts) };
  };

const isSettledDay = ({ day }: OpenBlock) => day?.state === 'logged' || day?.state === 'skipped';

/** A nudge about a call block, while the block is in one of the states and the day is open. */
const blockNudge =
  (
    context: Context,
    states: readonly BlockDay['state'][],
    words: (screen: BlockScreen) => Message,
  ): Renderer =>
  async (delivery) => {
    const { date, slot } = readPlace(delivery.subject);
    const plan = await canNotify(context, personOf(delivery), date);
    if (!plan?.nudges.callBlocks) return null;
    const found = await openBlock(context, plan, { date, blockId: slot }, date);
    if (!found || isSettledDay(found) || !states.includes(found.block.state)) return null;
    if (!delivery.key.endsWith(`:${found.block.moves}`)) return null;
    return { to: to(delivery), ...words(found.screen) };
  };

const blockStarts = (context: Context) =>
  blockNudge(context, ['offered', 'moved'], blockStartMessage);

const blockEnds = (context: Context) =>
  blockNudge(context, ['offered', 'moved', 'started'], blockCountMessage);

const syncs =
  (context: Context): Renderer =>
  async (delivery) => {
    const { date, slot: repId } = readPlace(delivery.subject);
    const rep = { workspaceId: delivery.team, userId: repId };
    const reader = await readyReader(context, personOf(delivery));
    const found = await openSync(context, rep, date);
    if (!reader?.nudges.syncs || !found?.readers.includes(delivery.person)) return null;
    const { sync, plan } = found;
    const waits = sync.state === 'offered' || sync.state === 'moved';
    if (!waits || !delivery.key.endsWith(`:${sync.moves}`) || !plan.days.has(date)) return null;
    return { to: to(delivery), ...syncMessage(syncScreen(found, reader.person)) };
  };

/** An episode with the words for a reader; null where it or they are gone. */
async function paceScreen(
  context: Context,
  delivery: Delivery,
): Promise<{ screen: PaceScreen; episode: Episode } | null> {
  const episode = await findEpisode(context, delivery.subject);
  const reader = episode && (await reachable(context, personOf(delivery)));
  if (!episode || !reader) return null;
  const manager = await managerInForce(context, episode);
  const screen = {
    episodeId: episode.id,
    figures: EpisodeFigures.parse(episode.figures),
    low: isLow(episode),
    locale: reader.locale,
    managerId: manager?.userId ?? null,
  };
  return { screen, episode };
}

/** Whether notes about pace are welcome with whoever the delivery is for. */
async function paceWelcome(context: Context, delivery: Delivery): Promise<boolean> {
  const reader = await readyReader(context, personOf(delivery));
  return reader?.nudges.paceNotes ?? false;
}

const pace =
  (context: Context): Renderer =>
  async (delivery) => {
    const found = await paceScreen(context, delivery);
    if (!found || found.episode.resolvedOn !== null) return null;
    if (!(await paceWelcome(context, delivery))) return null;
    const { screen, episode } = found;
    const isPromise = !screen.low || episode.managerOn !== null;
    const managerId = isPromise ? screen.managerId : null;
    return { to: to(delivery), ...paceMessage({ ...screen, managerId }) };
  };

const paceManager =
  (context: Context): Renderer =>
  async (delivery) => {
    const found = await paceScreen(context, delivery);
    if (!found || found.episode.resolvedOn !== null) return null;
    if (found.screen.managerId !== delivery.person) return null;
    // What a rep wants them to see is no note of Bigplan's.
    if (found.screen.low && !(await paceWelcome(context, delivery))) return null;
    const rep = await findPerson(context.db, delivery.team, found.episode.userId);
    return rep && { to: to(delivery), ...paceManagerMessage(rep, found.screen) };
  };

const paceShown =
  (context: Context): Renderer =>
  async (delivery) => {
    const found = await paceScreen(context, delivery);
    if (!found) return null;
    return { to: to(delivery), ...paceShownMessage(found.screen) };
  };

const paceResolved =
  (context: Context): Renderer =>
  async (delivery) => {
    const found = await paceScreen(context, delivery);
    if (!found || !(await paceWelcome(context, delivery))) return null;
    const { episode, screen } = found;
    const isOwn = episode.userId === delivery.person;
    if (!isOwn && screen.managerId !== delivery.person) return null;
    const rep = isOwn ? null : await findPerson(context.db, delivery.team, episode.userId);
    return { to: to(delivery), ...paceResolvedMessage(screen, rep) };
  };

const awayNoted =
  (context: Context): Renderer =>
  async (delivery) => {
    const absence = await findAbsence(context.db, delivery.subject);
    const person = await reachable(context, personOf(delivery));
    if (!absence || !person) return null;
    return { to: to(delivery), ...awayNotedMessage(absence, person.locale) };
  };
