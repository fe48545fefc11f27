/** Nothing that was submitted or dispatched is lost, whatever comes between. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  ENTRIES,
  fillWizard,
  initial,
  mintPair,
  openAsManager,
  openOwn,
  setUpWorkspace,
  shown,
  storedPlan,
  title,
} from '../support/plan-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());

const errorsOf = (body: unknown) =>
  Object.keys((body as { errors?: Record<string, string> } | null)?.errors ?? {}).map(
    (blockId) => blockId.split(':')[0],
  );

describe('what could not be saved', () => {
  it('is told at its field and stands there again, after a closed modal and a restart', async () => {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    const unreadable = await app.slack.submit(rep, { 'goal.income': 'a lot' });
    expect(errorsOf(unreadable.body)).toEqual(['goal.income']);
    const typed = { 'goal.income': null, currency: 'EUX', 'period.start': '2027-01-15' };
    const { body } = await app.slack.submit(rep, typed);
    expect(errorsOf(body).sort()).toEqual(['currency', 'goal.income', 'period.start']);
    await app.slack.submit(rep, { 'goal.income': 'a lot' });
    await app.slack.closeModal(rep);
    await app.restart();
    await openOwn(app, rep);
    expect(initial(app.slack, rep, 'goal.income')).toBe('a lot');
    expect(initial(app.slack, rep, 'currency')).toBe('EUX');
    expect(initial(app.slack, rep, 'period.start')).toBe('2027-01-15');
    expect((await storedPlan(app, rep)).version.draft.goal).toBeNull();
  });

  it('stays in a row’s editor, also a new row’s', async () => {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'renewals' });
    await app.slack.action({ user: rep, actionId: 'plan_row_add', value: 'renewals' });
    const row = { account: 'Acme <!here>', amount: '120k', date: '2031-01-01', likelihood: '180%' };
    const { body } = await app.slack.submit(rep, row);
    expect(errorsOf(body)).toEqual(['likelihood']);
    await app.slack.closeModal(rep);
    await app.slack.closeModal(rep);
    await openOwn(app, rep);
    await app.slack.action({ user: rep, actionId: 'plan_row_add', value: 'renewals' });
    expect(initial(app.slack, rep, 'account')).toBe('Acme <!here>');
    expect(initial(app.slack, rep, 'likelihood')).toBe('180%');
    const again = await app.slack.submit(rep, { likelihood: '80%' });
    expect(errorsOf(again.body)).toEqual(['date']);
  });

  it.each(['half a \ud83c pair', 'a \0 zero'])(
    'says so of %j, keeping the rest',
    async (account) => {
      const { rep } = await mintPair(app);
      await openOwn(app, rep);
      await app.slack.action({ user: rep, actionId: 'plan_row_add', value: 'lifeGoals' });
      const { body, status } = await app.slack.submit(rep, { label: account, amount: '60k' });
      expect(status).toBe(200);
      expect(errorsOf(body)).toEqual(['label']);
      await app.slack.submit(rep, { label: 'House' });
      expect((await storedPlan(app, rep)).version.draft.lifeGoals).toMatchObject([
        { label: 'House', amount: 6_000_000 },
      ]);
    },
  );
});

describe('what was typed and not submitted', () => {
  it('is kept when a field was dispatched, on the same device and on another', async () => {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    app.slack.fill(rep, { 'goal.livingCosts': '90k' });
    const goal = { user: rep, actionId: 'plan_field.goal.income', enter: '250k' };
    await app.slack.action(goal);
    expect(shown(app.slack, rep)).toContain('$250,000');
    await openOwn(app, rep);
    expect(initial(app.slack, rep, 'goal.income')).toBe('250k');
    expect(initial(app.slack, rep, 'goal.livingCosts')).toBe('90k');
  });

  it('is kept on the way back, to another step and through a list’s editor', async () => {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    await app.slack.submit(rep, ENTRIES[0]);
    app.slack.fill(rep, { baseSalary: 'one hundred', quota: '1m' });
    await app.slack.action({ user: rep, actionId: 'plan_back' });
    expect(title(app.slack, rep)).toBe('Goal');
    expect(shown(app.slack, rep)).toContain('✎ 2 Comp plan');
    app.slack.fill(rep, { 'goal.income': '260k' });
    await app.slack.action({ user: rep, actionId: 'plan_row_add', value: 'lifeGoals' });
    await app.slack.submit(rep, { label: 'Boat', amount: '10k' });
    expect(initial(app.slack, rep, 'goal.income')).toBe('260k');
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'compensation' });
    expect(initial(app.slack, rep, 'baseSalary')).toBe('one hundred');
    expect(initial(app.slack, rep, 'quota')).toBe('1m');
    const { draft } = (await storedPlan(app, rep)).version;
    expect(draft.goal?.income).toBe(26_000_000);
    expect(draft.lifeGoals).toHaveLength(1);
  });

  it('is each one’s own: the other of the pair does not see it', async () => {
    const pair = await mintPair(app);
    await openOwn(app, pair.rep);
    await app.slack.action({
      user: pair.rep,
      actionId: 'plan_field.goal.income',
      enter: '7 secrets',
    });
    await openAsManager(app, pair);
    expect(initial(app.slack, pair.manager, 'goal.income')).toBeUndefined();
  });

  it('asks anew for the region when the country changes', async () => {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'activities' });
    const country = (enter: string | null) =>
      app.slack.action({ user: rep, actionId: 'plan_field.country', enter });
    await country('DE');
    app.slack.fill(rep, { region: 'BY' });
    await country('CH');
    expect((await app.slack.submit(rep)).body).not.toHaveProperty('errors');
    expect((await storedPlan(app, rep)).version.draft.calendar).toMatchObject({
      country: 'CH',
      region: null,
    });
  });
});

describe('what was submitted', () => {
  it('is there after a restart between any two steps', async () => {
    const { rep } = await mintPair(app);
    for (const [at, entry] of ENTRIES.entries()) {
      if (at % 3 === 0) await app.restart();
      await openOwn(app, rep);
      expect(shown(app.slack, rep)).toContain(`Step ${at + 1} of 10`);
      await app.slack.submit(rep, entry);
    }
    const { draft } = (await storedPlan(app, rep)).version;
    expect(draft).toMatchObject({
      goal: { income: 25_000_000 },
      compensation: { first: { quota: 100_000_000, tiers: [{}, { from: 1, multiplier: 1.5 }] } },
      newBusiness: { averageDealSize: 2_500_000 },
    });
  });

  it('is not marked as unfinished, however the field was entered', async () => {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    await app.slack.action({ user: rep, actionId: 'plan_field.goal.income', enter: '250k' });
    await app.slack.submit(rep, ENTRIES[0]);
    expect(shown(app.slack, rep)).not.toContain('✎');
  });
});

describe('many rows at once', () => {
  async function paste(lines: string | null, file: string | null = null) {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'renewals' });
    await app.slack.action({ user: rep, actionId: 'plan_row_paste', value: 'renewals' });
    const entries = { ...(lines && { lines }), ...(file && { file: app.slack.addFile(file) }) };
    const { body } = await app.slack.submit(rep, entries);
    return { rep, body, rows: async () => (await storedPlan(app, rep)).version.draft.renewals };
  }

  it('adds each line once, when the ones that can’t be read are put right', async () => {
    const good = Array.from({ length: 40 }, (_, i) => `Acme ${i}, ${i + 1}00, 2027-03-31, 80%`);
    const { rep, rows } = await paste([...good, 'Bad, much, 2027-03-31, 80%'].join('\n'));
    expect(await rows()).toHaveLength(40);
    expect(shown(app.slack, rep)).toContain('*40* added');
    await app.slack.submit(rep, { lines: 'Bad, 5, 2027-03-31, 80%' });
    expect((await rows()).map(({ account }) => account)).toHaveLength(41);
    expect(title(app.slack, rep)).toBe('Renewals');
    expect(shown(app.slack, rep)).toContain('Page 5 of 5');
  });

  const lines = () => initial(app.slack, modalOf.rep, 'lines');
  const modalOf = { rep: '' };

  it('asks about a row that is there already, and adds it only when told so', async () => {
    const acme = 'Acme, 5k, 2027-03-31, 80%';
    const { rep, rows } = await paste([acme, '', 'Globex, 6k, 2027-06-30, 50%', acme].join('\n'));
    modalOf.rep = rep;
    expect((await rows()).map(({ account }) => account)).toEqual(['Acme', 'Globex']);
    expect(shown(app.slack, rep)).toContain('*2* added');
    expect(shown(app.slack, rep)).toContain(
      'Line 1: “Acme”: a renewal just like it is there already',
    );
    expect(lines()).toBe(acme);
    await app.slack.submit(rep);
    expect(await rows()).toHaveLength(2);
    expect(shown(app.slack, rep)).toContain('Nothing new was found');
    await app.slack.submit(rep, { again: ['again'] });
    expect((await rows()).map(({ account }) => account)).toEqual(['Acme', 'Globex', 'Acme']);
    expect(title(app.slack, rep)).toBe('Renewals');
  });

  it('reads an export by its headings, says what it left out, and counts what is in the box', async () => {
    const headings = 'Deal Name,Stage,Amount,Close Date,Next Step';
    const bad = 'Initech,Open,45.000,2027-06-30 00:00,';
    const { rep, rows } = await paste(
      [headings, '', 'Acme,Open,"120,000",2027-03-31 00:00,Call Max', bad].join('\n'),
    );
    modalOf.rep = rep;
    expect(await rows()).toMatchObject([
      {
        account: 'Acme',
        amount: 12_000_000,
        date: '2027-03-31',
        likelihood: 0.8,
        nextActivities: 'Call Max',
      },
    ]);
    expect(shown(app.slack, rep)).toContain('Account is “Deal Name”, Renews on is “Close Date”');
    expect(shown(app.slack, rep)).toContain('No column says Likelihood: each is at *80%*');
    expect(shown(app.slack, rep)).toContain('Not read: “Stage”');
    expect(shown(app.slack, rep)).toContain('Line 2: Amount “45.000”: Is that 45,000 or 45?');
    expect(lines()).toBe(`${headings}\n${bad}`);
    await app.slack.submit(rep, { lines: `${headings}\n${bad.replace('45.000', '45000')}` });
    expect((await rows()).map(({ amount }) => amount)).toEqual([12_000_000, 4_500_000]);
    expect(title(app.slack, rep)).toBe('Renewals');
    expect(shown(app.slack, rep)).toContain('*1* added, by its headings');
  });

  it('leaves the box as it was pasted while nothing in it can be added', async () => {
    const text = 'Company,Amount\n\nAcme,5k\nGlobex,6k';
    const { rep, rows } = await paste(text);
    modalOf.rep = rep;
    expect(await rows()).toEqual([]);
    expect(shown(app.slack, rep)).toContain('Line 1: No heading says Renews on');
    expect(lines()).toBe(text);
  });

  it('takes a dropped file, and tells the first of its problems', async () => {
    const bad = Array.from({ length: 300 }, (_, i) => `Bad ${i} ${'x'.repeat(180)}, €€€, soon, 9%`);
    const good = Array.from({ length: 200 }, (_, i) => `Good ${i};1.5k;2027-06-30;50`);
    const { rep, rows } = await paste(null, [...bad, ...good].join('\r\n'));
    expect(await rows()).toHaveLength(200);
    expect(shown(app.slack, rep)).toMatch(/\*200\* added.*and 292 more/);
    expect(shown(app.slack, rep)).toMatch(/The last 2\d\d of these lines don’t fit/);
    // The file is done with: adding again adds nothing twice.
    await app.slack.submit(rep).catch(() => null);
    expect(await rows()).toHaveLength(200);
  });

  it('says at its field what is wrong with a file', async () => {
    const binary = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x10]).toString('latin1');
    const { rep } = await paste(null, 'x');
    const fileId = app.slack.addFile(Buffer.from(binary, 'latin1'));
    expect(errorsOf((await app.slack.submit(rep, { file: fileId })).body)).toEqual(['file']);
    expect(errorsOf((await app.slack.submit(rep, { file: 'F404' })).body)).toEqual(['file']);
    expect(errorsOf((await app.slack.submit(rep, { file: null, lines: null })).body)).toEqual([
      'lines',
    ]);
  });

  it('answers within three seconds and pages what a hundred renewals of 200 characters are', async () => {
    const file = Array.from(
      { length: 100 },
      (_, i) => `${'&'.repeat(200)};${i + 1}k;2027-06-30;50`,
    );
    const { rep, rows } = await paste(null, file.join('\n'));
    expect(await rows()).toHaveLength(100);
    expect(shown(app.slack, rep)).toContain('Page 10 of 10');
    await app.slack.action({ user: rep, actionId: 'plan_page.8' });
    expect(shown(app.slack, rep)).toContain('Page 9 of 10');
    await app.slack.submit(rep);
    expect(app.slack.took()).toBeLessThan(3_000);
  });
});

describe('a plan with nobody to sign it yet', () => {
  it('can be looked at in every step while it is empty', async () => {
    const { rep } = await mintPair(app);
    await app.db.person.updateMany({ where: { userId: rep }, data: { teamId: null } });
    await openOwn(app, rep);
    for (const step of ['review', 'milestones', 'insurance', 'activities', 'pipeline', 'review']) {
      await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: step });
    }
    expect(shown(app.slack, rep)).toContain('Still open');
    expect(app.slack.modal(rep)?.submit).toBeUndefined();
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'goal' });
    await fillWizard(app.slack, rep);
    expect(app.slack.modal(rep)?.submit?.text).toBe('Propose it');
  });
});
