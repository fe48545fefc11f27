/** Six reps as a sales leader knows them, each with the plan that they and their manager would make. */
import {
  DEFAULT_FUNNEL,
  emptyDraft,
  type PlanDraft,
  termsOf as termsOfDraft,
} from '../../src/plan/draft.ts';
import type { Component, PlanTerms } from '../../src/plan/schemas.ts';
import { publicHolidays } from '../../src/time/holidays.ts';

const PERIOD = { start: '2027-01-01', end: '2027-12-31' };
const US = { country: 'US', region: null };

/** Whole dollars in cents. */
const usd = (dollars: number) => dollars * 100;

function blank(): PlanDraft {
  return emptyDraft({
    currency: 'USD',
    period: PERIOD,
    calendar: {
      ...US,
      workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      holidays: publicHolidays(US, PERIOD.start, PERIOD.end),
      timeOff: [
        { from: '2027-07-05', to: '2027-07-16', label: 'vacation' },
        { from: '2027-12-27', to: '2027-12-31', label: 'vacation' },
      ],
    },
  });
}

const component = (changes: Partial<Component> & Pick<Component, 'quota' | 'pays'>): Component => ({
  name: 'Commission',
  credits: ['renewal', 'expansion', 'newBusiness'],
  quotaPeriod: 'year',
  quotaStart: null,
  tiers: [{ from: 0, multiplier: 1, all: false }],
  bonuses: [],
  cap: null,
  ramp: null,
  ...changes,
});

const tier = (from: number, multiplier: number, all = false) => ({ from, multiplier, all });

