/**
 * Twelve comp plans as letters have them, each in a plan of 2027 with what it has to come to, calculated
 * by hand. Money is in major units. Where the month of a booking matters, the sales cycle is 0 days and
 * new business follows the working days: 21, 20, 23 · 22, 21, 22 · 22, 22, 22 · 21, 22, 23, in all 261.
 */
export interface CompPlan {
  name: string;
  /** The plan file; what has a default is left out. */
  file: CompPlanFile;
  expected: CompPlanFigures;
}

interface CompPlanFile {
  currency: string;
  period: { start: string; end: string };
  goal: { income: number };
  compensation: {
    baseSalary: number;
    components: LetterComponent[];
    guarantee?: { perMonth: number; months: number; recoverable: boolean };
  };
  renewals?: { account: string; amount: number; date: string; likelihood: number }[];
  expansion?: { account: string; target: number }[];
  newBusiness:
    | { averageDealSize: number; salesCycleDays: number }
    | { carried: false; salesCycleDays: number };
}

interface LetterComponent {
  name: string;
  credits: ('renewal' | 'expansion' | 'newBusiness')[];
  quota: number;
  quotaPeriod?: 'year' | 'half' | 'quarter' | 'month';
  pays:
    | { rate: number }
    | { atTarget: number }
    | { rates: { renewal?: number; expansion?: number; newBusiness?: number } };
  tiers?: { from: number; multiplier: number; all?: boolean }[];
  bonuses?: { at: number; amount: number }[];
  cap?: number;
  ramp?: number[];
}

export interface CompPlanFigures {
  required: number;
  quota: number;
  target: number;
  attainment: number;
  /** At plan, component by component. */
  components: { name: string; quota: number; credit: number; attainment: number; pay: number }[];
  guarantee: { total: number; topUps: number };
  /** The codes of all warnings, in order. */
  warnings: string[];
}

const ALL: LetterComponent['credits'] = ['renewal', 'expansion', 'newBusiness'];
const NONE = { total: 0, topUps: 0 };

/** A plan of 2027 that wins new customers within the day. */
function planOf(
  income: number,
  compensation: CompPlanFile['compensation'],
  more: Partial<CompPlanFile> = {},
): CompPlanFile {
  return {
    currency: 'USD',
    period: { start: '2027-01-01', end: '2027-12-31' },
    goal: { income },
    compensation,
    newBusiness: { averageDealSize: 20000, salesCycleDays: 0 },
    ...more,
  };
}

