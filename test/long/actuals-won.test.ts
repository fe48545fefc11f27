/** Won deals and lost renewals, as people enter, change, undo and put them back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answer,
  command,
  mintInMarch,
  modalText,
  plain,
  press,
  renewal,
  startInMarch,
  told as toldTo,
  withLayers,
} from '../support/actuals-app.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  initial,
  joinTeam,
  mintPair,
  mintPerson,
  setUpWorkspace,
  type TestPair,
} from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: TestApp;
let rep = '';
let manager = '';
beforeAll(async () => {
  app = await startTestApp();
  startInMarch(app);
  await setUpWorkspace(app);
});
afterAll(() => app.stop());
beforeEach(async () => {
  ({ rep, manager } = await mintInMarch(app));
});

const won = (words: string, user = rep) => command(app, user, `won ${words}`);
const told = (user = rep) => toldTo(app, user);
const deals = async (repId = rep) => {
  const rows = await app.db.deal.findMany({ where: { repId }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ account, amount, layer, outcome, date, renewalId }) =>
    [account, Number(amount) / 100, outcome === 'lost' ? 'lost' : layer, date, renewalId]
      .filter((part) => part !== null)
      .join(' | '),
  );
};
const ACME = 'Acme Robotics | 24000 | newBusiness | 2027-03-11';

describe('in words', () => {
  it('of nothing is none: the amount is asked for', async () => {
    await won('Acme Robotics $0 new');
    expect(await deals()).toEqual([]);
    expect(modalText(app, rep)).toContain('A deal of nothing would count as a win');
    await app.slack.closeModal(rep);
  });

  it('is recorded, and says how the layer stands', async () => {
    await won('Acme Robotics 24k new');
    expect(await deals()).toEqual([ACME]);
    expect(told()).toMatch(
      /^✓ \*\$24,000 won\* · Acme Robotics · new business · today\nNew business to date: \$24k of \$\d+k due by Mar 31\.\nPays \$2,400; from \$1\.0M on each such deal pays \$3,600\.$/,
    );
    await won('Initech 12,000 expansion on 3 March');
    expect(told()).toMatch(
      /^✓ \*\$12,000 won\* · Initech · expansion · Mar 3\nExpansion to date: \$12k of \$20k/,
    );
    const [row] = await app.db.deal.findMany({ where: { repId: rep } });
    expect(row).toMatchObject({ workspaceId: TEAM, addedBy: rep });
  });

  it('is changed, undone and put back; a second click does no harm', async () => {
    await won('Acme Robotics 24k new');
    const first = answer(app, rep);
    await press(app, rep, 'deal_edit');
    expect(initial(app.slack, rep, 'account')).toBe('Acme Robotics');
    expect(initial(app.slack, rep, 'amount')).toBe('24,000');
    await app.slack.submit(rep, { amount: '25k', kind: 'expansion', date: '2027-03-10' });
    expect(app.slack.modal(rep), 'it closes').toBeUndefined();
    expect(told()).toContain('✓ *$25,000 won* · Acme Robotics · expansion · yesterday');
    expect(told()).toContain('It was *$24,000 won* · Acme Robotics · new business · today.');
    expect(answer(app, rep).blocks).not.toEqual([]);
    const changed = 'Acme Robotics | 25000 | expansion | 2027-03-10';
    expect(await deals()).toEqual([changed]);

    const record = answer(app, rep);
    await press(app, rep, 'deal_undo');
    expect(told()).toBe(
      'Undone: *$25,000 won* · Acme Robotics · expansion · yesterday. It no longer counts.',
    );
    expect(await deals()).toEqual([]);
    await press(app, rep, 'deal_undo', { message: record });
    expect(told()).toContain('Undone: *$25,000 won*');
    const undone = answer(app, rep);
    await press(app, rep, 'deal_put_back');
    expect(told()).toContain('✓ *$25,000 won*');
    expect(await deals()).toEqual([changed]);
    await press(app, rep, 'deal_put_back', { message: undone });
    expect(await deals()).toEqual([changed]);
    // The message of before the change still leads to the deal as it is.
    await press(app, rep, 'deal_undo', { message: first });
    expect(told()).toContain('Undone: *$25,000 won*');
    await press(app, rep, 'deal_edit', { message: record });
    expect(told()).toBe('That entry is no longer there: it was undone meanwhile.');
  });

  it('that was undone while its form was open says so, and what was typed stays', async () => {
    await won('Acme Robotics 24k new');
    const record = answer(app, rep);
    await press(app, rep, 'deal_edit');
    await press(app, rep, 'deal_undo', { message: record });
    const { body } = await app.slack.submit(rep, { amount: '26k' });
    expect(JSON.stringify(body)).toContain('it was undone meanwhile');
    expect(app.slack.modal(rep)).toBeDefined();
    await app.slack.closeModal(rep);
    expect(await deals()).toEqual([]);
  });

  it.each([
    ['Acme 24000', { account: 'Acme', amount: '24000' }, 'New business, expansion'.toLowerCase()],
    ['Acme new', { account: 'Acme', kind: 'newBusiness' }, 'How much was it?'],
    ['Acme €24,000 new', { account: 'Acme', amount: '€24,000' }, 'Amounts here are in USD'],
    ['Acme 24 500 new', { account: 'Acme', amount: '24 500' }, 'more than one way'],
    ['Acme 24k new tomorrow', { account: 'Acme', date: '2027-03-12' }, 'still to come'],
    ['Acme 24k new 2026-12-31', { account: 'Acme', amount: '24,000' }, 'outside the plan'],
    [`${'x'.repeat(220)} 24k new`, { amount: '24k' }, '200 characters'],
  ])('that can’t be read opens the form with what was understood: %j', async (words, kept, why) => {
    await won(words);
    expect(modalText(app, rep)).toContain(why);
    expect(modalText(app, rep)).toContain('You wrote');
    for (const [path, value] of Object.entries(kept)) {
      expect(initial(app.slack, rep, path), path).toBe(value);
    }
    await app.slack.closeModal(rep);
    expect(await deals()).toEqual([]);
  });

  it('without a plan, or before it begins, says what to do', async () => {
    const { rep: planless } = await mintPair(app);
    await won('Acme 24k new', planless);
    expect(told(planless)).toContain(
      'You have no agreed plan to count this against yet: `/bigplan`',
    );
    await won('', manager);
    expect(told(manager)).toContain('name them first: `/bigplan won @Dana Acme 24000 new`');
    const next = await mintInMarch(app, { period: { start: '2028-01-01', end: '2028-12-31' } });
    await won('Acme 24k new', next.rep);
    expect(told(next.rep)).toBe('The plan begins on Jan 1, 2028: this counts from then.');
  });

  it('of a plan that is over stays as it is', async () => {
    await won('Acme Robotics 24k new');
    const record = answer(app, rep);
    await app.db.plan.updateMany({ where: { repId: rep }, data: { closedAt: new Date() } });
    await press(app, rep, 'deal_undo', { message: record });
    expect(told()).toContain('You have no agreed plan to count this against yet');
    await agreePlanOf(app, rep, everyDayDraft(withLayers()));
    for (const actionId of ['deal_undo', 'deal_edit']) {
      await press(app, rep, actionId, { message: record });
      expect(told()).toBe('That belongs to a plan that is over: it stays as it is.');
    }
    expect(await deals()).toEqual([ACME]);
  });

  it('wakes what the rep gets by the clock', async () => {
    const due = async () =>
      (await app.db.agenda.findMany({ where: { personId: rep } })).map(({ dueAt }) => dueAt);
    await app.db.agenda.updateMany({
      where: { personId: rep },
      data: { dueAt: new Date('2027-06-01T00:00:00Z') },
    });
    await won('Acme Robotics 24k new');
    for (const dueAt of await due()) expect(dueAt.getTime()).toBeLessThan(Date.UTC(2027, 3, 1));
    expect(await due()).not.toEqual([]);
  });

  it('long words and markup stay words', async () => {
    const name = `<!channel> *${'Ünï '.repeat(40)}*`.slice(0, 190).trim();
    await won(`"${name.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}" 24k new`);
    expect(told()).not.toContain('<!channel>');
    expect((await app.db.deal.findFirst({ where: { repId: rep } }))?.account).toBe(name);
    await press(app, rep, 'deal_undo');
    await press(app, rep, 'deal_put_back');
    await won('list');
    expect(await deals()).toHaveLength(1);
  });
});

describe('in the form', () => {
  it('asks for what is missing, at its field, and keeps the rest', async () => {
    await won('');
    const { body } = await app.slack.submit(rep, {
      kind: 'newBusiness',
      account: 'Acme',
      amount: 'lots',
    });
    expect(body).toMatchObject({
      response_action: 'errors',
      errors: { 'amount:new': expect.stringContaining("That isn't an amount") },
    });
    const next = await app.slack.submit(rep, { amount: '24k', date: '2027-03-12' });
    expect(JSON.stringify(next.body)).toContain('"date:new":"Mar 12, 2027 is still to come');
    const zero = await app.slack.submit(rep, { amount: '0', date: '2027-03-11' });
    expect(JSON.stringify(zero.body)).toContain('above zero');
    await app.slack.submit(rep, { amount: '24k' });
    expect(modalText(app, rep)).toContain('✓ *$24,000 won* · Acme');
    await press(app, rep, 'deal_edit', { message: null });
    await app.slack.submit(rep, { amount: '25k' });
    expect(modalText(app, rep)).toContain('It was *$24,000 won*');
    await press(app, rep, 'deal_undo', { message: null });
    expect(modalText(app, rep)).toContain('Undone: *$25,000 won*');
    await press(app, rep, 'deal_put_back', { message: null });
    expect(await deals()).toEqual(['Acme | 25000 | newBusiness | 2027-03-11']);
    await app.slack.closeModal(rep);
  });

  it('offers the plan’s open renewals, and takes name and amount from the one picked', async () => {
    await won('');
    expect(modalText(app, rep)).not.toContain('Which of the plan');
    await press(app, rep, 'deal_kind', { message: null, enter: 'lost' });
    expect(modalText(app, rep)).toContain('Globex · $50k · Sep 30');
    await app.slack.submit(rep, { renewal: 'globex2' });
    expect(modalText(app, rep)).toContain('*$50,000 not renewed* · Globex · today');
    expect(await deals()).toEqual(['Globex | 50000 | lost | 2027-03-11 | globex2']);
    await app.slack.closeModal(rep);
  });

  it('left without a renewal picked asks which, where several are meant', async () => {
    await won('');
    await press(app, rep, 'deal_kind', { message: null, enter: 'renewal' });
    const { body } = await app.slack.submit(rep, { account: 'globex', amount: '80k' });
    expect(JSON.stringify(body)).toMatch(/"renewal:new":"The plan has more than one open renewal/);
    await app.slack.submit(rep, { renewal: 'globex1' });
    expect(await deals()).toEqual(['Globex | 80000 | renewal | 2027-03-11 | globex1']);
    await app.slack.closeModal(rep);
  });
});

describe('a renewal’s outcome', () => {
  it('settles the account in the plan, however its name is written', async () => {
    await won('ACME 118k renewal on 3 March');
    expect(told()).toMatch(
      /^✓ \*\$118,000 won\* · Acme · renewal · Mar 3\nThat settles Acme in the plan: \$120k, due Mar 31\.\nRenewals to date: \$118k of \$64k due by Mar 31\.\nPays \$11,800; from \$1\.0M on each such deal pays \$17,700\.$/,
    );
    await won('lost renewal cafe zürich');
    expect(told()).toContain('*$40,000 not renewed* · Café Zürich · today');
    expect(await deals()).toEqual([
      'Acme | 118000 | renewal | 2027-03-03 | acme',
      'Café Zürich | 40000 | lost | 2027-03-11 | cafe',
    ]);
    await command(app, rep, '');
    expect(modalText(app, rep)).toContain(
      '*Settled* 2 of 4 renewals: Café Zürich lost $40k on Mar 11 · Acme won $118k on Mar 3',
    );
    await press(app, rep, 'plan_read', { message: null });
    await press(app, rep, 'plan_read.step', { message: null, enter: readValue('renewals') });
    expect(modalText(app, rep)).toContain('· settled: *won $118k on Mar 3*');
    await app.slack.closeModal(rep);
  });

  it('of several of that account asks which', async () => {
    await won('Globex 80k renewal');
    expect(modalText(app, rep)).toContain('more than one open renewal');
    expect(initial(app.slack, rep, 'amount')).toBe('80,000');
    await app.slack.submit(rep, { renewal: 'globex1' });
    await app.slack.closeModal(rep);
    await won('Globex lost renewal');
    expect(await deals(), 'the one that is left').toEqual([
      'Globex | 80000 | renewal | 2027-03-11 | globex1',
      'Globex | 50000 | lost | 2027-03-11 | globex2',
    ]);
  });

  it('that is settled already says by what, and leads there or to another one', async () => {
    await won('Acme 118k renewal');
    await won('Acme 90k renewal');
    expect(told()).toBe('*Acme is settled already:* won $118,000 today. Nothing new was recorded.');
    const settled = answer(app, rep);
    await press(app, rep, 'deal_edit');
    expect(initial(app.slack, rep, 'renewal')).toBe('acme');
    await app.slack.submit(rep, { amount: '119k' });
    expect(await deals()).toEqual(['Acme | 119000 | renewal | 2027-03-11 | acme']);
    await press(app, rep, 'deal_open', { message: settled });
    expect(initial(app.slack, rep, 'amount')).toBe('90,000');
    await app.slack.submit(rep);
    expect(told()).toContain('this counts as one of its own');
    expect(await deals()).toContain('Acme | 90000 | renewal | 2027-03-11');
  });

  it('that is settled while its form was open offers the other, and keeps what was typed', async () => {
    await won('');
    await press(app, rep, 'deal_kind', { message: null, enter: 'renewal' });
    await won(`<@${rep}> Acme 118k renewal`, manager);
    await app.slack.submit(rep, { renewal: 'acme', amount: '90k' });
    expect(modalText(app, rep)).toContain('*Acme is settled already:* won $118,000');
    await press(app, rep, 'deal_edit', { message: null });
    expect(initial(app.slack, rep, 'amount')).toBe('118,000');
    await app.slack.closeModal(rep);
  });

  it('in two places at once is recorded once', async () => {
    await Promise.all([
      won('Acme 118k renewal'),
      won('Acme 118k renewal'),
      won(`<@${rep}> Acme 118k renewal`, manager),
    ]);
    expect(await deals()).toEqual(['Acme | 118000 | renewal | 2027-03-11 | acme']);
  });

  it('of nobody in the plan counts by itself, and says so; a lost one needs its amount', async () => {
    await won('Hooli 30k renewal');
    expect(told()).toContain(
      'The plan has no open renewal of that name: this counts as one of its own.',
    );
    await won('lost renewal Soylent');
    expect(modalText(app, rep)).toContain('how much was it?');
    await app.slack.submit(rep, { amount: '10k' });
    expect(await deals()).toEqual([
      'Hooli | 30000 | renewal | 2027-03-11',
      'Soylent | 10000 | lost | 2027-03-11',
    ]);
    await app.slack.closeModal(rep);
  });

  it('of the only renewal that was settled leads to one of its own', async () => {
    const { rep: single } = await mintInMarch(app, { renewals: [renewal('acme', 'Acme')] });
    await won('Acme 118k renewal', single);
    await won('Acme 90k renewal', single);
    await press(app, single, 'deal_open');
    expect(initial(app.slack, single, 'renewal')).toBe('other');
    await app.slack.submit(single);
    expect(await deals(single)).toContain('Acme | 90000 | renewal | 2027-03-11');
    await won('', single);
    await app.slack.submit(single, { kind: 'renewal', account: 'Acme', amount: '80k' });
    expect(modalText(app, single)).toContain('*Acme is settled already:* won $118,000 today.');
    await app.slack.submit(single, { renewal: 'other' });
    expect(await deals(single)).toContain('Acme | 80000 | renewal | 2027-03-11');
    await app.slack.closeModal(single);
  });

  it('that can’t be put back, since another has settled it, says so', async () => {
    await won('Acme 118k renewal');
    await press(app, rep, 'deal_undo');
    const undone = answer(app, rep);
    await won('Acme 119k renewal');
    await press(app, rep, 'deal_put_back', { message: undone });
    expect(told()).toContain('*Acme is settled already:* won $119,000');
    expect(await deals()).toHaveLength(1);
  });
});

describe('the list', () => {
  it('shows the deals page by page, each to be edited and undone', async () => {
    await won('list');
    expect(told()).toContain('Nothing is won yet.');
    for (let n = 1; n <= 12; n++) await won(`"Customer ${n}" ${n}0k new`);
    await won('list');
    expect(told()).toBe('*$780k won in this plan*');
    expect(JSON.stringify(answer(app, rep).blocks)).toContain('Customer 12');
    await press(app, rep, 'deal_list.1');
    expect(JSON.stringify(answer(app, rep).blocks)).not.toContain('Customer 12');
    const menu = (what: string, n: number) => {
      const text = JSON.stringify(answer(app, rep).blocks);
      const found = new RegExp(`\\$${n}0,000 won[^}]*}.*?"(${what}:[^"]+)"`).exec(text)?.[1];
      return found ?? `no ${what} of ${n}`;
    };
    await press(app, rep, 'deal_menu', { value: menu('undo', 1) });
    expect(told()).toContain('Undone: *$10,000 won* · Customer 1');
    await press(app, rep, 'deal_put_back');
    await won('list');
    await press(app, rep, 'deal_menu', { value: menu('edit', 12) });
    await app.slack.submit(rep, { amount: '5k' });
    expect(told()).toBe('*$665k won in this plan*');
    expect(await deals()).toHaveLength(12);
  });
});

describe('on behalf', () => {
  it('a manager enters, sees the list and undoes for their rep', async () => {
    await won(`<@${rep}|dana> Acme Robotics 24k new`, manager);
    expect(told(manager)).toContain(`· for <@${rep}>`);
    expect(await deals()).toEqual([ACME]);
    const note = () => app.slack.dm(rep).at(-1) ?? answer(app, rep);
    expect(plain(note().text)).toMatch(
      new RegExp(`^<@${manager}> entered this for you: \\*\\$24,000 won`),
    );
    await press(app, rep, 'deal_undo', { message: note() });
    expect(note().text).toContain('Undone: *$24,000 won*');
    await press(app, rep, 'deal_put_back', { message: note() });
    expect(app.slack.dm(rep), 'told once').toHaveLength(1);
    expect(await deals()).toEqual([ACME]);
    await won('list');
    expect(JSON.stringify(answer(app, rep).blocks)).toContain(`entered by <@${manager}>`);
    await won(`<@${rep}> list`, manager);
    expect(told(manager)).toContain(`won by <@${rep}>`);
    await won(`<@${rep}>`, manager);
    expect(modalText(app, manager)).toContain(`For <@${rep}>`);
    await app.slack.submit(manager, { kind: 'newBusiness', account: 'Globex', amount: '10k' });
    expect(modalText(app, manager)).toContain(`for <@${rep}>`);
    await press(app, manager, 'deal_undo', { message: null });
    expect(await deals()).toEqual([ACME]);
    await app.slack.closeModal(manager);
  });

  it('nobody else does, whatever they click in', async () => {
    const other: TestPair = await mintInMarch(app);
    await won('Acme Robotics 24k new');
    const record = answer(app, rep);
    for (const user of [other.manager, other.rep, 'U0LEADER']) {
      for (const words of ['Acme 24k new', '', 'list', 'Acme renewal lost']) {
        await won(`<@${rep}> ${words}`, user);
        expect(told(user), words).toBe(
          'Only the rep and the manager they plan with can enter that.',
        );
      }
      for (const actionId of ['deal_edit', 'deal_undo']) {
        await press(app, user, actionId, { message: record });
        expect(told(user)).toContain('Only the rep and the manager');
      }
    }
    await won(`<@${manager}> Acme 24k new`);
    expect(told()).toContain('Only the rep and the manager');
    expect(await deals()).toEqual([ACME]);
    expect(app.logged.filter(({ code }) => code === 'not_yours').length).toBeGreaterThan(15);
    expect(JSON.stringify(app.logged)).not.toMatch(/Acme Robotics|24000|24,000/);
  });

  it('a manager who no longer plans with them is refused at the form, and what was typed stays', async () => {
    await won(`<@${rep}>`, manager);
    await mintPerson(app, 'U0NEXT', { name: 'Nell' });
    await joinTeam(app, rep, 'U0NEXT');
    const { body } = await app.slack.submit(manager, {
      kind: 'newBusiness',
      account: 'Globex',
      amount: '10k',
    });
    expect(JSON.stringify(body)).toContain('Only the rep and the manager');
    expect(app.slack.modal(manager)).toBeDefined();
    await app.slack.closeModal(manager);
    expect(await deals()).toEqual([]);
  });
});

function readValue(step: string): string {
  const found = new RegExp(`[0-9a-f-]{36}:${step}:0`).exec(modalText(app, rep))?.[0];
  if (found === undefined) throw new Error(`No way to ${step}`);
  return found;
}
