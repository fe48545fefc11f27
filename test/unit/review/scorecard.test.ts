/** How a month stands: tables for the verdicts, properties for what must hold whatever was done. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../src/review/causes/rules.ts';
import type { Kpi, KpiLine, Scorecard } from '../../../src/review/schemas.ts';
import { healthOf } from '../../../src/review/scorecard/rules.ts';
import { planTerms } from '../../support/plan-arbitraries.ts';
import { runs } from '../../support/property-runs.ts';
import { cardOf, type Deeds, deeds, factsOf, measured } from '../../support/review-month.ts';
import { specTerms } from '../../support/terms.ts';

const plan = measured(specTerms());
if (!plan) throw new Error('the spec’s file can’t be computed');
/** The spec's plan in its third month (of a year from January), after something was done. */
const nothing: Deeds = {
  month: 2,
  bookings: [],
  pipeline: null,
  counts: [0, 0, 0, 0, 0],
  leads: null,
};
const card = (did: Partial<Deeds> = {}) =>
  cardOf(plan, 'quota', factsOf(plan, { ...nothing, ...did }));
const line = ({ lines }: Pick<Scorecard, 'lines'>, kpi: Kpi): KpiLine => {
  const found = lines.find((one) => one.kpi === kpi);
  if (!found) throw new Error(`no ${kpi}`);
  return found;
};

describe('bookings', () => {
  test('are those up to the month’s end, against its milestone', () => {
    const target = line(card(), 'newBusiness').target ?? 0;
    expect(target).toBe(plan.quota.milestones[2]?.bookings.newBusiness);
    const just = card({ bookings: [{ at: 0.5, layer: 'newBusiness', amount: target }] });
    expect(line(just, 'newBusiness')).toMatchObject({ actual: target, verdict: 'met' });
    const short = card({ bookings: [{ at: 0.5, layer: 'newBusiness', amount: target - 1 }] });
    expect(line(short, 'newBusiness').verdict).toBe('missed');
  });

  test('are no miss where nothing was due yet', () => {
    const january = card({ month: 0 });
    expect(line(january, 'renewal')).toMatchObject({ target: 0, verdict: 'unknown' });
  });

  test('of a layer that doesn’t credit quota don’t count towards it', () => {
    const terms = specTerms();
    const uncredited = measured({
      ...terms,
      compensation: { ...terms.compensation, quotaCredit: { renewal: false, expansion: true } },
    });
    if (!uncredited) throw new Error('not computed');
    const bookings = [{ at: 0.5, layer: 'renewal' as const, amount: 5_000_000 }];
    const did = { ...nothing, bookings };
    expect(cardOf(uncredited, 'quota', factsOf(uncredited, did)).bookings.actual).toBe(0);
    expect(cardOf(plan, 'quota', factsOf(plan, did)).bookings.actual).toBe(5_000_000);
  });

  test('of a month that isn’t over are measured by what is due so far', () => {
    const facts = factsOf(plan, nothing);
    const half = cardOf(plan, 'quota', { ...facts, today: '2027-03-16', days: [] });
    const [february, march] = [1, 2].map((at) => plan.quota.milestones[at]?.bookings);
    expect(half.asOf).toBe('2027-03-15');
    // 11 of March's 23 working days.
    const [from = 0, to = 0] = [february?.newBusiness, march?.newBusiness];
    expect(line(half, 'newBusiness').target).toBe(Math.round(from + ((to - from) * 11) / 23));
    // The renewal of 31 March isn't due yet.
    expect(line(half, 'renewal').target).toBe(february?.renewal);
    const early = measured({
      ...specTerms(),
      renewals: specTerms().renewals.map((row) => ({ ...row, date: '2027-03-15' })),
    });
    if (!early) throw new Error('not computed');
    const due = early.quota.milestones[2]?.bookings.renewal;
    for (const [today, target] of [
      ['2027-03-15', 0],
      ['2027-03-16', due],
    ] as const) {
      const found = cardOf(early, 'quota', { ...factsOf(early, nothing), today, days: [] });
      expect(line(found, 'renewal'), today).toMatchObject({ target });
    }
    expect(due).toBeGreaterThan(0);
    expect(line(card(), 'renewal').target).toBe(march?.renewal);
    expect(card().asOf).toBeNull();
  });
});

describe('coverage', () => {
  const whole = plan.quota.milestones.at(-1)?.bookings;
  const open = (whole?.newBusiness ?? 0) + (whole?.expansion ?? 0);
  const withPipeline = (newBusiness: number | null, bookings: Deeds['bookings'] = []) =>
    line(
      card({
        bookings,
        pipeline: { asOf: '2027-03-30', layers: { renewal: 1, expansion: null, newBusiness } },
      }),
      'coverage',
    );

  test('is pipeline ÷ what is still to be won, against X', () => {
    expect(withPipeline(3 * open)).toMatchObject({ actual: 3, target: 3, verdict: 'met' });
    expect(withPipeline(3 * open - 3)).toMatchObject({ verdict: 'missed' });
  });

  test('rises with what is won', () => {
    const won = [{ at: 0.1, layer: 'newBusiness' as const, amount: Math.floor(open / 4) }];
    expect(withPipeline(2 * open, won).actual).toBeGreaterThan(withPipeline(2 * open).actual ?? 0);
  });

  test('is X with the insurance from its date on', () => {
    expect(line(card({ month: 3 }), 'coverage').target).toBe(3.25);
    expect(line(card({ month: 2 }), 'coverage').target).toBe(3);
  });

  test('isn’t known where the pipeline was said more than 45 days before the month’s end', () => {
    const said = (asOf: string) =>
      line(
        card({ pipeline: { asOf, layers: { renewal: 1, expansion: 1, newBusiness: 1 } } }),
        'coverage',
      );
    expect(said('2027-02-13').verdict).toBe('unknown');
    expect(said('2027-02-14').verdict).toBe('missed');
  });

  test('isn’t known before it was said, and is met where nothing is left to win', () => {
    expect(withPipeline(null).verdict).toBe('unknown');
    expect(line(card(), 'coverage').verdict).toBe('unknown');
    const all = [
      { at: 0.1, layer: 'newBusiness' as const, amount: whole?.newBusiness ?? 0 },
      { at: 0.2, layer: 'expansion' as const, amount: whole?.expansion ?? 0 },
    ];
    expect(withPipeline(0, all)).toMatchObject({ actual: null, verdict: 'met' });
  });
});

