/** What the plan's schema holds is named once, and whatever goes by those names leaves nothing out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { amountsIn, viewerOf } from '../../../src/plan/currency.ts';
import { LIST_IDS, PlanDraft, STEP_IDS } from '../../../src/plan/draft.ts';
import { diffDrafts } from '../../../src/plan/reading/diff-rules.ts';
import { changeLine } from '../../../src/plan/reading/history-view.ts';
import { MAX_MINOR } from '../../../src/plan/schemas.ts';
import { namedAt, VALUES } from '../../../src/plan/values.ts';
import { LISTS } from '../../../src/plan/wizard/rows/lists.ts';
import { STEPS } from '../../../src/plan/wizard/steps/steps.ts';
import type { Fields } from '../../../src/slack/fields.ts';
import { toMrkdwn } from '../../../src/slack/text.ts';
import { runs } from '../../support/property-runs.ts';

type Leaf = [path: string, schema: z.ZodType];

/** The schema of what is there where something is, however it was written before. */
function present(schema: unknown): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return present(schema.unwrap());
  return schema instanceof z.ZodPipe ? present(schema.out) : schema;
}

/** What is said in one line as a whole, whatever parts it has. */
const isWhole = (path: string) => /\.(?:guarantee|level)$/.test(path);

/** Every value of a schema, those of rows at the path of the first; the ids of rows are none. */
function leavesOf(schema: unknown, path = ''): Leaf[] {
  const inner = present(schema);
  const rows = inner instanceof z.ZodArray ? present(inner.element) : null;
  if (rows instanceof z.ZodObject && 'id' in rows.shape) {
    return leavesOf(rows, `${path}.0`).filter(([at]) => at !== `${path}.0.id`);
  }
  if (inner instanceof z.ZodObject && !isWhole(path)) {
    const under = path === '' ? '' : `${path}.`;
    return Object.entries(inner.shape).flatMap(([key, part]) => leavesOf(part, `${under}${key}`));
  }
  if (!(schema instanceof z.ZodType)) throw new Error(`${path} is of no schema`);
  return [[path, schema]];
}

const LEAVES = leavesOf(PlanDraft);
const schemaAt = (path: string) => new Map(LEAVES).get(path) ?? z.never();

const COMPONENT = {
  name: 'Commission',
  credits: ['renewal', 'newBusiness'],
  quota: 100_000_000,
  quotaPeriod: 'quarter',
  quotaStart: '2027-02',
  pays: { atTarget: 12_000_051 },
  tiers: [
    { from: 0, multiplier: 1, all: false },
    { from: 1, multiplier: 1.5, all: true },
  ],
  bonuses: [{ at: 1, amount: 1_000_049 }],
  cap: 9_000_099,
  ramp: [0.5, 1],
};

/** A plan in which nothing is missing. */
const FULL = PlanDraft.parse({
  currency: 'USD',
  period: { start: '2027-01-01', end: '2027-12-31' },
  calendar: {
    workdays: ['mon', 'tue'],
    holidays: ['2027-01-01'],
    timeOff: [{ from: '2027-07-05', to: '2027-07-16', label: 'vacation' }],
    country: 'DE',
    region: 'BY',
  },
  goal: { income: 25_000_049, livingCosts: 6_000_050 },
  lifeGoals: [{ id: 'a', label: 'House', amount: 6_000_000, by: '2027-09-30' }],
  compensation: {
    baseSalary: 10_000_051,
    first: COMPONENT,
    otherPay: [{ label: 'MBO', amount: 500_050 }],
    guarantee: { perMonth: 300_049, months: 4, recoverable: false },
  },
  components: [{ id: 'a', ...COMPONENT, name: 'Renewals' }],
  pipeline: { xFactor: 3.5, winRate: 0.3 },
  renewals: [
    {
      id: 'a',
      account: 'Acme',
      amount: 12_000_001,
      date: '2027-03-31',
      likelihood: 0.8,
      pressureTested: 0.4,
      activity: 'low',
      internalRisks: 'in',
      externalRisks: 'out',
      nextActivities: 'next',
    },
  ],
  expansion: [{ id: 'a', account: 'Globex', buyingCenter: 'EMEA', target: 3, split: 'halves' }],
  newBusiness: {
    averageDealSize: 49,
    salesCycleDays: 60,
    sdr: { inboundPerMonth: 6, outboundPerMonth: 4, qualificationRate: 0.5, sync: 'weekly' },
    selfSourcing: { leadIdentification: 'lists', prospecting: 'calls' },
  },
  sdrPartner: { userId: 'U0SDR', callsPerDay: 40, syncDay: 'mon', syncTime: '09:30' },
  callBlocks: [{ id: 'a', days: ['mon'], start: '09:00', minutes: 90 }],
  callsPerHour: 12,
  overrides: [{ id: 'a', activity: 'calls', level: { count: 20, per: 'day' }, reason: 'reviews' }],
  funnel: {
    callToVisit: 0.05,
    visitToDemo: 0.6,
    demoToProposal: 0.7,
    proposalToContract: 0.61,
    contractToWon: 0.8,
  },
  insurance: { xFactor: 3.25, by: '2027-04-30' },
  risks: [
    {
      id: 'a',
      label: 'Exit',
      kind: 'sdr_exit',
      probability: 0.3,
      impact: 49,
      trigger: 'why',
      mitigation: 'how',
    },
  ],
  reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
});

