import type { HomeView, KnownBlock } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plansOf } from '../../src/plan/round/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { TEAM } from '../support/slack.ts';

const REP = 'U0REP';
const MANAGER = 'U0MANAGER';
const STRANGER = 'U0LEADER';
/** The machine may be busy. */
/** As it is written for an American. */
const GOAL = /\*Goal\* \$250,000 by/;

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

const blocks = (view: HomeView | undefined) => (view?.blocks ?? []) as KnownBlock[];
const homeOf = (user: string) => JSON.stringify(blocks(app.slack.home(user)));
const modalOf = (user: string) => JSON.stringify(app.slack.modal(user)?.blocks);
const title = (user: string) => app.slack.modal(user)?.title.text;
const press = (user: string, actionId: string) => app.slack.action({ user, actionId });
const publishes = (user: string) =>
  app.slack.callsOf('views.publish').filter(({ args }) => args.user_id === user);
const notBroughtUp = () =>
  app.logged.filter(({ msg }) => msg === 'Home could not be brought up to date');
/** Home follows a change a moment after the click is answered. */
const comes = (user: string, words: string) =>
  eventually(() => expect(homeOf(user)).toContain(words));

/** Max sets Bigplan up and takes Dana (and whoever else) into his team. */
async function setUp(reps = [REP]) {
  app.slack.addPerson(MANAGER, { name: 'Max', isAdmin: true });
  await app.slack.command('/bigplan', '', { user: MANAGER });
  await app.slack.submit(MANAGER, { managers: [MANAGER] });
  await app.slack.submit(MANAGER, { reps });
  await app.slack.closeModal(MANAGER);
}

/** Dana captures a plan that pays 250,000, up to the review. */
async function capture() {
  await app.slack.command('/bigplan', '', { user: REP });
  await app.slack.submit(REP, { 'goal.income': '250k', currency: 'USD' });
  await app.slack.submit(REP, {
    baseSalary: '100k',
    earns: '10%',
    quota: '1m',
  });
  await app.slack.action({ user: REP, actionId: 'plan_go_to', enter: 'newBusiness' });
  await app.slack.submit(REP, { averageDealSize: '25k' });
  await app.slack.action({ user: REP, actionId: 'plan_go_to', enter: 'review' });
  expect(title(REP)).toBe('Review');
}

async function propose() {
  await capture();
  await app.slack.submit(REP);
  await app.slack.closeModal(REP);
  await comes(REP, 'is proposed');
  await comes(MANAGER, 'proposed, waits for a signature');
}

/** Max signs in the message that asked him to. */
async function sign() {
  const message = app.slack.dm(MANAGER).at(-1);
  if (!message) throw new Error('nothing was sent to the manager');
  await app.slack.action({ user: MANAGER, actionId: 'plan_agree', message });
}

async function agree() {
  await propose();
  await sign();
  await comes(REP, 'is agreed and signed by both');
  await comes(MANAGER, 'agreed (version 1)');
}

describe('somebody’s first look', () => {
  it('says what Bigplan is, and leads to the set-up as the command does', async () => {
    app.slack.addPerson(MANAGER, { name: 'Max', isAdmin: true });
    await app.slack.openHome(MANAGER);
    expect(homeOf(MANAGER)).toContain('from what you want to earn to what you do today');
    await press(MANAGER, 'home_start');
    expect(title(MANAGER)).toBe('Welcome to Bigplan');
    // Nobody else has anything to set up.
    await app.slack.openHome(REP);
    expect(homeOf(REP)).not.toContain('/bigplan settings');
    await press(REP, 'home_start');
    expect(title(REP)).toBe('Goal');
  });

  it('after the set-up has one button, which opens the plan and makes it appear', async () => {
    await setUp();
    await app.slack.openHome(REP);
    expect(homeOf(REP)).toContain('Your plan will stand here');
    expect((await plansOf(app.db, TEAM, [REP])).size).toBe(0);
    await press(REP, 'home_start');
    expect(title(REP)).toBe('Goal');
    expect(homeOf(REP)).toContain('*Version 1* is a draft');
  });

  it('of a button from before the set-up goes to the plan all the same', async () => {
    await app.slack.openHome(REP);
    await setUp();
    await press(REP, 'home_start');
    expect(title(REP)).toBe('Goal');
  });

  it('shows the settings to an admin only, and ignores the other tabs', async () => {
    await app.slack.openHome(STRANGER);
    expect(homeOf(STRANGER)).toContain('/bigplan settings');
    await app.slack.event({
      type: 'app_home_opened',
      user: REP,
      channel: app.slack.dmChannel(REP),
      tab: 'messages',
    });
    expect(app.slack.home(REP)).toBeUndefined();
  });

  it('makes up for one that Slack did not take', async () => {
    app.slack.fault('views.publish', { error: 'internal_error' });
    await app.slack.openHome(REP);
    expect(app.slack.home(REP)).toBeUndefined();
    await app.slack.openHome(REP);
    expect(homeOf(REP)).toContain('Your plan will stand here');
  });
});

