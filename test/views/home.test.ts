import type { HomeView, KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { digestMessage } from '../../src/home/digest/view.ts';
import { REPS_A_PAGE } from '../../src/home/ids.ts';
import type { HomeTeam, TeamRow } from '../../src/home/team-view.ts';
import { type HomeScreen, homeView } from '../../src/home/view.ts';
import type { Person } from '../../src/people/store.ts';
import { viewerOf } from '../../src/plan/currency.ts';
import { openTermsOf, type PlanDraft } from '../../src/plan/draft.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';
import type { PlanScreen } from '../../src/plan/reading/plan-view.ts';
import type { VersionStatus } from '../../src/plan/store.ts';
import { byNeed, type Need } from '../../src/review/standing/rules.ts';
import { section } from '../../src/slack/blocks.ts';
import { checkView, fitView } from '../../src/slack/limits.ts';
import { paginate } from '../../src/slack/paginate.ts';
import { message } from '../../src/slack/surfaces.ts';
import { mrkdwn } from '../../src/slack/text.ts';
import { draftOf } from '../support/draft-of.ts';
import { specTerms } from '../support/terms.ts';

const LONG = 'W'.repeat(200);
/** Somebody whose name tries to ping everybody. */
const RUDE = '<!channel> *Max*';

const person = (userId: string, name: string): Person => ({
  workspaceId: 'T0TEAM',
  userId,
  name,
  ownTimeZone: null,
  slackTimeZone: 'America/New_York',
  timeZone: 'America/New_York',
  locale: 'en-US',
  admin: false,
  leader: false,
  manager: false,
  deactivated: false,
  outsider: false,
  setUpStep: 'done',
  teamId: null,
  refreshedAt: new Date('2026-11-22T12:00:00Z'),
  metAt: new Date('2026-11-22T12:00:00Z'),
  joinedOn: null,
  wasHere: true,
});

const specDraft = () => draftOf(specTerms());

function planOf({
  status = 'agreed',
  draft = specDraft(),
  ...more
}: Partial<PlanScreen> & {
  status?: VersionStatus;
  draft?: PlanDraft;
} = {}): PlanScreen {
  const rep = person('U0REP', 'Dana');
  return {
    version: {
      id: '0b0fd1c2-55f2-4a68-9d0a-0a4a3a0b9d11',
      planId: 'plan',
      workspaceId: 'T0TEAM',
      repId: 'U0REP',
      number: 2,
      status,
      step: 'review',
      revision: 7,
      draft,
      typed: {},
      closed: false,
    },
    pair: { rep, manager: person('U0MANAGER', 'Max') },
    side: 'rep',
    proposedBy: 'U0MANAGER',
    request: null,
    changed: null,
    live: liveFigures(openTermsOf(draft)),
    viewer: viewerOf(rep, draft),
    today: '2027-01-04',
    ...more,
  };
}

const repRow = (userId: string, name: string): TeamRow => ({
  kind: 'rep',
  userId,
  name,
  standing: {
    userId,
    name,
    plan: 'Agreed (version 2)',
    begins: null,
    card: null,
    today: null,
    lastLog: null,
    streak: 0,
    unanswered: null,
    backOn: null,
  },
  owes: { open: 2, overdue: 1 },
  isOwed: { open: 0, overdue: 0 },
  coaching: null,
  due: null,
  looks: [],
});

function teamOf(count: number, { page = 0, name = 'Dana', asked = [] as string[] } = {}): HomeTeam {
  const rows = Array.from({ length: count }, (_, i) =>
    repRow(`U${String(i).padStart(10, '0')}`, name),
  );
  return {
    rows: paginate(rows, page, REPS_A_PAGE),
    counts: { reps: count, offTrack: 0, atRisk: 0, onTrack: 0, tooEarly: 0, none: count },
    owed: { open: 0, overdue: 0 },
    uncoached: 0,
    asked,
  };
}

const screen = (more: Partial<HomeScreen> = {}): HomeScreen => ({
  needsSetUp: false,
  questions: [],
  untold: [],
  plan: null,
  own: null,
  taken: null,
  team: null,
  leader: null,
  locale: 'en-US',
  admin: false,
  ...more,
});

const blocksOf = (view: HomeView) => view.blocks as KnownBlock[];
const textOf = (view: HomeView) => JSON.stringify(view.blocks);
/** A view without what its menus offer. */
const outline = (view: HomeView): unknown =>
  JSON.parse(JSON.stringify(view, (key, value) => (key === 'options' ? undefined : value)));

const overdueDue = {
  repId: 'U0000000000',
  kind: 'new_hire' as const,
  dueOn: '2027-03-31',
  lastDay: '2027-04-30',
  tellOn: '2027-03-01',
  state: 'overdue' as const,
  status: 'draft' as const,
  planId: null,
  joinedOn: '2027-03-01',
  isJoinedKnown: true,
};

describe('what waits with a rep', () => {
  const waiting = (more: Partial<Extract<TeamRow, { kind: 'rep' }>>): HomeTeam => {
    const team = teamOf(1);
    const items = team.rows.items.map((row) => ({ ...row, ...more }) as TeamRow);
    return { ...team, rows: { ...team.rows, items } };
  };
  const looks = [{ day: 60 as const, on: '2027-04-30' }];

  it('is said in their row, and in Monday’s digest', () => {
    const team = waiting({ due: overdueDue, looks });
    const row = textOf(homeView(screen({ team })));
    expect(row).toContain('Plan overdue since Apr 30 · day 60: the look back waits since Apr 30');
    expect(row).toContain('onboarding_open');
    const digest = JSON.stringify(digestMessage(team, 'en-US').blocks);
    expect(digest).toContain('Plans overdue: 1. Looks back that wait: 1.');
    expect(digest).not.toContain('Nobody needs you');
  });

  it('is nothing where nothing is late', () => {
    const due = { ...overdueDue, state: 'soon' as const };
    const row = textOf(homeView(screen({ team: waiting({ due }) })));
    expect(row).toContain('Joined Mar 1, plan aimed at Mar 31');
    expect(row).not.toContain('overdue since');
    expect(row).not.toContain('onboarding_open');
    expect(JSON.stringify(digestMessage(waiting({ due }), 'en-US').blocks)).not.toMatch(
      /Plans overdue|Looks back/,
    );
  });

  it('puts them before whoever has no plan yet, and after who is at risk', () => {
    const none = { unanswered: null, attainment: null, isAway: false, isOwed: false };
    const of = (name: string, changes: Partial<Need>): Need => ({
      ...none,
      name,
      health: null,
      isPlanOverdue: false,
      ...changes,
    });
    const all = [
      of('on track', { health: 'on_track' }),
      of('begins', { health: 'too_early' }),
      of('look waits', { health: 'on_track', isOwed: true }),
      of('no plan', {}),
      of('overdue', { isPlanOverdue: true }),
      of('at risk', { health: 'at_risk' }),
    ];
    expect(all.sort(byNeed).map(({ name }) => name)).toEqual([
      'at risk',
      'overdue',
      'no plan',
      'look waits',
      'begins',
      'on track',
    ]);
  });
});

const ask = (userId: string, currentManagerId: string | null = null) => ({
  requestId: '0b0fd1c2-55f2-4a68-9d0a-0a4a3a0b9d10',
  manager: { userId, name: `Name of ${userId}` },
  currentManagerId,
});

describe('Home', () => {
  it.each([
    ['of somebody new, before the set-up', screen({ needsSetUp: true })],
    ['of a rep without a plan', screen()],
    [
      'of a rep whom two managers ask',
      screen({ questions: [ask('U0MIA'), ask('U0ABE', 'U0MIA')] }),
    ],
    ['of a manager without a team', screen({ team: teamOf(0), admin: true })],
    ['of a manager with a team', screen({ team: teamOf(2, { asked: ['U0NEW'] }) })],
  ])('%s looks as it did', (_, data) => {
    const view = homeView(data);
    expect(checkView(view)).toEqual([]);
    expect(outline(view)).toMatchSnapshot();
  });

  it.each([
    ['ahead', true],
    ['signed', false],
  ] as const)('asks a rep for their first day while the plan is %s', (state, isAsked) => {
    const row = repRow('U0REP', 'Dana');
    if (row.kind !== 'rep') throw new Error('no rep');
    const due = {
      repId: 'U0REP',
      kind: 'cycle',
      dueOn: '2027-01-15',
      lastDay: '2027-01-15',
      tellOn: '2026-12-15',
      state,
      status: null,
      planId: null,
      joinedOn: null,
      isJoinedKnown: false,
    } as const;
    const own = {
      reader: { userId: 'U0REP', locale: 'en-US', today: '2027-01-04' },
      managerId: 'U0MANAGER',
      day: null,
      status: null,
      paid: null,
      promises: [],
      row: { ...row, due },
      team: null,
    };
    expect(textOf(homeView(screen({ own }))).includes('I’m new here…')).toBe(isAsked);
  });

  it('has the team first, then one’s own plan', () => {
    const order = (data: HomeScreen) =>
      blocksOf(homeView(data)).flatMap((block) => (block.type === 'header' ? block.text.text : []));
    expect(order(screen({ plan: planOf(), team: teamOf(2) }))).toEqual(['Your team', 'Your plan']);
    expect(order(screen({ team: teamOf(2) }))).toEqual(['Your team', 'Your plan']);
    expect(order(screen({ plan: planOf() }))).toEqual(['Your plan']);
    expect(order(screen({ needsSetUp: true, team: teamOf(0) }))).toEqual(['Your team']);
  });

  const taken = Array.from({ length: 9 }, (_, n) => ({
    id: `0b0fd1c2-55f2-4a68-9d0a-0a4a3a0b9d1${n}`,
    workspaceId: 'T0TEAM',
    ownerId: 'U0REP',
    text: LONG.repeat(2).slice(0, 300),
    due: '2027-01-31',
    origin: { kind: 'sync' as const, function: 'marketing' as const },
    week: '2027-01-25',
    doneAt: n > 5 ? new Date(0) : null,
    doneBy: null,
    removedAt: null,
    createdBy: 'U0MANAGER',
    createdAt: new Date(0),
  }));

  const untoldOf = (count: number) =>
    Array.from({ length: count }, (_, n) =>
      message(mrkdwn`Word ${n}`, [section(LONG.repeat(30).slice(0, 2_000)), section(`Word ${n}`)]),
    );

  it('begins with what has not arrived, three of it, and says how much more there is', () => {
    const view = homeView(screen({ untold: untoldOf(5), team: teamOf(2) }));
    const headers = blocksOf(view).flatMap((one) => (one.type === 'header' ? one.text.text : []));
    expect(headers).toEqual(['Not everything arrived', 'Your team', 'Your plan']);
    expect(textOf(view).match(/"Word \d"/g)).toEqual(['"Word 0"', '"Word 1"', '"Word 2"']);
    expect(textOf(view)).toContain('2 more will stand here once these are settled.');
    expect(textOf(homeView(screen({ untold: untoldOf(3) })))).not.toContain('more will stand');
  });

  it('fits with the longest data: names, warnings, a version in force, a large team', () => {
    const lifeGoals = Array.from({ length: 100 }, (_, i) => ({
      id: `g${i}`,
      label: LONG,
      amount: 1e13,
      by: '2027-01-31',
    }));
    const plan = planOf({
      draft: { ...specDraft(), lifeGoals },
      status: 'proposed',
      pair: { rep: person('U0REP', LONG), manager: person('U0MANAGER', LONG) },
      notice: mrkdwn`*Version 1* stays in force until you have both signed this one.`,
    });
    expect(plan.live.warnings.length).toBeGreaterThanOrEqual(100);
    const asked = Array.from({ length: 100 }, (_, i) => `U${String(i).padStart(10, '9')}`);
    const functions = ['marketing' as const, 'pr' as const, 'sales' as const];
    const untold = untoldOf(9);
    const tookOn = { items: taken, functions, today: '2027-03-01' };
    for (const page of [0, 1, 2]) {
      const team = teamOf(100, { page, name: LONG, asked });
      const view = fitView(
        homeView(screen({ needsSetUp: true, untold, plan, team, taken: tookOn, admin: true })),
      );
      expect(checkView(view)).toEqual([]);
    }
  });

  it('shows every rep of a hundred on some page, once, with a button of their own', () => {
    const values = Array.from({ length: Math.ceil(100 / REPS_A_PAGE) }, (_, page) => page).flatMap(
      (page) =>
        blocksOf(homeView(screen({ team: teamOf(100, { page }) }))).flatMap((block) =>
          block.type === 'actions'
            ? block.elements.flatMap((one) =>
                one.type === 'button' && one.action_id === 'plan_open' ? [one.value] : [],
              )
            : [],
        ),
    );
    expect(values).toHaveLength(100);
    expect(new Set(values).size).toBe(100);
  });

  it('puts one primary button first, whoever looks', () => {
    const primaries = (data: HomeScreen) =>
      textOf(homeView(data)).match(/"style":"primary"/g) ?? [];
    expect(primaries(screen({ needsSetUp: true }))).toHaveLength(1);
    expect(primaries(screen())).toHaveLength(1);
    expect(primaries(screen({ questions: [ask('U0MIA')] }))).toHaveLength(1);
    expect(primaries(screen({ plan: planOf({ status: 'proposed' }) }))).toHaveLength(1);
    expect(primaries(screen({ team: teamOf(3) }))).toHaveLength(0);
  });

  it('offers no plan of somebody who has left', () => {
    const team = teamOf(1);
    const reps = {
      ...team.rows,
      items: team.rows.items.map(({ userId, name }): TeamRow => ({ kind: 'gone', userId, name })),
    };
    const text = textOf(homeView(screen({ team: { ...team, rows: reps } })));
    expect(text).toContain('deactivated');
    expect(text).not.toContain('plan_open');
  });

  it('lets nobody’s name ping a channel', () => {
    const plan = planOf({
      pair: { rep: person('U0REP', RUDE), manager: person('U0MANAGER', RUDE) },
      status: 'proposed',
    });
    expect(textOf(homeView(screen({ plan, team: teamOf(3, { name: RUDE }) })))).not.toMatch(
      /"text":"[^"]*<!channel>/,
    );
  });

  it('tells a manager how plans stand without a figure of anybody’s', () => {
    const text = textOf(homeView(screen({ team: teamOf(3) })));
    expect(text).toContain('agreed (version 2)');
    expect(text).not.toMatch(/[$€£%]|income|goal/i);
  });
});

describe('Monday’s digest and coaching hours that nobody has picked a day for', () => {
  const digest = (uncoached: number) =>
    JSON.stringify(digestMessage({ ...teamOf(3), uncoached }, 'en-US').blocks);

  it('invites in a line, with a way to pick and a way to have none', () => {
    expect(digest(3)).toContain('3 reps have no day for a weekly coaching hour.');
    expect(digest(1)).toContain('One rep has no day for a weekly coaching hour.');
    for (const way of ['coach_day_open', 'coach_none']) expect(digest(2)).toContain(way);
  });

  it('stands on Home too, in one line with one button', () => {
    const on = (uncoached: number) =>
      JSON.stringify(homeView(screen({ team: { ...teamOf(3), uncoached } })).blocks);
    expect(on(2)).toContain('2 reps have no day for a weekly coaching hour.');
    expect(on(2).match(/coach_day_open/g)).toHaveLength(1);
    expect(on(2)).not.toContain('coach_none');
    expect(on(0)).not.toContain('coach_day_open');
  });

  it('says nothing of it once all is said', () => {
    expect(digest(0)).not.toMatch(/coach/);
  });
});
