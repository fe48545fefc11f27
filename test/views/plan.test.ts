/** Every view and message of the plan with the longest data that it can hold. */
import type { HomeView, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../src/people/store.ts';
import { changesMessage, planMessage, staleMessage } from '../../src/plan/approval/view.ts';
import { emptyDraft, LIST_IDS, openTermsOf, PlanDraft, STEP_IDS } from '../../src/plan/draft.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';
import type { OpenPlan } from '../../src/plan/on-version.ts';
import { diffDrafts } from '../../src/plan/reading/diff-rules.ts';
import { explanationView } from '../../src/plan/reading/explanation-view.ts';
import { comparisonView, historyView } from '../../src/plan/reading/history-view.ts';
import { planView } from '../../src/plan/reading/plan-view.ts';
import { summaryBlocks } from '../../src/plan/reading/summary-view.ts';
import { whoseView } from '../../src/plan/reading/whose-view.ts';
import { screenOf, viewOf } from '../../src/plan/screen.ts';
import type { Version, VersionSummary } from '../../src/plan/store.ts';
import { LISTS, LISTS_OF } from '../../src/plan/wizard/rows/lists.ts';
import { showPaste, showRow, showStep } from '../../src/plan/wizard/show-step.ts';
import type { WizardState } from '../../src/plan/wizard/step-view.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/surfaces.ts';
import { createAdjustableClock } from '../../src/time/clock.ts';
import { addDays } from '../../src/time/local-date.ts';
import { accountManager, PROFILES, smbRep } from '../support/profiles.ts';

const ID = '01932f6e-0000-7000-8000-000000000001';
const TODAY = '2027-05-04';
const deps = { clock: createAdjustableClock() };

/** Texts that hurt: markup, entities that grow when escaped, signs of two units, right to left. */
const TEXTS = {
  markup: '<!channel> *bold* _i_ `c` <@U0EVE> <https://x.y|z> ',
  entities: '&<>',
  emoji: '🎉👩‍👩‍👧‍👦',
  rtl: '\u202eمرحبا بالعالم ',
} as const;

const long = (text: string, length: number) => {
  let grown = '';
  while (grown.length + text.length <= length) grown += text;
  return grown + 'x'.repeat(length - grown.length);
};

/** A part of the comp plan, with so many accelerators and bonuses. */
const component = (name: string, many: number) => ({
  name,
  credits: ['expansion', 'newBusiness'],
  quota: 1e12,
  quotaPeriod: 'year',
  quotaStart: null,
  pays: { rates: { renewal: 0.123456789, expansion: 0.1, newBusiness: 0.1 } },
  tiers: Array.from({ length: many }, (_, i) => ({ from: i / 3, multiplier: 1 + i / 7 })),
  bonuses: Array.from({ length: many }, (_, i) => ({ at: (i + 1) / 7, amount: 1e9 })),
  cap: null,
  ramp: null,
});

/** A plan at every limit at once: 60 months, 1,000 rows in each list, all its words at their longest. */
function monster(text: string, { goal = 9e13, rows = 1000 } = {}): PlanDraft {
  const label = long(text, 200);
  const note = long(text, 3000);
  const period = { start: '2027-01-01', end: rows >= 1000 ? '2031-12-31' : '2027-12-31' };
  const many = <T>(make: (i: number) => T) =>
    Array.from({ length: rows }, (_, i) => ({ id: `row-${i}`, ...make(i) }));
  const days = (count: number) => Array.from({ length: count }, (_, i) => addDays(period.start, i));
  return PlanDraft.parse({
    ...emptyDraft({
      currency: 'KWD',
      period,
      calendar: {
        workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
        holidays: days(60),
        timeOff: days(12).map((day) => ({ from: day, to: day, label })),
        country: 'DE',
        region: 'BY',
      },
    }),
    goal: { income: goal, livingCosts: 1e12 },
    lifeGoals: many((i) => ({ label, amount: 1e12, by: addDays(period.start, 30 + i) })).slice(
      0,
      60,
    ),
    compensation: {
      baseSalary: 1e9,
      first: component('Commission', rows >= 1000 ? 3 : 80),
      otherPay: Array.from({ length: 100 }, () => ({ label, amount: 1e9 })),
      guarantee: { perMonth: 1e9, months: 60, recoverable: true },
    },
    components: Array.from({ length: rows >= 1000 ? 4 : 19 }, (_, i) => ({
      id: `c${i}`,
      ...component(`${i} ${label}`.slice(0, 200), 1),
    })),
    pipeline: { xFactor: 3.333333333333, winRate: 0.123456789 },
    renewals: many((i) => ({
      account: label,
      amount: 1e9,
      date: addDays(period.start, i % 365),
      likelihood: 0.8,
      pressureTested: 0.4,
      activity: 'low',
      internalRisks: note,
      externalRisks: note,
      nextActivities: '',
    })),
    expansion: many(() => ({ account: label, buyingCenter: label, target: 1e9, split: 'halves' })),
    newBusiness: {
      averageDealSize: 1e6,
      salesCycleDays: 90,
      sdr: { inboundPerMonth: 1e6, outboundPerMonth: 1e6, qualificationRate: 1, sync: 'daily' },
      selfSourcing: { leadIdentification: note, prospecting: note },
    },
    sdrPartner: { userId: 'U0SDR', callsPerDay: 10_000, syncDay: 'mon', syncTime: '09:00' },
    callBlocks: many(() => ({
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      start: '09:00',
      minutes: 720,
    })),
    overrides: many(() => ({
      activity: 'calls',
      level: { count: 10_000, per: 'day' },
      reason: long(text, 500),
    })),
    risks: many(() => ({
      label,
      kind: 'other',
      probability: 0.3,
      impact: 1e9,
      trigger: note,
      mitigation: note,
    })),
  });
}

function person(userId: string, text: string, locale: string): Person {
  return {
    workspaceId: 'T0TEAM',
    userId,
    name: long(text, 200),
    ownTimeZone: null,
    slackTimeZone: null,
    timeZone: 'Europe/Berlin',
    locale,
    admin: true,
    leader: true,
    manager: true,
    deactivated: false,
    outsider: false,
    setUpStep: 'done',
    teamId: null,
    refreshedAt: new Date(0),
    metAt: new Date(0),
    joinedOn: null,
    wasHere: true,
  };
}

function plan(
  draft: PlanDraft,
  changes: Partial<Version> = {},
  text = 'x',
  locale = 'en-US',
): OpenPlan {
  const version: Version = {
    id: ID,
    planId: ID,
    workspaceId: 'T0TEAM',
    repId: 'U0REP',
    number: 60,
    status: 'draft',
    step: 'goal',
    revision: 123_456,
    draft,
    typed: {},
    closed: false,
    ...changes,
  };
  const pair = { rep: person('U0REP', text, locale), manager: person('U0MAX', text, locale) };
  return {
    version,
    pair,
    side: 'rep',
    proposedBy: 'U0MAX',
    plans: [],
    request: null,
    changed: null,
  };
}

/** What Slack is sent fits, and nothing in it is anybody's markup. */
function holds(view: ModalView | HomeView): void {
  const sent = fitView(view);
  expect(checkView(sent)).toEqual([]);
  harmless(sent);
}
function holdsMessage(message: Message): void {
  const sent = fitMessage(message);
  expect(checkMessage(sent)).toEqual([]);
  harmless(sent);
}
function harmless(sent: object): void {
  const texts = JSON.stringify(sent, (_, value) => (value?.type === 'plain_text' ? null : value));
  const shown = texts.replaceAll(
    /"(initial_value|value|accessibility_label)":"(?:[^"\\]|\\.)*"/g,
    '',
  );
  expect(shown).not.toMatch(/<!channel>|<@U0EVE>|<https:/);
  expect(shown).not.toMatch(/\p{Surrogate}/u);
  expect(texts).not.toMatch(/undefined|NaN|\[object/);
}

