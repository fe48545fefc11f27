/** Twelve comp plans as letters have them, typed into the real forms: the same plan as the file, in words. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { termsOf as draftTerms, type PlanDraft } from '../../src/plan/draft.ts';
import { planJson } from '../../src/plan/file/plan-json.ts';
import { computePlan } from '../../src/plan/model/compute.ts';
import { componentWords, guaranteeWords } from '../../src/plan/reading/component-words.ts';
import { fingerprint } from '../../src/plan/wizard/typed.ts';
import { checkView } from '../../src/slack/limits.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { COMP_PLANS, type CompPlan } from '../support/comp-plans.ts';
import { mintPair, openOwn, setUpWorkspace, storedPlan, title } from '../support/plan-app.ts';
import type { Entries } from '../support/slack.ts';
import { termsOf } from '../support/terms.ts';

interface Letter {
  /** The comp plan's step, as the rep types it. */
  step: Entries;
  /** What is asked back: the field, and the reading that is picked. */
  answer?: Entries;
  /** A further component. */
  row?: Entries;
  /** How each component reads, and the guarantee. */
  words: string[][];
}

const PLAIN = { baseSalary: '100k', earns: '10%' };

const LETTERS: Record<string, Letter> = {
  'OTE 50/50': {
    step: { baseSalary: '90k', earns: '$180k', quota: '900k', lines: '100% 1.5x' },
    words: [
      [
        '$90,000 a year at quota: 10% of everything you book',
        'quota $900k a year',
        'above 100%: 15% instead of 10%',
      ],
    ],
  },
  'quarterly reset with 1.5×': {
    step: { ...PLAIN, quota: '225k', quotaPeriod: 'quarter', lines: '1.5x above quota' },
    words: [
      ['10% of everything you book', 'quota $225k a quarter', 'above 100%: 15% instead of 10%'],
    ],
  },
  'monthly quota with a retroactive 50 % tier': {
    step: {
      baseSalary: '60,000',
      earns: '10',
      quota: '33k',
      quotaPeriod: 'month',
      lines: '0-50% 0.5x\n50% 1x retroactive\n100% 2x',
    },
    words: [
      [
        '10% of everything you book',
        'quota $33k a month',
        'up to 50% ($16.5k): 5%',
        'from 50% ($16.5k) on: 10% of everything, from the first deal',
        'above 100%: 20% instead of 10%',
      ],
    ],
  },
  'cliff from the first dollar': {
    step: { baseSalary: '75k', earns: '10%', quota: '750k', lines: 'below 50% nothing' },
    answer: { 'lines.0': fingerprint('below 50% nothing\n50% 1x on everything') },
    words: [
      [
        '10% of everything you book',
        'quota $750k a year',
        'below 50% ($375k): nothing',
        'from 50% ($375k) on: 10% of everything, from the first deal',
      ],
    ],
  },
  'bonus at quota': {
    step: { baseSalary: '80k', earns: '7.5%', quota: '800k', lines: '100% 1.5x\nat quota 20k' },
    words: [
      [
        '7.5% of everything you book',
        'quota $800k a year',
        'above 100%: 11.25% instead of 7.5%',
        'at 100%: $20,000, once a year',
      ],
    ],
  },
  'two components 70/30': {
    step: {
      baseSalary: '100k',
      earns: '200k',
      quota: '700k',
      lines: '100% 1.5x',
      credits: ['newBusiness'],
      name: 'New business',
    },
    row: {
      name: 'Customers',
      earns: '30k',
      quota: '500k',
      credits: ['renewal', 'expansion'],
    },
    words: [
      [
        '$70,000 a year at quota: 10% of new business',
        'quota $700k a year',
        'above 100%: 15% instead of 10%',
      ],
      ['$30,000 a year at quota: 6% of renewals and expansion', 'quota $500k a year'],
    ],
  },
  seasonal: {
    step: {
      baseSalary: '80k',
      earns: '200k',
      quota: '300k',
      quotaPeriod: 'quarter',
      lines: 'over 100%: 150%',
      ramp: '70% 70% 70%\n100% 100% 100%\n80% 80% 80%\n150% 150% 150%',
    },
    words: [
      [
        '$120,000 a year at quota: 10% of everything you book',
        'quota $300k a quarter',
        'above 100%: 15% instead of 10%',
        'each month’s share of quota 70%, 70%, 70%, 100%, 100%, 100%, 80%, 80%, 80%, 150%, 150%, 150%',
      ],
    ],
  },
  'ramp with guarantee': {
    step: {
      baseSalary: '80k',
      earns: '10%',
      quota: '1.2m',
      lines: '100% 15%',
      ramp: '0%, 25%, 50%, 75%',
      'guarantee.perMonth': '5k',
      'guarantee.months': '4',
    },
    words: [
      [
        '10% of everything you book',
        'quota $1.2M a year',
        'above 100%: 15% instead of 10%',
        'each month’s share of quota 0%, 25%, 50%, 75%, then 100%',
      ],
      ['at least $5,000 a month for the first 4 months'],
    ],
  },
  'recoverable draw': {
    step: {
      baseSalary: '48k',
      earns: '12%',
      quota: '600k',
      lines: 'above 100%: 15%',
      'guarantee.perMonth': '6k',
      'guarantee.months': '6',
      'guarantee.kind': 'advance',
    },
    words: [
      ['12% of everything you book', 'quota $600k a year', 'above 100%: 15% instead of 12%'],
      ['at least $6,000 a month for the first 6 months, paid back from later commission'],
    ],
  },
  capped: {
    step: { ...PLAIN, quota: '1m', lines: 'double above quota', cap: '150k' },
    words: [
      [
        '10% of everything you book',
        'quota $1.0M a year',
        'above 100%: 20% instead of 10%',
        'at most $150,000 in the period',
      ],
    ],
  },
  'credit without accelerator': {
    step: {
      baseSalary: '91k',
      earns: '10%',
      quota: '1.2m',
      lines: '100% 1.5x',
      credits: ['renewal', 'newBusiness'],
      rates: 'Renewals 0%',
      name: 'New business',
    },
    row: { name: 'Renewals', earns: '2%', quota: '400k', credits: ['renewal'] },
    words: [
      [
        '10% of new business, nothing of renewals',
        'quota $1.2M a year in renewals and new business',
        'above 100%: 15% instead of 10%',
      ],
      ['2% of renewals', 'quota $400k a year'],
    ],
  },
  'decelerator past 200 %': {
    step: { ...PLAIN, quota: '500k', lines: '101-200% 2x\nover 200% 0.5x' },
    words: [
      [
        '10% of everything you book',
        'quota $500k a year',
        'above 100%: 20% instead of 10%',
        'above 200% ($1.0M): 5% instead of 10%',
      ],
    ],
  },
};

