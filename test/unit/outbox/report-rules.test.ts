import { describe, expect, it } from 'vitest';
import {
  distributionOf,
  distributionText,
  type ReportedRow,
  reportLines,
  weekCounts,
} from '../../../src/outbox/report-rules.ts';
import { zoneOf } from '../../../src/time/zone.ts';

const zone = zoneOf('Europe/Berlin');
const at = (date: string, time: string) => zone.instantAt(date, time);
const row = (more: Partial<ReportedRow> & { dueAt: Date }): ReportedRow => ({
  kind: 'check_in',
  state: 'sent',
  notifiedAt: more.state === undefined ? more.dueAt : null,
  heldFrom: null,
  heldFor: null,
  problem: null,
  ...more,
});

const ROWS: ReportedRow[] = [
  row({ dueAt: at('2027-03-08', '16:30') }),
  row({ dueAt: at('2027-03-08', '09:00'), kind: 'call_block' }),
  row({
    dueAt: at('2027-03-08', '14:00'),
    kind: 'call_block',
    state: 'cancelled',
    problem: 'over_budget',
  }),
  row({
    dueAt: at('2027-03-09', '08:00'),
    kind: 'plan_agreed',
    heldFrom: at('2027-03-08', '17:00'),
    heldFor: 'over_budget',
  }),
  row({
    dueAt: at('2027-03-25', '08:00'),
    kind: 'review_prep',
    state: 'planned',
    heldFrom: at('2027-03-20', '09:00'),
    heldFor: 'paused',
  }),
  row({ dueAt: at('2027-03-09', '12:00'), kind: 'log_reply', notifiedAt: null }),
  row({ dueAt: at('2027-03-26', '16:30') }),
];

describe('the report', () => {
  it('has each message on the day on which it came, was held or would have come', () => {
    const lines = reportLines(ROWS, zone).map(
      ({ date, time, kind, outcome, reason }) =>
        `${date} ${time} ${kind} ${outcome}${reason ? ` (${reason})` : ''}`,
    );
    expect(lines).toEqual([
      '2027-03-08 09:00 call_block sent',
      '2027-03-08 14:00 call_block dropped (over_budget)',
      '2027-03-08 16:30 check_in sent',
      '2027-03-09 08:00 plan_agreed sent (held from 2027-03-08 17:00: over_budget)',
      '2027-03-09 12:00 log_reply sent',
      '2027-03-25 08:00 review_prep held (held from 2027-03-20 09:00: paused)',
      '2027-03-26 16:30 check_in sent',
    ]);
  });

  it('counts notifications by week, the quiet weeks between too; answers and what was dropped are none', () => {
    const weeks = weekCounts(ROWS, zone);
    expect(weeks).toEqual([
      { monday: '2027-03-08', count: 3, mostADay: 2 },
      { monday: '2027-03-15', count: 0, mostADay: 0 },
      { monday: '2027-03-22', count: 1, mostADay: 1 },
    ]);
    expect(distributionOf(weeks)).toEqual([
      [0, 1],
      [1, 1],
      [3, 1],
    ]);
    expect(distributionText(weeks)).toContain('3 weeks, 0–3 a week (median 1), at most 2 a day');
    expect(distributionText([])).toBe('No notifications.');
  });
});
