import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPoints } from '../../../src/plan/approval/open-points-rules.ts';
import {
  DEFAULT_PIPELINE,
  emptyDraft,
  LIST_IDS,
  type ListId,
  openTermsOf,
  PlanDraft,
  STEP_IDS,
  type StepId,
} from '../../../src/plan/draft.ts';
import { liveFigures } from '../../../src/plan/model/compute.ts';
import { currencyDigits } from '../../../src/plan/model/currencies.ts';
import { LISTS } from '../../../src/plan/wizard/rows/lists.ts';
import { rowForm, storedRow } from '../../../src/plan/wizard/rows/row-view.ts';
import { type Submitted, submitted } from '../../../src/plan/wizard/section.ts';
import { storedStep, submitStep } from '../../../src/plan/wizard/step-view.ts';
import { STEPS } from '../../../src/plan/wizard/steps/steps.ts';
import type { Fields, RawFields } from '../../../src/slack/fields.ts';
import type { NumberStyle } from '../../../src/slack/format.ts';
import { checkView } from '../../../src/slack/limits.ts';
import { modal } from '../../../src/slack/surfaces.ts';
import { runs } from '../../support/property-runs.ts';

const period = { start: '2027-01-01', end: '2027-12-31' };
const EMPTY = emptyDraft({
  currency: 'USD',
  period,
  calendar: {
    workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    holidays: [],
    timeOff: [],
    country: null,
    region: null,
  },
});

const viewer = (locale: string, currency = 'USD'): NumberStyle => ({
  locale,
  currency,
  digits: currencyDigits(currency),
});

const US = viewer('en-US');

const part = (result: Submitted) =>
  result.ok
    ? { ok: true as const, part: result.draft }
    : { ok: false as const, problems: [...result.problems] };

/** A step's form over a draft: what stands in it, and what it makes of some typing. */
const stepOver = (id: StepId, draft: PlanDraft, context: NumberStyle) => ({
  fields: (raw: RawFields) => STEPS[id].section?.fields(draft, raw, context) ?? {},
  initial: storedStep({ ...context, draft, step: id }),
  submit: (raw: RawFields) => part(submitStep(raw, { ...context, draft, step: id })),
});

/** The same of a row; a new one where there is none of that id. */
const rowOver = (id: ListId, draft: PlanDraft, context: NumberStyle, rowId: string) => {
  const style = { ...context, draft, list: id, rowId };
  return {
    initial: storedRow(style),
    submit: (raw: RawFields) => part(submitted(() => rowForm.read(raw, style))),
  };
};

/** What a form makes of some typing: the draft, or the problems by field. */
function step(id: StepId, raw: RawFields, context = US, draft = EMPTY) {
  if (!STEPS[id].section) throw new Error(`${id} has no form`);
  const { initial, submit } = stepOver(id, draft, context);
  return submit({ ...initial, ...raw });
}

function row(id: ListId, raw: RawFields, context = US, draft = EMPTY) {
  const rowId = `new-${LISTS[id].ids(draft).length}`;
  const { initial, submit } = rowOver(id, draft, context, rowId);
  return submit({ ...initial, ...raw });
}

const inputs = (fields: Fields, raw: RawFields, rev: string) =>
  Object.entries(fields).flatMap(
    ([path, field]) =>
      field.input({ path, rev, live: 'plan_field', kept: 'plan_typed' }, raw[path]) ?? [],
  );

function problems(
  result: { ok: true } | { ok: false; problems: { path: string; problem: string }[] },
) {
  return result.ok ? {} : Object.fromEntries(result.problems.map((p) => [p.path, p.problem]));
}

function stepDraft(id: StepId, raw: RawFields, context = US, draft = EMPTY): PlanDraft {
  const result = step(id, raw, context, draft);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.part;
}

const COMP = { baseSalary: '100000', earns: '10%', quota: '1000000' };

