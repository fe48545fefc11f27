/** What is sent about coaching: the kinds, and what tells one from others of its kind. */

import { z } from 'zod';
import type { PersonRef } from '../db/store.ts';
import { keyFor, type NewDelivery } from '../outbox/delivery.ts';
import { parts } from '../slack/codec.ts';
import type { Hour } from './store.ts';

export const COACHING_DELIVERY = {
  /** To whoever holds them: the hours of a day. Subject: `manager:week`. */
  day: 'coach_day',
  /** To the rep: the tweak. Subject: the hour's id. */
  tweak: 'coach_tweak',
  /** To the rep: what came of it. Subject: the hour's id. */
  result: 'coach_result',
  /** To a stand-in: will they? Subject: the stand-in's id. */
  standIn: 'coach_stand_in',
  /** To the manager: they won't. Subject: the stand-in's id. */
  standInNo: 'coach_stand_in_no',
  /** To the channel that a rep chose: what went well. Subject: `kind:id`. */
  told: 'recognition',
  /** To the rep: the channel didn't take it. */
  toldLost: 'recognition_lost',
} as const;

/** A manager's hours of a week, by its Monday. */
const TeamWeek = z.object({ managerId: z.string(), week: z.string() });
/** A day of a manager's hours, which somebody may hold in their place. */
export const coachDayKey = parts(z.object({ managerId: z.string(), date: z.string() }));

export const teamWeekSubject = (about: z.infer<typeof TeamWeek>): string =>
  parts(TeamWeek).write(about);

export function coachDayDelivery(
  reader: PersonRef,
  { managerId, date, week }: { managerId: string; date: string; week: string },
): NewDelivery {
  const key = coachDayKey.write({ managerId, date });
  const subject = teamWeekSubject({ managerId, week });
  return { ...keyFor(reader, COACHING_DELIVERY.day, key), subject };
}

/** Each tweak of an hour is a note of its own. */
export function tweakDelivery({ workspaceId, repId, id, logs }: Hour): NewDelivery {
  const rep = { workspaceId, userId: repId };
  return { ...keyFor(rep, COACHING_DELIVERY.tweak, `${id}:${logs}`), subject: id };
}

export function resultDelivery({ workspaceId, repId, id, logs }: Hour): NewDelivery {
  const rep = { workspaceId, userId: repId };
  return { ...keyFor(rep, COACHING_DELIVERY.result, `${id}:${logs}`), subject: id };
}

export function standInDelivery(
  kind: 'standIn' | 'standInNo',
  reader: PersonRef,
  id: string,
): NewDelivery {
  return { ...keyFor(reader, COACHING_DELIVERY[kind], id), subject: id };
}
