/** Pipeline, new business, activities and overruled levels as they are typed, kept and shown again. */
import { describe, expect, it } from 'vitest';
import { FieldProblems } from '../../../src/input/problem.ts';
import { openPoints } from '../../../src/plan/approval/open-points-rules.ts';
import { openTermsOf, PlanDraft, type StepId } from '../../../src/plan/draft.ts';
import { agreedActivities } from '../../../src/plan/model/agreed-levels.ts';
import { liveFigures } from '../../../src/plan/model/compute.ts';
import { diffDrafts } from '../../../src/plan/reading/diff-rules.ts';
import { changeLine } from '../../../src/plan/reading/history-view.ts';
import { LISTS } from '../../../src/plan/wizard/rows/lists.ts';
import { rowForm, storedRow } from '../../../src/plan/wizard/rows/row-view.ts';
import { storedStep, submitStep } from '../../../src/plan/wizard/step-view.ts';
import { STEPS } from '../../../src/plan/wizard/steps/steps.ts';
import type { RawFields } from '../../../src/slack/fields.ts';
import { toMrkdwn } from '../../../src/slack/text.ts';
import { accountManager, midMarketRep, newHire, smbRep } from '../../support/profiles.ts';

const US = { locale: 'en-US', currency: 'USD', digits: 2 };

/** The draft with a step submitted, what isn't typed as it stands there. */
function submit(step: StepId, typed: RawFields, draft: PlanDraft): PlanDraft {
  const style = { ...US, draft, step };
  const result = submitStep({ ...storedStep(style), ...typed }, style);
  if (!result.ok) throw new FieldProblems(result.problems);
  expect(PlanDraft.parse(JSON.parse(JSON.stringify(result.draft)))).toEqual(result.draft);
  return result.draft;
}

/** The fields that are asked, by path. */
const asked = (step: StepId, draft: PlanDraft, typed: RawFields = {}) =>
  Object.entries(STEPS[step].section?.fields(draft, typed, US) ?? {})
    .filter(([path, field]) => field.input({ path, rev: '0', live: null }, typed[path]) !== null)
    .map(([path]) => path);

describe('the pipeline', () => {
  it('asks what is open on the first day, and how far ahead pipeline is to reach', () => {
    const draft = submit(
      'pipeline',
      { 'opening.newBusiness': '300k', coverage: 'period' },
      midMarketRep(),
    );
    expect(draft.pipeline).toMatchObject({
      opening: { newBusiness: 300_000_00 },
      coverage: 'period',
    });
  });

  it('asks an account manager for no opening of new business', () => {
    expect(asked('pipeline', accountManager())).not.toContain('opening.newBusiness');
    expect(submit('pipeline', { xFactor: '3.5x' }, accountManager()).pipeline).toMatchObject({
      xFactor: 3.5,
      opening: { newBusiness: 0 },
    });
  });

  it('moves the funnel with the win rate, and the win rate with the funnel', () => {
    const before = smbRep();
    const lower = submit('pipeline', { winRate: '20%' }, before);
    const { demoToProposal, proposalToContract, contractToWon } = lower.funnel;
    expect(demoToProposal * proposalToContract * contractToWon).toBeCloseTo(0.2, 10);
    const back = submit('activities', { 'funnel.contractToWon': '80%' }, before);
    expect(back.pipeline?.winRate).toBe(0.286);
  });

  it('shows a rate that follows in tenths of a percent, and keeps it exact', () => {
    const lower = submit('pipeline', { winRate: '20%' }, smbRep());
    const shown = storedStep({ ...US, draft: lower, step: 'activities' });
    expect(shown['funnel.contractToWon']).toMatch(/^\d\d(\.\d)?%$/u);
    expect(submit('activities', { callsPerHour: '14' }, lower).funnel).toEqual(lower.funnel);
  });

  it('takes the insurance along where its X would insure nothing', () => {
    const insured = (xFactor: string) =>
      submit('pipeline', { xFactor }, midMarketRep()).insurance?.xFactor;
    // 3.75X over 3.5X: a quarter more, as long as that is needed.
    expect(insured('3x')).toBe(3.75);
    expect(insured('3.75x')).toBe(3.75);
    expect(insured('4.1x')).toBe(4.35);
    expect(submit('pipeline', { xFactor: '9x' }, smbRep()).insurance).toBeNull();
  });

  it('reads a form that was open before there was an opening', () => {
    const style = { ...US, draft: smbRep(), step: 'pipeline' as const };
    const result = submitStep({ xFactor: '4x', winRate: '25%' }, style);
    expect(result.ok && result.draft.pipeline).toMatchObject({ coverage: 'cycle' });
  });

  it('takes no insurance that is less than the plan’s own X', () => {
    expect(() => submit('insurance', { xFactor: '3x' }, midMarketRep())).toThrow(
      new FieldProblems([
        {
          path: 'xFactor',
          problem: 'Less than the plan’s own X insures nothing: 3.5X or more.',
        },
      ]),
    );
  });
});

