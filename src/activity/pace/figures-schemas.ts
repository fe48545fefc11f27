/** The figures with which an episode is told, as they are kept with it. */
import { z } from 'zod';
import { ACTIVITIES } from '../../plan/schemas.ts';
import type { CatchUp } from './catch-up-rules.ts';
import { STAGES } from './stage-rate-rules.ts';

const count = z.int().min(0);
const Activity = z.enum(ACTIVITIES);

/** `Calls are at 68 % of plan over ten working days (184 of 270).` */
const VolumeLine = z.object({
  kind: z.literal('volume'),
  activity: Activity,
  days: count,
  planned: count,
  done: count,
  /** Of the days, those that were asked about and not answered. */
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
  /** What the plan takes a day of the activity before the stage, and what it takes at this rate. */
  perDay: z.number(),
});

const PaceLine = z.discriminatedUnion('kind', [VolumeLine, StageLine]);
export type PaceLine = z.infer<typeof PaceLine>;

/** Exact as it was worked out: the buttons act on what was told. */
const CatchUpFigures = z.custom<CatchUp>((value) => typeof value === 'object' && value !== null);

export const EpisodeFigures = z.object({ line: PaceLine, catchUp: CatchUpFigures.nullable() });
export type EpisodeFigures = z.infer<typeof EpisodeFigures>;