const US = viewerOf({ locale: 'en-US' }, { currency: 'USD' });

function valueAt(draft: unknown, path: string): unknown {
  return path.split('.').reduce((part, key) => Object(part)[key], draft);
}

function withValue(path: string, value: unknown): PlanDraft {
  const draft = structuredClone(FULL);
  const part = path.split('.').slice(0, -1).join('.');
  Object(part === '' ? draft : valueAt(draft, part))[path.slice(path.lastIndexOf('.') + 1)] = value;
  return draft;
}

/** Values of all kinds; what a leaf's schema takes of them may stand there. */
const ANYTHING: unknown[] = [
  0,
  0.25,
  2,
  7,
  500,
  true,
  false,
  'Other',
  'EUR',
  '2027-05-01',
  '2027-11-30',
  '08:15',
  'sat',
  ['sat', 'sun'],
  ['2027-05-01', '2027-05-02'],
  [],
  [0.25, 0.5, 1],
  [
    { from: 0, multiplier: 1 },
    { from: 1, multiplier: 2 },
  ],
  'high',
  'quarters',
  'period',
  'daily',
  'demos',
  'vacation',
  'month',
  '2027-05',
  ['expansion', 'newBusiness'],
  { rate: 0.2 },
  { rates: { renewal: 0.05, expansion: 0.1, newBusiness: 0.1 } },
  { atTarget: 7_000_000 },
  [{ at: 1.2, amount: 500_000 }],
  [{ label: 'Car', amount: 600_000 }],
  { perMonth: 400_000, months: 1, recoverable: true },
  { count: 5, per: 'week' },
  null,
];

/** Any leaf with another value than it has. */
const change = fc.constantFrom(...LEAVES).chain(([path, schema]) => {
  const before = JSON.stringify(valueAt(FULL, path));
  const others = ANYTHING.filter(
    (value) => schema.safeParse(value).success && JSON.stringify(value) !== before,
  );
  return fc.record({ path: fc.constant(path), after: fc.constantFrom(...others) });
});

/** The paths of all that is named, those of rows at the first. */
function namedPaths(node: object, prefix = ''): string[] {
  return Object.entries(node).flatMap(([key, part]) => {
    const path = `${prefix}${key}`;
    if (typeof part.say === 'function') return [path];
    return namedPaths(part, LIST_IDS.some((id) => id === path) ? `${path}.0.` : `${path}.`);
  });
}

test('every value that a plan can hold is named, and nothing else is', () => {
  expect(LEAVES.length).toBeGreaterThan(70);
  expect(namedPaths(VALUES).sort()).toEqual(LEAVES.map(([path]) => path).sort());
});

test('no two values of one part go by one name', () => {
  const places = LEAVES.map(([path]) => `${path.replace(/[^.]*$/, '')}${namedAt(path).name}`);
  expect(new Set(places).size).toBe(places.length);
});

