/** What the forms about actuals hold, from what Slack sends to checked values, and the codes behind them. */
import { z } from 'zod';
import { LAYERS, type Layer } from '../plan/schemas.ts';

export const OUTCOMES = ['won', 'lost'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a deal can be: its layer and outcome in one, since only a renewal is ever lost. */
export const DEAL_KINDS = ['newBusiness', 'expansion', 'renewal', 'lost'] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

export const kindOf = ({ layer, outcome }: { layer: Layer; outcome: Outcome }): DealKind =>
  outcome === 'lost' ? 'lost' : layer;
export const isRenewal = (kind: DealKind): boolean => kind === 'renewal' || kind === 'lost';

/** As long as a renewal's account in a plan. */
export const MOST_IN_A_NAME = 200;
/** More in one entry is a slip of the finger. */
export const MOST_LEADS = 10_000;
/** In the select of a plan's renewals: one that isn't in the plan. */
export const OTHER_RENEWAL = 'other';

const Text = z.string().nullable();

/** What stands in the fields of a deal's form, as typed; null: nothing. */
export const DealValues = z.object({
  kind: z.enum(DEAL_KINDS).nullable(),
  renewal: Text,
  account: Text,
  amount: Text,
  date: Text,
});
export type DealValues = z.infer<typeof DealValues>;

/** A deal of which somebody asks what it pays. */
export const WorthQuestion = z.object({
  /** Minor units. */
  amount: z.int().positive(),
  /** Null: not said. */
  layer: z.enum(LAYERS).nullable(),
  account: z.string().max(MOST_IN_A_NAME).nullable(),
  /** Local date; null: not said. */
  date: z.iso.date().nullable(),
});
export type WorthQuestion = z.infer<typeof WorthQuestion>;

/** What an entry's form is about, as its metadata holds it. */
export const EntryPlace = z.object({
  /** Slack's user id. */
  rep: z.string(),
  /** What is changed; null: something new. */
  entry: z.string().nullable(),
  /** The message that it was opened from shows afterwards what became of it; `page`: of a list. */
  origin: z.object({ url: z.string(), page: z.number().nullable() }).nullable(),
});
export type EntryPlace = z.infer<typeof EntryPlace>;

/** What makes pipeline qualified (spec A5): all four. */
export const CRITERIA = ['verbal', 'bant', 'demo', 'moving'] as const;
export type Criterion = (typeof CRITERIA)[number];

// ── What buttons carry, to put back what was undone ──────────────────────────────────────────────

const Entry = z.object({
  id: z.uuid(),
  workspaceId: z.string(),
  repId: z.string(),
  date: z.iso.date(),
  addedBy: z.string(),
  createdAt: z.coerce.date(),
});
const Amount = z.int().min(0);

export const KeptDeal = Entry.extend({
  planId: z.uuid(),
  layer: z.enum(LAYERS),
  outcome: z.enum(OUTCOMES),
  account: z.string().min(1).max(MOST_IN_A_NAME),
  amount: Amount,
  renewalId: z.string().nullable(),
});

export const KeptSnapshot = Entry.extend({
  planId: z.uuid(),
  layers: z.object({
    renewal: Amount.nullable(),
    expansion: Amount.nullable(),
    newBusiness: Amount.nullable(),
  }),
});

const LeadCount = z.int().min(0).max(MOST_LEADS);
export const KeptLeads = Entry.extend({ inbound: LeadCount, outbound: LeadCount });
