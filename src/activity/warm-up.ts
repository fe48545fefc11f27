import type { Deps } from '../context.ts';
import { lockPerson } from '../db/lock-people.ts';
import { rolledBack } from '../db/roll-back.ts';
import { styleWithoutMoney } from '../people/settings/view.ts';
import { UNKNOWN_FACTS } from '../people/slack-facts.ts';
import { savePerson, workspaceOf } from '../people/store.ts';
import { firstDraft } from '../plan/open-plan.ts';
import { LAYERS } from '../plan/schemas.ts';
import { addPlan, addVersion, findVersion, moveTo } from '../plan/store.ts';
import { ready } from '../slack/views.ts';
import { dayScreen, loggableDates } from './check-in/find-day.ts';
import { dayForm } from './check-in/view.ts';
import { planInForce } from './plan-in-force.ts';
import { NO_COUNTS } from './schemas.ts';
import { blockDays, findDay, saveDay } from './store.ts';

const NOBODY = 'warm-up';

/**
 * Goes through the form of a day and its answer, and takes all of it back: whoever presses *Log it* right
 * after a start should see it within a second too.
 */
export async function warmUpDay({
  db,
  encryption,
  clock,
}: Pick<Deps, 'db' | 'encryption' | 'clock'>): Promise<void> {
  const now = clock.now();
  const year = now.toISOString().slice(0, 4);
  const who = { workspaceId: NOBODY, userId: NOBODY };
  await rolledBack(db, async (tx) => {
    const store = { db: tx, encryption, clock };
    await savePerson(tx, { workspaceId: NOBODY, userId: NOBODY }, UNKNOWN_FACTS, now);
    await lockPerson(tx, who);
    const period = { start: `${year}-01-01`, end: `${year}-12-31` };
    const draft = { ...firstDraft(await workspaceOf(tx, NOBODY), period), ...SOMETHING };
    const plan = await addPlan(store, { workspaceId: NOBODY, repId: NOBODY });
    const id = await addVersion(store, plan, { number: 1, draft, actorId: NOBODY, at: now });
    const version = await findVersion(store, id);
    if (version) {
      const signed = { kind: 'agreed' as const, actorId: NOBODY, at: now, comment: null };
      await moveTo(store, version, 'agreed', signed);
    }
    const found = await planInForce(store, who);
    if (!found) throw new Error('a plan that was just agreed is not in force');
    const today = found.zone.dateAt(now);
    await dayScreen(store, found, today, today);
    await findDay(store, who, today);
    await blockDays(tx, { ...who, date: today });
    const counts = NO_COUNTS;
    await saveDay(
      store,
      who,
      { date: today, state: 'logged', counts, skipReason: null, note: null },
      now,
    );
    const days = loggableDates(found, today).map((date) => ({ date, logged: false }));
    const style = { ...styleWithoutMoney('en-US'), days, today, planned: NO_COUNTS };
    ready(dayForm.view({ about: {}, style, raw: { date: today }, rev: today }));
  });
}

/** The least that a plan needs to be computed. */
const SOMETHING = {
  goal: { income: 10_000_000, livingCosts: null },
  compensation: {
    baseSalary: 5_000_000,
    first: {
      name: 'Commission',
      credits: [...LAYERS],
      quota: 100_000_000,
      quotaPeriod: 'year' as const,
      quotaStart: null,
      pays: { rate: 0.1 },
      tiers: [{ from: 0, multiplier: 1, all: false }],
      bonuses: [],
      cap: null,
      ramp: null,
    },
    otherPay: [],
    guarantee: null,
  },
  newBusiness: {
    carried: true,
    averageDealSize: 2_500_000,
    salesCycleDays: 0,
    sdr: null,
    selfSourcing: { leadIdentification: '', prospecting: '' },
  },
};
