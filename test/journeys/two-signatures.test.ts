import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  buttonsOf,
  fillWizard,
  initial,
  lastMessage,
  mintPair,
  mintPerson,
  openAsManager,
  openOwn,
  setUpWorkspace,
  shown,
  storedPlan,
  title,
} from '../support/plan-app.ts';

describe('from an empty workspace to two signatures', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  it('begins before any set-up, fills in ten steps with all their rows, and signs twice over', async () => {
    const { slack } = app;
    const rep = 'U0REP';
    const manager = 'U0MANAGER';
    await openOwn(app, rep);
    expect(title(slack, rep)).toBe('Goal');
    expect(shown(slack, rep)).toContain('Step 1 of 10');

    // Goal, with a life goal added by hand.
    slack.fill(rep, {
      'period.start': '2027-01-01',
      'period.end': '2027-12-31',
      'goal.income': '250,000',
    });
    await slack.action({ user: rep, actionId: 'plan_row_add', value: 'lifeGoals' });
    expect(title(slack, rep)).toBe('Life goal');
    await slack.submit(rep, { label: 'House deposit', amount: '60k', by: '2027-09-30' });
    expect(title(slack, rep)).toBe('Goal');
    expect(shown(slack, rep)).toContain('*House deposit* · $60k by Sep 30, 2027');
    expect(initial(slack, rep, 'goal.income')).toBe('250,000');
    await slack.submit(rep);

    expect(title(slack, rep)).toBe('Comp plan');
    slack.fill(rep, {
      baseSalary: '100k',
      earns: '10',
      quota: '1m',
      lines: '100% 1.5x',
    });
    await slack.action({ user: rep, actionId: 'plan_field.quota', block: 'quota', enter: '1m' });
    expect(shown(slack, rep)).toContain('*$1,333,333.33* of bookings');
    await slack.submit(rep);

    expect(title(slack, rep)).toBe('Pipeline');
    expect(shown(slack, rep)).toContain('*$4.0M* of qualified pipeline');
    await slack.submit(rep);

    // Renewals: one by hand, edited, another removed, lines pasted and a file dropped.
    expect(title(slack, rep)).toBe('Renewals');
    const row = (what: string, account: string) => {
      const block = (slack.modal(rep)?.blocks ?? []).find((one) =>
        JSON.stringify(one).includes(account),
      );
      const id = block?.block_id?.split(':')[2] ?? '';
      return slack.action({
        user: rep,
        actionId: 'plan_row_menu',
        value: `${what}:renewals:${id}`,
      });
    };
    await slack.action({ user: rep, actionId: 'plan_row_add', value: 'renewals' });
    await slack.submit(rep, { account: 'Acme', amount: '120k', date: '2027-03-31' });
    await slack.action({ user: rep, actionId: 'plan_row_add', value: 'renewals' });
    await slack.submit(rep, { account: 'Mistake', amount: '1', date: '2027-03-31' });
    await row('remove', 'Mistake');
    expect(shown(slack, rep)).not.toContain('Mistake');
    await row('edit', 'Acme');
    expect(initial(slack, rep, 'amount')).toBe('120,000');
    await slack.submit(rep, { amount: '130,000.50', nextActivities: 'QBR in January' });
    expect(shown(slack, rep)).toContain('$130k');
    await slack.action({ user: rep, actionId: 'plan_row_paste', value: 'renewals' });
    await slack.submit(rep, {
      lines: 'Globex, 80,000, 2027-06-30, 60%\nInitech Ltd, eighty, 2027-06-30, 60%',
    });
    expect(title(slack, rep)).toBe('Paste several');
    expect(initial(slack, rep, 'lines')).toBe('Initech Ltd, eighty, 2027-06-30, 60%');
    await slack.submit(rep, { lines: 'Initech Ltd, 80k, 2027-06-30, 60%' });
    expect(title(slack, rep)).toBe('Renewals');
    await slack.action({ user: rep, actionId: 'plan_row_paste', value: 'renewals' });
    const file = slack.addFile('account,amount,date,likelihood\nHooli,50000,2027-12-31,50%\n');
    await slack.submit(rep, { file });
    expect(title(slack, rep)).toBe('Renewals');
    expect((await storedPlan(app, rep)).version.draft.renewals).toMatchObject([
      { account: 'Acme', amount: 13_000_050, pressureTested: 0.4 },
      { account: 'Globex', amount: 8_000_000, pressureTested: 0.3 },
      { account: 'Initech Ltd', amount: 8_000_000, likelihood: 0.6 },
      { account: 'Hooli', amount: 5_000_000, date: '2027-12-31' },
    ]);
    await slack.submit(rep);

    expect(title(slack, rep)).toBe('Expansion');
    await slack.action({ user: rep, actionId: 'plan_row_add', value: 'expansion' });
    await slack.submit(rep, {
      account: 'Globex',
      buyingCenter: 'EMEA operations',
      target: '80k',
      split: 'halves',
    });
    await slack.submit(rep);

    expect(title(slack, rep)).toBe('New business');
    await slack.submit(rep, {
      averageDealSize: '25k',
      salesCycleDays: '60',
      'sdr.inboundPerMonth': '6',
      'sdr.outboundPerMonth': '4.5',
      'sdr.sync': 'weekly',
      'partner.userId': 'U0LEADER',
      'self.prospecting': 'Two call blocks',
    });

    expect(title(slack, rep)).toBe('Activities');
    await slack.action({ user: rep, actionId: 'plan_row_add', value: 'callBlocks' });
    await slack.submit(rep, { days: ['mon', 'wed'], start: '08:30', minutes: '120' });
    await slack.action({ user: rep, actionId: 'plan_row_add', value: 'overrides' });
    await slack.submit(rep, { activity: 'demos', count: '3', reason: 'Half are group demos' });
    slack.fill(rep, { timeOff: '2027-07-05 – 2027-07-16 vacation' });
    await slack.submit(rep, { country: 'DE' });

    expect(title(slack, rep)).toBe('Insurance');
    await slack.action({ user: rep, actionId: 'plan_row_add', value: 'risks' });
    await slack.submit(rep, {
      label: 'Our SDR leaves',
      kind: 'sdr_exit',
      probability: '30%',
      impact: '100k',
    });
    await slack.submit(rep);

    expect(title(slack, rep)).toBe('Milestones');
    await slack.submit(rep, { ordinal: '2', weekday: 'thu', time: '14:00' });

    // Review: no manager yet, so the rep names one.
    expect(title(slack, rep)).toBe('Review');
    expect(slack.dm(manager)).toHaveLength(0);
    await slack.submit(rep, { managerId: manager });
    expect(title(slack, rep)).toBe('Big-Picture Plan');
    expect(shown(slack, rep)).toContain('waits for <@U0MANAGER> to sign');
    const asked = lastMessage(slack, manager);
    expect(buttonsOf(asked)).toEqual(
      expect.arrayContaining(['plan_agree', 'plan_ask_for_changes', 'plan_history']),
    );

    // The manager sends it back with a comment; the rep changes and proposes again.
    await slack.action({ user: manager, actionId: 'plan_ask_for_changes', message: asked });
    await slack.submit(manager, { comment: 'Acme at 80 % looks *hopeful* <!channel>' });
    expect(title(slack, manager)).toBe('Review');
    await slack.closeModal(manager);
    expect(slack.dm(rep)).toHaveLength(1);
    const sentBack = lastMessage(slack, rep);
    expect(JSON.stringify(sentBack.blocks)).toContain('&lt;!channel&gt;');
    expect(buttonsOf(asked)).not.toContain('plan_agree');
    await slack.closeModal(rep);
    await slack.action({ user: rep, actionId: 'plan_open', message: sentBack });
    expect(title(slack, rep)).toBe('Review');
    await slack.action({ user: rep, actionId: 'plan_go_to', enter: 'pipeline' });
    await slack.submit(rep, { xFactor: '3.5' });
    await slack.action({ user: rep, actionId: 'plan_go_to', enter: 'review' });
    await slack.submit(rep);
    const askedAgain = lastMessage(slack, manager);
    expect(askedAgain.ts).not.toBe(asked.ts);

    await slack.action({ user: manager, actionId: 'plan_agree', message: askedAgain });
    expect((await storedPlan(app, rep)).version.status).toBe('agreed');
    expect(slack.dm(rep).map(({ text }) => text)).toEqual([
      // What brought the request says what has become of it.
      'Your plan has gone on since. It is agreed and signed by both.',
      'Your plan is agreed and signed by both.',
    ]);
    // Whoever signs second sees it in the message that asked them.
    expect(slack.dm(manager).filter(({ text }) => text.startsWith('Dana’s plan'))).toHaveLength(2);
    expect(askedAgain.text).toBe('Dana’s plan is agreed and signed by both.');

    // A change is version 2: the first stays in force until both have signed again.
    await slack.action({
      user: manager,
      actionId: 'plan_change',
      message: lastMessage(slack, manager),
    });
    expect(shown(slack, manager)).toContain('Version 2');
    await slack.action({ user: manager, actionId: 'plan_go_to', enter: 'compensation' });
    await slack.submit(manager, { quota: '1.2m' });
    await slack.action({ user: manager, actionId: 'plan_go_to', enter: 'review' });
    await slack.submit(manager);
    await slack.action({
      user: rep,
      actionId: 'plan_agree',
      message: lastMessage(slack, rep),
    });
    const { version } = await storedPlan(app, rep);
    expect(version).toMatchObject({ number: 2, status: 'agreed' });

    // History: who did what, and what changed.
    await slack.closeModal(rep);
    await openOwn(app, rep);
    await slack.action({ user: rep, actionId: 'plan_history' });
    const history = shown(slack, rep);
    for (const words of [
      'proposed and signed it',
      'asked for changes',
      'agreed and signed it',
      'signed the version that replaced it',
      'Acme at 80 % looks',
      '<!date^',
    ])
      expect(history).toContain(words);
    await slack.action({ user: rep, actionId: 'plan_compare.2' });
    expect(shown(slack, rep)).toContain('*Quota:* $1,000,000 → *$1,200,000*');

    // Closed by the rep: the next command starts anew.
    await slack.closeModal(rep);
    await slack.action({ user: rep, actionId: 'plan_close' });
    expect(shown(slack, rep)).toContain('All its versions stay readable');
    await slack.closeModal(rep);
    await openOwn(app, rep);
    expect(title(slack, rep)).toBe('Goal');
    expect((await storedPlan(app, rep)).version).toMatchObject({ number: 1, status: 'draft' });
  });
});

