/** Everything that the plan judges beside the days, recorded in one go: all of it or nothing. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { derivedId } from '../derived-id.ts';
import { enterLeads } from '../leads/record-leads.ts';
import { enterPipeline } from '../pipeline/record-pipeline.ts';
import { type ActualsPlan, latestDate, onPlan } from '../plan-for.ts';
import type { LayerAmounts, LeadCounts } from '../store.ts';
import { enterDeal, type RecordedDeal } from '../won/record-deal.ts';
import { judgedOf, updateFigures } from './figures.ts';
import type { SaidLine } from './read-lines.ts';

export interface UpdateEntry {
  /** Of the submission: however often it comes, it enters everything once. */
  id: string;
  deals: readonly SaidLine[];
  /** Null: nothing is said of it. */
  layers: LayerAmounts | null;
  /** Those that came beside what is entered; null: nothing is said of them. */
  leads: LeadCounts | null;
}

/** Whose figures, and the local date of the message that asked for them: they count for the plan that holds it. */
export interface UpdateOf {
  rep: string;
  date: string;
}

/** @throws UserError as `recordDeal`; of a deal that can’t be taken, at the path `deals`. */
export async function recordUpdate(
  deps: Deps,
  actor: PersonRef,
  { rep: repId, date: shownOn }: UpdateOf,
  { id, deals, layers, leads }: UpdateEntry,
): Promise<void> {
  await onPlan(deps, actor, { repId, asked: 'won', shownOn, on: shownOn }, async (tx, plan) => {
    const by = { plan, actor };
    const date = latestDate(plan);
    for (const said of deals) {
      mustBeRecorded(await enterLine(deps, tx, by, id, said), said);
    }
    if (layers) await enterPipeline(deps, tx, by, { id, layers, date });
    if (leads) await enterLeads(deps, tx, by, { id, ...leads, date });
  });
}

async function enterLine(
  deps: Deps,
  tx: Tx,
  by: { plan: ActualsPlan; actor: PersonRef },
  submissionId: string,
  { deal, line, number }: SaidLine,
): Promise<RecordedDeal> {
  const { account, amount, layer, outcome, date } = deal;
  const entry = {
    account,
    amount,
    layer,
    outcome,
    date: date ?? latestDate(by.plan),
    renewal: null,
  };
  try {
    return await enterDeal(deps, tx, by, { id: derivedId(submissionId, line), ...entry });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, `Line ${number}: ${error.text}`, 'deals');
  }
}

/** @throws UserError `which` or `settled`. */
function mustBeRecorded({ kind }: RecordedDeal, { number }: SaidLine): void {
  if (kind === 'recorded') return;
  const why =
    kind === 'which'
      ? 'the plan has more than one open renewal of that account: `/bigplan won` lets you pick.'
      : 'that renewal is settled already: `/bigplan won list` shows by what.';
  throw new UserError(kind, `Line ${number}: ${why}`, 'deals');
}

/**
 * Says of a local date that nothing has changed: pipeline stands as it was said last, and where nothing was
 * entered of a month's leads, none came. Once for a day; does nothing where pipeline was never said.
 * @throws UserError as `recordUpdate`.
 */
export async function recordSame(
  deps: Deps,
  actor: PersonRef,
  { rep: repId, date: shownOn }: UpdateOf,
): Promise<void> {
  await onPlan(deps, actor, { repId, asked: 'won', shownOn, on: shownOn }, async (tx, plan) => {
    const { pipeline, leads } = await updateFigures(tx, plan, shownOn);
    const date = latestDate(plan);
    if (pipeline === null || pipeline.date >= date) return;
    const by = { plan, actor };
    const id = derivedId('same', plan.planId, date);
    await enterPipeline(deps, tx, by, { id, layers: pipeline.layers, date });
    if (leads === null && judgedOf(plan).promised !== null) {
      await enterLeads(deps, tx, by, { id, inbound: 0, outbound: 0, date });
    }
  });
}
