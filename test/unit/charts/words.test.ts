/** What charts say to those who don't see them, and above the picture. */
import { describe, expect, test } from 'vitest';
import type { FunnelStage } from '../../../src/charts/funnel.ts';
import { funnelChart } from '../../../src/charts/funnel-chart.ts';
import { milestoneChart } from '../../../src/charts/milestone-chart.ts';
import type { MilestoneChartInput, MilestoneMonth } from '../../../src/charts/milestones.ts';
import { drawnTexts } from './drawn.ts';

const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

/** In thousands of dollars. */
function months(...figures: [target: number, actual: number | null][]): MilestoneMonth[] {
  return figures.map(([target, actual], index) => ({
    month: `2027-${String(index + 1).padStart(2, '0')}`,
    target: 1e5 * target,
    actual: actual === null ? null : 1e5 * actual,
  }));
}

const bookings = (over: Partial<MilestoneChartInput>) =>
  milestoneChart({
    locale: 'en-US',
    currency: 'USD',
    digits: 2,
    quotaLabel: 'quota',
    months: months([70, 60], [140, 118], [213, 182], [1_000, null]),
    ...over,
  });

const funnel = (stages: FunnelStage[], period?: string, locale = 'en-US') =>
  funnelChart({ locale, stages, period });

describe('the alternative text of milestones', () => {
  test('tells the judged month first, the earlier ones last', () => {
    const { alt, title } = bookings({ coverage: { actual: 2.4, planned: 3.25 } });
    expect(plain(alt)).toBe(
      'Bar chart of bookings in USD against quota, January 2027 to April 2027. ' +
        'By the end of March 2027: 182k of 213k (85%), 31k short. In March itself 64k of 73k. ' +
        'In all 1.0M quota by April 2027. Pipeline coverage 2.4X of 3.25X. ' +
        'Before: Jan 60k of 70k, Feb 118k of 140k.',
    );
    expect(title).toBe('Bookings against quota, March 2027');
  });

  test('of a month that isn’t over tells what is due by now, over the picture as well', () => {
    const input = { soFar: { date: '2027-03-24', target: 14_000_000 } };
    const { alt } = bookings(input);
    expect(plain(alt)).toContain('By Mar 24, 2027: 182k of 140k (130%), 42k ahead.');
    expect(plain(alt)).not.toContain('213');
    const [headline] = drawnTexts(bookings(input));
    expect(plain(headline?.text ?? '')).toBe('By Mar 24: 182k of 140k quota · 130%');
  });

  test.each<[string, MilestoneMonth[], string]>([
    ['ahead', months([100, 120]), 'By the end of January 2027: 120k of 100k (120%), 20k ahead.'],
    ['exactly there', months([100, 100]), 'By the end of January 2027: 100k of 100k (100%).'],
    ['nothing done', months([100, 0]), 'By the end of January 2027: 0 of 100k (0%), 100k short.'],
    ['no quota', months([0, 5]), 'By the end of January 2027: 5.0k booked, no quota yet.'],
    [
      'nothing yet',
      months([100, null]),
      'Nothing is booked yet. In all 100k quota by January 2027.',
    ],
    [
      'by layer',
      [
        {
          month: '2027-01',
          target: 1e7,
          actual: { renewal: 5e6, expansion: 0, newBusiness: 1e6 },
        },
      ],
      'By the end of January 2027: 60k of 100k (60%), 40k short. ' +
        'Of this renewal 50k, expansion 0, new business 10k.',
    ],
  ])('%s', (_, given, said) => {
    const { alt } = bookings({ months: given });
    expect(plain(alt)).toBe(`Bar chart of bookings in USD against quota, January 2027. ${said}`);
  });

  test('no months', () => {
    expect(bookings({ months: [] }).alt).toBe(
      'Bar chart of bookings in USD against quota: nothing to show yet.',
    );
  });

  test('has the reader’s own figures, though the picture can’t', () => {
    const chart = bookings({ locale: 'ja-JP', currency: 'JPY', digits: 0 });
    expect(chart.alt).toContain('March 2027: 1820万 of 2130万');
    expect(drawnTexts(chart).map(({ text }) => plain(text))).toContain(
      'March: 6.4M of 7.3M quota · 88%',
    );
  });

  test('abbreviations end a sentence with one dot', () => {
    const { alt } = bookings({ locale: 'de-DE', months: months([5e6, 4e6], [9e6, 8e6]) });
    expect(alt).not.toContain('..');
  });
});

