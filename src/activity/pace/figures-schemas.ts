/** The figures with which an episode is told, as they are kept with it. */
import { z } from 'zod';
import type { PaceUnit } from '../../plan/model/activities.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import type { CatchUp } from './catch-up-rules.ts';
import { STAGES } from './stage-rate-rules.ts';

const count = z.int().min(0);
const Activity = z.enum(ACTIVITIES);
const PACE_UNITS = ['day', 'week', 'month', 'quarter'] as const satisfies readonly PaceUnit[];

/** `Calls are at 68 % of plan over ten working days (184 of 270; 9 days logged).` */
const VolumeLine = z.object({
  kind: z.literal('volume'),
  activity: Activity,
  days: count,
  planned: count,
  done: count,
  /** Of the days, those that were asked about and not answered: `planned` and `done` are without them. */
  unlogged: count,
  /** Something further down the funnel that holds: its share of plan. */
  holds: z.object({ activity: Activity, share: z.number() }).nullable(),
});

/** `Demo → proposal is 82 % over your last 30 demos (plan 66 %, likely 71–90 %).` Rates are fractions. */
const StageLine = z.object({
  kind: z.literal('stage'),
  stage: z.enum(STAGES),
  n: count,
  rate: z.number(),
  low: z.number(),
  high: z.number(),
  plan: z.number(),
  /** What the plan takes of the activity before the stage, at its pace; absent in what was kept before. */
  takes: z.object({ count, per: z.enum(PACE_UNITS) }).optional(),
});

/** `4 of the last 10 days are logged.` */
const LoggingLine = z.object({ kind: z.literal('logging'), days: count, logged: count });

const LeadPair = z.object({ inbound: z.number(), outbound: z.number() });

/** `Leads: 3 of 10 promised since 4 March.` Null: none was ever entered, and `promised` is of a month. */
const LeadsLine = z.object({
  kind: z.literal('leads'),
  from: z.string(),
  promised: LeadPair,
  received: LeadPair.nullable(),
});

const PaceLine = z.discriminatedUnion('kind', [VolumeLine, StageLine, LoggingLine, LeadsLine]);
export type PaceLine = z.infer<typeof PaceLine>;

/** Exact as it was worked out: the buttons act on what was told. */
const CatchUpFigures = z.custom<CatchUp>((value) => typeof value === 'object' && value !== null);

export const EpisodeFigures = z.object({ line: PaceLine, catchUp: CatchUpFigures.nullable() });
export type EpisodeFigures = z.infer<typeof EpisodeFigures>;