describe('a plan that moves', () => {
  it('shows what was captured once the capture is closed', async () => {
    await setUp();
    await app.slack.openHome(REP);
    await capture();
    await app.slack.closeModal(REP);
    expect(homeOf(REP)).toMatch(GOAL);
  });

  it('changes both Homes at each move, with the figures on the rep’s alone', async () => {
    await setUp();
    await app.slack.openHome(REP);
    await app.slack.openHome(MANAGER);
    expect(homeOf(MANAGER)).toContain(`<@${REP}>* · no plan yet`);

    await propose();
    expect(homeOf(REP)).toContain(`It waits for <@${MANAGER}> to sign`);
    await comes(MANAGER, 'proposed, waits for a signature');

    await press(REP, 'plan_take_back');
    await comes(REP, 'is a draft');
    await comes(MANAGER, 'draft (version 1)');
    await app.slack.closeModal(REP);

    await app.slack.command('/bigplan', '', { user: REP });
    await app.slack.submit(REP);
    await comes(MANAGER, 'proposed, waits for a signature');
    await sign();
    await comes(REP, 'is agreed and signed by both');
    await comes(MANAGER, 'agreed (version 1)');

    expect(homeOf(REP)).toMatch(GOAL);
    for (const { args } of publishes(MANAGER)) {
      expect(JSON.stringify(args.view)).not.toMatch(/250|\$/);
    }
  });

  it('says which version stays in force while the next one is made', async () => {
    await setUp();
    await agree();
    await press(REP, 'plan_change');
    await comes(REP, '*Version 1* stays in force until you have both signed this one.');
    expect(homeOf(REP)).toContain('*Version 2* is a draft');
  });

  it('is not held up by a Home that Slack does not take, and the log says so', async () => {
    await setUp();
    await capture();
    app.slack.fault('views.publish', { error: 'internal_error' }, 2);
    expect((await app.slack.submit(REP)).status).toBe(200);
    expect(modalOf(REP)).toContain('is proposed');
    await eventually(() => expect(notBroughtUp()).toHaveLength(2));
  });

  it('ends with what was read last, however slow Slack is with the one before', async () => {
    await setUp();
    await propose();
    const slow = 1_500;
    app.slack.fault('views.publish', { delay: slow });
    const before = publishes(REP).length;
    const opened = app.slack.openHome(REP);
    await eventually(() => expect(publishes(REP)).toHaveLength(before + 1));
    await press(REP, 'plan_take_back');
    await opened;
    await comes(REP, 'is a draft');
    const [first, second] = publishes(REP).slice(before);
    expect(JSON.stringify(first?.args.view)).toContain('is proposed');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(slow);
  });
});

