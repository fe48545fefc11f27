/** Deals, pipeline snapshots and leads received: rows ⇄ domain. Money is integer minor units. */
import type { Db, Tx } from '../db/client.ts';
import {
  type Deal as DealRow,
  type LeadsReceived as LeadsRow,
  Prisma,
  type PipelineSnapshot as SnapshotRow,
} from '../db/generated/client.ts';
import { grouped, mapValues } from '../db/grouped.ts';
import { isRowId, type PersonRef, type Store } from '../db/store.ts';
import { layersOf, mapLayers } from '../plan/model/layers.ts';
import type { SettledRenewal } from '../plan/reading/summary-view.ts';
import type { Layer } from '../plan/schemas.ts';
import { addDays } from '../time/local-date.ts';
import type { Outcome } from './schemas.ts';

type Client = Db | Tx;

const keyOf = ({ workspaceId, userId }: PersonRef) => ({ workspaceId, repId: userId });
const within = (from: string, to: string) => ({ date: { gte: from, lte: to } });

// ── Deals ────────────────────────────────────────────────────────────────────────────────────────

export interface Deal {
  id: string;
  workspaceId: string;
  /** Slack's user id. */
  repId: string;
  planId: string;
  /** The rep's local date. */
  date: string;
  layer: Layer;
  /** Lost: of renewals only. */
  outcome: Outcome;
  account: string;
  /** Minor units of the plan's currency; of a lost renewal what was lost. */
  amount: number;
  /** The renewal of the plan that this settles; null: none. */
  renewalId: string | null;
  /** Slack's user id of whoever entered it: the rep or their manager. */
  addedBy: string;
  createdAt: Date;
}

const toDeal = ({ amount, ...row }: DealRow): Deal => ({ ...row, amount: Number(amount) });
const toDealRow = ({ amount, ...deal }: Deal): DealRow => ({ ...deal, amount: BigInt(amount) });

const byDate = [{ date: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }] as const;

/** A rep's deals from `from` to `to`, both in, oldest first. */
export async function dealsOf(
  db: Client,
  who: PersonRef,
  from: string,
  to: string,
): Promise<Deal[]> {
  const rows = await db.deal.findMany({
    where: { ...keyOf(who), ...within(from, to) },
    orderBy: [...byDate],
  });
  return rows.map(toDeal);
}

/** What was won of plans, by the plan's id, oldest first. */
export async function wonOfPlans(
  db: Client,
  workspaceId: string,
  plans: readonly { planId: string; repId: string }[],
): Promise<Map<string, Pick<Deal, 'date' | 'layer' | 'amount'>[]>> {
  const rows = await db.deal.findMany({
    where: {
      workspaceId,
      repId: { in: plans.map(({ repId }) => repId) },
      planId: { in: plans.map(({ planId }) => planId) },
      outcome: 'won',
    },
    orderBy: [...byDate],
    select: { planId: true, date: true, layer: true, amount: true },
  });
  return mapValues(
    grouped(rows, ({ planId }) => planId),
    (own) => own.map(({ date, layer, amount }) => ({ date, layer, amount: Number(amount) })),
  );
}

/** The deals of a plan, oldest first. */
export async function dealsOfPlan(db: Client, planId: string): Promise<Deal[]> {
  const rows = await db.deal.findMany({ where: { planId }, orderBy: [...byDate] });
  return rows.map(toDeal);
}

/** What has become of a plan's renewals so far: the deals that settle one, oldest first. */
export async function settlementsOf(db: Client, planId: string): Promise<Deal[]> {
  const rows = await db.deal.findMany({
    where: { planId, renewalId: { not: null } },
    orderBy: [...byDate],
  });
  return rows.map(toDeal);
}

export async function findDeal(db: Client, id: string): Promise<Deal | null> {
  const row = isRowId(id) ? await db.deal.findUnique({ where: { id } }) : null;
  return row && toDeal(row);
}

/** @throws a unique violation where the renewal is settled by another deal. */
export async function addDeal(tx: Tx, deal: Deal): Promise<void> {
  await tx.deal.create({ data: toDealRow(deal) });
}

/** @throws a unique violation where the renewal is settled by another deal. */
export async function saveDeal(tx: Tx, deal: Deal): Promise<void> {
  const { id, ...data } = toDealRow(deal);
  await tx.deal.update({ where: { id }, data });
}

export async function removeDeal(tx: Tx, id: string): Promise<void> {
  await tx.deal.deleteMany({ where: { id } });
}