const morningBlocks = (minutes: number): PlanDraft['callBlocks'] => [
  { id: 'b1', days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', minutes },
];

const sourcing = {
  leadIdentification: 'The hundred accounts of the territory plan, ten looked at a week',
  prospecting: 'Call, note and call again, each about what changed for them',
};

/** Full cycle, deals of 12k in a month, mostly found alone; OTE 130k, half of it variable. */
export function smbRep(): PlanDraft {
  return {
    ...blank(),
    goal: { income: usd(145_000), livingCosts: null },
    lifeGoals: [{ id: 'g1', label: 'Wedding', amount: usd(25_000), by: '2027-09-30' }],
    compensation: {
      baseSalary: usd(65_000),
      first: component({
        quota: usd(150_000),
        quotaPeriod: 'quarter',
        pays: { atTarget: usd(65_000) },
        tiers: [tier(0, 1), tier(1, 1.5)],
      }),
      otherPay: [],
      guarantee: null,
    },
    pipeline: {
      xFactor: 4,
      winRate: 0.25,
      opening: { newBusiness: usd(140_000) },
      coverage: 'cycle',
    },
    newBusiness: {
      carried: true,
      averageDealSize: usd(12_000),
      salesCycleDays: 35,
      sdr: { inboundPerMonth: 10, outboundPerMonth: 0, qualificationRate: 0.5, sync: null },
      selfSourcing: sourcing,
    },
    callBlocks: morningBlocks(120),
    callsPerHour: 15,
    funnel: {
      ...DEFAULT_FUNNEL,
      demoToProposal: 0.65,
      proposalToContract: 0.55,
      contractToWon: 0.7,
    },
    risks: [
      {
        id: 'k1',
        label: 'Inbound dries up over the summer',
        kind: 'other',
        probability: 0.4,
        impact: usd(50_000),
        trigger: 'Under six leads two months running',
        mitigation: 'A second call block on Tuesdays and Thursdays',
      },
    ],
  };
}

/** Deals of 40k in two and a half months, two SDRs beside them; OTE 190k. */
export function midMarketRep(): PlanDraft {
  return {
    ...blank(),
    goal: { income: usd(220_000), livingCosts: null },
    lifeGoals: [{ id: 'g1', label: 'House deposit', amount: usd(60_000), by: '2027-10-31' }],
    compensation: {
      baseSalary: usd(95_000),
      first: component({
        quota: usd(237_500),
        quotaPeriod: 'quarter',
        pays: { rate: 0.1 },
        tiers: [tier(0, 1), tier(1, 1.5)],
        bonuses: [{ at: 1, amount: usd(2_500) }],
      }),
      otherPay: [],
      guarantee: null,
    },
    pipeline: {
      xFactor: 3.5,
      winRate: 0.3,
      opening: { newBusiness: usd(560_000) },
      coverage: 'cycle',
    },
    expansion: [
      {
        id: 'e1',
        account: 'Globex',
        buyingCenter: 'EMEA operations',
        target: usd(80_000),
        split: 'halves',
      },
      {
        id: 'e2',
        account: 'Initech',
        buyingCenter: 'Field service',
        target: usd(60_000),
        split: 'quarters',
      },
    ],
    newBusiness: {
      carried: true,
      averageDealSize: usd(40_000),
      salesCycleDays: 75,
      sdr: { inboundPerMonth: 4, outboundPerMonth: 5, qualificationRate: 0.6, sync: 'weekly' },
      selfSourcing: sourcing,
    },
    callBlocks: morningBlocks(60),
    funnel: {
      ...DEFAULT_FUNNEL,
      demoToProposal: 0.7,
      proposalToContract: 0.58,
      contractToWon: 0.74,
    },
    insurance: { xFactor: 3.75, by: '2027-04-30' },
    risks: [
      {
        id: 'k1',
        label: 'Outbound SDR is promoted',
        kind: 'sdr_exit',
        probability: 0.5,
        impact: usd(120_000),
        trigger: 'An opening on the AE team',
        mitigation: 'Two more call blocks until the seat is filled',
      },
    ],
  };
}

/** Deals of 150k in seven months, with what was in the pipeline when the year began; OTE 300k. */
export function enterpriseRep(): PlanDraft {
  return {
    ...blank(),
    goal: { income: usd(320_000), livingCosts: null },
    lifeGoals: [],
    compensation: {
      baseSalary: usd(150_000),
      first: component({
        quota: usd(1_200_000),
        pays: { rate: 0.125 },
        tiers: [tier(0, 1), tier(1, 1.5), tier(1.5, 2)],
      }),
      otherPay: [],
      guarantee: null,
    },
    pipeline: {
      xFactor: 4.5,
      winRate: 0.225,
      opening: { newBusiness: usd(2_700_000) },
      coverage: 'cycle',
    },
    expansion: [
      {
        id: 'e1',
        account: 'Umbrella',
        buyingCenter: 'Research',
        target: usd(180_000),
        split: 'halves',
      },
    ],
    newBusiness: {
      carried: true,
      averageDealSize: usd(150_000),
      salesCycleDays: 210,
      sdr: { inboundPerMonth: 1, outboundPerMonth: 1.5, qualificationRate: 0.6, sync: 'weekly' },
      selfSourcing: sourcing,
    },
    callBlocks: [{ id: 'b1', days: ['tue', 'thu'], start: '09:00', minutes: 60 }],
    callsPerHour: 8,
    funnel: {
      ...DEFAULT_FUNNEL,
      demoToProposal: 0.6,
      proposalToContract: 0.5,
      contractToWon: 0.75,
    },
    risks: [
      {
        id: 'k1',
        label: 'Procurement freeze in the fourth quarter',
        kind: 'other',
        probability: 0.2,
        impact: usd(300_000),
        trigger: 'Two deals pushed by procurement',
        mitigation: 'Mutual close plans that end in October',
      },
    ],
  };
}

/** The same rep before anybody wrote down what was open on the first day. */
function enterpriseRepWithoutOpening(): PlanDraft {
  const draft = enterpriseRep();
  return {
    ...draft,
    pipeline: draft.pipeline && { ...draft.pipeline, opening: { newBusiness: 0 } },
  };
}

/** `[amount in thousands, month, likelihood]`, each on the last day but three of its month. */
const BOOK: readonly [amount: number, month: number, likelihood: number][] = [
  [45, 1, 0.95],
  [120, 1, 0.9],
  [28, 1, 0.95],
  [60, 2, 0.9],
  [35, 2, 0.98],
  [82, 3, 0.85],
  [150, 3, 0.95],
  [40, 3, 0.95],
  [24, 3, 0.9],
  [66, 4, 0.95],
  [38, 4, 0.9],
  [95, 5, 0.95],
  [30, 5, 0.98],
  [52, 5, 0.85],
  [180, 6, 0.95],
  [44, 6, 0.9],
  [26, 6, 0.95],
  [70, 6, 0.95],
  [33, 7, 0.9],
  [58, 7, 0.98],
  [90, 7, 0.9],
  [36, 8, 0.95],
  [48, 8, 0.95],
  [110, 9, 0.85],
  [42, 9, 0.95],
  [29, 9, 0.9],
  [64, 9, 0.98],
  [75, 10, 0.95],
  [31, 10, 0.9],
  [56, 10, 0.95],
  [86, 11, 0.95],
  [27, 11, 0.9],
  [50, 11, 0.85],
  [140, 12, 0.95],
  [62, 12, 0.95],
  [38, 12, 0.9],
];

/**
 * Thirty-six renewals and four expansion targets, no new business: two components, seven to three;
 * OTE 125k.
 */
export function accountManager(): PlanDraft {
  return {
    ...blank(),
    goal: { income: usd(127_500), livingCosts: null },
    lifeGoals: [],
    compensation: {
      baseSalary: usd(90_000),
      first: component({
        name: 'Retention',
        credits: ['renewal'],
        quota: usd(2_070_000),
        pays: { atTarget: usd(24_500) },
        tiers: [tier(0, 0), tier(0.8, 1, true)],
      }),
      otherPay: [],
      guarantee: null,
    },
    components: [
      {
        ...component({
          name: 'Expansion',
          credits: ['expansion'],
          quota: usd(240_000),
          pays: { atTarget: usd(10_500) },
          tiers: [tier(0, 1), tier(1, 2)],
        }),
        id: 'c2',
      },
    ],
    pipeline: {
      xFactor: 3,
      winRate: 0.336,
      opening: { newBusiness: 0 },
      coverage: 'cycle',
    },
    renewals: BOOK.map(([thousands, month, likelihood], index) => ({
      id: `r${index + 1}`,
      account: `Account ${index + 1}`,
      amount: usd(thousands * 1000),
      date: `2027-${String(month).padStart(2, '0')}-${month === 2 ? 25 : 27}`,
      likelihood,
      pressureTested: likelihood / 2,
      activity: 'medium' as const,
      internalRisks: '',
      externalRisks: '',
      nextActivities: 'Business review a quarter before the date',
    })),
    expansion: [
      {
        id: 'e1',
        account: 'Account 2',
        buyingCenter: 'Logistics',
        target: usd(90_000),
        split: 'quarters',
      },
      {
        id: 'e2',
        account: 'Account 7',
        buyingCenter: 'Field service',
        target: usd(80_000),
        split: 'halves',
      },
      {
        id: 'e3',
        account: 'Account 15',
        buyingCenter: 'Second plant',
        target: usd(60_000),
        split: 'halves',
      },
      {
        id: 'e4',
        account: 'Account 34',
        buyingCenter: 'Analytics module',
        target: usd(40_000),
        split: 'quarters',
      },
    ],
    newBusiness: {
      carried: false,
      averageDealSize: null,
      salesCycleDays: 60,
      sdr: null,
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    risks: [
      {
        id: 'k1',
        label: 'A price rise meets the spring renewals',
        kind: 'renewal_rate',
        probability: 0.3,
        impact: usd(150_000),
        trigger: 'Two customers ask for last year’s terms',
        mitigation: 'Talk about price a quarter ahead',
      },
    ],
  };
}

/** First year: a quota that grows over four months and a guarantee for three; OTE 150k. */
export function newHire(): PlanDraft {
  return {
    ...blank(),
    goal: { income: usd(140_000), livingCosts: null },
    lifeGoals: [{ id: 'g1', label: 'Student loan', amount: usd(12_000), by: '2027-12-31' }],
    compensation: {
      baseSalary: usd(75_000),
      first: component({
        quota: usd(187_500),
        quotaPeriod: 'quarter',
        pays: { rate: 0.1 },
        tiers: [tier(0, 1), tier(1, 1.5)],
        ramp: [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 1, 1],
      }),
      otherPay: [],
      guarantee: { perMonth: usd(3_000), months: 3, recoverable: false },
    },
    pipeline: {
      xFactor: 4,
      winRate: 0.25,
      opening: { newBusiness: 0 },
      coverage: 'cycle',
    },
    newBusiness: {
      carried: true,
      averageDealSize: usd(25_000),
      salesCycleDays: 45,
      sdr: { inboundPerMonth: 4, outboundPerMonth: 6, qualificationRate: 0.5, sync: 'daily' },
      selfSourcing: sourcing,
    },
    callBlocks: morningBlocks(90),
    funnel: {
      ...DEFAULT_FUNNEL,
      demoToProposal: 0.65,
      proposalToContract: 0.55,
      contractToWon: 0.7,
    },
  };
}

/** The six, by the name that a table of them shows. */
export const PROFILES = {
  'SMB, 12k': smbRep,
  'mid-market, 40k, SDRs': midMarketRep,
  'enterprise, 150k, opening pipeline': enterpriseRep,
  'enterprise, 150k, none entered': enterpriseRepWithoutOpening,
  'account manager, 36 renewals': accountManager,
  'new hire': newHire,
} satisfies Record<string, () => PlanDraft>;

/** The plan as the arithmetic reads it. */
export function profileTerms(profile: () => PlanDraft): PlanTerms {
  const terms = termsOfDraft(profile());
  if (!terms) throw new Error('a profile is a whole plan');
  return terms;
}
