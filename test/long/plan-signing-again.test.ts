/** Who is asked to sign again: what changed first, the request where one edits, and no stale copy. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import {
  agreed,
  buttonsOf,
  lastMessage,
  lastWords,
  mintPair,
  openAsManager,
  openOwn,
  proposed,
  setUpWorkspace,
  shown,
  storedPlan,
  type TestPair,
  title,
} from '../support/plan-app.ts';
import type { SlackMessage } from '../support/slack.ts';

const COMMENT = 'Acme at 80 % looks hopeful.\nTheir champion left.';

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

const click = (user: string, actionId: string, message?: SlackMessage) =>
  app.slack.action({ user, actionId, ...(message && { message }) });
const goTo = (user: string, step: string) =>
  app.slack.action({ user, actionId: 'plan_go_to', enter: step });

/** Asks the rep for changes to the proposal in the message. */
async function sendBack(message: SlackMessage): Promise<void> {
  await click(pair.manager, 'plan_ask_for_changes', message);
  await app.slack.submit(pair.manager, { comment: COMMENT });
  await app.slack.closeModal(pair.manager);
}

/** The rep changes a step of the open version and proposes it; returns the manager's newest message. */
async function change(step: string, entry: Record<string, string>): Promise<SlackMessage> {
  await app.slack.closeModal(pair.rep);
  await openOwn(app, pair.rep);
  await goTo(pair.rep, step);
  await app.slack.submit(pair.rep, entry);
  await goTo(pair.rep, 'review');
  await app.slack.submit(pair.rep);
  return lastMessage(app.slack, pair.manager);
}

const words = ({ blocks }: Pick<SlackMessage, 'blocks'>) => JSON.stringify(blocks);
const home = (user: string) => JSON.stringify(app.slack.home(user)?.blocks ?? null);

/** Where each of these stands in the text; in order, where they are read in that order. */
function inOrder(text: string, ...parts: string[]): void {
  const places = parts.map((part) => text.indexOf(part));
  expect(places, text).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

/** Messages to both in which that button can be pressed. */
const having = (actionId: string) =>
  [pair.rep, pair.manager]
    .flatMap((user) => app.slack.dm(user))
    .filter((message) => buttonsOf(message).includes(actionId));

describe('asked again', () => {
  it('after changes: their own words, what changed, then the plan; the older copy closes', async () => {
    const first = await proposed(app, pair);
    expect(words(first)).not.toContain('What changed');
    await sendBack(first);
    const again = await change('pipeline', { xFactor: '3.5' });
    expect(again.ts).not.toBe(first.ts);
    expect(again.text).toContain('is proposed again, 2 things changed: read it and sign');
    inOrder(
      words(again),
      'It waits for you',
      '*You asked for changes:*',
      '\\n>Their champion left',
      '*What changed* since it was proposed',
      '*X factor:* 3X → *3.5X*',
      '*Goal* ',
    );
    expect(having('plan_agree')).toEqual([again]);
    expect(first.text).toContain('has gone on since. It was proposed again');
    expect(buttonsOf(first)).toEqual(['plan_open', 'plan_history']);
  });

  it('with nothing changed is told so', async () => {
    const first = await proposed(app, pair);
    await click(pair.rep, 'plan_take_back');
    await goTo(pair.rep, 'review');
    await app.slack.submit(pair.rep);
    const again = lastMessage(app.slack, pair.manager);
    expect(again.ts).not.toBe(first.ts);
    expect(words(again)).toContain('*Nothing changed* since it was proposed');
  });

  it('for a new version: what changed since the one in force', async () => {
    const first = await agreed(app, pair);
    await click(pair.manager, 'plan_change', first);
    await app.slack.closeModal(pair.manager);
    const again = await change('compensation', { quota: '1.2m' });
    inOrder(
      words(again),
      '*What changed* since version 1',
      '*Quota:* $1,000,000 → *$1,200,000*',
      '*Goal* ',
    );
    // Whoever waits for the signature knows what they changed.
    expect(shown(app.slack, pair.rep)).toContain('*Version 2* is proposed');
    expect(shown(app.slack, pair.rep)).not.toContain('What changed');
  });

  it('sees all that changed since they answered, whatever was taken back in between', async () => {
    await sendBack(await proposed(app, pair));
    await change('pipeline', { xFactor: '3.5' });
    await click(pair.rep, 'plan_take_back');
    const again = await change('newBusiness', { averageDealSize: '30k' });
    expect(words(again)).toContain('*X factor:* 3X → *3.5X*');
    expect(words(again)).toContain('$25,000 → *$30,000*');
    expect(having('plan_agree')).toEqual([again]);
  });

  it('with more changes than a page holds: ten of them, and all a click away', async () => {
    const message = await proposed(app, pair);
    await sendBack(message);
    await app.slack.closeModal(pair.rep);
    await openOwn(app, pair.rep);
    await goTo(pair.rep, 'renewals');
    for (let i = 1; i <= 12; i += 1) {
      await app.slack.action({ user: pair.rep, actionId: 'plan_row_add', value: 'renewals' });
      await app.slack.submit(pair.rep, {
        account: `Client ${i}`,
        amount: '10k',
        date: '2027-06-30',
      });
    }
    const again = await change('pipeline', { xFactor: '3.5' });
    expect(words(again)).toContain('4 more changes.');
    await app.slack.action({ user: pair.manager, actionId: 'plan_compare', message: again });
    expect(shown(app.slack, pair.manager)).toContain('Client 12');
    expect(shown(app.slack, pair.manager)).toContain('*X factor:* 3X → *3.5X*');
  });
});

describe('a request for changes', () => {
  it('stands in every step for both, on Home, and is gone once both have signed', async () => {
    const message = await proposed(app, pair);
    await sendBack(message);
    expect(words(lastMessage(app.slack, pair.rep))).toContain(
      `*<@${pair.manager}>* asks for changes:`,
    );
    await eventually(() => expect(home(pair.rep)).toContain('Their champion left'));
    await app.slack.closeModal(pair.rep);
    await openOwn(app, pair.rep);
    for (const step of ['goal', 'renewals', 'activities', 'review']) {
      await goTo(pair.rep, step);
      expect(shown(app.slack, pair.rep), step).toContain('Acme at 80 % looks hopeful.');
    }
    await openAsManager(app, pair);
    expect(shown(app.slack, pair.manager)).toContain('*You asked for changes:*');
    await app.slack.closeModal(pair.manager);

    const again = await change('pipeline', { xFactor: '3.5' });
    // Taken back, it is still what was asked for.
    await click(pair.rep, 'plan_take_back');
    expect(shown(app.slack, pair.rep)).toContain('asked for changes:');
    await goTo(pair.rep, 'review');
    await app.slack.submit(pair.rep);
    const last = lastMessage(app.slack, pair.manager);
    expect(last.ts).not.toBe(again.ts);
    await click(pair.manager, 'plan_agree', last);
    await app.bigplan.settled();
    expect((await storedPlan(app, pair.rep)).version.status).toBe('agreed');
    expect(words(last)).not.toContain('for changes');
    await eventually(() => expect(home(pair.rep)).not.toContain('Their champion left'));
  });

  it('of blanks alone is told so at its field, and sends nothing back', async () => {
    const message = await proposed(app, pair);
    await click(pair.manager, 'plan_ask_for_changes', message);
    const { body } = await app.slack.submit(pair.manager, { comment: ' \n\t ' });
    expect(JSON.stringify(body)).toMatch(/"comment:[^"]*":"Please fill this in/);
    expect((await storedPlan(app, pair.rep)).version.status).toBe('proposed');
    expect(having('plan_agree')).toEqual([message]);
  });

  it('turns into what has become of it in the message that brought it', async () => {
    await sendBack(await proposed(app, pair));
    const brought = lastMessage(app.slack, pair.rep);
    await change('pipeline', { xFactor: '3.5' });
    expect(brought.text).toContain('You proposed it yourself: it waits');
    expect(words(brought)).toContain('Their champion left');
    expect(buttonsOf(brought)).toEqual(['plan_open', 'plan_history']);
  });
});

