/** A rep's plans side by side, as rows say it: which of them counts when is in choose-rules.ts. */
import type { Db, Tx } from '../../db/client.ts';
import { gatheredOfEach } from '../../db/gathered.ts';
import type { PersonRef } from '../../db/store.ts';
import type { VersionStatus } from '../store.ts';
import { currentPlan, planHolding, planInForceOn, type RepPlan } from './choose-rules.ts';

interface Row {
  plan_id: string;
  rep_id: string;
  closed_at: Date | null;
  id: string;
  number: number;
  status: VersionStatus;
  start: string;
  end: string;
  signed: boolean;
}

/** Each rep's plans, oldest first, by user id, in one statement; of versions that were dropped nothing. */
export async function plansOf(
  db: Db | Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, RepPlan[]>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT plan.id::text AS plan_id, plan.rep_id, plan.closed_at,
      version.id::text AS id, version.number, version.status::text AS status,
      version.terms->'period'->>'start' AS start, version.terms->'period'->>'end' AS end,
      EXISTS (
        SELECT 1 FROM plan_event WHERE version_id = version.id AND kind = 'agreed'
      ) AS signed
    FROM plan JOIN plan_version version ON version.plan_id = plan.id
    WHERE plan.workspace_id = ${workspaceId} AND plan.rep_id = ANY(${[...repIds]})
      AND version.status <> 'dropped'
    ORDER BY plan.created_at, plan.id, version.number`;
  const plans = new Map<string, RepPlan>();
  for (const {
    plan_id: id,
    rep_id: repId,
    closed_at: closedAt,
    start,
    end,
    signed,
    ...row
  } of rows) {
    const version = { id: row.id, number: row.number, status: row.status, period: { start, end } };
    plans.set(id, {
      id,
      repId,
      closedOn: closedAt?.toISOString().slice(0, 10) ?? null,
      newest: version,
      signed: signed ? version : (plans.get(id)?.signed ?? null),
    });
  }
  const byRep = new Map<string, RepPlan[]>();
  for (const plan of plans.values())
    byRep.set(plan.repId, [...(byRep.get(plan.repId) ?? []), plan]);
  return byRep;
}

const ofRep = gatheredOfEach((db, { workspaceId }: PersonRef, repIds) =>
  plansOf(db, workspaceId, repIds),
);

/** The plans of one rep, oldest first. */
export async function plansOfRep(db: Db | Tx, rep: PersonRef): Promise<RepPlan[]> {
  return (await ofRep(db, rep)) ?? [];
}

/** The plan that is the rep's own on `today` (their local date): the one in force before one in the making. */
export async function currentPlanId(
  db: Db | Tx,
  rep: PersonRef,
  today: string,
): Promise<string | null> {
  return currentPlan(await plansOfRep(db, rep), today)?.id ?? null;
}

/** The id of the version that is in force on `today`, the rep's local date; before the plan begins, its own. */
export async function agreedVersionId(
  db: Db | Tx,
  rep: PersonRef,
  today: string,
): Promise<string | null> {
  return planInForceOn(await plansOfRep(db, rep), today)?.signed?.id ?? null;
}

/** The same for a day: of the plan that holds it, though it may be over by now, else of the one in force. */
export async function versionIdFor(
  db: Db | Tx,
  rep: PersonRef,
  { date, today }: { date: string; today: string },
): Promise<string | null> {
  const plans = await plansOfRep(db, rep);
  return (planHolding(plans, date) ?? planInForceOn(plans, today))?.signed?.id ?? null;
}
