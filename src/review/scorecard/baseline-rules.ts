/** What a month is measured with, and what there is to measure. */

import type { PaceTerms } from '../../activity/pace/episode-rules.ts';
import type { LeadDays } from '../../activity/pace/lead-rules.ts';
import type { CountedDay } from '../../activity/pace/pace-rules.ts';
import type { Activities } from '../../plan/model/activities.ts';
import type { Layers } from '../../plan/model/layers.ts';
import type { Milestone } from '../../plan/model/milestones.ts';
import type { Activity, Layer } from '../../plan/schemas.ts';
import type { ReviewPeriod } from '../schedule/rules.ts';
import type { Scorecard } from '../schemas.ts';

export interface BaselineRenewal {
  /** Local date. */
  date: string;
  /** Minor units. */
  amount: number;
  /** As agreed, a fraction: the yardstick. */
  likelihood: number;
  /** As the milestones count it, a fraction: cut, where new business is to fill the cut. */
  counted: number;
}

/** The agreed plan as quota alone would have it: what the pair and their channel measure against. */
export interface Baseline {
  milestones: readonly Milestone[];
  renewals: readonly BaselineRenewal[];
  levels: Activities;
  /** Without the insurance. */
  baseLevels: Activities;
  /** Working days of a usual month. */
  daysPerMonth: number;
  stages: PaceTerms;
  /** The X that holds at the span's end. */
  xFactor: number;
  /** Of one deal, minor units; 0: there is none to go by. */
  dealSize: Pick<Layers<number>, 'expansion' | 'newBusiness'>;
  /** The share of demos that end in a won deal, a fraction. */
  demoToWon: number;
  /** Calendar days from a demo to its deal. */
  salesCycleDays: number;
  /** Every working day of the plan and what it asks for, by local date. */
  planned: ReadonlyMap<string, Record<Activity, number>>;
  workdaysPerWeek: number;
  callsPerHour: number;
}

/** Minor units. */
export interface Booking {
  date: string;
  layer: Layer;
  amount: number;
}

/** What there was, whatever it is measured against. */
export interface Facts {
  span: ReviewPeriod;
  currency: string;
  /** The first local date that the plan in force says anything about. */
  since: string;
  /** Local date of whoever looks. */
  today: string;
  /** Won since the start of the period, up to the span's end. */
  bookings: readonly Booking[];
  /** Minor units; null: never said. */
  pipeline: { asOf: string; layers: Layers<number | null> } | null;
  /** Null: none were promised. */
  leads: Scorecard['leads'];
  /** Counted days since the plan began, up to the span's end, in order; `planned` is set by the baseline. */
  days: readonly CountedDay[];
  /** Day by day since the plan began. */
  leadDays: LeadDays;
  /** Working days of the span that were skipped with a reason; those that time off took. */
  skipped: number;
  away: number;
}
