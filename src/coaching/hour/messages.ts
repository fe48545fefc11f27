/** What is sent about coaching hours, kept true while it stands. */
import { reachable } from '../../activity/can-notify.ts';
import { nudgesOf } from '../../activity/store.ts';
import type { Context } from '../../context.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { findPerson, teamLedBy } from '../../people/store.ts';
import { COACHING_DELIVERY, coachDayKey, resultDelivery, tweakDelivery } from '../deliveries.ts';
import { findHour, findStandIn } from '../store.ts';
import { coachDayOf, hourScreen, isLeftAlone, prepOf } from './show-hours.ts';
import { type StandInScreen, standInMessage, standInNoMessage } from './stand-in-view.ts';
import {
  type CoachDayScreen,
  coachDayMessage,
  type ResultScreen,
  resultMessage,
  type TweakScreen,
  tweakMessage,
} from './view.ts';

export const hourMessages = (context: Context): MessageKind[] => [
  dayKind(context),
  tweakKind(context),
  resultKind(context),
  standInKind(context),
  standInNoKind(context),
];

const dayKind = (context: Context) =>
  messageKind<{ screen: CoachDayScreen; isWelcome: boolean }>({
    kind: COACHING_DELIVERY.day,
    weight: 'timely',
    comesThrough: ['block'],
    isKept: true,
    async load({ reader, key, message }) {
      const about = coachDayKey.read(key);
      const person =
        message === null ? await reachable(context, reader) : await findPerson(context.db, reader);
      if (!about || !person) return null;
      const { locale } = person;
      const { hours, results } = await coachDayOf(context, reader, about);
      const shown: CoachDayScreen['hours'][number][] = [];
      for (const one of hours) {
        shown.push({ hour: hourScreen(one, locale), prep: await prepOf(context, one) });
      }
      const { coaching } = await nudgesOf(context, person);
      const standsInFor = about.managerId === reader.userId ? null : about.managerId;
      const { date } = about;
      const alone = standsInFor === null && (await isLeftAlone(context, reader, date));
      const screen = { date, hours: shown, results, standsInFor, isLeftAlone: alone, locale };
      return { screen, isWelcome: coaching };
    },
    isDue: ({ screen, isWelcome }) =>
      isWelcome &&
      (screen.results.length > 0 ||
        screen.hours.some(({ hour }) => hour.standing === 'open' && hour.at?.date === screen.date)),
    shows: ({ screen }) => ({
      kind: 'standing_seen',
      repIds: screen.hours.map(({ hour }) => hour.repId),
    }),
    render: ({ screen }) => coachDayMessage(screen),
  });

async function loadTweak(
  context: Context,
  delivery: Delivery,
): Promise<(TweakScreen & { isWelcome: boolean }) | null> {
  const { subject, reader, message } = delivery;
  const hour = await findHour(context, subject);
  const person =
    message === null ? await reachable(context, reader) : await findPerson(context.db, reader);
  if (!hour || !person || hour.repId !== reader.userId) return null;
  const { coaching } = await nudgesOf(context, person);
  return { hour, isReplaced: false, locale: person.locale, isWelcome: coaching };
}

const tweakKind = (context: Context) =>
  messageKind<TweakScreen>({
    kind: COACHING_DELIVERY.tweak,
    // What was said of somebody reaches them, whatever they have turned off.
    weight: 'must',
    isKept: true,
    async load(delivery) {
      const found = await loadTweak(context, delivery);
      return found && { ...found, isReplaced: tweakDelivery(found.hour).key !== delivery.key };
    },
    isDue: ({ hour, isReplaced }) => hour.state === 'done' && !isReplaced,
    render: (screen) => tweakMessage(screen),
  });

const resultKind = (context: Context) =>
  messageKind<{ result: ResultScreen; isDue: boolean; locale: string }>({
    kind: COACHING_DELIVERY.result,
    // It stands under the tweak too.
    weight: 'may',
    async load(delivery) {
      const found = await loadTweak(context, delivery);
      const { hour, locale } = found ?? {};
      if (!hour?.tweak || !hour.metric || !hour.result || !found || !locale) return null;
      const { repId, tweak, metric, result, useful } = hour;
      const isDue = found.isWelcome && resultDelivery(hour).key === delivery.key;
      return { result: { repId, tweak, metric, result, useful }, isDue, locale };
    },
    isDue: ({ isDue }) => isDue,
    render: ({ result, locale }) => resultMessage(result, locale),
  });

async function loadStandIn(
  context: Context,
  { subject, reader, message }: Delivery,
): Promise<StandInScreen | null> {
  const standIn = await findStandIn(context.db, subject);
  const person =
    message === null ? await reachable(context, reader) : await findPerson(context.db, reader);
  if (!standIn || !person) return null;
  const manager = { workspaceId: standIn.workspaceId, userId: standIn.managerId };
  const team = await teamLedBy(context.db, manager);
  const repIds = (team?.members ?? [])
    .filter(({ deactivated, userId }) => !deactivated && userId !== standIn.standInId)
    .map(({ userId }) => userId);
  return { standIn, repIds, locale: person.locale };
}

const standInKind = (context: Context) =>
  messageKind<StandInScreen>({
    kind: COACHING_DELIVERY.standIn,
    weight: 'must',
    isKept: true,
    load: (delivery) => loadStandIn(context, delivery),
    isDue: ({ standIn }) => standIn.declinedAt === null && standIn.endedAt === null,
    render: standInMessage,
  });

const standInNoKind = (context: Context) =>
  messageKind<StandInScreen>({
    kind: COACHING_DELIVERY.standInNo,
    weight: 'must',
    load: (delivery) => loadStandIn(context, delivery),
    render: standInNoMessage,
  });
