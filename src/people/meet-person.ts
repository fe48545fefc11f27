/** Looks people up in Slack, without letting a click wait for Slack longer than it can. */
import type { Context } from '../context.ts';
import { BY_SLACK, recordAct } from '../db/audit.ts';
import type { Tx } from '../db/client.ts';
import { lockPerson } from '../db/lock-people.ts';
import type { PersonRef } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import { keyFor, type NewDelivery } from '../outbox/delivery.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { isSlackCode, refusalIn } from '../slack/errors.ts';
import { within } from '../time/within.ts';
import { zoneOf } from '../time/zone.ts';
import { type SlackFacts, slackFacts } from './slack-facts.ts';
import {
  findPeople,
  findPerson,
  isZoneKnown,
  markGone,
  type Person,
  saveOwnZone,
  savePerson,
  saveStrangers,
  takesPart,
  teamLedBy,
} from './store.ts';
import { tellOfLeaving } from './team/left-messages.ts';

export type MeetDeps = Pick<
  Context,
  'admins' | 'db' | 'clock' | 'log' | 'scheduler' | 'client' | 'outbox'
>;

const FRESH_MS = 12 * 3_600_000;
/** A trigger lives three seconds, and a form's answer may take no longer. */
const PATIENCE_MS = 1_000;
const AT_ONCE = 10;

/**
 * Whoever is acting. Somebody known is answered from the database, and looked up again in the
 * background when what is known is over twelve hours old; of somebody unknown Slack is asked for at
 * most a second, after which they go by `UNKNOWN_FACTS` for now.
 *
 * @throws UserError `outsider` where they are a guest, or of another company.
 */
export async function meetPerson(deps: MeetDeps, ref: PersonRef): Promise<Person> {
  const known = await findPerson(deps.db, ref);
  if (known && isStale(deps, known)) void lookUp(deps, ref);
  const [person] = known ? [known] : await meetPeople(deps, ref.workspaceId, [ref.userId]);
  if (!person) throw new Error('somebody who was just met is gone');
  if (person.outsider) throw new UserError('outsider', OUTSIDER);
  // Of somebody whom Slack couldn't be asked about yet it isn't known that it doesn't say.
  if (!isZoneKnown(person) && person.refreshedAt.getTime() > 0) {
    await inTransaction(deps.db, (tx) => deps.outbox.enqueue(tx, zoneQuestion(person)));
  }
  return person;
}

const OUTSIDER =
  'Bigplan is for the full members of this workspace, and you are a guest here. Whoever invited you can tell you what you need.';

/**
 * People who were picked in a form, in that order. Those unknown or not looked up for twelve hours are
 * looked up now, since a bot or somebody who has left can't be picked; after a second the rest is
 * taken as it is known, and what Slack says later is still kept.
 */
