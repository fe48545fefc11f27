/** Many pairs with a month to review whose deadline comes when the test says. */
import { randomUUID } from 'node:crypto';
import { saveDay } from '../../src/activity/store.ts';
import type { Deps } from '../../src/context.ts';
import type { Db, Tx } from '../../src/db/client.ts';
import type { Encryption } from '../../src/db/encryption.ts';
import type { PersonRef } from '../../src/db/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, savePerson, setChannel, setTeamOf } from '../../src/people/store.ts';
import { REVIEW } from '../../src/review/planner.ts';
import { type AnswersOutcome, sendAnswers } from '../../src/review/prep/answer-review.ts';
import { questionsOf } from '../../src/review/prep/rules.ts';
import { askedNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import {
  answersOf,
  ensureReview,
  findReview,
  type Review,
  reviewsOf,
  saveAnswer,
  saveItem,
  saveReview,
} from '../../src/review/store.ts';
import {
  addDays,
  lastDayOfMonth,
  monthOf,
  monthsBetween,
  WEEKDAYS,
} from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { everyDayDraft } from './agreed-rep.ts';
import { signPlan, zoneAtNoon } from './due-now.ts';
import { TEAM } from './slack.ts';

interface Store {
  db: Db;
  encryption: Encryption;
}

type Reading = Omit<Store, 'db'> & { db: Db | Tx };

const HOUR_MS = 3_600_000;

/** People of one team, with the channel of their manager. */
export interface ReviewTeam {
  managerId: string;
  channelId: string;
  repIds: readonly string[];
}

/** Makes the teams, each rep with a plan since two months ago and hardly any work in it. */
export async function makeReviewTeams(
  { db, encryption }: Store,
  teams: readonly ReviewTeam[],
): Promise<void> {
  const now = new Date();
  const timeZone = zoneAtNoon(now);
  const date = zoneOf(timeZone).dateAt(now);
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
  const start = `${monthOf(lastDayOfMonth(date, -2))}-01`;
  const none = { holidays: [], timeOff: [], country: null, region: null };
  const draft = everyDayDraft({
    period: { start, end: lastDayOfMonth(start, 11) },
    calendar: { workdays: [...WEEKDAYS], ...none },
  });
  const last = monthOf(lastDayOfMonth(date, -1));
  for (const { managerId, channelId, repIds } of teams) {
    await meet(managerId);
    for (const repId of repIds) await meet(repId);
    await inTransaction(db, async (tx) => {
      const { id } = await ensureTeam(tx, { workspaceId: TEAM, userId: managerId });
      await setChannel(tx, id, channelId);
      await setTeamOf(tx, TEAM, { repIds, teamId: id, actorId: managerId, at: new Date() });
    });
    const signed = { actorId: managerId, at: new Date(`${start}T12:00:00Z`), comment: null };
    for (const repId of repIds) {
      const planId = await signPlan({ db }, repId, draft, signed);
      const months = monthsBetween(draft.period).map(({ month }) => month);
      // Of the other months nothing is asked.
      await db.review.createMany({
        data: months
          .filter((month) => month !== last)
          .map((month) => ({ workspaceId: TEAM, repId, planId, month, skippedAt: signed.at })),
      });
      const counts = { calls: 5, visits: 2, demos: 1, proposals: 0, contracts: 0 };
      const day = { state: 'logged', counts, skipReason: null, note: null } as const;
      const who = { workspaceId: TEAM, userId: repId };
      await saveDay({ db, encryption }, who, { ...day, date: `${last}-10` }, now);
    }
  }
  const quiet = { checkIns: false, callBlocks: false, syncs: false, paceNotes: false };
  await db.nudgeSettings.createMany({
    data: teams
      .flatMap(({ managerId, repIds }) => [managerId, ...repIds])
      .map((personId) => ({ workspaceId: TEAM, personId, ...quiet })),
  });
}

/**
 * Has a rep's review of last month open at `deadline`, asked about five hours before; null: they are
 * asked at the next tick, and it opens hours later.
 */
export async function makeReviewDue(
  store: Reading,
  repId: string,
  deadline: Date | null,
): Promise<Review> {
  const now = new Date();
  const clock = { now: () => now };
  const plan = await reviewPlan({ ...store, clock }, { workspaceId: TEAM, userId: repId });
  const today = plan?.zone.dateAt(now) ?? '';
  const span = plan?.spans.find(({ month }) => month === monthOf(lastDayOfMonth(today, -1)));
  if (!plan || !span) throw new Error(`${repId} has no month to review`);
  const { planId } = plan.work;
  const made = await ensureReview(store, plan.rep, { planId, month: span.month });
  const at = (hours: number) => new Date((deadline ?? now).getTime() + hours * HOUR_MS);
  const review: Review = {
    ...made,
    movedTo: deadline ? at(1) : at(5),
    ...(deadline && { askedAt: at(-5), asked: await askedNow(store, plan, span, today) }),
  };
  await saveReview(store, review);
  const dueAt = deadline ?? now;
  await store.db.agenda.create({
    data: { workspaceId: TEAM, personId: repId, kind: REVIEW, dueAt, doneUntil: now },
  });
  return review;
}

/** Something that was agreed at the review of the month before (`carried`), or at this one. */
export async function agreeItem(store: Reading, review: Review, carried: boolean): Promise<void> {
  const { workspaceId, repId, planId } = review;
  const before = [...(await reviewsOf(store, planId)).values()].find(
    ({ month }) => month < review.month,
  );
  await saveItem(store, {
    id: randomUUID(),
    workspaceId,
    repId,
    reviewId: carried ? (before ?? review).id : review.id,
    owner: 'rep',
    kpi: null,
    text: 'Two referrals a week',
    due: addDays(new Date().toISOString().slice(0, 10), 30),
    doneAt: null,
    doneBy: null,
    removedAt: null,
    createdBy: repId,
    createdAt: new Date(),
  });
}

/** What a rep says, so that it is known for theirs wherever it shows. */
export const saidBy = (repId: string) => `Said by ${repId}.`;

/** Answers everything that a rep is asked, or only the first of it; sends nothing. */
export async function giveAnswers(
  store: Store,
  { id, ...owner }: Review,
  most = Infinity,
): Promise<void> {
  const asked = await store.db.review.findUniqueOrThrow({ where: { id } });
  const all = await reviewsOf(store, asked.planId);
  const review = all.get(asked.month);
  if (!review?.asked) throw new Error(`${owner.repId} was not asked`);
  for (const topic of questionsOf(review.asked).topics.slice(0, most)) {
    await saveAnswer(store, review, {
      topic,
      causes: ['lead_supply'],
      words: saidBy(owner.repId),
      proposal: null,
      updatedAt: new Date(),
    });
  }
}

/** Sends what is given, as the rep's form would. */
export async function sendGiven(
  deps: Deps,
  actor: PersonRef,
  reviewId: string,
  named = false,
): Promise<AnswersOutcome> {
  const review = await findReview(deps, reviewId);
  const answers = review ? await answersOf(deps, review) : [];
  const form = { reviewId, window: 'given', asked: [], note: null };
  return sendAnswers(deps, actor, { ...form, answers, named });
}
