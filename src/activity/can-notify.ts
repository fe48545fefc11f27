/** Whether somebody may be nudged now: asked again at the moment of sending. */
import type { Context } from '../context.ts';
import type { PersonRef, Store } from '../db/store.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { meetPeople } from '../people/meet-person.ts';
import type { Person } from '../people/store.ts';
import { addDays } from '../time/local-date.ts';
import { localDateIn, zoneOf } from '../time/zone.ts';
import { type PlanInForce, planInForce } from './plan-in-force.ts';
import { absencesOf, type Nudges, nudgesOf } from './store.ts';

/** The person, unless their account is deactivated: Slack takes a DM to them without a word. */
export async function reachable(context: Context, who: PersonRef): Promise<Person | null> {
  const { bulkClient: client, ...deps } = context;
  const [person] = await meetPeople({ ...deps, client }, who.workspaceId, [who.userId]);
  return person && !person.deactivated ? person : null;
}

const isPaused = ({ pausedUntil }: Nudges, date: string) =>
  pausedUntil !== null && date < pausedUntil;

/** The rep's plan, where they can be asked about that date: a working day, no pause, nobody gone. */
async function canNotify(
  context: Context,
  who: PersonRef,
  date: string,
): Promise<PlanInForce | null> {
  if (!(await reachable(context, who))) return null;
  const plan = await planInForce(context, who);
  if (!plan?.days.has(date) || isPaused(plan.nudges, date)) return null;
  return plan;
}

/** The plan behind a message about a day. Before it is posted, only where its reader can be asked about that day. */
export function planAbout(
  context: Context,
  { reader, message }: Delivery,
  date: string,
): Promise<PlanInForce | null> {
  return message === null ? canNotify(context, reader, date) : planInForce(context, reader);
}

/** Somebody's settings, where they can be written to today: neither away nor paused. */
export async function readyReader(
  context: Context,
  who: PersonRef,
): Promise<{ person: Person; nudges: Nudges } | null> {
  const person = await reachable(context, who);
  const nudges = person && (await nudgesToday(context, person, context.clock.now()));
  return person && nudges && { person, nudges };
}

/** Somebody's settings; null while they are away or have paused. */
export async function nudgesToday(store: Store, person: Person, now: Date): Promise<Nudges | null> {
  const today = localDateIn(person.timeZone, now);
  const nudges = await nudgesOf(store, person);
  if (isPaused(nudges, today)) return null;
  const absences = await absencesOf(store.db, person, today);
  return absences.some(({ from }) => from <= today) ? null : nudges;
}

/** Now, or 9:00 of the first day on which they are neither away nor have paused. */
export async function readableFrom(store: Store, person: Person, now: Date): Promise<Date> {
  const zone = zoneOf(person.timeZone);
  const today = zone.dateAt(now);
  const { pausedUntil } = await nudgesOf(store, person);
  let date = pausedUntil !== null && pausedUntil > today ? pausedUntil : today;
  for (const { from, to } of await absencesOf(store.db, person, today)) {
    if (from <= date && date <= to) date = addDays(to, 1);
  }
  return date === today ? now : zone.instantAt(date, '09:00');
}