describe('a comp plan as its letter says it', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await setUpWorkspace(app);
  });
  afterAll(() => app.stop());

  const submit = async (user: string, entries: Entries = {}) => {
    const { body } = await app.slack.submit(user, entries);
    expect(JSON.stringify(body)).not.toContain('"errors"');
    const view = app.slack.modal(user);
    if (view) expect(checkView(view)).toEqual([]);
  };
  const addRow = async (user: string, list: string, entries: Entries) => {
    await app.slack.action({ user, actionId: 'plan_row_add', value: list });
    await submit(user, entries);
  };

  /** The comp plan's step, filled in as `letter` types it, with what is asked back. */
  async function typeLetter(user: string, { step, answer, row }: Letter): Promise<void> {
    if (row) await addRow(user, 'components', row);
    await submit(user, step);
    if (!answer) return;
    expect(title(app.slack, user)).toBe('Comp plan');
    await submit(user, answer);
  }

  async function typeRest(user: string, { file }: CompPlan): Promise<void> {
    await submit(user);
    for (const { account, amount, date, likelihood } of file.renewals ?? []) {
      const percent = `${likelihood * 100}%`;
      await addRow(user, 'renewals', {
        account,
        amount: String(amount),
        date,
        likelihood: percent,
      });
    }
    await submit(user);
    for (const { account, target } of file.expansion ?? []) {
      await addRow(user, 'expansion', { account, buyingCenter: 'Other', target: String(target) });
    }
    await submit(user);
    const { newBusiness } = file;
    if ('carried' in newBusiness) {
      await app.slack.action({ user, actionId: 'plan_field.carried', enter: 'no' });
    } else {
      app.slack.fill(user, { averageDealSize: String(newBusiness.averageDealSize) });
    }
    await submit(user, { salesCycleDays: String(newBusiness.salesCycleDays) });
    for (let left = 3; left > 0; left--) await submit(user);
    expect(title(app.slack, user)).toBe('Review');
  }

  /** The plan of a rep who types it in, step by step. */
  async function typedPlan(plan: CompPlan, letter: Letter): Promise<PlanDraft> {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    const { start, end } = plan.file.period;
    const income = String(plan.file.goal.income);
    await submit(rep, { 'period.start': start, 'period.end': end, 'goal.income': income });
    await typeLetter(rep, letter);
    expect(title(app.slack, rep)).toBe('Pipeline');
    await typeRest(rep, plan);
    return (await storedPlan(app, rep)).version.draft;
  }

  it.each(COMP_PLANS)('$name', async (plan) => {
    const letter = LETTERS[plan.name];
    if (!letter) throw new Error(`nobody has typed ${plan.name}`);
    const draft = await typedPlan(plan, letter);
    const typed = draftTerms(draft);
    const filed = termsOf(plan.file);
    if (!typed) throw new Error('the plan is not whole');
    expect(typed.compensation).toEqual(filed.compensation);
    expect(planJson(computePlan(typed), 'USD')).toEqual(planJson(computePlan(filed), 'USD'));

    const style = { locale: 'en-US', currency: 'USD', digits: 2 };
    const { components, guarantee } = typed.compensation;
    expect([
      ...components.map((one) => componentWords(one, style)),
      ...(guarantee ? [[guaranteeWords(guarantee, style)]] : []),
    ]).toEqual(letter.words);
  });
});