export async function meetPeople(
  deps: MeetDeps,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Person[]> {
  const ids = [...new Set(userIds)];
  const known = await findPeople(deps.db, workspaceId, ids);
  const fresh = new Set(known.filter((one) => !isStale(deps, one)).map(({ userId }) => userId));
  const rest = ids.filter((id) => !fresh.has(id));
  if (rest.length === 0) return known;
  await within(PATIENCE_MS, lookUpAll(deps, workspaceId, rest));
  await saveStrangers(deps.db, workspaceId, rest);
  return findPeople(deps.db, workspaceId, ids);
}

function isStale({ clock }: MeetDeps, { refreshedAt }: Person): boolean {
  return clock.now().getTime() - refreshedAt.getTime() > FRESH_MS;
}

async function lookUpAll(deps: MeetDeps, workspaceId: string, userIds: string[]): Promise<void> {
  const queue = [...userIds];
  const work = async () => {
    for (let id = queue.shift(); id; id = queue.shift())
      await lookUp(deps, { workspaceId, userId: id });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Never throws: people are met with what is known of them. */
async function lookUp(deps: MeetDeps, ref: PersonRef): Promise<'known' | 'unknown' | 'refused'> {
  try {
    const { user } = await deps.client.users.info({ user: ref.userId, include_locale: true });
    if (user) await keepFacts(deps, ref, slackFacts(user));
    return 'known';
  } catch (error) {
    if (isSlackCode(error, 'user_not_found', 'user_not_visible')) return 'unknown';
    // A token that is refused is told once, where the outbox meets it.
    const isRefused = refusalIn(error) !== null;
    const write = isRefused ? deps.log.debug : deps.log.warn;
    write({ err: error, method: 'users.info' }, 'Somebody could not be looked up');
    return isRefused ? 'refused' : 'known';
  }
}

/** Asks Slack of somebody known; whoever isn't there any more has left. Never throws for Slack's sake. */
export async function reRead(deps: MeetDeps, ref: PersonRef): Promise<'read' | 'refused'> {
  const found = await lookUp(deps, ref);
  if (found === 'refused') return found;
  if (found === 'unknown') await change(deps, ref, (tx) => markGone(tx, ref));
  return 'read';
}

type KeepDeps = Pick<MeetDeps, 'admins' | 'db' | 'clock' | 'scheduler' | 'outbox'>;

/** Keeps what Slack says of a person. */
export async function keepFacts(deps: KeepDeps, ref: PersonRef, facts: SlackFacts): Promise<void> {
  const slackAdmin = facts.slackAdmin || deps.admins.has(ref.userId);
  await change(deps, ref, (tx) => savePerson(tx, ref, { ...facts, slackAdmin }, deps.clock.now()));
}

/**
 * Where somebody lives and whether they take part decides on what they get, so their scheduler is looked at again where
 * that has changed. Who has to know that they have left is told.
 */
async function change(
  { db, clock, scheduler, outbox }: KeepDeps,
  ref: PersonRef,
  save: (tx: Tx) => Promise<Person>,
): Promise<void> {
  await inTransaction(
    db,
    async (tx) => {
      await lockPerson(tx, ref);
      const before = await findPerson(tx, ref);
      const after = await save(tx);
      if (!before) return;
      if (before.timeZone !== after.timeZone) {
        await followZone(tx, after, { clock, scheduler });
      } else if (takesPart(before) !== takesPart(after)) {
        await scheduler.reschedule(tx, ref);
        await rescheduleTeamOf(scheduler, tx, ref);
      }
      if (takesPart(before) !== takesPart(after)) {
        await recordAct(tx, {
          workspaceId: ref.workspaceId,
          actorId: BY_SLACK,
          kind: takesPart(after) ? 'person_back' : 'person_left',
          subjectId: ref.userId,
          at: clock.now(),
        });
      }
      if (takesPart(before) && !takesPart(after)) {
        await tellOfLeaving(outbox, tx, ref, clock.now());
      }
    },
    { retryUnique: true },
  );
}

/** What somebody gets is planned anew by their clocks as they are now. */
async function followZone(
  tx: Tx,
  person: Person,
  { clock, scheduler }: Pick<MeetDeps, 'clock' | 'scheduler'>,
): Promise<void> {
  // Flying east, the time of a nudge may lie behind already: their day is looked at as a whole.
  const zone = zoneOf(person.timeZone);
  const midnight = zone.instantAt(zone.dateAt(clock.now()), '00:00');
  await scheduler.replaySince(tx, person, midnight);
  await rescheduleTeamOf(scheduler, tx, person);
}

/** Keeps where somebody says they are; null: where Slack says. */
export async function chooseZone(
  { db, clock, scheduler, outbox }: Pick<MeetDeps, 'db' | 'clock' | 'scheduler' | 'outbox'>,
  ref: PersonRef,
  ownTimeZone: string | null,
): Promise<Person> {
  return inTransaction(db, async (tx) => {
    await lockPerson(tx, ref);
    const before = await findPerson(tx, ref);
    const after = await saveOwnZone(tx, ref, ownTimeZone);
    if (before?.timeZone !== after.timeZone) await followZone(tx, after, { clock, scheduler });
    await outbox.refresh(tx, { ...ref, subject: ZONE_SUBJECT });
    return after;
  });
}

/** The question where somebody is, asked once. */
export const ZONE_QUESTION = 'zone_question';
const ZONE_SUBJECT = 'zone';

const zoneQuestion = ({ workspaceId, userId }: PersonRef): NewDelivery => ({
  ...keyFor({ workspaceId, userId }, ZONE_QUESTION, ZONE_SUBJECT),
  subject: ZONE_SUBJECT,
});

/** Wakes those whose manager somebody is: what they get follows the manager's days and clocks as well. */
export async function rescheduleTeamOf(
  scheduler: Scheduler,
  tx: Tx,
  manager: PersonRef,
): Promise<void> {
  const led = await teamLedBy(tx, manager);
  for (const member of led?.members ?? []) await scheduler.reschedule(tx, member);
}
