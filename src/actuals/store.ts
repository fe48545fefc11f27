/** Deals, pipeline snapshots and leads received: rows ⇄ domain. Money is integer minor units. */
import { z } from 'zod';
import type { Db, Tx } from '../db/client.ts';
import type {
  Deal as DealRow,
  LeadsReceived as LeadsRow,
  PipelineSnapshot as SnapshotRow,
} from '../db/generated/client.ts';
import type { PersonRef, Store } from '../db/store.ts';
import { mapLayers } from '../plan/model/layers.ts';
import type { SettledRenewal } from '../plan/reading/summary-view.ts';
import { LAYERS, type Layer } from '../plan/schemas.ts';
import type { Outcome } from './schemas.ts';

type Client = Db | Tx;

/** What a button names may be anything; PostgreSQL takes nothing but a UUID for one. */
const isId = (id: string) => z.uuid().safeParse(id).success;

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
const newestFirst = [{ date: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }] as const;

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
  const row = isId(id) ? await db.deal.findUnique({ where: { id } }) : null;
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

/**
 * Each layer's newest value that was said on or before `date`, with the newest of their dates; null
 * where nothing was said.
 */
export async function pipelineAsOf(
  db: Client,
  who: PersonRef,
  planId: string,
  date: string,
): Promise<{ layers: LayerAmounts; date: string } | null> {
  const newest = (layer: Layer) =>
    db.pipelineSnapshot.findFirst({
      where: { ...keyOf(who), planId, date: { lte: date }, [layer]: { not: null } },
      orderBy: [...newestFirst],
    });
  const layers: LayerAmounts = { renewal: null, expansion: null, newBusiness: null };
  const dates: string[] = [];
  for (const layer of LAYERS) {
    const row = await newest(layer);
    if (!row) continue;
    layers[layer] = toSnapshot(row).layers[layer];
    dates.push(row.date);
  }
  const last = dates.sort().at(-1);
  return last === undefined ? null : { layers, date: last };
}

export async function findSnapshot(db: Client, id: string): Promise<Snapshot | null> {
  const row = isId(id) ? await db.pipelineSnapshot.findUnique({ where: { id } }) : null;
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

/** The entries of leads from `from` to `to`, both in, by their date. */
export async function leadsListed(
  db: Client,
  who: PersonRef,
  from: string,
  to: string,
): Promise<(LeadCounts & { date: string })[]> {
  return db.leadsReceived.findMany({
    where: { ...keyOf(who), ...within(from, to) },
    select: { date: true, inbound: true, outbound: true },
    orderBy: { date: 'asc' },
  });
}

export async function findLeads(db: Client, id: string): Promise<Leads | null> {
  return (
    isId(id) ? await db.leadsReceived.findUnique({ where: { id } }) : null
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