/** What people (and their spreadsheets) put into fields. */
const typed = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '1',
    '-5',
    '(5)',
    '1e309',
    'NaN',
    'Infinity',
    '1.200,50',
    '1,200.50',
    '1 200,50',
    '1’200.50',
    '1.200',
    '150 %',
    '150%',
    '0,5',
    '.5',
    '5.',
    '100% 1.5x',
    '100% 500x',
    '50% 1x',
    '100% 10k\n120% 25k',
    'Renewals 5%',
    'MBO 10,000',
    '0,0000000001%',
    '0.00000000000001',
    '999999999999',
    '1000000000001',
    '1t',
    '$5',
    '€5',
    '12k',
    '3x',
    '25%, 50%',
    '2027-07-05 – 2027-07-16 vacation',
    '5/7/27',
    'USD',
    'jpy',
    'XXX',
    '<!channel>',
    '*bold*',
    '🎉'.repeat(60),
    'مرحبا بالعالم',
    'a\0b',
    'lone \ud800 surrogate',
    '\u200b',
    '\u202edrow',
    'x'.repeat(200),
    'x'.repeat(3000),
    '1/1/27\n'.repeat(420),
    Array.from({ length: 101 }, (_, i) => `${i}% 1x`).join('\n'),
    `2027-07-05 ${'🎉'.repeat(101)}x${'🎉'.repeat(101)}`,
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'0123456789.,%x-k \n/'), maxLength: 20 }),
  fc.constantFrom(
    'mon',
    'first',
    '1',
    '4',
    'weekly',
    'none',
    'low',
    'quarters',
    'sdr_exit',
    'calls',
  ),
  fc.constantFrom(
    '2027-01-01',
    '2027-12-31',
    '2028-02-29',
    '1900-01-01',
    '2199-12-31',
    '0001-01-01',
  ),
  fc.constantFrom('09:00', '24:00', 'U0REP', 'DE', 'BY'),
);
const raw = (paths: readonly string[]) =>
  fc.dictionary(
    fc.constantFrom(...paths),
    fc.oneof(typed, fc.constant(null), fc.subarray(['mon', 'sun', 'renewal', 'expansion', 'nope'])),
    { maxKeys: 4 },
  );

const locale = fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'ar-EG', 'xx-invalid');

const COMPLETE = stepDraft(
  'newBusiness',
  { averageDealSize: '25000' },
  US,
  stepDraft('compensation', COMP, US, stepDraft('goal', { 'goal.income': '250000' })),
);

