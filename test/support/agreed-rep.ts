/** Reps whose plan is agreed already, to live through days with. */

import { inTransaction } from '../../src/db/transaction.ts';
import { DEFAULT_PIPELINE, emptyDraft, type PlanDraft } from '../../src/plan/draft.ts';
import { addPlan, addVersion, findVersion, moveTo } from '../../src/plan/store.ts';
import type { TestApp } from './app.ts';
import { compOf, tier } from './components.ts';
import { mintPair, type TestPair } from './plan-app.ts';
import type { Person } from './slack.ts';
import { TEAM } from './slack.ts';

const PERIOD = { start: '2027-01-01', end: '2027-12-31' };

/** 26 calls a day and a few of the rest; no public holidays but New Year. */
export function everyDayDraft(changes: Partial<PlanDraft> = {}): PlanDraft {
  const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
  const draft = emptyDraft({
    currency: 'USD',
    period: PERIOD,
    calendar: {
      workdays: [...workdays],
      holidays: ['2027-01-01'],
      timeOff: [],
      country: null,
      region: null,
    },
  });
  return {
    ...draft,
    goal: { income: 25_000_000, livingCosts: null },
    compensation: compOf(10_000_000, { quota: 100_000_000, tiers: [tier(0, 1), tier(1, 1.5)] }),
    pipeline: { ...DEFAULT_PIPELINE, winRate: 0.3 },
    newBusiness: {
      carried: true,
      averageDealSize: 2_500_000,
      salesCycleDays: 0,
      sdr: null,
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
    ...changes,
  };
}

/** The last of the dates that a 1:1 can have: stories of a month's beginning end before anybody is asked. */
export const LATE_REVIEWS: Pick<PlanDraft, 'reviews'> = {
  reviews: { ordinal: 4, weekday: 'fri', time: '10:00' },
};

/** Two people with a plan that both have signed, as the database and the scheduler hold it. */
export async function mintAgreed(
  app: TestApp,
  changes: Partial<PlanDraft> = {},
  facts: { rep?: Partial<Person>; manager?: Partial<Person> } = {},
): Promise<TestPair> {
  const pair = await mintPair(app, facts);
  await agreePlanOf(app, pair.rep, everyDayDraft(changes));
  return pair;
}

export async function agreePlanOf(
  { db, bigplan }: Pick<TestApp, 'db' | 'bigplan'>,
  repId: string,
  draft: PlanDraft,
  workspaceId = TEAM,
): Promise<string> {
  const { encryption, clock, scheduler } = bigplan.context;
  const at = clock.now();
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    const plan = await addPlan(store, { workspaceId, repId });
    const id = await addVersion(store, plan, { number: 1, draft, actorId: repId, at });
    const version = await findVersion(store, id);
    if (!version) throw new Error('a version that was just made is gone');
    const signed = { actorId: repId, at, comment: null };
    await moveTo(store, version, 'agreed', { kind: 'agreed', ...signed });
    await scheduler.reschedule(tx, { workspaceId, userId: repId });
    return id;
  });
}
