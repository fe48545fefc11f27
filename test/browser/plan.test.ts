/** A plan from goal to two signatures, as people would make it: the real app in a real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  launchBrowser,
  openSandbox,
  phone,
  photograph,
  type SandboxPage,
} from '../support/browser.ts';
import * as road from '../support/browser-plan.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts';

let browser: Browser;
let sandbox: SandboxProcess;
let slack: SandboxPage;

beforeAll(async () => {
  [browser, sandbox] = await Promise.all([launchBrowser(), startSandboxProcess()]);
  slack = await openSandbox(browser, sandbox.address, { as: 'max' });
}, 90_000);

afterAll(async () => {
  await browser.close();
  expect(await sandbox.stop()).toBe(0);
});

describe('a plan in the sandbox', () => {
  it('is set up by the first person in two steps', async () => {
    const done = await road.setUpWorkspace(slack);
    expect(await done.text()).toContain('Dana Reyes');
    await done.press('Start the first plan');
    const goal = await slack.modal('Goal');
    await goal.cancel();
    await slack.modalGone();
  });

  it('is filled in by the rep, who is asked what a line with two readings means', async () => {
    const comp = await road.wizardToCompPlan(slack);
    await comp.form.getByText('above 100%: 15% instead of 10%').waitFor();
    await comp.fill('Accelerators and bonuses', '50% 1x');
    const question = '“50% 1x”: what is paid below 50%?';
    await comp.choose(question, 'Nothing below 50%; once there, 10% on everything');
    await comp.form.getByText('10% of everything, from the first deal').waitFor();
    await comp.form.getByText(question).scrollIntoViewIfNeeded();
    await photograph(slack, 'comp-plan');
    await comp.fill('Accelerators and bonuses', '100% 1.5x');
    await comp.form.getByText('above 100%: 15% instead of 10%').waitFor();
    await comp.field('Most commission in the period').press('Enter');
    await comp.form.getByText('133% of quota').waitFor();
    expect(await comp.text()).toContain('$1,333,333.33');
    await road.wizardToRenewals(slack);
  });

  it('keeps what was typed wrongly, and says what would do', async () => {
    const renewals = await slack.modal('Renewals');
    await renewals.press('Add a renewal');
    const row = await slack.modal('Renewal');
    await row.fillAll({
      Account: 'Acme <!channel>',
      Amount: 'a lot',
      'Renews on': '2027-03-31',
      'Likelihood you both agree on': '80%',
      'After the pressure test': '60%',
    });
    await row.submit();
    expect(await row.error('Amount')).toContain('1,200.50');
    await row.fill('Amount', '120k');
    await row.submit();
    expect(await row.error('After the pressure test')).toContain('At most half');
    await row.fill('After the pressure test', '40%');
    await row.fill('Next selling activities', 'Executive review in February');
    await row.submit();
    const list = await slack.modal('Renewals');
    await list.form.getByText('$48k').waitFor();
    expect((await list.text()).replaceAll('\u2060', '')).toContain('Acme <!channel>');
  });

  it('takes several rows at once and keeps the lines it can’t read', async () => {
    const list = await slack.modal('Renewals');
    await list.press('Paste several');
    const paste = await slack.modal('Paste several');
    await paste.fill('Renewals', 'Globex, 80,000, 2027-06-30, 60%\nInitech, what, 2027-06-30, 60%');
    await paste.submit();
    await paste.form.getByText('1 added').waitFor();
    expect(await paste.field('Renewals').inputValue()).toBe('Initech, what, 2027-06-30, 60%');
    await paste.fill('Renewals', 'Initech, 10k, 30 Jun 2027, 60%');
    await paste.submit();
    const renewals = await slack.modal('Renewals');
    await renewals.form.getByText('Renewals (3)').waitFor();
  });

  it('loses nothing when the app is killed between two steps', async () => {
    await road.next(slack, 'Expansion');
    await sandbox.killAndRestart();
    await slack.page.reload();
    await slack.command('/bigplan');
    const expansion = await slack.modal('Expansion');
    await expansion.press('Back to Renewals');
    const renewals = await slack.modal('Renewals');
    expect(await renewals.text()).toContain('Renewals (3)');
    expect(await renewals.text()).toContain('Globex');
    await road.next(slack, 'Expansion');
  });

  it('goes on to the rep’s signature', async () => {
    await road.next(slack, 'New business');
    const milestones = await road.wizardToMilestones(slack);
    expect(await milestones.text()).toContain('December 2027');
    const review = await road.next(slack, 'Review');
    expect(await review.text()).toContain('Day one Jan 4, 2027');
    const sent = await road.propose(slack);
    await sent.cancel();
    await slack.modalGone();
  });

  it('is explained, figure by figure', async () => {
    await slack.command('/bigplan');
    const plan = await slack.modal('Big-Picture Plan');
    const picker = plan.form.getByPlaceholder('Choose a figure');
    await picker.click();
    await picker.fill('Calls a day');
    await plan.form.getByRole('option', { name: 'Calls a day' }).click();
    const explanation = await slack.modal('How was it worked out?');
    expect(await explanation.text()).toMatch(/Calls a day: \d+/);
    await explanation.cancel();
    await (await slack.modal('Big-Picture Plan')).cancel();
    await slack.modalGone();
  });

  it('comes back with a comment, is changed, proposed again and signed by both', async () => {
    await slack.as('max');
    await slack.visit('Messages');
    await slack.message(/Dana/).getByRole('button', { name: 'Ask for changes' }).click();
    const comment = await slack.modal('Ask for changes');
    await comment.form.getByRole('textbox').fill('Acme at 80 % looks hopeful.');
    await comment.submit();
    await (await slack.modal()).cancel();
    await slack.modalGone();

    await slack.as('dana');
    await slack.visit('Messages');
    await slack.message('Acme at 80 % looks hopeful.').waitFor();
    await slack.press('Open the plan');
    await road.next(slack, 'Big-Picture Plan');
    await (await slack.modal()).cancel();
    await slack.modalGone();

    await road.agree(slack);
  });

  it('stands in Home, and fits a phone', async () => {
    await slack.visit('Home');
    await slack.home().getByText('is agreed and signed by both').waitFor();
    const small = await openSandbox(browser, sandbox.address, { as: 'dana', size: phone });
    await small.visit('Home');
    await small.home().getByText('Comp plan').waitFor();
    expect(await small.scrollsSideways()).toBe(false);
    await small.page.context().close();
  });
});