describe('whatever is typed into a form', () => {
  function keepsItsPromise(
    id: string,
    before: PlanDraft,
    fields: ReturnType<typeof inputs>,
    result: ReturnType<typeof row>,
  ) {
    if (!result.ok) {
      const shown = fields.map((block) => block.block_id?.split(':')[0]);
      expect(result.problems.length).toBeGreaterThan(0);
      for (const { path, problem } of result.problems) {
        expect(shown, `${id}: ${problem}`).toContain(path);
        expect(problem).toMatch(/\S/);
        expect(problem).not.toMatch(/undefined|\[object|NaN\b(?!”)/);
      }
      return before;
    }
    // The database takes it, and so does the arithmetic.
    expect(PlanDraft.parse(JSON.parse(JSON.stringify(result.part)))).toEqual(result.part);
    liveFigures(openTermsOf(result.part));
    return result.part;
  }

  it.each(STEP_IDS.filter((id) => STEPS[id].section))(
    'the step %s says what is wrong, or can be kept and shown again',
    (id) => {
      const paths = Object.keys(stepOver(id, COMPLETE, US).fields({})).concat('region');
      fc.assert(
        fc.property(raw(paths), locale, (entered, tag) => {
          const context = viewer(tag);
          const form = stepOver(id, COMPLETE, context);
          const all = { ...form.initial, ...entered };
          const result = form.submit(all);
          const shown = inputs(form.fields(all), all, '1');
          const draft = keepsItsPromise(id, COMPLETE, shown, result);
          const again = stepOver(id, draft, viewer(tag, draft.currency));
          const stored = again.initial;
          const blocks = inputs(again.fields(stored), stored, '1');
          expect(checkView(modal({ title: 'x', callbackId: 'x', submit: 'x', blocks }))).toEqual(
            [],
          );
          // What is shown is what is stored: submitting it again changes nothing.
          if (result.ok) expect(again.submit(stored)).toEqual({ ok: true, part: draft });
        }),
        { numRuns: runs(60), seed: 7 },
      );
    },
  );

  it.each(LIST_IDS)('a row of %s says what is wrong, or can be kept and shown again', (id) => {
    const list = LISTS[id];
    fc.assert(
      fc.property(raw(Object.keys(list.fields(COMPLETE, {}, US))), locale, (entered, tag) => {
        const context = viewer(tag);
        const editor = rowOver(id, COMPLETE, context, 'new');
        const all = { ...editor.initial, ...entered };
        const result = editor.submit(all);
        const draft = keepsItsPromise(
          id,
          COMPLETE,
          inputs(list.fields(COMPLETE, all, context), all, '1'),
          result,
        );
        if (!result.ok) return;
        const rowId = list.ids(draft).at(-1) ?? '';
        const again = rowOver(id, draft, context, rowId);
        const stored = again.initial;
        const blocks = inputs(list.fields(draft, stored, context), stored, '1');
        expect(checkView(modal({ title: 'x', callbackId: 'x', submit: 'x', blocks }))).toEqual([]);
        expect(again.submit(stored)).toEqual({ ok: true, part: draft });
      }),
      { numRuns: runs(60), seed: 7 },
    );
  });
});

describe('numbers as people write them', () => {
  const income = (text: string, context = US) => step('goal', { 'goal.income': text }, context);

  it.each([
    ['de-DE', '1.200,50', 120_050],
    ['de-DE', '250.000', 25_000_000],
    ['de-DE', '250k', 25_000_000],
    ['en-US', '1,200.50', 120_050],
    ['en-US', '$1.2m', 120_000_000],
    ['fr-FR', '1 200,50', 120_050],
    ['de-CH', '1’200.50', 120_050],
    ['en-IN', '12,00,000', 120_000_000],
  ])('%s writes %s', (locale, text, minor) => {
    const context = viewer(locale);
    const draft = stepDraft('goal', { 'goal.income': text }, context);
    expect(draft.goal?.income).toBe(minor);
    // Shown again in the writer's own way, and read back the same.
    const again = stepOver('goal', draft, context).initial;
    expect(stepDraft('goal', again, context, draft)).toEqual(draft);
  });

  it.each(['-5', '(5)', '1e309', 'NaN', 'Infinity', '1000000000001', '€5', '1.2.3', 'lots'])(
    '%s is refused at its field',
    (text) => {
      expect(Object.keys(problems(income(text)))).toEqual(['goal.income']);
    },
  );

  it('reads what a German shows back in another currency of the same form', () => {
    const context = viewer('de-DE');
    expect(
      stepDraft('goal', { currency: 'jpy', 'goal.income': '1.200' }, context).goal?.income,
    ).toBe(1200);
    expect(
      problems(step('goal', { currency: 'JPY', 'goal.income': '1.200,50' }, context)),
    ).toHaveProperty(['goal.income']);
    expect(
      stepDraft('goal', { currency: 'KWD', 'goal.income': '1.200,505' }, context).goal?.income,
    ).toBe(1_200_505);
  });

  it.each(['150 %', '1', '-1 %', '1e309', '', '1 Acme', 'lots'])('%s is no pay', (earns) => {
    const result = step('compensation', { ...COMP, earns });
    expect(Object.keys(problems(result))).toEqual(['earns']);
  });

  it('refuses at the field what the plan can’t hold', () => {
    expect(problems(step('pipeline', { winRate: '0.00000001%' }))).toHaveProperty('winRate');
    expect(problems(step('pipeline', { xFactor: '0.0000000001' }))).toHaveProperty('xFactor');
    expect(problems(step('insurance', { xFactor: '0' }))).toHaveProperty('xFactor');
    expect(problems(step('activities', { 'funnel.visitToDemo': '0.0000000001' }))).toHaveProperty([
      'funnel.visitToDemo',
    ]);
    const newBusiness = { averageDealSize: '25k', 'partner.callsPerDay': '20,000' };
    expect(problems(step('newBusiness', newBusiness))).toHaveProperty(['partner.callsPerDay']);
  });
});

describe('ramps and time off', () => {
  it.each(['25%, 50%, 75%', '25% 50% 75%', '25; 50; 75', '0.25\n0.5\n0.75', '25%,50%,75%'])(
    'reads a ramp of %j',
    (ramp) => {
      const shares = stepDraft('compensation', { ...COMP, ramp }).compensation?.first.ramp;
      expect(shares?.slice(0, 4)).toEqual([0.25, 0.5, 0.75, 1]);
      expect(shares).toHaveLength(12);
    },
  );

  it('keeps no ramp where every month is whole', () => {
    const { compensation } = stepDraft('compensation', { ...COMP, ramp: '100%' });
    expect(compensation?.first.ramp).toBeNull();
  });

  it.each([`${'0% '.repeat(12)}`, '50% '.repeat(13), '320%', 'slowly', '-5%'])(
    'says what is wrong with a ramp of %j',
    (ramp) => {
      expect(problems(step('compensation', { ...COMP, ramp }))).toEqual({
        ramp: expect.stringMatching(/\S/),
      });
    },
  );

  it.each([
    ['en-US', '2027-07-05 – 2027-07-16 vacation', '2027-07-05', '2027-07-16', 'vacation'],
    ['en-US', '7/5/2027 to 7/16/2027', '2027-07-05', '2027-07-16', ''],
    [
      'de-DE',
      '5.7.2027 - 16.7.2027 Ostsee, mit Oma',
      '2027-07-05',
      '2027-07-16',
      'Ostsee, mit Oma',
    ],
    ['en-GB', '5 Jul 2027 — 16 Jul 2027 Cornwall', '2027-07-05', '2027-07-16', 'Cornwall'],
    ['en-US', '2027-12-24', '2027-12-24', '2027-12-24', ''],
    ['en-US', '2027-12-24 day-off', '2027-12-24', '2027-12-24', 'day-off'],
  ])('%s: reads “%s”', (locale, timeOff, from, to, label) => {
    const context = viewer(locale);
    const draft = stepDraft('activities', { timeOff }, context);
    expect(draft.calendar.timeOff).toEqual([{ from, to, label }]);
    const again = stepOver('activities', draft, context).initial;
    expect(stepDraft('activities', again, context, draft)).toEqual(draft);
  });

  it.each([
    'next week',
    '2027-07-16 – 2027-07-05',
    '2027-02-30',
    '2027-07-05 half \ud83c pair',
    '1/1/27\n'.repeat(420),
    '2027-01-01 – 2027-12-31',
  ])('says what is wrong with time off of %j', (timeOff) => {
    expect(problems(step('activities', { timeOff }))).toEqual({
      timeOff: expect.stringMatching(/\S/),
    });
  });
});

describe('a period or a currency that changes under the plan', () => {
  const full = () => {
    const ramped = stepDraft('compensation', { ...COMP, ramp: '25%, 50%, 75%', cap: '200k' });
    const renewing = row(
      'renewals',
      { account: 'Acme', amount: '120,000.55', date: '2027-03-31' },
      US,
      ramped,
    );
    if (!renewing.ok) throw new Error('a sound row');
    return renewing.part;
  };

  it('keeps the ramp as long as the period', () => {
    const moved = stepDraft(
      'goal',
      { 'period.start': '2027-01-01', 'period.end': '2027-02-28', 'goal.income': '50k' },
      US,
      full(),
    );
    expect(moved.compensation?.first.ramp).toEqual([0.25, 0.5]);
    expect(PlanDraft.parse(moved)).toEqual(moved);
  });

  it('keeps what amounts are worth: 120,000.55 is 120,001 yen', () => {
    const moved = stepDraft('goal', { currency: 'JPY', 'goal.income': '50k' }, US, full());
    expect(moved.renewals[0]?.amount).toBe(120_001);
    expect(moved.compensation?.first).toMatchObject({ quota: 1_000_000, cap: 200_000 });
    const back = stepDraft('goal', { currency: 'KWD', 'goal.income': '50k' }, US, moved);
    expect(back.renewals[0]?.amount).toBe(120_001_000);
  });

  it('refuses a currency in which an amount would be too large to keep', () => {
    const large = row('renewals', { account: 'Acme', amount: '1000000000000', date: '2027-03-31' });
    if (!large.ok) throw new Error('a sound row');
    expect(
      problems(step('goal', { currency: 'CLF', 'goal.income': '50k' }, US, large.part)),
    ).toHaveProperty('currency');
  });
});

describe('what a form says or keeps', () => {
  it('names the most that the pressure test may leave as the reader writes it', () => {
    const entry = { account: 'Acme', amount: '1', date: '2027-03-31', likelihood: '85%' };
    const found = row('renewals', { ...entry, pressureTested: '50%' }, viewer('de-DE'));
    expect(problems(found)).toEqual({
      pressureTested: 'At most half of the agreed likelihood: 42,5% would do.',
    });
  });

  it('takes one overruled number for each activity', () => {
    const first = row('overrides', { activity: 'calls', count: '20', reason: 'reviews' });
    if (!first.ok) throw new Error('a sound row');
    const again = { activity: 'calls', count: '30', per: 'day', reason: 'more' };
    expect(problems(row('overrides', again, US, first.part))).toHaveProperty('activity');
    const [id = ''] = LISTS.overrides.ids(first.part);
    const changed = rowOver('overrides', first.part, US, id).submit(again);
    expect(changed.ok && changed.part.overrides).toMatchObject([
      { level: { count: 30, per: 'day' } },
    ]);
  });

  it('keeps what the SDR partner agreed to, whatever else is still open', () => {
    const draft = stepDraft('newBusiness', { averageDealSize: '25k', 'partner.callsPerDay': '40' });
    expect(draft.sdrPartner).toMatchObject({ callsPerDay: 40 });
  });

  it('points out an insurance that lies under the plan’s own X', () => {
    const at = (xFactor: number) =>
      openPoints({
        ...COMPLETE,
        pipeline: { ...DEFAULT_PIPELINE, xFactor },
        insurance: { xFactor: 3.25, by: '2027-04-30' },
      }).filter(({ text }) => text.startsWith('the insured X'));
    expect(at(4)).toMatchObject([{ step: 'insurance', blocking: true }]);
    expect(at(3)).toEqual([]);
  });
});
