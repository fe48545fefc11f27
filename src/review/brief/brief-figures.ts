/** What the brief of a week says: of everybody together, as of the Sunday before it. */
import { wilson, Z_95 } from '../../activity/pace/chance-rules.ts';
import type { Cause } from '../../activity/schemas.ts';
import { quietUnderFour } from '../../coaching/touches/rules.ts';
import { openProspectsOf } from '../../coaching/touches/store.ts';
import type { Store } from '../../db/store.ts';
import { findPerson, teamsOf } from '../../people/store.ts';
import { agreedVersionId } from '../../plan/round/store.ts';
import { findVersion } from '../../plan/store.ts';
import { addDays } from '../../time/local-date.ts';
import { causeTable } from '../causes/causes.ts';
import { type Commitment, causeAnswersSince, syncCommitments } from '../commitments/store.ts';
import {
  type CountedCause,
  causesForChannel,
  type RepSpan,
  sumOfSeveral,
  type WeakStage,
  weakestStage,
} from './rules.ts';
import {
  type BriefSettings,
  briefSettings,
  countsByRep,
  type EngagementCounts,
  engagementOf,
} from './store.ts';

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
  engagement: { last: EngagementCounts | null; before: EngagementCounts | null };
  /** Last week's, and what of earlier ones is open. */
  former: Commitment[];
  /** This week's. */
  current: Commitment[];
  /** Open, in answer to causes. */
  answers: Commitment[];
}

/** The stage is judged over so many days, and compared with as many before. */
const SPAN_DAYS = 42;
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
  const said = await engagementOf(db, workspaceId, { from: addDays(last, -7), to: last });
  const saidOf = (monday: string) => said.find((one) => one.week === monday)?.counts ?? null;
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
    engagement: { last: saidOf(last), before: saidOf(addDays(last, -7)) },
    former: taken.filter((one) => one.week < week && (one.week === last || one.doneAt === null)),
    current: taken.filter((one) => one.week === week),
    answers: answers.filter(({ doneAt }) => doneAt === null),
  };
}

const MOST_CAUSES = 3;

async function weakestOf(
  store: Store,
  workspaceId: string,
  reps: readonly string[],
  sunday: string,
): Promise<WeakStage | null> {
  const middle = addDays(sunday, -SPAN_DAYS);
  const now = await countsByRep(store.db, workspaceId, { from: addDays(middle, 1), to: sunday });
  const then = await countsByRep(store.db, workspaceId, {
    from: addDays(middle, 1 - SPAN_DAYS),
    to: middle,
  });
  const spans: { now: RepSpan[]; before: RepSpan[] } = { now: [], before: [] };
  for (const repId of reps) {
    const [counts, former] = [now.get(repId), then.get(repId)];
    if (!counts && !former) continue;
    const id = await agreedVersionId(store.db, { workspaceId, userId: repId }, sunday);
    const version = id === null ? null : await findVersion(store, id);
    if (!version) continue;
    const { funnel } = version.draft;
    if (counts) spans.now.push({ counts, funnel });
    if (former) spans.before.push({ counts: former, funnel });
  }
  return weakestStage(spans.now, spans.before, (hits, tries) => wilson(hits, tries, Z_95).high);
}