// ── Pipeline ─────────────────────────────────────────────────────────────────────────────────────

/** What was said of each layer's qualified pipeline; null: nothing, so it stands as it stood. */
export type LayerAmounts = Record<Layer, number | null>;

export interface Snapshot {
  id: string;
  workspaceId: string;
  repId: string;
  planId: string;
  date: string;
  layers: LayerAmounts;
  addedBy: string;
  createdAt: Date;
}

function toSnapshot({ renewal, expansion, newBusiness, ...row }: SnapshotRow): Snapshot {
  const layers = mapLayers({ renewal, expansion, newBusiness }, (value) =>
    value === null ? null : Number(value),
  );
  return { ...row, layers };
}

const toColumns = (layers: LayerAmounts) =>
  mapLayers(layers, (value) => (value === null ? null : BigInt(value)));

/** What is open: each layer's newest value that was said, with the newest of their dates. */
export interface OpenPipeline {
  layers: LayerAmounts;
  date: string;
  /** Nothing was said under the plan itself: it is what stood under the one before. */
  isCarried: boolean;
}

/** For so long what was said under one plan stands under the next: calendar days. */
const CARRIED_DAYS = 92;

/**
 * The open pipeline of a rep's plan, as it was said on or before `date`; null where nothing was said. A layer of which
 * nothing was said under the plan stands as it was said last under an older one, for a quarter.
 */
export async function pipelineAsOf(
  db: Client,
  { workspaceId, userId: repId }: PersonRef,
  planId: string,
  date: string,
): Promise<OpenPipeline | null> {
  return (await pipelinesAsOf(db, workspaceId, [{ repId, planId, date }])).get(planId) ?? null;
}

interface SaidLayer {
  planId: string;
  layer: Layer;
  date: string;
  amount: bigint;
  isCarried: boolean;
}

/** The same of several plans, by the plan's id. */
export async function pipelinesAsOf(
  db: Client,
  workspaceId: string,
  plans: readonly { repId: string; planId: string; date: string }[],
): Promise<Map<string, OpenPipeline>> {
  const newest = (column: 'renewal' | 'expansion' | 'new_business', layer: Layer) => {
    const amount = Prisma.raw(column);
    return Prisma.sql`(SELECT ${layer} AS layer, date, ${amount} AS amount,
        plan_id <> asked.plan AS "isCarried" FROM pipeline_snapshot
      WHERE workspace_id = ${workspaceId} AND rep_id = asked.rep
        AND date <= asked.until AND ${amount} IS NOT NULL
        AND (plan_id = asked.plan OR (date >= asked.since AND plan_id IN (
          SELECT older.id FROM plan older JOIN plan own ON own.id = asked.plan
          WHERE older.workspace_id = ${workspaceId} AND older.rep_id = asked.rep
            AND older.created_at < own.created_at)))
      ORDER BY plan_id = asked.plan DESC, date DESC, created_at DESC, id DESC LIMIT 1)`;
  };
  const rows = await db.$queryRaw<SaidLayer[]>`
    SELECT asked.plan::text AS "planId", newest.layer, newest.date, newest.amount,
      newest."isCarried"
    FROM unnest(${plans.map(({ repId }) => repId)}::text[],
      ${plans.map(({ planId }) => planId)}::uuid[],
      ${plans.map(({ date }) => date)}::text[],
      ${plans.map(({ date }) => addDays(date, -CARRIED_DAYS))}::text[])
      AS asked (rep, plan, until, since)
    CROSS JOIN LATERAL (${newest('renewal', 'renewal')}
      UNION ALL ${newest('expansion', 'expansion')}
      UNION ALL ${newest('new_business', 'newBusiness')}) AS newest`;
  return mapValues(
    grouped(rows, ({ planId }) => planId),
    (said): OpenPipeline => {
      const of = (layer: Layer) => said.find((one) => one.layer === layer)?.amount;
      const dates = said.map(({ date }) => date).sort();
      return {
        layers: layersOf((layer) => {
          const amount = of(layer);
          return amount === undefined ? null : Number(amount);
        }),
        date: dates.at(-1) ?? '',
        isCarried: said.every(({ isCarried }) => isCarried),
      };
    },
  );
}

export async function findSnapshot(db: Client, id: string): Promise<Snapshot | null> {
  const row = isRowId(id) ? await db.pipelineSnapshot.findUnique({ where: { id } }) : null;
  return row && toSnapshot(row);
}