describe('a copy of what has gone on since', () => {
  it('closes when the proposal is taken back', async () => {
    const message = await proposed(app, pair);
    await click(pair.rep, 'plan_take_back');
    expect(message.text).toContain('taken back');
    expect(buttonsOf(message)).toEqual(['plan_open', 'plan_history']);
  });

  it('closes when changes are asked for', async () => {
    const message = await proposed(app, pair);
    await sendBack(message);
    expect(buttonsOf(message)).toEqual(['plan_open', 'plan_history']);
    expect(words(message)).toContain('*You asked for changes:*');
  });

  it('of the version in force names the one after it, then says what replaced it', async () => {
    const signed = await agreed(app, pair);
    const told = lastMessage(app.slack, pair.rep);
    expect(having('plan_change')).toEqual([told, signed]);
    await click(pair.manager, 'plan_change', signed);
    for (const copy of [signed, told]) {
      expect(words(copy)).toContain('*Version 2* is being made');
      expect(words(copy)).toContain('Open version 2');
    }
    await app.slack.closeModal(pair.manager);
    const asked = await change('compensation', { quota: '1.2m' });
    for (const copy of [signed, told]) expect(words(copy)).toContain('*Version 2* is proposed');
    await click(pair.rep, 'plan_take_back');
    for (const copy of [signed, told]) expect(words(copy)).toContain('*Version 2* is being made');
    await goTo(pair.rep, 'review');
    await app.slack.submit(pair.rep);
    const last = lastMessage(app.slack, pair.manager);
    expect(last.ts).not.toBe(asked.ts);
    await click(pair.manager, 'plan_agree', last);
    for (const copy of [signed, told]) {
      expect(copy.text).toContain('replaced by version 2');
      expect(words(copy)).not.toContain('*Goal*');
    }
    expect(having('plan_agree')).toEqual([]);
    expect(having('plan_change')).toEqual([lastMessage(app.slack, pair.rep), last]);
  });

  it('that still shows its buttons answers them kindly, with no form to fill in for nothing', async () => {
    const old = structuredClone(await proposed(app, pair));
    await sendBack(old);
    const heard = () => lastWords(app.slack, pair.manager);
    await click(pair.manager, 'plan_agree', structuredClone(old));
    expect(heard()).toContain('no longer open');
    await click(pair.manager, 'plan_ask_for_changes', structuredClone(old));
    expect(title(app.slack, pair.manager)).not.toBe('Ask for changes');
    expect(heard()).toContain('no longer open');
    expect(app.slack.modal(pair.manager)).toBeUndefined();
    const again = await change('pipeline', { xFactor: '3.5' });
    await click(pair.manager, 'plan_agree', structuredClone(old));
    expect(heard()).toContain('changed since that message');
    await click(pair.manager, 'plan_agree', again);
    await click(pair.manager, 'plan_agree', structuredClone(old));
    expect(heard()).toContain('signed this version already');
    expect(heard()).not.toContain('Something broke');
  });
});