describe('proposed by the manager, agreed by the rep', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await setUpWorkspace(app);
  });
  afterAll(() => app.stop());

  it('asks the rep, tells the manager once, and nobody else', async () => {
    const { slack } = app;
    const pair = await mintPair(app);
    await openAsManager(app, pair);
    expect(title(slack, pair.manager)).toBe('Goal');
    await fillWizard(slack, pair.manager);
    await slack.submit(pair.manager);
    expect(slack.dm(pair.manager)).toHaveLength(0);
    const asked = lastMessage(slack, pair.rep);
    expect(asked.text).toBe('Your plan is proposed: read it and sign, or ask for changes.');
    expect(JSON.stringify(asked.blocks)).toContain(`proposed by <@${pair.manager}>`);
    await slack.action({ user: pair.rep, actionId: 'plan_agree', message: asked });
    expect(slack.dm(pair.rep)).toHaveLength(1);
    expect(slack.dm(pair.manager)).toHaveLength(1);
    expect(buttonsOf(asked)).toContain('plan_change');
    const told = slack.callsOf('chat.postMessage').map(({ args }) => args.channel);
    const allowed = [slack.dmChannel(pair.rep), slack.dmChannel(pair.manager)];
    expect(told.filter((channel) => !allowed.includes(String(channel)))).toEqual([]);
  });

  it('says at the field why somebody can’t be the manager, and keeps the plan', async () => {
    const { slack } = app;
    await mintPerson(app, 'U0ALONE', { name: 'Ola' });
    slack.addPerson('U0GONE', { name: 'Kim', deleted: true });
    slack.addPerson('U0BOT', { name: 'Zap', isBot: true });
    slack.addPerson('U0NEW', { name: 'Nia' });
    await openOwn(app, 'U0ALONE');
    await fillWizard(slack, 'U0ALONE');
    const errors = async (managerId: string) =>
      Object.values(
        ((await slack.submit('U0ALONE', { managerId })).body as { errors?: object })?.errors ?? {},
      );
    expect(await errors('U0ALONE')).toEqual([expect.stringContaining('takes two')]);
    expect(await errors('U0GONE')).toEqual([expect.stringContaining('deactivated')]);
    expect(await errors('U0BOT')).toEqual([expect.stringContaining('an app')]);
    expect((await storedPlan(app, 'U0ALONE')).version.status).toBe('draft');
    expect(await errors('U0NEW')).toEqual([]);
    expect((await storedPlan(app, 'U0ALONE')).version.status).toBe('proposed');
    const message = lastMessage(slack, 'U0NEW');
    await slack.action({ user: 'U0NEW', actionId: 'plan_agree', message });
    expect((await storedPlan(app, 'U0ALONE')).version.status).toBe('agreed');
  });
});