describe('milestones are headed by', () => {
  const coverage = { actual: 2.4, planned: 3.25 };
  test.each<[string, Partial<MilestoneChartInput>, string[]]>([
    [
      'the month’s own figure, then all so far, and where it leads',
      { months: months([70, 60], [140, 118], [213, 182], [300, null], [1_000, null]), coverage },
      [
        'March: 64k of 73k quota · 88%',
        'USD since Jan 2027: 182k of 213k · 85%',
        'Coverage 2.4X of 3.25X · 1.0M quota by May 2027',
      ],
    ],
    [
      'the first month, which is all so far',
      { months: months([70, 60], [140, null]) },
      ['January: 60k of 70k quota · 86%', 'USD booked since Jan 2027'],
    ],
    [
      'all so far where the month before isn’t known',
      { months: months([70, null], [140, 118]) },
      ['By the end of February: 118k of 140k quota · 84%', 'USD booked since Jan 2027'],
    ],
    [
      'all so far where nothing more was due in the month',
      { months: months([70, 60], [70, 65]) },
      ['By the end of February: 65k of 70k quota · 93%', 'USD booked since Jan 2027'],
    ],
  ])('%s', (_, over, lines) => {
    const texts = drawnTexts(bookings(over)).map(({ text }) => plain(text));
    expect(texts.slice(0, lines.length)).toEqual(lines);
  });
});

describe('the alternative text of the funnel', () => {
  test('tells counts, then what became of each stage', () => {
    const { alt, title } = funnel(
      [
        { name: 'Calls', planned: 270, done: 184 },
        { name: 'Visits', planned: 14, done: 13 },
        { name: 'Demos', planned: 8, done: 9 },
      ],
      'March 2027',
    );
    expect(alt).toBe(
      'Bar chart of the funnel against plan, March 2027. ' +
        'Calls 184 of 270 (68%); Visits 13 of 14 (93%); Demos 9 of 8 (113%). ' +
        'Calls to Visits 7.1%, plan 5.2%; Visits to Demos 69%, plan 57%.',
    );
    expect(title).toBe('Funnel against plan, March 2027');
  });

  test.each<[string, FunnelStage[], string]>([
    ['none planned', [{ name: 'Calls', planned: 0, done: 3 }], 'Calls 3, none planned.'],
    ['none done', [{ name: 'Calls', planned: 9, done: 0 }], 'Calls 0 of 9 (0%).'],
    ['far more', [{ name: 'Demos', planned: 1, done: 412 }], 'Demos 412 of 1 (>9,999%).'],
    [
      'no tries',
      [
        { name: 'Calls', planned: 9, done: 0 },
        { name: 'Visits', planned: 3, done: 2 },
      ],
      'Calls 0 of 9 (0%); Visits 2 of 3 (67%). Calls to Visits unknown, plan 33%.',
    ],
    [
      'nobody to call',
      [
        { name: 'Calls', planned: 0, done: 0 },
        { name: 'Visits', planned: 6, done: 5 },
        { name: 'Demos', planned: 2, done: 2 },
      ],
      'Visits 5 of 6 (83%); Demos 2 of 2 (100%). Visits to Demos 40%, plan 33%.',
    ],
  ])('%s', (_, stages, said) => {
    expect(funnel(stages).alt).toBe(`Bar chart of the funnel against plan. ${said}`);
  });

  test('no stages', () => {
    expect(funnel([], 'March 2027').alt).toBe(
      'Bar chart of the funnel against plan, March 2027: nothing to show yet.',
    );
  });
});

test('rates of another window stand apart, below the counts, those that are known', () => {
  const rolling = {
    window: 'Rolling, over 63 days',
    rates: [
      { from: 'Calls', to: 'Visits', done: 0.052, planned: 0.05 },
      { from: 'Visits', to: 'Demos', done: null, planned: 0.6 },
      { from: 'Demos', to: 'Proposals', done: 0.7, planned: null },
    ],
  };
  const stages = [
    { name: 'Calls', planned: 100, done: 200 },
    { name: 'Visits', planned: 10, done: 10 },
  ];
  const chart = funnelChart({ locale: 'en-US', stages, rolling });
  const texts = drawnTexts(chart);
  const at = (text: string) => texts.find((one) => one.text === text)?.top ?? Number.NaN;
  const below = ['Rolling, over 63 days', 'Calls → Visits 5.2% (plan 5%)', 'Demos → Proposals 70%'];
  const tops = ['↓ 5% (plan 10%)', '10 of 10', ...below].map(at);
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  expect(texts.map(({ text }) => text).filter((text) => text.includes('→'))).toHaveLength(2);
  expect(chart.alt).toContain('Rolling, over 63 days: Calls → Visits 5.2% (plan 5%); Demos');
});

test('beside the bars of the funnel are shares, counts and rates', () => {
  const texts = drawnTexts(
    funnel([
      { name: 'Calls', planned: 1_270, done: 1_184 },
      { name: 'Visits', planned: 14, done: 58 },
      { name: 'Demos', planned: 0, done: 2 },
    ]),
  ).map(({ text }) => text);
  expect(texts).toEqual(
    expect.arrayContaining([
      'Calls 1,184 of 1,270 · Demos 2, none planned',
      '93%',
      '1,184 of 1,270',
      '↓ 4.9% (plan 1.1%)',
      '414%',
      '58 of 14',
      '2',
      'none planned',
    ]),
  );
});