export const COMP_PLANS: readonly CompPlan[] = [
  {
    name: 'OTE 50/50',
    file: planOf(195000, {
      baseSalary: 90000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 900000,
          pays: { atTarget: 90000 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 1.5 },
          ],
        },
      ],
    }),
    // Needed: 195 − 90 = 105 k. 90 k ÷ 900 k is 10 %; past quota 15 %: 900 k + 15 k ÷ 0.15 = 1,000 k.
    expected: {
      required: 1000000,
      quota: 900000,
      target: 1000000,
      attainment: 10 / 9,
      components: [
        { name: 'Commission', quota: 900000, credit: 1000000, attainment: 10 / 9, pay: 105000 },
      ],
      guarantee: NONE,
      warnings: [],
    },
  },
  {
    name: 'quarterly reset with 1.5×',
    file: planOf(
      214500,
      {
        baseSalary: 100000,
        components: [
          {
            name: 'Commission',
            credits: ALL,
            quota: 225000,
            quotaPeriod: 'quarter',
            pays: { rate: 0.1 },
            tiers: [
              { from: 0, multiplier: 1 },
              { from: 1, multiplier: 1.5 },
            ],
          },
        ],
      },
      {
        renewals: [
          { account: 'Acme', amount: 60000, date: '2027-02-15', likelihood: 1 },
          { account: 'Globex', amount: 200000, date: '2027-05-14', likelihood: 1 },
          { account: 'Initech', amount: 240000, date: '2027-08-13', likelihood: 1 },
          { account: 'Umbrella', amount: 500000, date: '2027-11-15', likelihood: 1 },
        ],
        newBusiness: { carried: false, salesCycleDays: 0 },
      },
    ),
    // Needed: 114.5 k. 6 k + 20 k + (22.5 k + 15 % of 15 k = 24.75 k) + (22.5 k + 15 % of 275 k = 63.75 k)
    // = 114.5 k: all of it is needed. The first quarter is at 60 of 225 k, under half.
    expected: {
      required: 1000000,
      quota: 900000,
      target: 1000000,
      attainment: 10 / 9,
      components: [
        { name: 'Commission', quota: 900000, credit: 1000000, attainment: 10 / 9, pay: 114500 },
      ],
      guarantee: NONE,
      warnings: ['period_short'],
    },
  },
  {
    name: 'monthly quota with a retroactive 50 % tier',
    file: planOf(120000, {
      baseSalary: 60000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 33000,
          quotaPeriod: 'month',
          pays: { rate: 0.1 },
          tiers: [
            { from: 0, multiplier: 0.5 },
            { from: 0.5, multiplier: 1, all: true },
            { from: 1, multiplier: 2 },
          ],
        },
      ],
    }),
    // Needed: 60 k. A month past quota pays 3.3 k + 20 % of the rest, so a year of such months
    // 39.6 k + 20 % of (n − 396 k): n = 396 k + 20.4 k ÷ 0.2 = 498 k. February, the shortest month, has
    // 498 k × 20 ÷ 261 = 38.2 k: past its 33 k, as are all.
    expected: {
      required: 498000,
      quota: 396000,
      target: 498000,
      attainment: 498 / 396,
      components: [
        { name: 'Commission', quota: 396000, credit: 498000, attainment: 498 / 396, pay: 60000 },
      ],
      guarantee: NONE,
      warnings: [],
    },
  },
  {
    name: 'cliff from the first dollar',
    file: planOf(100000, {
      baseSalary: 75000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 750000,
          pays: { rate: 0.1 },
          tiers: [
            { from: 0, multiplier: 0 },
            { from: 0.5, multiplier: 1, all: true },
          ],
        },
      ],
    }),
    // Needed: 25 k. Nothing up to half of 750 k; at 375 k 10 % of all, 37.5 k: more than enough, at once.
    // The plan is quota all the same, which pays 75 k.
    expected: {
      required: 375000,
      quota: 750000,
      target: 750000,
      attainment: 1,
      components: [
        { name: 'Commission', quota: 750000, credit: 750000, attainment: 1, pay: 75000 },
      ],
      guarantee: NONE,
      warnings: ['goal_below_quota'],
    },
  },
  {
    name: 'bonus at quota',
    file: planOf(160000, {
      baseSalary: 80000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 800000,
          pays: { rate: 0.075 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 1.5 },
          ],
          bonuses: [{ at: 1, amount: 20000 }],
        },
      ],
    }),
    // Needed: 80 k. At quota 7.5 % of 800 k = 60 k, and the 20 k on top: exactly there.
    expected: {
      required: 800000,
      quota: 800000,
      target: 800000,
      attainment: 1,
      components: [
        { name: 'Commission', quota: 800000, credit: 800000, attainment: 1, pay: 80000 },
      ],
      guarantee: NONE,
      warnings: [],
    },
  },
  {
    name: 'two components 70/30',
    file: planOf(
      200000,
      {
        baseSalary: 100000,
        components: [
          {
            name: 'New business',
            credits: ['newBusiness'],
            quota: 700000,
            pays: { atTarget: 70000 },
            tiers: [
              { from: 0, multiplier: 1 },
              { from: 1, multiplier: 1.5 },
            ],
          },
          {
            name: 'Customers',
            credits: ['renewal', 'expansion'],
            quota: 500000,
            pays: { atTarget: 30000 },
          },
        ],
      },
      {
        renewals: [
          { account: 'Acme', amount: 400000, date: '2027-03-31', likelihood: 0.9 },
          { account: 'Globex', amount: 400000, date: '2027-09-30', likelihood: 0.9 },
        ],
        expansion: [{ account: 'Initech', target: 100000 }],
      },
    ),
    // Renewals at half of 90 %: 800 k × 0.45 = 360 k; with expansion 460 of 500 k, at 6 %: 27.6 k.
    // Needed: 100 k, so 72.4 k of new business: 700 k + 2.4 k ÷ 0.15 = 716 k. In all 1,176 k; quota in
    // all: 700 k + 460 k that it doesn't credit = 1,160 k.
    expected: {
      required: 1176000,
      quota: 700000,
      target: 1176000,
      attainment: 716 / 700,
      components: [
        { name: 'New business', quota: 700000, credit: 716000, attainment: 716 / 700, pay: 72400 },
        { name: 'Customers', quota: 500000, credit: 460000, attainment: 0.92, pay: 27600 },
      ],
      guarantee: NONE,
      warnings: ['component_short'],
    },
  },
  {
    name: 'seasonal',
    file: planOf(215750, {
      baseSalary: 80000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 300000,
          quotaPeriod: 'quarter',
          pays: { atTarget: 120000 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 1.5 },
          ],
          ramp: [0.7, 0.7, 0.7, 1, 1, 1, 0.8, 0.8, 0.8, 1.5, 1.5, 1.5],
        },
      ],
    }),
    // Quotas: 210, 300, 240 and 450 k. Days weigh with the season: 64 × 0.7, 65 × 1, 66 × 0.8, 66 × 1.5 =
    // 44.8, 65, 52.8, 99, in all 261.6. Of 1,308 k (5 k a unit): 224, 325, 264 and 495 k, all past quota.
    // A quarter at 100 % pays 30 k whatever its season, and what lies above 1.5 times as much:
    // 30 k × 4 + 45 k × (14/210 + 25/300 + 24/240 + 45/450 = 0.35) = 135.75 k, which is what is needed.
    expected: {
      required: 1308000,
      quota: 1200000,
      target: 1308000,
      attainment: 1.09,
      components: [
        { name: 'Commission', quota: 1200000, credit: 1308000, attainment: 1.09, pay: 135750 },
      ],
      guarantee: NONE,
      warnings: [],
    },
  },
  {
    name: 'ramp with guarantee',
    file: planOf(188500, {
      baseSalary: 80000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 1200000,
          pays: { rate: 0.1 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 1.5 },
          ],
          ramp: [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 1, 1],
        },
      ],
      guarantee: { perMonth: 5000, months: 4, recoverable: false },
    }),
    // Quota: 100 k a month × 9.5 = 950 k. Needed: 108.5 k = 95 k + 15 % of 90 k: 1,040 k.
    // Days weigh with the ramp: 0, 5, 11.5, 16.5, then 175, in all 208; 5 k a unit: 0, 25, 57.5 and 82.5 k,
    // which earn 0, 2.5, 5.75 and 8.25 k. Of 5 k guaranteed a month 5 k and 2.5 k are topped up.
    expected: {
      required: 1040000,
      quota: 950000,
      target: 1040000,
      attainment: 1040 / 950,
      components: [
        { name: 'Commission', quota: 950000, credit: 1040000, attainment: 1040 / 950, pay: 108500 },
      ],
      guarantee: { total: 20000, topUps: 7500 },
      warnings: [],
    },
  },
  {
    name: 'recoverable draw',
    file: planOf(
      132300,
      {
        baseSalary: 48000,
        components: [
          {
            name: 'Commission',
            credits: ALL,
            quota: 600000,
            pays: { rate: 0.12 },
            tiers: [
              { from: 0, multiplier: 1 },
              { from: 1, multiplier: 1.25 },
            ],
          },
        ],
        guarantee: { perMonth: 6000, months: 6, recoverable: true },
      },
      { expansion: [{ account: 'Initech', target: 160000 }] },
    ),
    // Needed: 84.3 k = 12 % of 600 k + 15 % of 82 k: 682 k, of which 160 k expansion and 522 k new (2 k a
    // working day). January earns 12 % of 42 k = 5.04 k, February of 40 k = 4.8 k: 2.16 k are advanced. March
    // earns 12 % of (46 + 40 k) = 10.32 k and pays them back; nothing is owed after that.
    expected: {
      required: 682000,
      quota: 600000,
      target: 682000,
      attainment: 682 / 600,
      components: [
        { name: 'Commission', quota: 600000, credit: 682000, attainment: 682 / 600, pay: 84300 },
      ],
      guarantee: { total: 36000, topUps: 2160 },
      warnings: [],
    },
  },
  {
    name: 'capped',
    file: planOf(260000, {
      baseSalary: 100000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 1000000,
          pays: { rate: 0.1 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 2 },
          ],
          cap: 150000,
        },
      ],
    }),
    // Needed: 160 k, and there is no more than 150 k. So the plan is quota, which pays 100 k.
    expected: {
      required: 1000000,
      quota: 1000000,
      target: 1000000,
      attainment: 1,
      components: [
        { name: 'Commission', quota: 1000000, credit: 1000000, attainment: 1, pay: 100000 },
      ],
      guarantee: NONE,
      warnings: ['goal_unreachable'],
    },
  },
  {
    name: 'credit without accelerator',
    file: planOf(
      220000,
      {
        baseSalary: 91000,
        components: [
          {
            name: 'New business',
            credits: ['renewal', 'newBusiness'],
            quota: 1200000,
            pays: { rates: { newBusiness: 0.1 } },
            tiers: [
              { from: 0, multiplier: 1 },
              { from: 1, multiplier: 1.5 },
            ],
          },
          {
            name: 'Renewals',
            credits: ['renewal'],
            quota: 400000,
            pays: { rate: 0.02 },
          },
        ],
      },
      {
        renewals: [{ account: 'Acme', amount: 800000, date: '2027-06-30', likelihood: 1 }],
      },
    ),
    // Renewals retire the quota of new business and earn a plain 2 %: half of 800 k is 400 k, 8 k.
    // Needed: 129 k, so 121 k from new business. With 1,100 k credit is 1,500 of 1,200 k, 125 %, on average
    // (1 + 0.25 × 1.5) ÷ 1.25 = 1.1 times 10 %: 121 k.
    expected: {
      required: 1500000,
      quota: 1200000,
      target: 1500000,
      attainment: 1.25,
      components: [
        { name: 'New business', quota: 1200000, credit: 1500000, attainment: 1.25, pay: 121000 },
        { name: 'Renewals', quota: 400000, credit: 400000, attainment: 1, pay: 8000 },
      ],
      guarantee: NONE,
      warnings: [],
    },
  },
  {
    name: 'decelerator past 200 %',
    file: planOf(260000, {
      baseSalary: 100000,
      components: [
        {
          name: 'Commission',
          credits: ALL,
          quota: 500000,
          pays: { rate: 0.1 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 2 },
            { from: 2, multiplier: 0.5 },
          ],
        },
      ],
    }),
    // Needed: 160 k. 50 k up to quota, 20 % of the next 500 k = 100 k, then 5 %: 10 k ÷ 0.05 = 200 k more.
    expected: {
      required: 1200000,
      quota: 500000,
      target: 1200000,
      attainment: 2.4,
      components: [
        { name: 'Commission', quota: 500000, credit: 1200000, attainment: 2.4, pay: 160000 },
      ],
      guarantee: NONE,
      warnings: [],
    },
  },
];