export async function addSnapshot(tx: Tx, { layers, ...snapshot }: Snapshot): Promise<void> {
  await tx.pipelineSnapshot.create({ data: { ...snapshot, ...toColumns(layers) } });
}

export async function saveSnapshot(tx: Tx, { id, date, layers }: Snapshot): Promise<void> {
  await tx.pipelineSnapshot.update({ where: { id }, data: { date, ...toColumns(layers) } });
}

export async function removeSnapshot(tx: Tx, id: string): Promise<void> {
  await tx.pipelineSnapshot.deleteMany({ where: { id } });
}

// ── Leads ────────────────────────────────────────────────────────────────────────────────────────

/** Viable leads by whom they came from. */
export interface LeadCounts {
  inbound: number;
  outbound: number;
}

export interface Leads extends LeadCounts {
  id: string;
  workspaceId: string;
  repId: string;
  date: string;
  addedBy: string;
  createdAt: Date;
}

/** The leads received from `from` to `to`, both in; null where nothing was entered. */
export async function leadsBetween(
  db: Client,
  who: PersonRef,
  from: string,
  to: string,
): Promise<LeadCounts | null> {
  const { _count, _sum } = await db.leadsReceived.aggregate({
    where: { ...keyOf(who), ...within(from, to) },
    _count: { id: true },
    _sum: { inbound: true, outbound: true },
  });
  if (_count.id === 0) return null;
  return { inbound: _sum.inbound ?? 0, outbound: _sum.outbound ?? 0 };
}

export type DatedLeads = LeadCounts & { date: string };

/** The entries of leads from `from` to `to`, both in, by their date. */
export async function leadsListed(
  db: Client,
  { workspaceId, userId }: PersonRef,
  from: string,
  to: string,
): Promise<DatedLeads[]> {
  return (await leadsListedOfEach(db, workspaceId, [userId], from, to)).get(userId) ?? [];
}

/** The same of several reps, by their user ids. */
export async function leadsListedOfEach(
  db: Client,
  workspaceId: string,
  repIds: readonly string[],
  from: string,
  to: string,
): Promise<Map<string, DatedLeads[]>> {
  if (repIds.length === 0) return new Map();
  const rows = await db.leadsReceived.findMany({
    where: { workspaceId, repId: { in: [...repIds] }, ...within(from, to) },
    select: { repId: true, date: true, inbound: true, outbound: true },
    orderBy: { date: 'asc' },
  });
  return mapValues(
    grouped(rows, ({ repId }) => repId),
    (own) => own.map(({ repId: _, ...leads }) => leads),
  );
}

export async function findLeads(db: Client, id: string): Promise<Leads | null> {
  return (
    isRowId(id) ? await db.leadsReceived.findUnique({ where: { id } }) : null
  ) satisfies LeadsRow | null;
}

export async function addLeads(tx: Tx, leads: Leads): Promise<void> {
  await tx.leadsReceived.create({ data: leads });
}

export async function saveLeads(tx: Tx, { id, date, inbound, outbound }: Leads): Promise<void> {
  await tx.leadsReceived.update({ where: { id }, data: { date, inbound, outbound } });
}

export async function removeLeads(tx: Tx, id: string): Promise<void> {
  await tx.leadsReceived.deleteMany({ where: { id } });
}

/** What has become of a plan's renewals so far, oldest first, as the plan shows it. */
export async function settledRenewals(
  { db }: Pick<Store, 'db'>,
  planId: string,
): Promise<SettledRenewal[]> {
  const deals = await settlementsOf(db, planId);
  return deals.flatMap(({ renewalId, outcome, amount, date }) =>
    renewalId === null ? [] : [{ renewalId, outcome, amount, date }],
  );
}

// ── Renewals whose date has passed ───────────────────────────────────────────────────────────────

/** When a rep wants to be asked again (local dates), by the renewal's id in the plan. */
export async function renewalWaits(db: Client, planId: string): Promise<Map<string, string>> {
  const rows = await db.renewalWait.findMany({ where: { planId } });
  return new Map(rows.map(({ renewalId, until }) => [renewalId, until]));
}

export async function saveRenewalWait(
  tx: Tx,
  planId: string,
  renewalId: string,
  until: string,
): Promise<void> {
  await tx.renewalWait.upsert({
    where: { planId_renewalId: { planId, renewalId } },
    create: { planId, renewalId, until },
    update: { until },
  });
}
