/** How a month stands: every KPI against its milestone (spec C2). */

import { type CountedDay, noiseOf } from '../../activity/pace/pace-rules.ts';
import { sumsOf } from '../../actuals/rules.ts';
import { layersOf } from '../../plan/model/layers.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { addDays, monthOf } from '../../time/local-date.ts';
import type { MonthStanding, Scorecard } from '../schemas.ts';
import type { Baseline, Facts } from './baseline-rules.ts';
import { healthOf } from './health-rules.ts';
import { topicsOf } from './question-rules.ts';
import { splitOf } from './split-rules.ts';
import {
  activityLine,
  askedMilestone,
  bookingLines,
  coverageLine,
  dueAt,
  leadsLine,
  stageLines,
} from './verdict-rules.ts';
import { catchUpLines } from './way-back-rules.ts';

/** A month's scorecard: how it stands, where new business comes short, and what would win back what was missed. */
export function scorecard(baseline: Baseline, facts: Facts): Scorecard {
  const days = measuredDays(baseline, facts);
  const month = standingOf(baseline, facts, days);
  const { lines, asOf, span } = month;
  const judged = { lines, topics: topicsOf(lines), days, today: facts.today };
  return {
    ...month,
    ...splitOf(baseline, facts, days, asOf ?? span.to),
    catchUp: catchUpLines(baseline, judged),
  };
}

/** How a month stands, for whoever asks no more of it. */
export const monthStanding = (baseline: Baseline, facts: Facts): MonthStanding =>
  standingOf(baseline, facts, measuredDays(baseline, facts));

const measuredDays = (baseline: Baseline, facts: Facts): CountedDay[] =>
  facts.days.map(({ date, planned, done, logged }) => ({
    date,
    planned: baseline.planned.get(date) ?? planned,
    done,
    logged,
  }));

function standingOf(baseline: Baseline, facts: Facts, days: readonly CountedDay[]): MonthStanding {
  const { span, currency, today } = facts;
  const noise = noiseOf(days);
  const inSpan = days.filter(({ date }) => date >= span.from);
  const asOf = today <= span.to ? addDays(today, -1) : null;
  const due = dueAt(baseline, span.month, asOf);
  const lines = [
    ...bookingLines(baseline, facts, due),
    coverageLine(baseline, facts, asOf),
    leadsLine(facts.leads),
    ...ACTIVITIES.map((activity) => activityLine(activity, inSpan, days, noise)),
    ...stageLines(days, baseline.stages, facts.leadDays, noise),
  ];
  const booked = sumsOf(facts.bookings.filter(({ date }) => date <= span.to));
  // In a plan's first month nothing is judged yet: what its end asks is shown beside.
  const milestone =
    askedMilestone(baseline.milestones, span.month, asOf) ??
    askedMilestone(baseline.milestones, span.month, null);
  const asked = milestone?.qualifiedPipeline;
  return {
    month: span.month,
    span: { from: span.from, to: span.to },
    asOf,
    quarter: span.quarter,
    last: span.last,
    currency,
    bookings: { actual: booked.renewal + booked.expansion + booked.newBusiness, target: due.total },
    lines,
    pipeline: {
      asOf: facts.pipeline?.asOf ?? null,
      layers: layersOf((layer) => ({
        actual: facts.pipeline?.layers[layer] ?? null,
        target: asked?.[layer] ?? 0,
      })),
    },
    leads: facts.leads,
    since: facts.since > span.from ? facts.since : null,
    days: {
      counted: inSpan.length,
      unlogged: inSpan.filter(({ logged }) => !logged).length,
      skipped: facts.skipped,
      away: facts.away,
    },
    months: baseline.milestones.map(({ month, bookings: { total: target } }) => ({
      month,
      target,
      actual:
        month > span.month
          ? null
          : sumsOf(facts.bookings.filter(({ date }) => monthOf(date) <= month)),
    })),
    standing: healthOf(lines, span.last),
  };
}
