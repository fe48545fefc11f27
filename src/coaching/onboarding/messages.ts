/** The looks back on day 30, 60 and 90, and the line in a new hire's check-in. */
import type { KnownBlock } from '@slack/types';
import type { PlanInForce } from '../../activity/plan-in-force.ts';
import type { Context, Deps } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { findPerson, managerOf } from '../../people/store.ts';
import type { Planner } from '../../scheduler/scheduler.ts';
import { addDays, mondayOf } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';
import { lookDelivery, lookIn, ONBOARDING_LOOK } from './look-keys.ts';
import { mustOpenOnboarding, onboardingsOf } from './onboardings.ts';
import { readRamp } from './read-ramp.ts';
import { type OnboardingLook, weekOn } from './rules.ts';
import { lookMessage, type OnboardingScreen, weekBlock } from './view.ts';

/** The scheduler's name for it. */
export const ONBOARDING = 'onboarding';

const MORNING = '09:00';
/** A look is worth a word for so many days. */
const LATE_DAYS = 14;

/** Each of the pair is told of each look once, on its day. */
export function onboardingPlanner({ outbox, encryption }: Deps): Planner {
  return async (tx, who, { now }) => {
    const store = { db: tx, encryption, clock: { now: () => now } };
    const found = (await onboardingsOf(store, who.workspaceId, [who.userId])).get(who.userId);
    const rep = found && (await findPerson(tx, who));
    if (!found || !rep) return null;
    const manager = await managerOf(tx, who);
    const at = (date: string) => zoneOf(rep.timeZone).instantAt(date, MORNING);
    for (const { day, on, heldAt } of found.looks) {
      const sendBy = at(addDays(on, LATE_DAYS));
      if (heldAt !== null || at(on) > now || sendBy < now) continue;
      for (const reader of manager ? [rep, manager] : [rep]) {
        await outbox.enqueue(tx, { ...lookDelivery(reader, who.userId, day), dueAt: now, sendBy });
      }
    }
    const next = found.looks.find(({ on }) => at(on) > now);
    return next ? at(next.on) : null;
  };
}

type Told = OnboardingScreen & { look: OnboardingLook };

export const onboardingMessages = (context: Context): MessageKind[] => [
  messageKind<Told>({
    kind: ONBOARDING_LOOK,
    weight: 'timely',
    isKept: true,
    async load({ reader, subject }) {
      const about = lookIn(subject);
      const person = about && (await findPerson(context.db, reader));
      if (!person || person.deactivated) return null;
      try {
        const opened = await mustOpenOnboarding(context, reader, about.repId);
        const look = opened.onboarding.looks.find(({ day }) => day === about.day);
        const rep = { workspaceId: reader.workspaceId, userId: about.repId };
        const ramp = look ? await readRamp(context, rep, person) : null;
        return look ? { ...opened, look, locale: person.locale, ramp } : null;
      } catch (error) {
        if (error instanceof UserError) return null;
        throw error;
      }
    },
    isDue: ({ look }) => look.heldAt === null,
    render: ({ look, ...screen }) => lookMessage(screen, look),
  }),
];

/** In a new hire's first check-in of a week: what the week is about. */
export async function weekOfNewHire(
  context: Context,
  { rep, days }: PlanInForce,
  date: string,
): Promise<KnownBlock[]> {
  if (rep.joinedOn === null) return [];
  const monday = mondayOf(date);
  if ([...days.keys()].some((day) => day >= monday && day < date)) return [];
  const found = (await onboardingsOf(context, rep.workspaceId, [rep.userId])).get(rep.userId);
  const week = found && weekOn(found, date);
  return found && week ? weekBlock(found, week) : [];
}