test('what the schema takes as money is money, of which there may be as little as it takes', () => {
  const money = (path: string) => namedAt(path).money?.least ?? null;
  const taken = (path: string) => {
    const schema = schemaAt(path);
    const isMoney =
      schema.safeParse(MAX_MINOR).success &&
      !schema.safeParse(MAX_MINOR + 1).success &&
      !schema.safeParse(1.5).success;
    return isMoney ? Number(!schema.safeParse(0).success) : null;
  };
  const paths = LEAVES.map(([path]) => path);
  expect(paths.map((path) => [path, money(path)])).toEqual(
    paths.map((path) => [path, taken(path)]),
  );
  expect(paths.filter((path) => money(path) !== null).length).toBeGreaterThanOrEqual(10);
});

test('a part that may be missing as a whole has a name', () => {
  for (const path of ['goal', 'compensation', 'pipeline', 'newBusiness', 'sdrPartner']) {
    const [gone] = diffDrafts(FULL, withValue(path, null));
    expect(gone?.path).toBe(path);
    expect(toMrkdwn(changeLine(gone ?? fail(), US))).toBe(
      `*${namedAt(path).name}:* filled in → *nothing*`,
    );
  }
});

test('any change of any value is in the differences by its name', () => {
  fc.assert(
    fc.property(change, ({ path, after }) => {
      const changes = diffDrafts(FULL, withValue(path, after));
      expect(changes.map((one) => one.path)).toEqual([path]);
      const [line = ''] = changes.map((one) => toMrkdwn(changeLine(one, US)));
      const { name } = namedAt(path);
      expect(line).toContain(/\.\d+\./.test(path) ? `, ${name.toLowerCase()}:*` : `*${name}:*`);
      expect(line).not.toMatch(/\[object|undefined|NaN|null/);
    }),
    { numRuns: runs(500) },
  );
});

/** A value that holds amounts among other things, each of them scaled. */
function amountsWithin(value: unknown, scaled: (minor: unknown) => number): unknown {
  if (Array.isArray(value)) return value.map((one) => amountsWithin(one, scaled));
  if (typeof value !== 'object' || value === null) return value;
  const isAmount = (key: string) => ['amount', 'perMonth', 'atTarget'].includes(key);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, isAmount(key) ? scaled(one) : one]),
  );
}

describe('in another currency', () => {
  test.each([
    ['JPY', -2],
    ['KWD', 1],
    ['EUR', 0],
  ])('%s, every amount follows and nothing else does', (currency, shift) => {
    const moved = amountsIn(FULL, currency);
    const scaled = (minor: unknown, least = 0) =>
      Math.max(least, Math.round(Number(minor) * 10 ** shift));
    for (const [path] of LEAVES) {
      const before = valueAt(FULL, path);
      const { money } = namedAt(path);
      const after = money ? scaled(before, money.least) : amountsWithin(before, scaled);
      expect([path, valueAt(moved, path)]).toEqual([path, after]);
    }
  });

  test('what is nothing stays so', () => {
    const goal = { income: null, livingCosts: null };
    expect(amountsIn({ ...FULL, goal }, 'JPY').goal).toEqual(goal);
    expect(amountsIn({ ...FULL, compensation: null }, 'JPY').compensation).toBeNull();
  });
});

test('every value is asked for by its question, and nothing that has no name is asked', () => {
  const labels = (fields: Fields) =>
    Object.entries(fields).flatMap(([path, field]) => {
      const input = field.input({ path, rev: '0', live: null }, undefined);
      return input ? [input.label.text] : [];
    });
  const asked = [
    ...STEP_IDS.flatMap((id) => labels(STEPS[id].section?.fields(FULL, {}, US) ?? {})),
    ...LIST_IDS.flatMap((id) => labels(LISTS[id].fields(FULL, {}, US))),
  ];
  // Bonuses stand among the accelerators; what a row pays, a guarantee, a level and some others have their own words.
  const elsewhere =
    /^calendar\.holidays$|\.bonuses$|^components\.0\.pays$|^compensation\.guarantee$|\.level$/;
  const questions = LEAVES.filter(([path]) => !elsewhere.test(path)).map(
    ([path]) => z.object({ question: z.string() }).parse(namedAt(path)).question,
  );
  const own = [
    'Rates that differ',
    'Rates that differ',
    'What it pays a year at quota, or its rate',
    'Guarantee or draw: how much a month?',
    'For how many months from the start?',
    'What becomes of it?',
    'How many instead?',
    'How often',
  ];
  expect(asked.sort()).toEqual([...questions, ...own].sort());
});

function fail(): never {
  throw new Error('there is no change');
}
