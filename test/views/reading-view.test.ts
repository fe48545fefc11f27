/** A version as it was written down: everything in it, and never more than Slack takes. */
import { expect, it } from 'vitest';
import {
  emptyDraft,
  openTermsOf,
  type PlanDraft,
  STEP_IDS,
  type StepId,
} from '../../src/plan/draft.ts';
import { planRead } from '../../src/plan/ids.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';
import { readingView } from '../../src/plan/reading/reading-view.ts';
import { checkView, fitView } from '../../src/slack/limits.ts';

const US = { locale: 'en-US', currency: 'USD', digits: 2 };
const VERSION = '8d3a3d4e-9d54-4b43-9d1e-0f8a3c1f6a11';

const EMPTY = emptyDraft({
  currency: 'USD',
  period: { start: '2027-01-01', end: '2027-12-31' },
  calendar: {
    workdays: ['mon', 'tue'],
    holidays: [],
    timeOff: [{ from: '2027-07-05', to: '2027-07-16', label: 'vacation' }],
    country: 'DE',
    region: null,
  },
});

const renewal = (n: number, note: string): PlanDraft['renewals'][number] => ({
  id: `r${n}`,
  account: `Acme ${n}`,
  amount: 120_000_00,
  date: '2027-03-31',
  likelihood: 0.8,
  pressureTested: 0.4,
  activity: 'low',
  internalRisks: note,
  externalRisks: note,
  nextActivities: note,
});

const FULL: PlanDraft = {
  ...EMPTY,
  newBusiness: {
    carried: true,
    averageDealSize: 25_000_00,
    salesCycleDays: 60,
    sdr: { inboundPerMonth: 6, outboundPerMonth: 4, qualificationRate: 0.5, sync: 'weekly' },
    selfSourcing: { leadIdentification: 'Trade-fair lists', prospecting: '' },
  },
  sdrPartner: { userId: 'U0SDR', callsPerDay: 40, syncDay: 'mon', syncTime: '09:30' },
  renewals: [renewal(1, 'QBR in January')],
  risks: [
    {
      id: 'k1',
      label: 'SDR leaves',
      kind: 'sdr_exit',
      probability: 0.3,
      impact: 100_000_00,
      trigger: 'No leads for a month',
      mitigation: 'Two more call blocks',
    },
  ],
};

function read(draft: PlanDraft, step: StepId, page = 0): string {
  const place = { versionId: VERSION, step, page };
  const view = fitView(readingView(draft, liveFigures(openTermsOf(draft)), US, place));
  expect(checkView(view)).toEqual([]);
  return JSON.stringify(view.blocks);
}

it('shows answers in the words of their choices, and rows with all their texts', () => {
  const newBusiness = read(FULL, 'newBusiness');
  expect(newBusiness).toContain('*Average deal size* 25,000');
  expect(newBusiness).toContain('*You two sync* Every week');
  expect(newBusiness).toContain('*Your SDR partner* <@U0SDR>');
  expect(newBusiness).toContain('Trade-fair lists');
  expect(newBusiness).not.toContain('*How do you reach them?*');
  expect(read(FULL, 'renewals')).toContain('*Next selling activities* QBR in January');
  expect(read(FULL, 'insurance')).toContain('*What do you do then?* Two more call blocks');
  expect(read(FULL, 'activities')).toContain('*Public holidays of* Germany');
  expect(read(FULL, 'activities')).toContain('*Your working days* Monday, Tuesday');
});

it('asks for nothing, and says where nothing stands', () => {
  for (const step of STEP_IDS) expect(read(EMPTY, step)).not.toContain('"type":"input"');
  expect(read(EMPTY, 'renewals')).toContain('Nothing here.');
});

it('fits and is paged with the longest data', () => {
  const long = '&'.repeat(3000);
  const many = Array.from({ length: 100 }, (_, n) => renewal(n, long));
  const draft = { ...FULL, renewals: many };
  expect(read(draft, 'renewals')).toContain('Acme 7');
  expect(read(draft, 'renewals')).not.toContain('Acme 8');
  expect(read(draft, 'renewals', 1)).toContain('Acme 8');
  expect(read(draft, 'renewals', 12)).toContain('Acme 99');
});

it('reads a place back; one that makes no sense is the first step', () => {
  expect(planRead.codec.read(`${VERSION}:risks:2`)).toEqual({
    versionId: VERSION,
    step: 'goal',
    page: 2,
  });
  expect(planRead.codec.read(`${VERSION}:renewals:1`)?.step).toBe('renewals');
});
