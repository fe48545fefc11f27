import { type PlanFileResult, parsePlanFile } from '../../src/plan/file/plan-file.ts';
import type { PlanTerms, Renewal } from '../../src/plan/schemas.ts';

/** The plan file that the specification shows. */
export function specFile() {
  return {
    currency: 'USD',
    period: { start: '2027-01-01', end: '2027-12-31' },
    calendar: {
      workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      holidays: ['2027-01-01'],
      timeOff: [{ from: '2027-07-05', to: '2027-07-16', label: 'vacation' }],
    },
    goal: {
      income: 250000,
      lifeGoals: [{ label: 'house deposit', amount: 60000, by: '2027-09-30' }],
    },
    compensation: {
      baseSalary: 100000,
      components: [
        {
          name: 'Commission',
          credits: ['renewal', 'expansion', 'newBusiness'],
          quota: 1000000,
          quotaPeriod: 'year',
          pays: { rate: 0.1 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 1.5, all: false },
          ],
          bonuses: [],
          cap: null,
          ramp: null,
        },
      ],
      otherPay: [{ label: 'MBO', amount: 0 }],
      guarantee: null,
    },
    pipeline: { xFactor: 3, winRate: 0.33, opening: { newBusiness: 300000 }, coverage: 'cycle' },
    renewals: [
      {
        account: 'Acme',
        amount: 120000,
        date: '2027-03-31',
        likelihood: 0.8,
        pressureTested: 0.4,
        activity: 'low',
        internalRisks: '',
        externalRisks: '',
        nextActivities: '',
      },
    ],
    expansion: [
      { account: 'Globex', buyingCenter: 'EMEA operations', target: 80000, split: 'quarters' },
    ],
    newBusiness: {
      carried: true,
      averageDealSize: 25000,
      salesCycleDays: 60,
      sdr: { inboundPerMonth: 6, outboundPerMonth: 4, qualificationRate: 0.5, sync: 'weekly' },
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    callBlocks: [{ days: ['mon', 'wed'], start: '09:00', minutes: 90 }],
    funnel: {
      callToVisit: 0.05,
      visitToDemo: 0.6,
      demoToProposal: 0.7,
      proposalToContract: 0.6,
      contractToWon: 0.8,
    },
    insurance: {
      xFactor: 3.25,
      by: '2027-04-30',
      risks: [
        {
          label: 'SDR leaves',
          kind: 'sdr_exit',
          probability: 0.3,
          impact: 100000,
          trigger: '',
          mitigation: '',
        },
      ],
    },
  };
}

/** The least that a plan file may hold. */
export function leastFile() {
  return {
    currency: 'USD',
    period: { start: '2027-01-01', end: '2027-12-31' },
    goal: { income: 250000 },
    compensation: {
      baseSalary: 100000,
      components: [
        {
          name: 'Commission',
          credits: ['renewal', 'expansion', 'newBusiness'],
          quota: 1000000,
          pays: { rate: 0.1 },
        },
      ],
    },
    newBusiness: { averageDealSize: 25000 },
  };
}

/** The least comp plan as files had it before there were components. */
export function shortForm() {
  return {
    baseSalary: 100000,
    quota: 1000000,
    rates: { renewal: 0.1, expansion: 0.1, newBusiness: 0.1 },
    quotaCredit: { renewal: true, expansion: true },
    tiers: [
      { from: 0, multiplier: 1 },
      { from: 1, multiplier: 1.5 },
    ],
    cap: null,
    ramp: null,
  };
}

export function parseFile(file: unknown): PlanFileResult {
  return parsePlanFile(JSON.stringify(file));
}

/** The terms of a file that has to be sound. */
export function termsOf(file: unknown): PlanTerms {
  const result = parseFile(file);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.terms;
}

/** The specification's plan. */
export function specTerms(): PlanTerms {
  return termsOf(specFile());
}

/** The refusals of a file, as the `compute` script prints them. */
export function refusals(file: unknown): string[] {
  const result = parseFile(file);
  return result.ok ? [] : result.problems.map(({ path, problem }) => `${path}: ${problem}`);
}

const [specRenewal] = specTerms().renewals;

/** A renewal of 120,000 at 80 %, cut to 40 %, on 31 March, but for the changes. */
export function renewal(changes: Partial<Renewal> = {}): Renewal {
  if (!specRenewal) throw new Error('the specification has a renewal');
  return { ...specRenewal, ...changes };
}
