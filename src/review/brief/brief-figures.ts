/** What the brief of a week says: of everybody together, as of the Sunday before it. */
import { countedDays } from '../../activity/pace/counted-days.ts';
import { leadDays } from '../../activity/pace/lead-days.ts';
import { type Stage, type StageSpan, stageSpan } from '../../activity/pace/stage-rate-rules.ts';
import { plansInForce } from '../../activity/plan-in-force.ts';
import type { Cause } from '../../activity/schemas.ts';
import { quietUnderFour } from '../../coaching/touches/rules.ts';
import { openProspectsOf } from '../../coaching/touches/store.ts';
import type { Store } from '../../db/store.ts';
import { findPerson, teamsOf } from '../../people/store.ts';
import { addDays } from '../../time/local-date.ts';
import { causeTable } from '../causes/causes.ts';
import { type Commitment, causeAnswersSince, syncCommitments } from '../commitments/store.ts';
import {
  type CountedCause,
  causesForChannel,
  type RepStages,
  sumOfSeveral,
  type WeakStage,
  weakestStage,
} from './rules.ts';
import type { EngagementCounts, SaidWeek } from './schemas.ts';
import { type BriefSettings, briefSettings, engagementOf } from './store.ts';

export interface BriefFigures {
  settings: BriefSettings;
  /** Its Monday. */
  week: string;
  /** Whose clocks and language it goes by. */
  locale: string;
  weakest: WeakStage | null;
  /** Prospects under four touches and quiet; null: too few reps have any. */
  underFour: number | null;
  /** `YYYY-MM`; null: no month can be shown. */
  causesOf: string | null;
  causes: CountedCause<Cause>[];
  /** Of the week before and the one before that; null: not said. */
  engagement: {
    last: Pick<SaidWeek, 'counts' | 'mentions'> | null;
    before: EngagementCounts | null;
  };
  /** Last week's, and what of earlier ones is open. */
  former: Commitment[];
  /** This week's. */
  current: Commitment[];
  /** Open, in answer to causes. */
  answers: Commitment[];
}

/** The stage is judged over so many days, and compared with as many before. */
const SPAN_DAYS = 42;
/** Days that hold both, and the longest lag of what comes of a try. */
const LOOK_BACK = 2 * SPAN_DAYS + 60;
const WEEKS_BACK = 6;

/** Null: there is no brief any more, or whoever set it up neither leads nor looks after Bigplan now. */
export async function briefFigures(
  store: Store,
  workspaceId: string,
  week: string,
  now: Date,
): Promise<BriefFigures | null> {
  const { db } = store;
  const settings = await briefSettings(db, workspaceId);
  const setter = settings && (await findPerson(db, { workspaceId, userId: settings.setBy }));
  if (!settings || !setter || setter.deactivated || !(setter.leader || setter.admin)) return null;
  const last = addDays(week, -7);
  const sunday = addDays(week, -1);
  const reps = (await teamsOf(db, workspaceId)).flatMap(({ members }) =>
    members.filter(({ deactivated }) => !deactivated).map(({ userId }) => userId),
  );
  const table = await causeTable(store, workspaceId, now);
  const [newest] = table.months;
  const rows = table.structural.map(({ cause, reps: [count = null] }) => ({ cause, reps: count }));
  const causes = newest ? causesForChannel(rows, newest.answered) : [];
  const said = await engagementOf(store, workspaceId, { from: addDays(last, -7), to: last });
  const saidOf = (monday: string) => said.find((one) => one.week === monday) ?? null;
  const taken = await syncCommitments(store, workspaceId, {
    from: addDays(week, -7 * WEEKS_BACK),
    to: week,
  });
  const answers = newest ? await causeAnswersSince(store, workspaceId, newest.month) : [];
  const open = await openProspectsOf(db, workspaceId, reps);
  return {
    settings,
    week,
    locale: setter.locale,
    weakest: await weakestOf(store, workspaceId, reps, sunday),
    underFour: sumOfSeveral(
      reps.map(
        (repId) =>
          quietUnderFour(
            open.filter((one) => one.repId === repId),
            sunday,
          ).length,
      ),
    ),
    causesOf: causes.length > 0 ? (newest?.month ?? null) : null,
    causes: causes.slice(0, MOST_CAUSES),
    engagement: { last: saidOf(last), before: saidOf(addDays(last, -7))?.counts ?? null },
    former: taken.filter((one) => one.week < week && (one.week === last || one.doneAt === null)),
    current: taken.filter((one) => one.week === week),
    answers: answers.filter(({ doneAt }) => doneAt === null),
  };
}

const MOST_CAUSES = 3;

/** As the reps' plans stood on that Sunday: what is agreed since makes it no other. */
async function weakestOf(
  store: Store,
  workspaceId: string,
  reps: readonly string[],
  sunday: string,
): Promise<WeakStage | null> {
  const middle = addDays(sunday, -SPAN_DAYS);
  const then = new Date(`${sunday}T12:00:00Z`);
  const plans = await plansInForce({ ...store, clock: { now: () => then } }, workspaceId, reps);
  const spans: { now: RepStages[]; before: RepStages[] } = { now: [], before: [] };
  for (const plan of plans.values()) {
    const from = addDays(sunday, -LOOK_BACK);
    const days = await countedDays(store, plan, { from, through: sunday });
    const leads = await leadDays(store, plan, sunday);
    const terms = plan.work.paceTerms;
    const spanOf = (through: string): RepStages => {
      const since = addDays(through, -SPAN_DAYS);
      const until = days.filter(({ date }) => date <= through);
      const count = until.filter(({ date }) => date > since).length;
      return eachStage((stage) => stageSpan(until, stage, terms, leads, count));
    };
    spans.now.push(spanOf(sunday));
    spans.before.push(spanOf(middle));
  }
  return weakestStage(spans.now, spans.before);
}

const eachStage = (of: (stage: Stage) => StageSpan | null): RepStages => ({
  callToVisit: of('callToVisit'),
  visitToDemo: of('visitToDemo'),
  demoToProposal: of('demoToProposal'),
  proposalToContract: of('proposalToContract'),
});
