/** What a review judges, and what its forms hold. */
import { z } from 'zod';
import type { Levers } from '../activity/pace/catch-up-rules.ts';
import { STAGES } from '../activity/pace/stage-rate-rules.ts';
import { ACTIVITIES, LAYERS } from '../plan/schemas.ts';

/**
 * In the order in which they are read: what came of it, in all and by layer, what is to come, what others
 * brought, what was done for it.
 */
export const KPIS = ['bookings', ...LAYERS, 'coverage', 'leads', ...ACTIVITIES, ...STAGES] as const;
export type Kpi = (typeof KPIS)[number];

/** What an answer is about: a KPI that is short, or what worked where nothing is asked about. */
export const TOPICS = [...KPIS, 'worked'] as const;
export type Topic = (typeof TOPICS)[number];

const amount = z.number();
/** `short`: by no more than chance does. */
const Verdict = z.enum(['met', 'short', 'missed', 'unknown']);
export type Verdict = z.infer<typeof Verdict>;

/**
 * One KPI against what it should be. Bookings: minor units since the start of the period, renewals as
 * agreed; coverage: a factor; leads: counts in the span; activities: the same on its logged days; stages:
 * fractions.
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
  /** Of what is short: how often chance alone brings so little where the plan holds, a fraction. */
  chance: amount.nullable().default(null),
  /** Renewals only: what the plan counts on after its cut, minor units. */
  cut: amount.nullable().default(null),
  /** Activities only: all since the plan began, where that is what makes it a miss. */
  soFar: z.object({ actual: amount, target: amount }).nullable().default(null),
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
    /** The level and the plan's, in what people count; null: as cards of a former version have it, a week. */
    pace: z
      .object({
        per: z.enum(['day', 'week', 'month', 'quarter']),
        count: z.int(),
        planned: z.int(),
      })
      .nullable()
      .default(null),
    until: z.string(),
    /** An earlier date by which it would take more than can be kept up, and how much, in the same unit. */
    passed: z.object({ until: z.string(), count: z.int() }).optional(),
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
    /** Null: demos are on plan, so more of them are not what is missing. */
    demos: z.int().nullable(),
    until: z.string(),
    /** Whether so many demos beyond the plan can be kept up. */
    isInReach: z.boolean(),
  }),
  /** Leads that were promised and didn't come: for whoever promised them. */
  z.object({ kind: z.literal('leads'), short: z.int(), until: z.string() }),
]);
export type CatchUpLine = z.infer<typeof CatchUpLine>;

const layered = <T extends z.ZodType>(value: T) =>
  z.object({ renewal: value, expansion: value, newBusiness: value });

/** How a month stands, measured at quota. Kept as it was told. */
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
  /** Bookings to date, minor units. */
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
      /** Whether any was ever entered: then a span without is one in which none came. */
      known: z.boolean(),
      inbound: z.object({ received: z.int(), promised: amount }),
      outbound: z.object({ received: z.int(), promised: amount }),
    })
    .nullable(),
  /** The local date from which its work counts, where the plan came later than the span began. */
  since: z.string().nullable(),
  /** Working days of the span: those that count, those without a log among them, skipped ones apart. */
  days: z.object({ counted: z.int(), unlogged: z.int(), skipped: z.int(), away: z.number() }),
  /** New business as volume × conversion × deal size (fractions); null: nothing to go by. */
  split: z
    .object({
      volume: amount,
      /** Null before the first win, as is the deal size. */
      conversion: amount.nullable(),
      dealSize: amount.nullable(),
      /** Local dates: of the wins, and of the demos a sales cycle earlier that they come of. */
      window: z
        .object({ from: z.string(), to: z.string(), demosFrom: z.string(), demosTo: z.string() })
        .nullable()
        .default(null),
    })
    .nullable(),
  /** The local date before which no demo can have become a win; null: it has passed. */
  splitFrom: z.string().nullable().default(null),
  catchUp: z.array(CatchUpLine),
  /** Bookings at each month's end, minor units, since the start; `actual` null: not there yet. */
  months: z.array(
    z.object({ month: z.string(), target: amount, actual: layered(amount).nullable() }),
  ),
  /** `too_early`: nothing is due yet by which to judge. */
  standing: z.enum(['on_track', 'at_risk', 'off_track', 'too_early']),
});
export type Scorecard = z.infer<typeof Scorecard>;
/** The same without where new business comes short, and without the way back. */
export type MonthStanding = Omit<Scorecard, 'split' | 'splitFrom' | 'catchUp'>;
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
