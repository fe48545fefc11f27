/** Whether there is somebody to write to about a day: asked again at the moment of sending. */
import type { Context } from '../context.ts';
import type { PersonRef, Store } from '../db/store.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { meetPeople } from '../people/meet-person.ts';
import type { Person } from '../people/store.ts';
import { localDateIn } from '../time/zone.ts';
import { type PlanInForce, planInForce } from './plan-in-force.ts';
import { absencesOf, type Nudges, nudgesOf } from './store.ts';

/** The person, unless their account is deactivated: Slack takes a DM to them without a word. */
export async function reachable(context: Context, who: PersonRef): Promise<Person | null> {
  const { bulkClient: client, ...deps } = context;
  const [person] = await meetPeople({ ...deps, client }, who.workspaceId, [who.userId]);
  return person && !person.deactivated ? person : null;
}

export const isPausedOn = ({ pausedUntil }: Nudges, date: string) =>
  pausedUntil !== null && date < pausedUntil;

/** The rep's plan, where they can be asked about that date: a working day, nobody gone. */
async function canNotify(
  context: Context,
  who: PersonRef,
  date: string,
): Promise<PlanInForce | null> {
  if (!(await reachable(context, who))) return null;
  const plan = await planInForce(context, who, date);
  return plan?.days.has(date) ? plan : null;
}

/** The plan behind a message about a day. Before it is posted, only where its reader can be asked about that day. */
export function planAbout(
  context: Context,
  { reader, message }: Delivery,
  date: string,
): Promise<PlanInForce | null> {
  return message === null ? canNotify(context, reader, date) : planInForce(context, reader, date);
}

/** Somebody's settings; null where they are gone. Whether they are away or have paused is the gate's matter. */
export async function readerNudges(
  context: Context,
  who: PersonRef,
): Promise<{ person: Person; nudges: Nudges } | null> {
  const person = await reachable(context, who);
  return person && { person, nudges: await nudgesOf(context, person) };
}

/** Somebody's settings; null while they are away or have paused. */
export async function nudgesToday(store: Store, person: Person, now: Date): Promise<Nudges | null> {
  const today = localDateIn(person.timeZone, now);
  const nudges = await nudgesOf(store, person);
  if (isPausedOn(nudges, today)) return null;
  const absences = await absencesOf(store.db, person, today);
  return absences.some(({ from, share }) => share === 1 && from <= today) ? null : nudges;
}
