/** Typing is kept stroke by stroke, in its order, and never answered with a window. */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { strokeByHand } from '../support/by-hand.ts';
import {
  ENTRIES,
  fillWizard,
  initial,
  mintPair,
  openOwn,
  setUpWorkspace,
  shown,
  storedPlan,
  type TestPair,
  title,
} from '../support/plan-app.ts';

let app: TestApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());
beforeEach(async () => {
  pair = await mintPair(app);
});

const front = () => structuredClone(app.slack.modal(pair.rep) as ModalView);
const goTo = (step: string) =>
  app.slack.action({ user: pair.rep, actionId: 'plan_go_to', enter: step });

/** What waits until it is opened. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const texts = (view: ModalView) =>
  (view.blocks as KnownBlock[]).flatMap((block) =>
    block.type === 'input' && block.element.type === 'plain_text_input'
      ? [block as InputBlock & { element: typeof block.element }]
      : [],
  );

it.each(['goal', 'newBusiness'])('every text of %s is told of while it is typed', async (step) => {
  await openOwn(app, pair.rep);
  await goTo(step);
  for (const { dispatch_action, element } of texts(front())) {
    expect(dispatch_action).toBe(true);
    expect(element.dispatch_action_config?.trigger_actions_on).toContain('on_character_entered');
  }
});

it('is kept though the step is closed without a word from Slack', async () => {
  const { rep } = pair;
  await openOwn(app, rep);
  await goTo('newBusiness');
  const field = { user: rep, actionId: 'plan_typed.self.prospecting' };
  await app.slack.action({ ...field, enter: 'Two call blo' });
  await app.slack.action({ ...field, enter: 'Two call blocks' });
  await app.slack.closeModal(rep);
  await openOwn(app, rep);
  expect(title(app.slack, rep)).toBe('New business');
  expect(initial(app.slack, rep, 'self.prospecting')).toBe('Two call blocks');
});

it('is kept in a row’s editor, too', async () => {
  const { rep } = pair;
  await openOwn(app, rep);
  await goTo('renewals');
  const add = { user: rep, actionId: 'plan_row_add', value: 'renewals' };
  await app.slack.action(add);
  await app.slack.action({ user: rep, actionId: 'plan_typed.account', enter: 'Acme' });
  await app.slack.closeModal(rep);
  await app.slack.action(add);
  expect(initial(app.slack, rep, 'account')).toBe('Acme');
});

it('shows the figures anew, unless something newer stands there', async () => {
  const { rep } = pair;
  await openOwn(app, rep);
  await app.slack.action({ user: rep, actionId: 'plan_field.goal.income', enter: '250k' });
  expect(shown(app.slack, rep)).toContain('$250,000');
  expect(app.slack.callsOf('views.update').at(-1)?.args.hash).toMatch(/./);
});

it('never brings back a step that was submitted while its figures were on their way', async () => {
  const { rep } = pair;
  await openOwn(app, rep);
  const updates = () => app.slack.callsOf('views.update').length;
  const before = updates();
  const [first, refused, last] = [gate(), gate(), gate()];
  for (const { opened } of [first, refused, last]) {
    app.slack.fault('views.update', { hold: opened });
  }
  const stroke = (enter: string) =>
    app.slack.action({ user: rep, actionId: 'plan_field.goal.income', enter });

  // Both are typed into the form as it was opened, so the second’s figures are refused at first.
  const strokes = [stroke('25k')];
  await expect.poll(updates).toBe(before + 1);
  strokes.push(stroke('250k'));
  first.open();
  refused.open();
  await expect.poll(updates).toBe(before + 3);
  const submitted = app.slack.submit(rep, ENTRIES[0]);
  await expect.poll(() => title(app.slack, rep)).toBe('Comp plan');
  last.open();
  await Promise.all([...strokes, submitted]);
  expect(title(app.slack, rep)).toBe('Comp plan');
});

it('shows the figures of the newest stroke, though it was typed before the last ones came', async () => {
  const { rep } = pair;
  await openOwn(app, rep);
  const updates = () => app.slack.callsOf('views.update').length;
  const before = updates();
  const first = gate();
  app.slack.fault('views.update', { hold: first.opened });
  const stroke = (enter: string) =>
    app.slack.action({ user: rep, actionId: 'plan_field.goal.income', enter });
  const strokes = [stroke('25k')];
  await expect.poll(updates).toBe(before + 1);
  strokes.push(stroke('250k'));
  first.open();
  await Promise.all(strokes);
  expect(shown(app.slack, rep)).toContain('$250,000');
});

describe('an older stroke', () => {
  it('never overwrites a newer one', async () => {
    const { rep } = pair;
    await openOwn(app, rep);
    const view = front();
    const stroke = (income: string, second: number) =>
      strokeByHand(app, rep, view, {
        field: 'plan_typed.goal.income',
        typed: { 'goal.income': income },
        second,
      });
    await stroke('25', 2_000_000_001.5);
    await stroke('2', 2_000_000_001.25);
    await stroke('', 2_000_000_001);
    await openOwn(app, rep);
    expect(initial(app.slack, rep, 'goal.income')).toBe('25');
  });

  it('doesn’t come back after what was submitted', async () => {
    const { rep } = pair;
    await openOwn(app, rep);
    const view = front();
    await app.slack.submit(rep, ENTRIES[0]);
    for (const field of ['plan_typed.goal.income', 'plan_field.goal.income']) {
      const typed = { 'goal.income': '25' };
      await strokeByHand(app, rep, view, { field, typed, second: 2_000_000_002 });
    }
    expect(title(app.slack, rep)).toBe('Comp plan');
    await goTo('goal');
    expect(initial(app.slack, rep, 'goal.income')).toBe('250,000');
    expect(shown(app.slack, rep)).not.toMatch(/✎ 1|changed this/);
  });

  it('doesn’t bring back a step that was left', async () => {
    const { rep } = pair;
    await openOwn(app, rep);
    const view = front();
    app.slack.fill(rep, { 'goal.income': 'a lot' });
    await goTo('pipeline');
    const typed = { 'goal.income': 'a l' };
    await strokeByHand(app, rep, view, {
      field: 'plan_field.goal.income',
      typed,
      second: 2_000_000_003,
    });
    expect(title(app.slack, rep)).toBe('Pipeline');
    await goTo('goal');
    expect(initial(app.slack, rep, 'goal.income')).toBe('a lot');
  });
});

it('is never answered with a window, whatever has become of the plan', async () => {
  const { rep } = pair;
  await openOwn(app, rep);
  const view = front();
  await fillWizard(app.slack, rep);
  await app.slack.submit(rep);
  const before = app.slack.calls.length;
  const typed = { 'goal.income': '1' };
  for (const field of ['plan_typed.goal.income', 'plan_field.goal.income']) {
    await strokeByHand(app, rep, view, { field, typed, second: 2_000_000_004 });
    const old = { ...view, private_metadata: 'of long ago' };
    await strokeByHand(app, rep, old, { field, typed, second: 2_000_000_004 });
  }
  const methods = app.slack.calls.slice(before).map(({ method }) => method);
  expect(methods.filter((method) => /^views\.(open|push|update)|^chat/.test(method))).toEqual([]);
  expect((await storedPlan(app, rep)).version).toMatchObject({ status: 'proposed' });
});

it('says at every stroke that somebody else was quicker, until it is submitted', async () => {
  const { rep, manager } = pair;
  await openOwn(app, rep);
  await app.slack.command('/bigplan', '', { user: manager });
  await app.slack.action({ user: manager, actionId: 'plan_open', value: rep });
  await app.slack.submit(manager, { 'goal.income': '300k' });
  for (const enter of ['2', '25', '250k']) {
    await app.slack.action({ user: rep, actionId: 'plan_field.goal.income', enter });
    expect(shown(app.slack, rep)).toContain(`<@${manager}> changed this`);
  }
  await app.slack.submit(rep);
  expect((await storedPlan(app, rep)).version.draft.goal?.income).toBe(250_000_00);
});