const state: WizardState = {
  versionId: ID,
  step: 'goal',
  rev: '123456',
  base: 'x'.repeat(16),
  page: 0,
};

describe.each(Object.entries(TEXTS))('with everything at its longest, in %s', (name, text) => {
  // What grows most when it is escaped comes in the greatest number.
  const draft = monster(text, { rows: name === 'entities' ? 1000 : 12 });
  it('each step fits, on the first page and on the last', () => {
    for (const step of STEP_IDS) {
      for (const page of LISTS_OF[step] ? [0, Number.MAX_SAFE_INTEGER] : [0]) {
        const open = plan(draft, {}, text);
        holds(showStep(open, { step, page, today: TODAY, notice: long(text, 500) }));
      }
    }
  }, 60_000);

  it('each row’s editor and each paste fits', () => {
    const open = plan(draft, {}, text);
    for (const list of LIST_IDS) {
      for (const rowId of [null, LISTS[list].ids(draft).at(-1) ?? null]) {
        holds(showRow(open, { about: state, formId: null }, list, rowId));
      }
      const left = {
        ...open,
        version: {
          ...open.version,
          typed: { [`U0REP/${list}/paste`]: { raw: { lines: long(text, 3000) }, base: '' } },
        },
      };
      const paste = showPaste(left, state, list);
      if (paste) holds(paste);
    }
  });

  it('the plan on one page fits as a view and as a message, however it stands', () => {
    const { version, ...screen } = screenOf(plan(draft, {}, text), deps);
    const statuses = [
      'draft',
      'proposed',
      'changes_requested',
      'agreed',
      'superseded',
      'closed',
    ] as const;
    for (const status of statuses) {
      const stands = { ...screen, version: { ...version, status } };
      holds(planView(stands));
      holdsMessage(planMessage(stands));
      const request = { actorId: 'U0MAX', comment: long(text, 2000) };
      const changes = diffDrafts(monster('before', { rows: 20 }), draft);
      const changed = { since: { proposedAt: new Date(0) }, changes };
      const again = { ...stands, request, changed, side: 'manager' as const, proposedBy: 'U0REP' };
      holds(planView(again));
      holdsMessage(planMessage(again));
      holdsMessage(staleMessage(again));
      holdsMessage(changesMessage({ ...stands, request }, long(text, 200)));
      const asked = plan(draft, { status, step: 'review' }, text);
      holds(showStep({ ...asked, request }, { today: TODAY }));
    }
    holds(viewOf(plan(draft, { status: 'agreed' }, text), deps));
  });

  it('a request for changes arrives whole where it is in ordinary words', () => {
    const comment = 'Acme looks hopeful. '.repeat(100).slice(0, 2000);
    const sent = fitMessage(
      changesMessage(
        { ...screenOf(plan(draft), deps), request: { actorId: 'U0MAX', comment } },
        'Max',
      ),
    );
    expect(JSON.stringify(sent.blocks)).toContain(comment.trim());
  });

  it('every figure explains itself', () => {
    const open = plan(draft, {}, text);
    const { viewer, live } = screenOf(open, deps);
    const figures = Object.keys(live.explanations);
    expect(figures.length).toBeGreaterThan(30);
    for (const figure of [...figures, 'nothing.known'])
      holds(explanationView(live, figure, viewer, { versionId: ID, overrides: draft.overrides }));
  });

  it('a number that the pair overruled says so, with their reason', () => {
    const { viewer, live } = screenOf(plan(draft, {}, text), deps);
    const overrides = [
      { activity: 'calls', level: { count: 20, per: 'day' }, reason: 'Account reviews' },
    ] as const;
    const about = { versionId: ID, overrides };
    const calls = JSON.stringify(explanationView(live, 'activities.calls.shown', viewer, about));
    expect(calls).toContain('You two overruled it: 20 calls a day.* Account reviews');
    const demos = JSON.stringify(explanationView(live, 'activities.demos.shown', viewer, about));
    expect(demos).not.toContain('overruled');
  });

  it('60 versions with long comments fit, and the last signature of each is in sight', () => {
    const versions = Array.from({ length: 60 }, (_, i): VersionSummary => {
      const event = (kind: 'proposed' | 'changes_requested' | 'agreed', day: number) => ({
        kind,
        actorId: kind === 'agreed' ? 'U0MAX' : 'U0REP',
        at: new Date(Date.UTC(2027, 0, day)),
        comment: kind === 'changes_requested' ? long(text, 2000) : null,
      });
      const back = Array.from({ length: 12 }, (_, day) => event('changes_requested', day + 1));
      return {
        id: `v${i}`,
        number: 60 - i,
        status: 'agreed',
        events: [...back, event('proposed', 20), event('agreed', 21)],
      };
    });
    for (let page = 0; page < 6; page++) {
      const view = historyView(versions, ID, page, { others: [], locale: 'en-US' });
      holds(view);
      const signed = JSON.stringify(fitView(view)).match(
        /<@U0MAX> agreed and signed it · <!date\^/g,
      );
      expect(signed).toHaveLength(10);
    }
  });

  it('a difference in everything fits, and no line of it is cut away', () => {
    const before = emptyDraft({
      currency: 'USD',
      period: draft.period,
      calendar: { ...draft.calendar, workdays: ['sun'], country: null },
    });
    const other = monster(`${text}!`, { goal: 1, rows: 40 });
    const { viewer } = screenOf(plan(draft), deps);
    for (const [from, to] of [
      [before, draft],
      [draft, before],
      [monster(text, { rows: 40 }), other],
    ] as const) {
      const changes = diffDrafts(from, to);
      const view = comparisonView({
        number: 60,
        previous: 59,
        changes,
        viewer,
        summary: summaryBlocks(to, liveFigures(openTermsOf(to)), viewer, TODAY),
      });
      holds(view);
      const lines = JSON.stringify(fitView(view)).split('\\n').length + view.blocks.length;
      expect(lines).toBeGreaterThanOrEqual(Math.min(changes.length, 60));
      expect(JSON.stringify(view)).toContain(`${changes.length - 60} more changes`);
    }
  });

  it('a leader of 300 finds their reps', () => {
    const reps = Array.from({ length: 300 }, (_, i) => person(`U0R${i}`, text, 'en-US'));
    const statuses = new Map(
      reps.map(({ userId }) => [userId, 'Proposed, waits for a signature (version 123)']),
    );
    holds(whoseView(person('U0MAX', text, 'en-US'), reps, statuses));
  });
});

