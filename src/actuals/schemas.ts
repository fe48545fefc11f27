/** What the forms about actuals hold, from what Slack sends to checked values, and the codes behind them. */
import { z } from 'zod';
import {
  amountField,
  choiceField,
  countField,
  dateField,
  orNull,
  textField,
} from '../input/schemas.ts';
import type { Layers } from '../plan/model/layers.ts';

/** Where bookings come from, in the order in which they are shown. */
export const LAYERS = [
  'renewal',
  'expansion',
  'newBusiness',
] as const satisfies (keyof Layers<0>)[];
export type Layer = (typeof LAYERS)[number];

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

/** How whoever fills in a form writes amounts. */
interface Written {
  locale: string;
  /** ISO 4217. */
  currency: string;
  /** Decimals of the currency. */
  digits: number;
}

/** `renewal`: the plan's row, `OTHER_RENEWAL`, or null: whichever has the account's name. */
export function dealForm(written: Written) {
  return z
    .object({
      kind: choiceField(DEAL_KINDS),
      renewal: z.preprocess((raw) => raw ?? null, z.string().nullable()),
      account: orNull(textField({ max: MOST_IN_A_NAME })),
      amount: orNull(amountField({ ...written, positive: true })),
      date: dateField(written),
    })
    .superRefine(({ kind, renewal, account, amount }, context) => {
      const isFromPlan = isRenewal(kind) && renewal !== null && renewal !== OTHER_RENEWAL;
      const missing = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (account === null && !isFromPlan) missing('account', 'Which account was it?');
      if (amount === null && kind !== 'lost') missing('amount', 'How much was it?');
    });
}
export type DealForm = z.infer<ReturnType<typeof dealForm>>;

/** What makes pipeline qualified (spec A5): all four. */
export const CRITERIA = ['verbal', 'bant', 'demo', 'moving'] as const;
export type Criterion = (typeof CRITERIA)[number];

export function pipelineForm(written: Written) {
  const amount = orNull(amountField(written));
  return z
    .object({
      renewal: amount,
      expansion: amount,
      newBusiness: amount,
      date: dateField(written),
      criteria: z.preprocess(
        (raw) => raw ?? [],
        z
          .array(z.enum(CRITERIA))
          .refine(
            (met) => CRITERIA.every((one) => met.includes(one)),
            'Count only what meets all four, then tick them.',
          ),
      ),
    })
    .superRefine(({ renewal, expansion, newBusiness }, context) => {
      if (renewal !== null || expansion !== null || newBusiness !== null) return;
      const message = 'Fill in at least one amount: 0 is one too.';
      context.addIssue({ code: 'custom', path: ['newBusiness'], message });
    })
    .transform(({ date, criteria: _, ...layers }) => ({ date, layers }));
}

export function leadsForm(written: { locale: string }) {
  const count = orNull(countField({ ...written, max: MOST_LEADS }));
  return z
    .object({ inbound: count, outbound: count, date: dateField(written) })
    .superRefine(({ inbound, outbound }, context) => {
      if (inbound !== null || outbound !== null) return;
      const message = 'Fill in at least one number: 0 is one too.';
      context.addIssue({ code: 'custom', path: ['inbound'], message });
    })
    .transform(({ inbound, outbound, date }) => ({
      inbound: inbound ?? 0,
      outbound: outbound ?? 0,
      date,
    }));
}

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