describe('the buttons of a plan in Home', () => {
  it('propose: open, how it was worked out, versions, take it back', async () => {
    await setUp();
    await propose();

    await app.slack.action({ user: REP, actionId: 'plan_explain', enter: 'bookings.required' });
    expect(title(REP)).toBe('How was it worked out?');
    expect(modalOf(REP)).toContain('Bookings that earn the goal: $1,500,000');
    await app.slack.closeModal(REP);

    await press(REP, 'plan_history');
    expect(title(REP)).toBe('Versions');
    await app.slack.closeModal(REP);

    await press(REP, 'plan_take_back');
    expect(title(REP)).toBe('Review');
    await app.slack.closeModal(REP);
    await comes(REP, 'is a draft');

    await press(REP, 'plan_open');
    expect(title(REP)).toBe('Review');
  });

  it('sign: ask for changes, agree, change it', async () => {
    await setUp();
    await capture();
    await app.slack.closeModal(REP);
    // Max proposes Dana's plan, so that hers is the signature that is asked for.
    await app.slack.openHome(MANAGER);
    await app.slack.action({ user: MANAGER, actionId: 'plan_open', value: REP });
    await app.slack.submit(MANAGER);
    await comes(REP, `is proposed by <@${MANAGER}>`);

    await press(REP, 'plan_ask_for_changes');
    expect(title(REP)).toBe('Ask for changes');
    await app.slack.submit(REP, { comment: 'A smaller quota, please.' });
    await app.slack.closeModal(REP);
    await comes(REP, 'changes were asked for');
    await comes(MANAGER, 'changes asked for');

    await app.slack.closeModal(MANAGER);
    await app.slack.action({ user: MANAGER, actionId: 'plan_open', value: REP });
    await app.slack.submit(MANAGER);
    await comes(REP, `is proposed by <@${MANAGER}>`);
    await press(REP, 'plan_agree');
    expect(modalOf(REP)).toContain('Both signatures are on it');
    await app.slack.closeModal(REP);
    await comes(REP, 'is agreed and signed by both');
    await comes(MANAGER, 'agreed (version 1)');

    await press(REP, 'plan_change');
    expect(modalOf(REP)).toContain('The agreed one stays in force');
  });

  it('one that is stale gets a friendly word, and both signatures stay one', async () => {
    await setUp();
    await propose();
    const stale = app.slack.home(REP);
    app.slack.fault('views.publish', { error: 'internal_error' }, 2);
    await sign();
    await eventually(() => expect(notBroughtUp()).toHaveLength(2));
    expect(app.slack.home(REP)).toEqual(stale);
    await press(REP, 'plan_take_back');
    expect(modalOf(REP)).not.toContain('Something broke');
    expect(modalOf(REP)).toMatch(/signed|agreed/);
  });
});

describe('a manager', () => {
  it('is told where the team will stand, and where to pick it', async () => {
    await setUp([]);
    await app.slack.openHome(MANAGER);
    expect(homeOf(MANAGER)).toContain('Your reps and their plans will stand here');
    expect(homeOf(MANAGER)).toContain('/bigplan team');
  });

  it('opens a rep’s plan, and sees who has not answered yet', async () => {
    app.slack.addPerson('U0OTHER', { name: 'Ada' });
    app.slack.addPerson('U0PEER', { name: 'Pia' });
    await setUp();
    // Nobody appointed Pia, so she has to ask.
    await app.slack.command('/bigplan', 'team', { user: 'U0PEER' });
    await app.slack.submit('U0PEER', { reps: ['U0OTHER'] });
    await app.slack.openHome('U0PEER');
    expect(homeOf('U0PEER')).toContain('*1 asked, not answered yet:* <@U0OTHER>');
    expect(homeOf('U0PEER')).not.toContain(REP);

    await app.slack.openHome(MANAGER);
    await app.slack.action({ user: MANAGER, actionId: 'plan_open', value: REP });
    expect(title(MANAGER)).toBe('Goal');
    await app.slack.closeModal(MANAGER);
    expect(homeOf(MANAGER)).toContain('draft (version 1)');
  });

  it('turns the pages of a large team', async () => {
    const reps = Array.from({ length: 45 }, (_, i) => `U0R${String(i).padStart(3, '0')}`);
    for (const [i, id] of reps.entries()) {
      app.slack.addPerson(id, { name: `Rep ${String(i).padStart(3, '0')}` });
    }
    await setUp(reps);
    await app.slack.openHome(MANAGER);
    expect(homeOf(MANAGER)).toContain('Page 1 of 3, 45 reps');
    expect(homeOf(MANAGER)).not.toContain('U0R044');
    await press(MANAGER, 'home_team_page.next');
    expect(homeOf(MANAGER)).toContain('U0R015');
    await press(MANAGER, 'home_team_page.previous');
    expect(homeOf(MANAGER)).toContain('U0R000');
  });
});

describe('a stranger', () => {
  it('sees nothing of anybody else, neither before nor after looking further', async () => {
    await setUp();
    await agree();
    await app.slack.openHome(STRANGER);
    expect(homeOf(STRANGER)).not.toMatch(/U0REP|U0MANAGER|Dana|Max|250|Agreed/);
    expect(publishes(STRANGER)).toHaveLength(1);
    await press(STRANGER, 'home_start');
    await app.slack.closeModal(STRANGER);
    expect(homeOf(STRANGER)).not.toMatch(/U0REP|U0MANAGER|Dana|Max|250|Agreed/);
  });
});