describe.each(['de-DE', 'ar-EG', 'ja-JP'])('in %s', (locale) => {
  it('figures and dates are no longer than what fits', () => {
    const open = plan(monster(TEXTS.entities, { rows: 20 }), {}, TEXTS.entities, locale);
    for (const step of STEP_IDS) holds(showStep(open, { step, today: TODAY }));
    const screen = screenOf(open, deps);
    holds(planView(screen));
    holdsMessage(planMessage(screen));
  }, 20_000);
});

describe('all warnings at once', () => {
  it('shows those that can stand together, each in words', () => {
    const unreachable = monster('x', { rows: 8 });
    unreachable.compensation = unreachable.compensation && {
      ...unreachable.compensation,
      first: { ...unreachable.compensation.first, cap: 1 },
    };
    unreachable.components = [];
    const codes = (draft: PlanDraft) =>
      new Set(liveFigures(openTermsOf(draft)).warnings.map(({ code }) => code));
    const always = ['x_factor_thin', 'funnel_disagrees', 'opening_missing', 'goal_late'];
    expect(codes(unreachable)).toEqual(new Set(['goal_unreachable', ...always]));
    const modest = monster('x', { goal: 1, rows: 8 });
    expect(codes(modest)).toEqual(new Set(['goal_below_quota', ...always]));
    for (const draft of [unreachable, modest]) {
      const shown = JSON.stringify(planMessage(screenOf(plan(draft), deps)));
      expect(shown.match(/small_orange_diamond/g)).toHaveLength(6);
      holdsMessage(planMessage(screenOf(plan(draft), deps)));
    }
  });
});

