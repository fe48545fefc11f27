/** Whoever keeps the hand-off card is reminded when it is old: once in thirty days at most. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context, Deps } from '../../context.ts';
import { keyFor } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { findPerson } from '../../people/store.ts';
import type { Planner } from '../../scheduler/scheduler.ts';
import { nextDaytime } from '../../time/daytime.ts';
import { zoneOf } from '../../time/zone.ts';
import { type CardAge, handOffAge, handOffKeepersOf } from './store.ts';
import { handOffFreshMessage, handOffOldMessage } from './view.ts';

/** The scheduler's name for it. */
export const HAND_OFF = 'hand_off';
/** Subject: the same for all; key: when it was due. */
const HAND_OFF_OLD = 'hand_off_old';
export const HAND_OFF_SUBJECT = 'hand_off';

const OLD_MS = 30 * 86_400_000;
const WORTH_MS = 3 * 86_400_000;

export function handOffPlanner({ outbox }: Pick<Deps, 'outbox'>): Planner {
  return async (tx, who, { after, now }) => {
    if (!(await handOffKeepersOf(tx, who.workspaceId)).includes(who.userId)) return null;
    const age = await handOffAge(tx, who.workspaceId);
    const person = age && (await findPerson(tx, who));
    if (!age || !person) return null;
    const zone = zoneOf(person.timeZone);
    const due = (times: number) =>
      nextDaytime(zone, new Date(age.updatedAt.getTime() + times * OLD_MS));
    for (let times = 1; ; times += 1) {
      const at = due(times);
      if (at > now) return at;
      const isWorth = at > after && now.getTime() - at.getTime() < WORTH_MS;
      if (!isWorth) continue;
      const key = keyFor(who, HAND_OFF_OLD, at.toISOString());
      const sendBy = new Date(at.getTime() + WORTH_MS);
      await outbox.enqueue(tx, { ...key, subject: HAND_OFF_SUBJECT, dueAt: at, sendBy });
    }
  };
}

interface Old {
  age: CardAge;
  isOld: boolean;
  now: Date;
  locale: string;
}

export const handOffMessages = (context: Context): MessageKind[] => [
  messageKind<Old>({
    kind: HAND_OFF_OLD,
    weight: 'may',
    isKept: true,
    async load({ reader }) {
      const person = await reachable(context, reader);
      const age = person && (await handOffAge(context.db, reader.workspaceId));
      if (!age) return null;
      const now = context.clock.now();
      const keepers = await handOffKeepersOf(context.db, reader.workspaceId);
      const isOld =
        keepers.includes(reader.userId) && now.getTime() - age.updatedAt.getTime() >= OLD_MS;
      return { age, isOld, now, locale: person.locale };
    },
    isDue: ({ isOld }) => isOld,
    render: ({ age, isOld, now, locale }) =>
      isOld ? handOffOldMessage(age, now, locale) : handOffFreshMessage(age, now, locale),
  }),
];
