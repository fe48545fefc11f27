/** How somebody stands, as `/bigplan status` tells: as a rep, and as whoever leads a team. */
import type { Context } from '../../context.ts';
import { recordSeen } from '../../db/audit.ts';
import { UserError } from '../../errors.ts';
import { findPerson, managerOf, type Person, teamLedBy } from '../../people/store.ts';
import { findOwnPlan, planStatuses } from '../../plan/open-plan.ts';
import { mention, mrkdwn } from '../../slack/text.ts';
import { monthOf } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { promisesOf } from '../promises/promises.ts';
import { owedOf } from '../promises/rules.ts';
import { reviewTimes } from '../schedule/rules.ts';
import { meetingTime, planStyle } from '../schedule/show-schedule.ts';
import { cardNow, type ReviewPlan, reviewPlan } from '../scorecard/review-plan.ts';
import { standingsOf } from '../standing/standings.ts';
import { reviewsOf } from '../store.ts';
import type { OwnStatus, RepStanding, StatusScreen } from './view.ts';

type Deps = Pick<Context, 'db' | 'encryption' | 'clock'>;

/** More are read on Home. */
const MOST_REPS = 20;

/** What is shown to `reader`, about themselves and whoever plans with them. */
export async function statusOf(deps: Deps, reader: Person): Promise<StatusScreen> {
  const team = await teamLedBy(deps.db, reader);
  const members = (team?.members ?? []).filter(
    ({ deactivated, userId }) => !deactivated && userId !== reader.userId,
  );
  const statuses = await planStatuses(
    deps,
    reader.workspaceId,
    members.map(({ userId }) => userId),
  );
  const shown = members.slice(0, MOST_REPS).map(({ userId }) => userId);
  const shows = { kind: 'standing_seen', repIds: shown } as const;
  await recordSeen(deps.db, reader, shows, deps.clock.now());
  const standings = await standingsOf(deps, reader.workspaceId, shown);
  const reps = shown.map((userId): RepStanding => {
    const health = standings.get(userId)?.card?.standing ?? null;
    return { userId, health, plan: statuses.get(userId) ?? null };
  });
  return {
    userId: reader.userId,
    own: await ownStatusOf(deps, reader),
    leads: reader.leader,
    reps,
    ...(await promisedTo(deps, reader, team?.members ?? [])),
    more: Math.max(0, members.length - MOST_REPS),
  };
}

/** What the reader owes, and is owed, as a rep and as whoever leads a team. */
async function promisedTo(
  deps: Deps,
  reader: Person,
  members: readonly Person[],
): Promise<Pick<StatusScreen, 'owes' | 'isOwed'>> {
  const { workspaceId, userId, timeZone } = reader;
  const manager = await managerOf(deps.db, reader);
  const pairs = [
    { repId: userId, managerId: manager?.userId ?? null },
    ...members.map((rep) => ({ repId: rep.userId, managerId: userId })),
  ];
  const promises = await promisesOf(deps, workspaceId, pairs, timeZone);
  const today = localDateIn(timeZone, deps.clock.now());
  return {
    owes: owedOf(
      promises.filter(({ ownerId }) => ownerId === userId),
      today,
    ),
    isOwed: owedOf(
      promises.filter(({ ownerId }) => ownerId !== userId),
      today,
    ),
  };
}

/**
 * How a rep stands, for their manager.
 * @throws UserError `not_yours` for anybody else.
 */
export async function repStatusOf(
  deps: Deps,
  reader: Person,
  repId: string,
): Promise<{ userId: string; own: OwnStatus }> {
  const rep = { workspaceId: reader.workspaceId, userId: repId };
  const manager = await managerOf(deps.db, rep);
  const person = manager?.userId === reader.userId ? await findPerson(deps.db, rep) : null;
  if (!person || person.deactivated) {
    throw new UserError(
      'not_yours',
      mrkdwn`How ${mention(repId)} stands is between them and their manager. \`/bigplan status\` shows how you stand.`
        .mrkdwn,
    );
  }
  const shows = { kind: 'standing_seen', repIds: [repId] } as const;
  await recordSeen(deps.db, reader, shows, deps.clock.now());
  return { userId: repId, own: await ownStatusOf(deps, person, reader) };
}

/** `reader`: in whose words, by whose clocks; the rep's own where left out. */
export async function ownStatusOf(deps: Deps, rep: Person, reader = rep): Promise<OwnStatus> {
  const plan = await reviewPlan(deps, rep);
  const now = deps.clock.now();
  const card = plan && (await currentCard(deps, plan, now));
  if (!plan || !card) {
    const found = await findOwnPlan(deps, rep);
    return { kind: 'none', status: found?.version.status ?? null };
  }
  const today = plan.zone.dateAt(now);
  const { start, end } = plan.work.period;
  if (today < start) return { kind: 'not_begun', start, locale: reader.locale };
  const times = reviewTimes(plan, await reviewsOf(deps, plan.work.planId), now);
  const next = times.find(({ meeting, state }) => meeting.at > now && state !== 'skipped');
  const manager = next ? await managerOf(deps.db, rep) : null;
  const other = reader.userId === rep.userId ? manager : rep;
  return {
    kind: 'agreed',
    card,
    style: planStyle(plan, reader),
    meeting: next ? meetingTime(next.meeting.at, reader, other) : null,
    today,
    canLog: today <= end,
    hasOwnTarget: plan.measured.hasOwnTarget,
  };
}

/** The month that runs, or the plan's last one; null where it has none. */
async function currentCard(deps: Deps, plan: ReviewPlan, now: Date) {
  const today = plan.zone.dateAt(now);
  const span = plan.spans.findLast(({ month }) => month <= monthOf(today)) ?? plan.spans[0];
  return span ? cardNow(deps, plan, span, today) : null;
}
