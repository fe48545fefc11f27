/**
 * Thirty reps on each of four plans, over a year that is not kind: what the measure says of them, beside
 * what it said before it was fair. A world on plan is on plan (first test); then each row of the table.
 */
import { afterAll, describe, expect, test, vi } from 'vitest';
import { dayPlans } from '../../src/activity/day-rules.ts';
import { isForManager, isLow } from '../../src/activity/pace/episode-rules.ts';
import { computePlan, liveFigures } from '../../src/plan/model/compute.ts';
import { ACTIVITIES, type LAYERS } from '../../src/plan/schemas.ts';
import type { ReviewedMonth } from '../support/unkind-months.ts';
import type { Note } from '../support/unkind-mornings.ts';
import { always, between, type Habit, sumOfYear } from '../support/unkind-reps.ts';
import { type Seller, sellersOf } from '../support/unkind-sellers.ts';

vi.setConfig({ testTimeout: 600_000 });

/** None of those on which the rules were tuned. */
const SEED = '1954';
const REPS = 30;
const sellers = sellersOf(SEED);
const { 'new hire': hire, 'account manager': manager, ...hunters } = sellers;
const four = [...Object.values(hunters), manager];
const smb = hunters['SMB, 12k'];
const midMarket = hunters['mid-market, 40k'];
const enterprise = hunters['enterprise, 150k'];

const reps = Array.from({ length: REPS }, (_, rep) => rep);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const share = <T>(of: readonly T[], is: (one: T) => boolean) => of.filter(is).length / of.length;
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
const percent = (fraction: number) => `${Math.round(fraction * 100)} %`;
const few = (value: number) => value.toFixed(2).replace(/0$/, '');

/** What most reps do: a log in ten is forgotten. */
const USUAL: Pick<Habit, 'logs'> = { logs: 'nine in ten' };

const monthsOf = (seller: Seller, habit: Habit, entered?: Parameters<Seller['months']>[1]) =>
  reps.flatMap((rep) => seller.months(seller.year(habit, rep), entered));
const told = new Map<string, Note[][]>();
const notesOf = (seller: Seller, habit: Pick<Habit, 'noise' | 'logs'>): Note[][] => {
  const key = `${seller.name} ${habit.noise} ${habit.logs}`;
  const known = told.get(key) ?? reps.map((rep) => seller.notes(seller.year(habit, rep)));
  told.set(key, known);
  return known;
};

const isAsked = ({ asked }: ReviewedMonth) => asked.length > 0;
const whys = (months: readonly ReviewedMonth[]) => mean(months.map(({ asked }) => asked.length));
const lows = (notes: readonly Note[]) => notes.filter(({ about }) => isLow(about));
const aYear = (notes: readonly Note[][]) => mean(notes.map((year) => lows(year).length));

interface Row {
  what: string;
  today: string;
  target: string;
  got: string;
  byPlan?: string;
}
const table: Row[] = [];

/** Each plan by itself, and all of them together. */
const each = (plans: readonly Seller[], of: (seller: Seller, at: number) => string) =>
  plans.map((seller, at) => `${seller.name} ${of(seller, at)}`).join(' · ');

