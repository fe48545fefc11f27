/** What a review judges, and what its forms hold. */
import { z } from 'zod';
import type { Levers } from '../activity/pace/catch-up-rules.ts';
import { STAGES } from '../activity/pace/stage-rate-rules.ts';
import { ACTIVITIES, LAYERS } from '../plan/schemas.ts';

/** In the order in which they are read: what came of it, what is to come, what was done for it. */
export const KPIS = [...LAYERS, 'coverage', ...ACTIVITIES, ...STAGES] as const;
export type Kpi = (typeof KPIS)[number];

/** What an answer is about: a missed KPI, or what worked where nothing was missed. */
export const TOPICS = [...KPIS, 'worked'] as const;
export type Topic = (typeof TOPICS)[number];

const amount = z.number();
const Verdict = z.enum(['met', 'missed', 'unknown']);
export type Verdict = z.infer<typeof Verdict>;

/**
 * One KPI against what it should be. Bookings: minor units since the start of the period; coverage: a
 * factor; activities: counts in the span; stages: fractions.
 */
const KpiLine = z.object({
  kpi: z.enum(KPIS),
  /** Null: not known. */
  actual: amount.nullable(),
  /** Null: nothing to go by. */
  target: amount.nullable(),
  verdict: Verdict,
  /** Stages only: how many tries the rate is of. */
  tries: z.int().nullable(),
});
export type KpiLine = z.infer<typeof KpiLine>;

const CatchUpLine = z.discriminatedUnion('kind', [
  /** A level a week until a date, in place of the plan's. */
  z.object({
    kind: z.literal('activity'),
    activity: z.enum(ACTIVITIES),
    /** How many are missing. */
    deficit: z.int(),
    perWeek: z.int(),
    /** Beyond the plan, in a week. */
    extraPerWeek: z.int(),
    until: z.string(),
  }),
  /** No level that can be kept up makes up for it: what else would (see activity/pace/catch-up-rules.ts). */
  z.object({
    kind: z.literal('beyond'),
    activity: z.enum(ACTIVITIES),
    deficit: z.int(),
    wouldTake: z.int().nullable(),
    until: z.string().nullable(),
    levers: z.custom<Levers>((value) => typeof value === 'object' && value !== null),
  }),
  /** What new business is short of, in deals and in the demos that it takes. */
  z.object({
    kind: z.literal('deals'),
    /** Minor units. */
    short: amount,
    deals: z.int(),
    demos: z.int(),
    until: z.string(),
    /** Whether so many demos beyond the plan can be kept up. */
    isInReach: z.boolean(),
  }),
]);
export type CatchUpLine = z.infer<typeof CatchUpLine>;

const layered = <T extends z.ZodType>(value: T) =>
  z.object({ renewal: value, expansion: value, newBusiness: value });

/** How a month stands, against the plan or against quota. Kept as it was told. */
export const Scorecard = z.object({
  /** `YYYY-MM`. */
  month: z.string(),
  /** The days whose work is judged: the month, or the quarter at its end; local dates. */
  span: z.object({ from: z.string(), to: z.string() }),
  /** The last day that is in it where the span isn't over yet; null: all of it is. */
  asOf: z.string().nullable(),
  /** 1–4 where the quarter of the plan's year ends with the month. */
  quarter: z.int().nullable(),
  /** Whether the plan ends with the month. */
  last: z.boolean(),
  currency: z.string(),
  /** Bookings to date, minor units: against the plan all of them, against quota those that credit it. */
  bookings: z.object({ actual: amount, target: amount }),
  lines: z.array(KpiLine),
  /** Qualified pipeline, minor units, as of a date; null: never said. */
  pipeline: z.object({
    asOf: z.string().nullable(),
    layers: layered(z.object({ actual: amount.nullable(), target: amount })),
  }),
  /** Viable leads in the span so far against those promised for it; null: none were promised. */
  leads: z
    .object({
      /** Whether any were ever entered in the span. */
      known: z.boolean(),
      inbound: z.object({ received: z.int(), promised: amount }),
      outbound: z.object({ received: z.int(), promised: amount }),
    })
    .nullable(),
  /** The local date from which its work counts, where the plan came later than the span began. */
  since: z.string().nullable(),
  /** Working days of the span: those that count, those without a log among them, skipped ones apart. */
  days: z.object({ counted: z.int(), unlogged: z.int(), skipped: z.int(), away: z.int() }),
  /** New business to date as volume × conversion × deal size (fractions); null: nothing to go by. */
  split: z
    .object({
      volume: amount,
      /** Null before the first win, as is the deal size. */
      conversion: amount.nullable(),
      dealSize: amount.nullable(),
      /** The month (`YYYY-MM`) from which it counts; null: the period's first. */
      since: z.string().nullable(),
    })
    .nullable(),
  catchUp: z.array(CatchUpLine),
  /** Bookings at each month's end, minor units, since the start; `actual` null: not there yet. */
  months: z.array(
    z.object({ month: z.string(), target: amount, actual: layered(amount).nullable() }),
  ),
  standing: z.enum(['on_track', 'at_risk', 'off_track']),
});
export type Scorecard = z.infer<typeof Scorecard>;
export type Health = Scorecard['standing'];

/** The longest that a recovery item may be. */
export const ITEM_TEXT = 300;

/** A recovery item as it is filled in. */
export interface ItemFields {
  text: string;
  owner: 'rep' | 'manager';
  /** Local date. */
  due: string;
  kpi: Kpi | null;
}

/** Why something of a thread isn't posted, beside Slack's own codes. */
export const REPOST_REASON = {
  /** The team has no channel. */
  noChannel: 'no_channel',
  /** The thread was begun in a channel that isn't the team's any more. */
  moved: 'moved',
  /** Nobody knows whether it arrived (the outbox's word). */
  unknown: 'unknown',
} as const;

/** Slack's codes for a thread whose first message is gone. */
export const THREAD_GONE: readonly string[] = ['thread_not_found', 'cannot_reply_to_message'];
