/** What a rep's time under a plan says for the next one. */
import { bookingsOf } from '../actuals/rules.ts';
import { dealsOfPlan, pipelineAsOf, settlementsOf } from '../actuals/store.ts';
import type { PersonRef, Store } from '../db/store.ts';
import type { MeasuredRate, YearSoFar } from '../plan/next-year/next-draft-rules.ts';
import { ACTIVITIES, type Funnel } from '../plan/schemas.ts';
import { STAGE_ENDS, STAGES } from './pace/stage-rate-rules.ts';
import { planAsAgreed } from './plan-in-force.ts';
import { type Counts, NO_COUNTS } from './schemas.ts';
import { loggedDays, saidCounts } from './store.ts';

/** Fewer days that were logged, tries or deals say nothing that holds for a year. */
const LEAST_DAYS = 40;
const LEAST_TRIES = 40;
const LEAST_DEALS = 8;

/** From `from` to `through`, local dates of the rep, both in. */
export async function yearSoFar(
  store: Store,
  { rep, planId, from, through }: { rep: PersonRef; planId: string; from: string; through: string },
): Promise<YearSoFar> {
  const { db } = store;
  const deals = await dealsOfPlan(db, planId);
  const won = bookingsOf(deals).filter(({ layer }) => layer === 'newBusiness');
  const said = await pipelineAsOf(db, rep, planId, through);
  const newBusiness = said?.layers.newBusiness ?? null;
  const days = [...(await loggedDays(store, rep, from, through)).values()].filter(
    ({ state }) => state === 'logged',
  );
  const total = days.map(saidCounts).reduce(sum, NO_COUNTS);
  const bookings = bookingsOf(deals).filter(({ layer }) => layer !== 'renewal').length;
  const hasSdr = (await planAsAgreed(store, rep, planId))?.work.sdr != null;
  return {
    settled: (await settlementsOf(db, planId)).flatMap(({ renewalId, outcome, amount, date }) =>
      renewalId === null ? [] : [{ renewalId, outcome, amount, date }],
    ),
    pipeline: said && newBusiness !== null ? { newBusiness, date: said.date } : null,
    dealSize:
      won.length < LEAST_DEALS
        ? null
        : {
            amount: Math.round(won.reduce((all, { amount }) => all + amount, 0) / won.length),
            deals: won.length,
          },
    rates: days.length < LEAST_DAYS ? {} : ratesOf(total, bookings, hasSdr),
  };
}

const sum = (one: Counts, other: Counts): Counts => {
  const both = { ...one };
  for (const activity of ACTIVITIES) both[activity] += other[activity];
  return both;
};

/** Where SDRs bring visits, calls don't say what came of them. */
function ratesOf(
  total: Counts,
  bookings: number,
  hasSdr: boolean,
): Partial<Record<keyof Funnel, MeasuredRate>> {
  const pairs: [keyof Funnel, number, number][] = [
    ...STAGES.filter((stage) => !(stage === 'callToVisit' && hasSdr)).map(
      (stage): [keyof Funnel, number, number] => {
        const { from, to } = STAGE_ENDS[stage];
        return [stage, total[from], total[to]];
      },
    ),
    ['contractToWon', total.contracts, bookings],
  ];
  return Object.fromEntries(
    pairs.flatMap(([stage, tries, came]) => {
      const rate = Math.round((Math.min(came, tries) / tries) * 1000) / 1000;
      return tries >= LEAST_TRIES && rate > 0 ? [[stage, { rate, tries }]] : [];
    }),
  );
}
