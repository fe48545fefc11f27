/** What the messages about looks back are about. */
import type { PersonRef } from '../../db/store.ts';
import { keyFor, type NewDelivery } from '../../outbox/delivery.ts';

export const ONBOARDING_LOOK = 'onboarding_look';

export const lookSubject = (repId: string, day: number): string => `look:${repId}:${day}`;

/** The rep and the day in a subject; null where it is no look's. */
export function lookIn(subject: string): { repId: string; day: number } | null {
  const [, repId, day] = /^look:([^:]+):(\d+)$/.exec(subject) ?? [];
  return repId !== undefined && day !== undefined ? { repId, day: Number(day) } : null;
}

/** To one of the pair. */
export function lookDelivery(reader: PersonRef, repId: string, day: number): NewDelivery {
  const subject = lookSubject(repId, day);
  return { ...keyFor(reader, ONBOARDING_LOOK, subject), subject };
}
