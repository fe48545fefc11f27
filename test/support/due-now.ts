/** Many reps with agreed plans, all of whose check-ins fall due in the same minute: this one. */
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, savePerson } from '../../src/people/store.ts';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { addPlan, addVersion, findVersion, moveTo } from '../../src/plan/store.ts';
import { WEEKDAYS } from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { everyDayDraft } from './agreed-rep.ts';
import { type TestDb, testEncryption } from './db.ts';
import { TEAM } from './slack.ts';

const MINUTE_MS = 60_000;

/** A zone in which it is between 11 and 13 o'clock now, so that nothing is near a day's end. */
export function zoneAtNoon(now: Date): string {
  const ahead = 12 - now.getUTCHours();
  // These zones count the other way round.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/**
 * Makes the reps, each with a plan that works every day of this year and is asked about at this minute.
 * As before, nobody has been asked yet. Returns the local date that they are asked about.
 */
export async function makeDueNow(
  { db }: Pick<TestDb, 'db'>,
  repIds: readonly string[],
  managerId: string,
): Promise<string> {
  const now = new Date();
  const timeZone = zoneAtNoon(now);
  const zone = zoneOf(timeZone);
  const date = zone.dateAt(now);
  const dueAt = zone.instantAt(date, zone.timeAt(now));
  const facts = {
    timeZone,
    locale: 'en-US',
    slackAdmin: false,
    deactivated: false,
    outsider: false,
    bot: false,
  };
  const meet = (userId: string) =>
    savePerson(db, { workspaceId: TEAM, userId }, { name: userId, ...facts }, now);
  await meet(managerId);
  for (const userId of repIds) await meet(userId);
  const team = await inTransaction(db, (tx) =>
    ensureTeam(tx, { workspaceId: TEAM, userId: managerId }),
  );
  const ids = { in: [...repIds] };
  await db.person.updateMany({ where: { userId: ids }, data: { teamId: team.id } });

  const year = date.slice(0, 4);
  const period = { start: `${year}-01-01`, end: `${year}-12-31` };
  const calendar = {
    workdays: [...WEEKDAYS],
    holidays: [],
    timeOff: [],
    country: null,
    region: null,
  };
  const draft = everyDayDraft({ period, calendar });
  const signed = { actorId: managerId, at: new Date(dueAt.getTime() - MINUTE_MS), comment: null };
  for (const repId of repIds) await signPlan({ db }, repId, draft, signed);
  const checkInTime = zone.timeAt(dueAt);
  await db.nudgeSettings.createMany({
    // Its reminder would come long after the test.
    data: repIds.map((personId) => ({
      workspaceId: TEAM,
      personId,
      checkInTime,
      reminder: false,
    })),
  });
  await db.agenda.createMany({
    data: repIds.map((personId) => ({
      workspaceId: TEAM,
      personId,
      kind: 'day',
      dueAt,
      doneUntil: new Date(dueAt.getTime() - 1),
    })),
  });
  return date;
}

/** Gives a rep a plan that both have signed; nothing is woken by it. Returns its id. */
export function signPlan(
  { db }: Pick<TestDb, 'db'>,
  repId: string,
  draft: PlanDraft,
  signed: { actorId: string; at: Date; comment: string | null },
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption: testEncryption() };
    const plan = await addPlan(store, { workspaceId: TEAM, repId });
    const id = await addVersion(store, plan, { number: 1, draft, ...signed });
    const version = await findVersion(store, id);
    if (version) await moveTo(store, version, 'agreed', { kind: 'agreed', ...signed });
    return plan.id;
  });
}
