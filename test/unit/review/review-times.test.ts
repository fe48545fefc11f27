/** How far each review of a plan is. */
import { expect, test } from 'vitest';
import { type ReviewState, reviewTimes, spansOf } from '../../../src/review/schedule/rules.ts';
import type { ReviewPlan } from '../../../src/review/scorecard/review-plan.ts';
import type { Review } from '../../../src/review/store.ts';
import { zoneOf } from '../../../src/time/zone.ts';

const zone = zoneOf('America/New_York');
const calendar = {
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const,
  holidays: [],
  timeOff: [],
};
const plan = {
  spans: spansOf({ start: '2027-01-01', end: '2027-03-31' }),
  schedule: {
    reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
    zone,
    calendar,
    manager: null,
    prepDays: 3,
  },
} as unknown as ReviewPlan;

const untouched: Review = {
  id: 'r',
  workspaceId: 'T',
  repId: 'U',
  planId: 'p',
  month: '2027-02',
  movedTo: null,
  movedBy: null,
  moves: 0,
  skippedAt: null,
  skippedBy: null,
  reason: null,
  askedAt: null,
  asked: null,
  announcedFor: null,
  answeredAt: null,
  named: false,
  teamId: null,
  openedAt: null,
  card: null,
  charts: {},
  threads: 0,
  posts: 0,
  closedAt: null,
  closedBy: null,
};
const on = (date: string) => zone.instantAt(date, '09:00');

function february(review: Partial<Review> | null, now: Date) {
  const reviews = new Map(review ? [['2027-02', { ...untouched, ...review }]] : []);
  const found = reviewTimes(plan, reviews, now).find(({ span }) => span.month === '2027-02');
  if (!found) throw new Error('no February');
  return found;
}

const asked = { askedAt: on('2027-02-25') };
const answered = { ...asked, answeredAt: on('2027-02-26') };
const open = { ...answered, openedAt: on('2027-02-26') };

test.each<[ReviewState, Partial<Review> | null, string]>([
  ['ahead', null, '2027-02-10'],
  ['ahead', {}, '2027-02-10'],
  ['ahead', null, '2027-03-02'],
  ['past', null, '2027-03-03'],
  ['past', {}, '2027-03-03'],
  ['ahead', { movedTo: on('2027-03-20') }, '2027-03-03'],
  ['past', { movedTo: on('2027-03-01') }, '2027-03-02'],
  ['asked', asked, '2027-02-26'],
  ['asked', asked, '2027-03-20'],
  ['answered', answered, '2027-03-01'],
  ['open', open, '2027-03-10'],
  ['open', { ...open, answeredAt: null }, '2027-03-10'],
  ['closed', { ...open, closedAt: on('2027-03-05') }, '2027-03-10'],
  ['skipped', { skippedAt: on('2027-02-20') }, '2027-02-21'],
  ['skipped', { ...asked, skippedAt: on('2027-02-26') }, '2027-03-21'],
])('%s: %o on %s', (state, review, date) => {
  expect(february(review, on(date)).state).toBe(state);
});

test('a time that it was moved to holds, with all that happens before', () => {
  const { meeting, review } = february(
    { movedTo: zone.instantAt('2027-03-11', '15:30') },
    on('2027-02-10'),
  );
  expect(review?.moves).toBe(0);
  expect(
    [meeting.askAt, meeting.remindAt, meeting.deadline].map((at) => at && zone.dateAt(at)),
  ).toEqual(['2027-03-08', '2027-03-10', '2027-03-11']);
  expect(zone.timeAt(meeting.deadline)).toBe('14:30');
});

test('a meeting that begins now is not over', () => {
  const ten = zone.instantAt('2027-03-02', '10:00');
  expect(february(null, ten).state).toBe('ahead');
  expect(february(null, new Date(ten.getTime() + 1)).state).toBe('past');
});

test('months come in order, whatever is known of them', () => {
  const times = reviewTimes(plan, new Map(), on('2027-02-10'));
  expect(times.map(({ span, state }) => `${span.month} ${state}`)).toEqual([
    '2027-01 past',
    '2027-02 ahead',
    '2027-03 ahead',
  ]);
});