describe('what the entries lead to', () => {
  const isFigures = ({ block_id }: { block_id?: string }) => block_id === 'figures';
  const isInput = ({ type }: { type: string }) => type === 'input';

  it.each(Object.entries(PROFILES))('%s: stands above the fields of each step', (_, profile) => {
    const open = plan(profile());
    for (const step of STEP_IDS.filter((id) => id !== 'milestones' && id !== 'review')) {
      const { blocks } = showStep(open, { step, today: TODAY });
      const at = blocks.findIndex(isFigures);
      if (step !== 'renewals' && step !== 'expansion') expect(at, step).toBeGreaterThan(0);
      const first = blocks.findIndex(isInput);
      if (at >= 0 && first >= 0) expect(at, step).toBeLessThan(first);
    }
  });

  it('stands above the fields of a row, too', () => {
    const { blocks } = showRow(
      plan(accountManager()),
      { about: state, formId: null },
      'renewals',
      'r1',
    );
    expect(blocks.findIndex(isFigures)).toBe(0);
  });

  it('offers the X that would do, and to keep the one there is', () => {
    const draft = smbRep();
    const thin = { ...draft, pipeline: draft.pipeline && { ...draft.pipeline, xFactor: 3 } };
    const shown = JSON.stringify(showStep(plan(thin), { step: 'pipeline', today: TODAY }).blocks);
    expect(shown).toContain('Use 4X');
    expect(shown).toContain('Keep 3X');
    const fine = JSON.stringify(showStep(plan(draft), { step: 'pipeline', today: TODAY }).blocks);
    expect(fine).not.toMatch(/Use \dX|Keep \dX/u);
  });
});

describe('a plan that is not complete', () => {
  it.each([
    [
      'a manager',
      plan(
        emptyDraft({
          currency: 'USD',
          period: { start: '2027-01-01', end: '2027-12-31' },
          calendar: monster('x', { rows: 1 }).calendar,
        }),
      ),
    ],
  ])('shows each step to somebody with %s and without', (_, open) => {
    for (const step of STEP_IDS) {
      holds(showStep(open, { step, today: TODAY }));
      holds(showStep({ ...open, pair: { ...open.pair, manager: null } }, { step, today: TODAY }));
    }
  });
});
