/** Qualified pipeline and viable leads, as people enter, change, undo and put them back. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSnapshot, leadsBetween, pipelineAsOf } from '../../src/actuals/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import {
  answer,
  command,
  mintInMarch,
  modalText,
  press,
  startInMarch,
  told as toldTo,
  withLayers,
} from '../support/actuals-app.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { initial, mintPerson, setUpWorkspace } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const SAM = 'U0SAM';
const ALL = ['verbal', 'bant', 'demo', 'moving'];

let app: TestApp;
let rep = '';
let manager = '';
beforeAll(async () => {
  app = await startTestApp();
  startInMarch(app);
  await setUpWorkspace(app);
  await mintPerson(app, SAM, { name: 'Sam' });
});
afterAll(() => app.stop());
beforeEach(async () => {
  ({ rep, manager } = await mintInMarch(app, withLayers(SAM)));
});

const run = (words: string, user = rep) => command(app, user, words);
const told = (user = rep) => toldTo(app, user);
const who = (userId = rep) => ({ workspaceId: TEAM, userId });

describe('qualified pipeline', () => {
  const standing = async (date = '2027-03-11') => {
    const plan = await app.db.plan.findFirstOrThrow({ where: { repId: rep } });
    const found = await pipelineAsOf(app.db, who(), plan.id, date);
    return found && { ...found.layers, date: found.date };
  };

  it('counts only what meets all four, and shows how far it goes', async () => {
    await run('pipeline');
    const { body } = await app.slack.submit(rep, {
      newBusiness: '300k',
      expansion: '80k',
      criteria: ['verbal', 'bant', 'moving'],
    });
    expect(body).toEqual({
      response_action: 'errors',
      errors: { 'criteria:new': 'Count only what meets all four, then tick them.' },
    });
    const bad = await app.slack.submit(rep, { newBusiness: 'lots', criteria: ALL });
    expect(JSON.stringify(bad.body)).toContain('"newBusiness:new":"That isn\'t an amount');
    const none = await app.slack.submit(rep, { newBusiness: null, expansion: null });
    expect(JSON.stringify(none.body)).toContain('"newBusiness:new":"Fill in at least one amount');
    expect(await standing()).toBeNull();
    await app.slack.submit(rep, { newBusiness: '300k', expansion: '80k' });
    expect(modalText(app, rep)).toContain('✓ *$380,000 qualified* · today');
    // Won on the day it is created: nothing of new business is ever open.
    expect(modalText(app, rep)).toContain(
      'New business $300k: the plan asks for none after Mar 31',
    );
    // A quarter of the $80k falls due by the end of June: 3 × 80 ÷ 60.
    expect(modalText(app, rep)).toContain(
      'Expansion $80k: *4X* of the 3X ($60k) that the plan has open on Mar 31',
    );
    expect(modalText(app, rep)).toContain('Renewals: nothing said yet');
    expect(await standing()).toEqual({
      renewal: null,
      expansion: 8_000_000,
      newBusiness: 30_000_000,
      date: '2027-03-11',
    });
    await app.slack.closeModal(rep);
  });

  it('begins with what was said in words, and with what stood before', async () => {
    await run('pipeline 300k new 80k expansion on 3 March');
    expect(initial(app.slack, rep, 'newBusiness')).toBe('300k');
    expect(initial(app.slack, rep, 'expansion')).toBe('80k');
    expect(initial(app.slack, rep, 'renewal')).toBeUndefined();
    expect(initial(app.slack, rep, 'date')).toBe('2027-03-03');
    expect(modalText(app, rep)).not.toContain('You wrote');
    await app.slack.submit(rep, { criteria: ALL });
    await app.slack.closeModal(rep);
    await run('pipeline 120k renewals and lots');
    expect(modalText(app, rep)).toContain('You wrote');
    expect(modalText(app, rep)).toContain('Last said Mar 3');
    expect(initial(app.slack, rep, 'newBusiness')).toBe('300,000');
    await app.slack.submit(rep, { renewal: '120k', criteria: ALL });
    expect(modalText(app, rep)).toContain('Renewals $120k of the $130k due after Mar 31');
    expect(await standing('2027-03-10')).toMatchObject({ renewal: null, newBusiness: 30_000_000 });
    expect(await standing()).toMatchObject({ renewal: 12_000_000, newBusiness: 30_000_000 });

    await press(app, rep, 'pipeline_edit', { message: null });
    const { body } = await app.slack.submit(rep, { newBusiness: '310k', date: '2027-03-12' });
    expect(JSON.stringify(body), 'ticked anew').toContain('"criteria:');
    const ahead = await app.slack.submit(rep, { criteria: ALL });
    expect(JSON.stringify(ahead.body)).toMatch(/"date:[^"]+":"Mar 12, 2027 is still to come/);
    await app.slack.submit(rep, { date: '2027-03-11' });
    expect(await standing()).toMatchObject({ newBusiness: 31_000_000 });
    await press(app, rep, 'pipeline_undo', { message: null });
    expect(modalText(app, rep)).toContain(
      'Undone: the pipeline of today. It stands as said on Mar 3: *$380,000 qualified*',
    );
    expect(await standing()).toMatchObject({ renewal: null, newBusiness: 30_000_000 });
    await press(app, rep, 'pipeline_put_back', { message: null });
    expect(await standing()).toMatchObject({ renewal: 12_000_000, newBusiness: 31_000_000 });
    await app.slack.closeModal(rep);
  });

  it('is the pair’s own', async () => {
    const other = await mintInMarch(app);
    for (const user of [other.manager, SAM, 'U0LEADER']) {
      await run(`pipeline <@${rep}> 300k new`, user);
      expect(told(user)).toBe('Only the rep and the manager they plan with can enter that.');
      expect(app.slack.modal(user)).toBeUndefined();
    }
    await run(`pipeline <@${rep}> 300k new`, manager);
    await app.slack.submit(manager, { criteria: ALL });
    expect(modalText(app, manager)).toContain(`· for <@${rep}>`);
    await app.slack.closeModal(manager);
    expect(await standing()).toMatchObject({ newBusiness: 30_000_000 });
    expect(JSON.stringify(app.logged)).not.toMatch(/300k|300,000|30000000/);
  });
});

describe('qualified pipeline across two plans', () => {
  const years = [
    { start: '2026-03-01', end: '2027-02-28' },
    { start: '2027-03-01', end: '2028-02-29' },
  ] as const;
  let plans: { id: string }[] = [];
  beforeEach(async () => {
    ({ rep, manager } = await mintInMarch(app, { period: years[0] }));
    const [old] = await app.db.plan.findMany({ where: { repId: rep } });
    if (!old) throw new Error('there is no plan');
    const layers = { renewal: null, expansion: 8_000_000, newBusiness: 30_000_000 };
    const id = randomUUID();
    const said = { id, workspaceId: TEAM, repId: rep, planId: old.id, date: '2027-02-19' };
    const by = { addedBy: rep, createdAt: app.clock.now() };
    await inTransaction(app.db, (tx) => addSnapshot(tx, { ...said, ...by, layers }));
    await agreePlanOf(app, rep, everyDayDraft({ ...withLayers(), period: years[1] }));
    plans = await app.db.plan.findMany({ where: { repId: rep }, orderBy: { createdAt: 'asc' } });
  });
  const said = () =>
    app.db.pipelineSnapshot.findMany({ where: { repId: rep }, orderBy: { createdAt: 'asc' } });

  it('stands under the new plan as it was said, until it is said anew; undone, it stands again', async () => {
    await run('pipeline');
    expect(modalText(app, rep)).toContain(
      'Last said Feb 19, 20 days ago, under the plan before: it stands until you say it anew.',
    );
    expect(initial(app.slack, rep, 'newBusiness')).toBe('300,000');
    await app.slack.submit(rep, { newBusiness: '250k', expansion: null, criteria: ALL });
    expect(modalText(app, rep)).toContain('✓ *$330,000 qualified* · today');
    expect((await said()).at(-1)).toMatchObject({ planId: plans[1]?.id, expansion: null });
    await press(app, rep, 'pipeline_undo', { message: null });
    expect(modalText(app, rep)).toContain(
      'It stands as said on Feb 19, under the plan before: *$380,000 qualified*',
    );
    await app.slack.closeModal(rep);
  });

  it('of the old plan’s month end is still entered for it, changed and undone', async () => {
    await run('pipeline 310k new on 28 Feb');
    expect(initial(app.slack, rep, 'date')).toBe('2027-02-28');
    await app.slack.submit(rep, { criteria: ALL });
    expect(modalText(app, rep)).toContain('✓ *$390,000 qualified* · Feb 28');
    expect((await said()).at(-1)).toMatchObject({ planId: plans[0]?.id, date: '2027-02-28' });
    await press(app, rep, 'pipeline_edit', { message: null });
    const beyond = await app.slack.submit(rep, { date: '2027-03-02', criteria: ALL });
    expect(JSON.stringify(beyond.body)).toContain('is outside the plan');
    await app.slack.submit(rep, { newBusiness: '320k', date: '2027-02-26' });
    expect((await said()).at(-1)).toMatchObject({ date: '2027-02-26', newBusiness: 32_000_000n });
    await press(app, rep, 'pipeline_undo', { message: null });
    expect(await said()).toHaveLength(1);
    await app.slack.closeModal(rep);
  });

  it('is said no more once that plan’s last review is over', async () => {
    await app.db.plan.updateMany({
      where: { id: plans[0]?.id ?? '' },
      data: { closedAt: app.clock.now() },
    });
    await run('pipeline');
    const { body } = await app.slack.submit(rep, {
      newBusiness: '310k',
      date: '2027-02-28',
      criteria: ALL,
    });
    expect(JSON.stringify(body)).toMatch(
      /"date:[^"]+":"The plan up to Feb 28, 2027 is closed, and its last month judged/,
    );
    expect(await said()).toHaveLength(1);
    await app.slack.closeModal(rep);
  });
});

describe('viable leads', () => {
  const march = () => leadsBetween(app.db, who(), '2027-03-01', '2027-03-31');

  it('add up against the promise, inbound and outbound apart', async () => {
    expect(await march()).toBeNull();
    await run('leads 6 inbound 4 outbound');
    expect(told()).toBe(
      '✓ *6 inbound, 4 outbound* · today\nMarch so far: inbound 6 of 6 promised · outbound 4 of 4.5 promised',
    );
    await run('leads 1 out yesterday');
    expect(told()).toContain('outbound 5 of 4.5 promised');
    await run('leads 2 in on 26 Feb');
    expect(told()).toContain('✓ *2 inbound* · Feb 26\nFebruary so far: inbound 2 of 6 promised');
    await run('leads none');
    expect(told()).toContain('✓ *No leads* · today\nMarch so far: inbound 6 of 6');
    expect(await march()).toEqual({ inbound: 6, outbound: 5 });
  });

  it('are changed, undone and put back; a second click does no harm', async () => {
    await run('leads 6 in');
    const record = answer(app, rep);
    await press(app, rep, 'leads_edit');
    await app.slack.submit(rep, { outbound: '3' });
    expect(app.slack.modal(rep)).toBeUndefined();
    expect(told()).toContain('✓ *6 inbound, 3 outbound* · today');
    await press(app, rep, 'leads_undo');
    expect(told()).toBe(
      'Undone: *6 inbound, 3 outbound* · today.\nMarch so far: inbound 0 of 6 promised · outbound 0 of 4.5 promised',
    );
    const undone = answer(app, rep);
    await press(app, rep, 'leads_undo', { message: record });
    expect(await march()).toBeNull();
    await press(app, rep, 'leads_put_back', { message: undone });
    await press(app, rep, 'leads_put_back', { message: undone });
    expect(await march()).toEqual({ inbound: 6, outbound: 3 });
  });

  it('in a form say what is wrong at the field', async () => {
    await run('leads');
    const none = await app.slack.submit(rep);
    expect(JSON.stringify(none.body)).toContain('"inbound:new":"Fill in at least one number');
    const bad = await app.slack.submit(rep, { inbound: '2.5', outbound: '1' });
    expect(JSON.stringify(bad.body)).toContain('"inbound:new":"It has to be a whole number');
    await app.slack.submit(rep, { inbound: '2' });
    expect(modalText(app, rep)).toContain('✓ *2 inbound, 1 outbound* · today');
    await app.slack.closeModal(rep);
    await run('leads 10 from marketing');
    expect(modalText(app, rep)).toContain("I can't tell the leads");
    expect(modalText(app, rep)).toContain('10 from marketing');
    await app.slack.closeModal(rep);
    await run('leads 3 in tomorrow');
    expect(modalText(app, rep)).toContain('is still to come');
    expect(initial(app.slack, rep, 'inbound')).toBe('3');
    await app.slack.closeModal(rep);
    expect(await march()).toEqual({ inbound: 2, outbound: 1 });
  });

  it('are entered by the SDR who works with the rep, too, and by nobody else', async () => {
    await run(`leads <@${rep}> 6 in`, SAM);
    expect(told(SAM)).toBe(
      `✓ *6 inbound* · today · for <@${rep}>\nMarch so far: inbound 6 of 6 promised · outbound 0 of 4.5 promised`,
    );
    const record = answer(app, SAM);
    await run('leads 6 in', SAM);
    expect(told(SAM)).toContain('name them first: `/bigplan leads @Dana 6 inbound`');
    await run(`leads <@${rep}>`, SAM);
    await app.slack.submit(SAM, { outbound: '1' });
    await app.slack.closeModal(SAM);
    await run(`leads <@${rep}> 1 in`, manager);
    expect(await march()).toEqual({ inbound: 7, outbound: 1 });
    const other = await mintInMarch(app);
    for (const user of [other.manager, other.rep, 'U0LEADER']) {
      await run(`leads <@${rep}> 6 in`, user);
      expect(told(user)).toBe(
        'Only the rep, their manager and the SDR who works with them can enter that.',
      );
      await press(app, user, 'leads_undo', { message: record });
      expect(told(user)).toContain('Only the rep');
    }
    expect(await march()).toEqual({ inbound: 7, outbound: 1 });
  });

  it('count without a promise as well, and it says so', async () => {
    const { newBusiness } = withLayers();
    const alone = await mintInMarch(app, {
      newBusiness: newBusiness ? { ...newBusiness, sdr: null } : null,
    });
    await run('leads 6 in', alone.rep);
    expect(told(alone.rep)).toBe(
      '✓ *6 inbound* · today\nMarch so far: 6 inbound, 0 outbound.\nThe plan has no SDR promise to count them against; they are kept all the same.',
    );
  });
});