afterAll(() => {
  const head = {
    what: `seed ${SEED}, ${REPS} reps a plan`,
    today: 'today',
    target: 'target',
    got: 'now',
  };
  const columns = ['what', 'today', 'target', 'got'] as const;
  const rows = [head, ...table];
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.flatMap((row: Partial<Row> & typeof head) => [
    columns
      .map((column, at) => row[column].padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
    ...(row.byPlan ? [`    ${row.byPlan}`] : []),
  ]);
  console.log(lines.join('\n'));
});

describe('the world alone', () => {
  test.each(Object.values(sellers))('asks of each day what the app does: $name', (seller) => {
    const { activities: levels, weights } = liveFigures(seller.plan.terms);
    if (!levels || !weights) throw new Error('the plan can be computed');
    const { calendar } = seller.plan.terms;
    expect(dayPlans({ levels, weights, calendar })).toEqual(seller.planned);
  });

  test.each(Object.values(sellers))(
    'who does what $name’s plan asks books what it says',
    (seller) => {
      const { terms } = seller.plan;
      const { layers, milestones } = computePlan(terms);
      const years = Array.from({ length: 300 }, (_, rep) => seller.year({}, rep));
      const booked = (layer: (typeof LAYERS)[number], month: string) =>
        mean(
          years.map(({ won }) =>
            sum(
              won
                .filter((one) => one.layer === layer && one.date.slice(0, 7) <= month)
                .map(({ amount }) => amount),
            ),
          ),
        );
      for (const { month, bookings } of milestones.slice(2)) {
        if (layers.newBusiness.target === 0) break;
        const off = booked('newBusiness', month) - bookings.newBusiness;
        expect(Math.abs(off)).toBeLessThan(0.08 * layers.newBusiness.target);
      }
      expect(booked('expansion', '2027-12')).toBeGreaterThanOrEqual(0.93 * layers.expansion.target);
      // Leads go on coming at their rate when the plan's own days weigh less: a little more is done.
      for (const activity of ACTIVITIES) {
        const due = sum([...seller.planned.values()].map((day) => day[activity]));
        const done = mean(years.map((year) => sumOfYear(year)[activity]));
        expect(done).toBeGreaterThanOrEqual(Math.min(0.9 * due, due - 2));
        expect(done).toBeLessThanOrEqual(Math.max(1.25 * due, due + 2));
      }
    },
  );
});

describe('a month', () => {
  const entered = new Map<Seller, ReviewedMonth[]>();
  const onPlan = (seller: Seller) => {
    const known = entered.get(seller) ?? monthsOf(seller, USUAL);
    entered.set(seller, known);
    return known;
  };

  test('on plan, hardly anybody is asked why', () => {
    const months = four.flatMap(onPlan);
    const none = share(months, (month) => !isAsked(month));
    table.push({
      what: 'whys a month, rep at 100 %; months without any',
      today: '2.4–3.7; 1–14 %',
      target: '≤ 0.5; ≥ 60 %',
      got: `${few(whys(months))}; ${percent(none)}`,
      byPlan: each(four, (seller) => {
        const own = onPlan(seller);
        return `${few(whys(own))}; ${percent(share(own, (month) => !isAsked(month)))}`;
      }),
    });
    expect(whys(months)).toBeLessThanOrEqual(0.5);
    expect(none).toBeGreaterThanOrEqual(0.6);
  });

  /**
   * At 70 % not 97 % of all months can be told from chance, at 5 % of it: an enterprise rep’s first month of
   * 75 calls in 100 is not, nor an account manager’s with three renewals in it. Who calls daily is.
   */
  test.each([
    { level: 0.85, least: 0.75, callers: 0.75 },
    { level: 0.7, least: 0.93, callers: 0.97 },
  ])('at $level of plan they are asked', ({ level, least, callers }) => {
    const all = new Map(
      four.map((seller) => [seller, monthsOf(seller, { ...USUAL, level: always(level) })]),
    );
    const of = (...plans: Seller[]) => plans.flatMap((seller) => all.get(seller) ?? []);
    const asked = share(of(...four), isAsked);
    const daily = share(of(smb, midMarket), isAsked);
    const most = Math.max(...of(...four).map(({ asked }) => asked.length));
    table.push({
      what: `asked at all, rep at ${percent(level)}, of all / who call daily; most questions`,
      today: '–',
      target: `≥ ${percent(callers)}; ≤ 3`,
      got: `${percent(asked)} / ${percent(daily)}; ${most}`,
      byPlan: each(four, (seller) => percent(share(of(seller), isAsked))),
    });
    expect(most).toBeLessThanOrEqual(3);
    expect(asked).toBeGreaterThanOrEqual(least);
    expect(daily).toBeGreaterThanOrEqual(callers);
  });

  test('who is on plan is on track, and no less for having said more', () => {
    const isOnTrack = ({ card }: ReviewedMonth) => card.standing === 'on_track';
    const never = new Map(
      four.map((seller) => [seller, monthsOf(seller, USUAL, { pipeline: false, leads: false })]),
    );
    const [said, silent] = [four.flatMap(onPlan), [...never.values()].flat()].map((months) =>
      share(months, isOnTrack),
    );
    table.push({
      what: 'on plan: months on track, pipeline entered / never',
      today: '13 % / 47 %',
      target: '≥ 85 % / no higher',
      got: `${percent(said ?? 0)} / ${percent(silent ?? 1)}`,
      byPlan: each(four, (seller) => {
        const [own, untold] = [onPlan(seller), never.get(seller) ?? []];
        return `${percent(share(own, isOnTrack))} / ${percent(share(untold, isOnTrack))}`;
      }),
    });
    expect(said).toBeGreaterThanOrEqual(0.85);
    expect(silent).toBeLessThanOrEqual(said ?? 0);
  });

  test('who is on plan has the pipeline that is asked for', () => {
    const missed = (months: readonly ReviewedMonth[]) =>
      share(
        months.filter(({ card }) => card.month <= '2027-06'),
        ({ card }) =>
          card.lines.some(({ kpi, verdict }) => kpi === 'coverage' && verdict === 'missed'),
      );
    const all = mean(four.map((seller) => missed(onPlan(seller))));
    // Step 12 counts what was created as open for a cycle: who takes lost deals out at once has less.
    const tidy = four.map((seller) => missed(monthsOf(seller, { ...USUAL, isTidy: true })));
    table.push({
      what: 'coverage missed in months 1–6, on plan (lost deals out at once)',
      today: '100 %',
      target: '≤ 10 %',
      got: `${percent(all)} (${percent(mean(tidy))})`,
      byPlan: each(
        four,
        (seller, at) => `${percent(missed(onPlan(seller)))} (${percent(tidy[at] ?? 0)})`,
      ),
    });
    expect(all).toBeLessThanOrEqual(0.1);
  });

  test('an account manager who keeps 92 % and meets quota is on track', () => {
    const { terms } = manager.plan;
    const kept = { expansion: 0, renewal: 0 };
    const year = manager.exactYear('all');
    const total = sum(terms.renewals.map(({ amount }) => amount));
    // Of all that came up so far at least 92 % is kept: the smaller ones are lost, late enough.
    let lost = 0;
    let due = 0;
    const won = terms.renewals.flatMap(({ amount, date }) => {
      due += amount;
      if (lost + amount <= 0.08 * due && lost + amount <= 0.08 * total) {
        lost += amount;
        return [];
      }
      kept.renewal += amount;
      return [{ date, layer: 'renewal' as const, amount }];
    });
    const parts = terms.expansion.flatMap(({ target, split }) => {
      const of = split === 'quarters' ? 4 : 2;
      return Array.from({ length: of }, (_, part) => ({
        date: `2027-${String(((part + 1) * 12) / of).padStart(2, '0')}-20`,
        layer: 'expansion' as const,
        amount: Math.ceil(target / of),
      }));
    });
    const months = manager.months({ ...year, won: [...won, ...parts] });
    const onTrack = months.filter(({ card }) => card.standing === 'on_track').length;
    const missed = months.filter(({ card }) =>
      card.lines.some(({ kpi, verdict }) => kpi === 'renewal' && verdict === 'missed'),
    ).length;
    table.push({
      what: `account manager at ${percent(kept.renewal / total)} retention, quota met`,
      today: '7 of 11 missed, at risk',
      target: 'on track',
      got: `${missed} of 12 missed, on track in ${onTrack} of 12`,
    });
    expect(missed).toBe(0);
    expect(onTrack).toBe(12);
  });
});

describe('a morning', () => {
  test.each([
    { noise: 'days', what: 'CV 40 %', most: 1 },
    { noise: 'weeks', what: 'with weeks of 15 %', most: 1.5 },
    { noise: 'bursts', what: 'with bursts and an event', most: 2 },
  ] as const)('noise is no news: $what', ({ noise, what, most }) => {
    const found = new Map(four.map((seller) => [seller, notesOf(seller, { noise })]));
    const all = aYear([...found.values()].flat());
    table.push({
      what: `low notes a rep-year at 100 %, ${what}`,
      today: '2.3–3.2',
      target: `≤ ${most}`,
      got: few(all),
      byPlan: each(four, (seller) => few(aYear(found.get(seller) ?? []))),
    });
    expect(all).toBeLessThanOrEqual(most);
  });

  test('logs that are missing are no matter of pace', () => {
    const found = (['nine in ten', 'no Fridays', 'every other'] as const).flatMap((logs) =>
      four.map((seller) => seller.notes(seller.exactYear(logs))),
    );
    const pace = found.flat().filter(({ about }) => isForManager(about));
    const logging = found.flat().filter(({ about }) => about.kind === 'logging');
    table.push({
      what: 'notes about pace where only logs are missing',
      today: 'up to 12 a year',
      target: '0 (one about logging)',
      got: `${pace.length} (${logging.length} about logging in ${found.length} years)`,
    });
    expect(pace).toEqual([]);
    expect(logging.length).toBeGreaterThanOrEqual(four.length);
  });

  const isStage = ({ about }: Note) => about.kind === 'conversion';

  test('who does exactly what was agreed converts as agreed', () => {
    const found = Object.values(sellers).flatMap((seller) => {
      const year = seller.exactYear('all');
      const lines = seller.months(year).flatMap(({ card }) => card.lines);
      const stages = lines.filter(({ tries, verdict }) => tries !== null && verdict === 'missed');
      return [...seller.notes(year).filter(isStage), ...stages];
    });
    table.push({
      what: 'the agreed levels done exactly: conversion notes',
      today: '25 of 25 reps',
      target: '0',
      got: `${found.length}`,
    });
    expect(found).toEqual([]);
  });

  test('who converts as agreed hears next to nothing of it', () => {
    const all = four.flatMap((seller) => notesOf(seller, { noise: 'days' }));
    const found = mean(all.map((notes) => notes.filter(isStage).length));
    table.push({
      what: 'the same, drawn: conversion notes a rep-year',
      today: '–',
      target: '≤ 0.2',
      got: few(found),
    });
    expect(found).toBeLessThanOrEqual(0.2);
  });

  test.each([
    { what: 'calls fall to 60 %', level: 0.6, days: 200, within: 9, today: '9' },
    { what: 'calls fall to 75 %', level: 0.75, days: 200, within: 15, today: '9' },
    { what: 'ten days at 40 %', level: 0.4, days: 10, within: 5, today: '4' },
  ])('$what: they hear of it', ({ what, level, days, within, today }) => {
    const delays = (seller: Seller) =>
      reps.map((rep) => {
        const first = 60 + 2 * rep;
        const calls = between(first, first + days, level);
        const notes = seller.notes(seller.year({ calls, noise: 'days' }, rep));
        const note = notes.find(
          ({ about, day }) =>
            about.kind === 'volume' &&
            about.subject === 'calls' &&
            day > first &&
            day <= first + 40,
        );
        return note ? note.day - first : Number.POSITIVE_INFINITY;
      });
    const outcome = (seller: Seller) => {
      const all = delays(seller);
      return { after: median(all), seen: share(all, Number.isFinite) };
    };
    const { after, seen } = outcome(smb);
    table.push({
      what: `${what}: working days to a note, seen`,
      today,
      target: `≤ ${within}, ≥ 90 %`,
      got: `${after}, ${percent(seen)}`,
      byPlan: each([midMarket, enterprise], (seller) => {
        const { after, seen } = outcome(seller);
        return `${after}, ${percent(seen)}`;
      }),
    });
    expect(after).toBeLessThanOrEqual(within);
    expect(seen).toBeGreaterThanOrEqual(0.9);
  });

  const first = (rep: number) => 60 + 2 * rep;
  const ALWAYS = 400;

  test.each([
    { stage: 'visitToDemo', least: 0.8 },
    { stage: 'demoToProposal', least: 0.6 },
  ] as const)('who makes half as much of $stage hears of it', ({ stage, least }) => {
    const seen = share(reps, (rep) => {
      const converts = { stage, share: between(first(rep), ALWAYS, 0.5) };
      return smb
        .notes(smb.year({ converts, noise: 'days' }, rep))
        .some(({ about, day }) => about.subject === stage && isLow(about) && day > first(rep));
    });
    table.push({
      what: `${stage} halves: told by the year’s end`,
      today: '–',
      target: `≥ ${percent(least)}`,
      got: percent(seen),
    });
    expect(seen).toBeGreaterThanOrEqual(least);
  });

  test.each([
    { what: 'all calls on Monday and Tuesday', calls: (day: number) => (day % 5 < 2 ? 2.5 : 0) },
    {
      what: 'weeks of 150 and 50 %',
      calls: (day: number) => (Math.floor(day / 5) % 2 ? 1.5 : 0.5),
    },
  ])('the week is the rep’s own to arrange: $what', ({ what, calls }) => {
    const found = mean(
      reps.map((rep) => lows(smb.notes(smb.year({ calls, noise: 'days' }, rep))).length),
    );
    table.push({
      what: `low notes a rep-year: ${what}`,
      today: '–',
      target: '≤ 2',
      got: few(found),
    });
    expect(found).toBeLessThanOrEqual(2);
  });

  test('a manager hears of what lasts, and seldom of anything else', () => {
    const heard = share(reps, (rep) =>
      smb
        .notes(smb.year({ calls: between(first(rep), ALWAYS, 0.6), noise: 'days' }, rep))
        .some(({ managerDay }) => managerDay !== null && managerDay > first(rep)),
    );
    const otherwise = mean(
      notesOf(smb, { noise: 'days' }).map(
        (notes) => notes.filter(({ managerDay }) => managerDay !== null).length,
      ),
    );
    table.push({
      what: 'manager told: calls stay at 60 % / a rep-year at 100 %',
      today: '–',
      target: '≥ 90 % / ≤ 0.3',
      got: `${percent(heard)} / ${few(otherwise)}`,
    });
    expect(heard).toBeGreaterThanOrEqual(0.9);
    expect(otherwise).toBeLessThanOrEqual(0.3);
  });

  test('who does a third more for good hears that too', () => {
    const seen = share(reps, (rep) =>
      smb
        .notes(smb.year({ level: between(first(rep), ALWAYS, 1.4), noise: 'days' }, rep))
        .some(({ about, day }) => about.kind === 'volume_high' && day > first(rep)),
    );
    const never = mean(
      notesOf(smb, { noise: 'days' }).map((notes) => notes.length - lows(notes).length),
    );
    table.push({
      what: 'level of 140 %: told / streaks a rep-year at 100 %',
      today: '–',
      target: '≥ 80 % / ≤ 1',
      got: `${percent(seen)} / ${few(never)}`,
    });
    expect(seen).toBeGreaterThanOrEqual(0.8);
    expect(never).toBeLessThanOrEqual(1);
  });

  test('nobody gets two notes on one morning, and a seed tells one story', () => {
    const years = four.flatMap((seller) => notesOf(seller, { noise: 'bursts' }));
    for (const notes of years) {
      expect(new Set(notes.map(({ day }) => day)).size).toBe(notes.length);
    }
    expect(smb.notes(smb.year({ noise: 'bursts' }, 7))).toEqual(years[7]);
  });

  test('a new hire on their ramp hears nothing low', () => {
    const first = hire.plan.days.findIndex(({ date }) => date > '2027-04-30');
    const notes = notesOf(hire, USUAL).map((year) => lows(year).filter(({ day }) => day < first));
    const found = mean(notes.map((year) => year.length));
    table.push({
      what: 'new hire ramping as agreed: low notes in four months',
      today: '1.0',
      target: '≤ 0.2',
      got: few(found),
    });
    expect(found).toBeLessThanOrEqual(0.2);
  });
});

describe('leads that stop', () => {
  const SIX_WEEKS = 30;
  /** What is short, or seems to be badly made of calls, where leads stay away. */
  const FOLLOWS: readonly string[] = ['visits', 'demos', 'callToVisit'];

  /** What is said in the twelve weeks after, and isn't of the same rep whose leads go on. */
  function outcome(seller: Seller, rep: number) {
    const stop = 60 + 4 * rep;
    const dateOf = (day: number) => seller.plan.days[day]?.date ?? '9999';
    const said = (habit: Habit) => {
      const year = seller.year(habit, rep);
      const notes = seller
        .notes(year)
        .filter(({ about }) => isLow(about))
        .map(({ about: { kind, subject }, day }) => ({
          subject: kind === 'leads' ? kind : (subject as string),
          date: dateOf(day),
        }));
      const topics = seller
        .months(year)
        .flatMap(({ card, asked }) =>
          asked.map((topic) => ({ subject: topic, date: card.span.to })),
        );
      return [...notes, ...topics].filter(
        ({ date }) => date > dateOf(stop) && date <= dateOf(stop + 2 * SIX_WEEKS),
      );
    };
    const usual = new Set(said(USUAL).map(({ subject }) => subject));
    const found = said({ ...USUAL, leadsStop: stop });
    return {
      told: found.some(({ subject }) => FOLLOWS.includes(subject) && !usual.has(subject)),
      named: found.some(
        ({ subject, date }) => subject === 'leads' && date <= dateOf(stop + SIX_WEEKS),
      ),
    };
  }

  test('are named, and are not how somebody sells', () => {
    const of = (seller: Seller) => {
      const all = reps.map((rep) => outcome(seller, rep));
      const told = all.filter(({ told }) => told).length;
      return { told, named: share(all, ({ named }) => named) };
    };
    const text = ({ told, named }: ReturnType<typeof of>) =>
      `${told} of ${REPS} / ${percent(named)}`;
    const found = of(midMarket);
    table.push({
      what: 'SDR leads stop: told “how you sell” / leads named in 6 weeks',
      today: '25 of 25 / 0',
      target: '0 / ≥ 90 %',
      got: text(found),
      byPlan: each([smb, enterprise], (seller) => text(of(seller))),
    });
    expect(found.told).toBe(0);
    expect(found.named).toBeGreaterThanOrEqual(0.9);
  });
});

test('an enterprise rep is asked for the demos that their target takes', () => {
  const { plan, planned } = enterprise;
  const { averageDealSize } = plan.terms.newBusiness;
  const { demoToProposal, proposalToContract, contractToWon } = plan.terms.funnel;
  const won = demoToProposal * proposalToContract * contractToWon;
  const k = plan.terms.expansion.length;
  const needed = (plan.target.newBusiness / (averageDealSize ?? 1) + k) / won;
  const asked = sum([...planned.values()].map(({ demos }) => demos));
  table.push({
    what: 'enterprise, 210-day cycle, opening pipeline: demos asked a year',
    today: '103 (47 needed)',
    target: 'within 25 % of needed',
    got: `${asked} (${few(needed)} needed)`,
  });
  expect(Math.abs(asked - needed)).toBeLessThanOrEqual(0.25 * needed);
});