describe('new business', () => {
  it('is mine to win, with a cycle of 30 days to begin with', () => {
    const { newBusiness: _, ...rest } = smbRep();
    const shown = storedStep({
      ...US,
      draft: { ...rest, newBusiness: null, sdrPartner: null },
      step: 'newBusiness',
    });
    expect(shown).toMatchObject({ carried: 'yes', salesCycleDays: '30' });
  });

  it('isn’t where no part of the comp plan counts it', () => {
    const draft = { ...accountManager(), newBusiness: null };
    expect(storedStep({ ...US, draft, step: 'newBusiness' })).toMatchObject({ carried: 'no' });
    expect(asked('newBusiness', draft)).toEqual(['carried', 'salesCycleDays']);
  });

  it('takes its questions away as soon as it is said to be somebody else’s', () => {
    expect(asked('newBusiness', midMarketRep(), { carried: 'no' })).toEqual([
      'carried',
      'salesCycleDays',
    ]);
    expect(asked('newBusiness', accountManager(), { carried: 'yes' })).toContain('averageDealSize');
  });

  it('given away keeps what a deal brings, and no SDR', () => {
    const before = midMarketRep();
    const draft = submit('newBusiness', { carried: 'no' }, before);
    expect(draft.newBusiness).toMatchObject({
      carried: false,
      averageDealSize: before.newBusiness?.averageDealSize,
      sdr: null,
    });
    expect(draft.sdrPartner).toBeNull();
    const texts = openPoints(draft).map(({ text }) => text);
    expect(texts.join(' ')).not.toMatch(/your own leads|call blocks/u);
  });

  it('needs a deal size where it is carried', () => {
    const before = { ...accountManager(), newBusiness: null };
    expect(() => submit('newBusiness', { carried: 'yes' }, before)).toThrow(FieldProblems);
    const sized = submit('newBusiness', { carried: 'yes', averageDealSize: '20k' }, before);
    expect(sized.newBusiness?.averageDealSize).toBe(20_000_00);
  });
});

describe('an overruled level', () => {
  const override = (raw: RawFields, draft: PlanDraft) => {
    const style = { ...US, draft, list: 'overrides' as const, rowId: 'new' };
    return rowForm.read({ ...storedRow(style), ...raw }, style);
  };
  const contracts = (draft: PlanDraft) =>
    agreedActivities(draft, liveFigures(openTermsOf(draft)))?.contracts;

  it('is said at its own pace, and every other count follows', () => {
    const draft = override(
      { activity: 'contracts', count: '4', per: 'month', reason: 'Renewals need none' },
      smbRep(),
    );
    const level = contracts(draft);
    expect(level?.shown).toEqual({ count: 4, per: 'month' });
    const days = Number(liveFigures(openTermsOf(draft)).weights?.daysPerMonth.valueOf());
    expect(level?.exact).toBeCloseTo(4 / days, 12);
    expect(level).toMatchObject({ perDay: 1, perWeek: 1, perMonth: 4 });
    expect(toMrkdwn(LISTS.overrides.line(draft, 'new', US))).toBe(
      '*4 contracts a month* · Renewals need none',
    );
  });

  it('of a ramp counts for a day of full weight', () => {
    const draft = override(
      { activity: 'calls', count: '20', per: 'day', reason: 'blocks' },
      newHire(),
    );
    const live = liveFigures(openTermsOf(draft));
    const calls = agreedActivities(draft, live)?.calls;
    expect(calls).toMatchObject({ exact: 20, perDay: 20, perWeek: 100 });
    // Fewer than on every working day: the ramp weighs the first ones.
    expect(calls?.total).toBe(Math.ceil(20 * Number(live.weights?.creation.valueOf()) - 1e-9));
    expect(calls?.total).toBeLessThan(20 * (live.sellingDays ?? 0));
  });

  it('that was stored by the day reads on', () => {
    const stored = {
      ...smbRep(),
      overrides: [{ id: 'a', activity: 'demos', perDay: 3, reason: 'x' }],
    };
    expect(PlanDraft.parse(stored).overrides).toEqual([
      { id: 'a', activity: 'demos', level: { count: 3, per: 'day' }, reason: 'x' },
    ]);
  });

  it('is compared as one thing', () => {
    const one = (count: string, per: string) =>
      override({ activity: 'demos', count, per, reason: 'group demos' }, smbRep());
    const lines = (before: PlanDraft, after: PlanDraft) =>
      diffDrafts(before, after).map((change) => toMrkdwn(changeLine(change, US)));
    expect(lines(one('3', 'day'), one('4', 'week'))).toEqual([
      '*demos, how often:* 3 a day → *4 a week*',
    ]);
    expect(lines(smbRep(), one('4', 'week'))).toEqual(['*Overruled number added:* 4 demos a week']);
  });
});