describe('activities', () => {
  test('hold from 90 % of plan on, and say nothing under five planned', () => {
    const facts = factsOf(plan, nothing);
    const days = (done: number) =>
      facts.days.map((day) => ({ ...day, done: { ...day.done, calls: done }, logged: true }));
    const judged = (done: number, all = days(done)) =>
      line(cardOf(plan, 'quota', { ...facts, days: all }), 'calls');
    const perDay = (judged(0).target ?? 0) / days(0).length;
    expect(judged(Math.ceil(perDay * 0.9)).verdict).toBe('met');
    expect(judged(Math.ceil(perDay * 0.9) - 1).verdict).toBe('missed');
    expect(judged(0, []).verdict).toBe('unknown');
  });
});

describe('the split', () => {
  const demos = (share: number) => {
    const facts = factsOf(plan, nothing);
    const days = facts.days.map((day) => ({
      ...day,
      done: { ...day.done, demos: share },
    }));
    return cardOf(plan, 'quota', { ...facts, days });
  };

  test('before the first win tells the volume alone, and nothing of conversion', () => {
    expect(demos(0).split).toEqual({ volume: 0, conversion: null, dealSize: null, since: null });
    expect(demos(2).split?.volume).toBeGreaterThan(1);
    expect(demos(2).split?.conversion).toBeNull();
  });

  test('of a version that came later counts from its month, and says so', () => {
    const facts = { ...factsOf(plan, nothing), since: '2027-03-10' };
    const early = [{ date: '2027-01-20', layer: 'newBusiness' as const, amount: 9_000_000 }];
    const found = cardOf(plan, 'quota', { ...facts, bookings: early });
    expect(found.split).toMatchObject({ since: '2027-03', conversion: null });
    expect([found.since, card().since]).toEqual(['2027-03-10', null]);
  });
});

describe('the way back', () => {
  test('ends with the plan, and says where it is out of reach', () => {
    const december = { ...factsOf(plan, { ...nothing, month: 10 }), today: '2027-12-02' };
    const [deals] = cardOf(plan, 'quota', december).catchUp;
    expect(deals).toMatchObject({ kind: 'deals', until: '2027-12-31', isInReach: false });
    const target = line(card(), 'newBusiness').target ?? 0;
    const bookings = [{ at: 0.5, layer: 'newBusiness' as const, amount: target - 1 }];
    expect(card({ bookings }).catchUp[0]).toMatchObject({ deals: 1, isInReach: true });
  });
});

test('volume × conversion × deal size is new business against its milestone, whatever was done', () => {
  let seen = 0;
  fc.assert(
    fc.property(planTerms, deeds, (terms, did) => {
      const any = measured(terms);
      const found = any && cardOf(any, 'quota', factsOf(any, did));
      const { actual = null, target = null } = found ? line(found, 'newBusiness') : {};
      if (!found?.split || !target || actual === null) return;
      const { volume, conversion, dealSize } = found.split;
      seen += 1;
      const product = volume * (conversion ?? 0) * (dealSize ?? 1);
      expect(product).toBeCloseTo(actual / target, 6);
    }),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(5);
}, 60_000);

test('no figure is ever infinite or no number', () => {
  fc.assert(
    fc.property(planTerms, deeds, (terms, did) => {
      const any = measured(terms);
      if (!any) return;
      for (const by of ['plan', 'quota'] as const) {
        const text = JSON.stringify(cardOf(any, by, factsOf(any, did)), (_, value) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'wrong' : value,
        );
        expect(text).not.toContain('wrong');
      }
    }),
    { numRuns: runs(40) },
  );
}, 60_000);

test('how a month stands', () => {
  const coverage = (verdict: KpiLine['verdict']) => [
    { kpi: 'coverage' as const, actual: 1, target: 1, verdict, tries: null },
  ];
  const standing = (share: number, verdict: KpiLine['verdict']) =>
    healthOf({ actual: share * 1000, target: 1000 }, coverage(verdict));
  expect([
    standing(1, 'met'),
    standing(1, 'unknown'),
    standing(1, 'missed'),
    standing(0.95, 'met'),
    standing(0.95, 'unknown'),
    standing(0.8, 'missed'),
    standing(0.79, 'met'),
    standing(0.79, 'missed'),
    standing(0.79, 'unknown'),
  ]).toEqual([
    'on_track',
    'on_track',
    'at_risk',
    'on_track',
    'at_risk',
    'at_risk',
    'at_risk',
    'off_track',
    'off_track',
  ]);
  expect(healthOf({ actual: 0, target: 0 }, coverage('met'))).toBe('on_track');
});

test('the main cause is the one named most, structural ones first', () => {
  expect(causeOf([])).toBeNull();
  expect(causeOf([{ causes: ['own_execution', 'content'] }])).toBe('content');
  expect(
    causeOf([{ causes: ['own_execution'] }, { causes: ['own_execution', 'lead_supply'] }]),
  ).toBe('own_execution');
});
