/** What a first plan costs a rep: counted click by click, from the command to the proposal. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  launchBrowser,
  type ModalPage,
  openSandbox,
  type SandboxPage,
} from '../support/browser.ts';
import * as road from '../support/browser-plan.ts';
import { PersonTime } from '../support/person-time.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts';

let browser: Browser;
let sandbox: SandboxProcess;
let slack: SandboxPage;

beforeAll(async () => {
  [browser, sandbox] = await Promise.all([launchBrowser(), startSandboxProcess()]);
  slack = await openSandbox(browser, sandbox.address, { as: 'max' });
  slack.page.setDefaultTimeout(30_000);
  const done = await road.setUpWorkspace(slack, 'Tom Becker');
  await done.cancel();
  await slack.modalGone();
}, 120_000);

afterAll(async () => {
  await browser.close();
  expect(await sandbox.stop()).toBe(0);
});

/** Runs `/bigplan` as somebody, in the DM that is open. */
async function begin(person: PersonTime, who: string): Promise<ModalPage> {
  await slack.as(who);
  await slack.visit('Messages');
  const composer = slack.page.getByRole('main').locator('.composer textarea');
  await person.type(composer, '/bigplan');
  await person.key(composer, 'Enter');
  return slack.modal('Goal');
}

/** Sends the step in front. Returns the one of that title. */
async function next(person: PersonTime, title: string): Promise<ModalPage> {
  await person.send(await slack.modal());
  return slack.modal(title);
}

/** Pastes the rows of a list into the step in front, which then says how many there are. */
async function paste(person: PersonTime, step: ModalPage, field: string, rows: string[]) {
  const title = (await step.form.getByRole('heading', { level: 2 }).first().textContent()) ?? '';
  await person.press(step, 'Paste several');
  const form = await slack.modal('Paste several');
  await person.type(form.field(field), rows.join('\n'));
  await person.send(form);
  await (await slack.modal(title)).form
    .getByText(rows.at(-1)?.split(/, |; /)[0] ?? '')
    .first()
    .waitFor();
}

const INCOME = 'What do you want to earn in this period?';

const compPlan = {
  'Base salary a year': '90k',
  'On-target earnings a year, or your commission rate': '10%',
  Quota: '900k',
};

describe('a first plan', () => {
  it('takes a rep who only enters what has to be entered two minutes', async () => {
    const person = new PersonTime();
    const goal = await begin(person, 'tom');
    await person.type(goal.field(INCOME), '190k');
    await person.typeAll(await next(person, 'Comp plan'), compPlan);
    await person.type((await next(person, 'Pipeline')).field('Your own win rate'), '27%');
    for (const title of ['Renewals', 'Expansion', 'New business']) await next(person, title);
    const hunting = await slack.modal('New business');
    await person.type(hunting.field('Average deal size'), '24k');
    for (const title of ['Activities', 'Insurance', 'Milestones', 'Review'])
      await next(person, title);
    await next(person, 'Big-Picture Plan');
    console.log(person.told('A first plan'));
    expect(person.forms).toBeLessThanOrEqual(10);
    expect(person.fields).toBeLessThanOrEqual(8);
    expect(person.clicks).toBeLessThan(20);
    expect(person.seconds).toBeLessThan(2 * 60);
    await (await slack.modal()).cancel();
    await slack.modalGone();
  });

  it('worth signing takes under 60 clicks and eight minutes', async () => {
    const year = new Date().getFullYear() + 1;
    const person = new PersonTime();
    const goal = await begin(person, 'dana');
    await person.type(goal.field(INCOME), '190k');
    await person.type(goal.field('What does life cost you in this period?'), '95k');
    await paste(person, goal, 'Life goals', [
      `Deposit for a house, 45000, ${year}-09-30`,
      `Wedding, 6000, ${year}-06-15`,
    ]);
    const comp = await next(person, 'Comp plan');
    await person.typeAll(comp, { ...compPlan, 'Accelerators and bonuses': '100% 1.5x' });
    await comp.form.getByText('above 100%: 15% instead of 10%').waitFor();
    const pipeline = await next(person, 'Pipeline');
    await person.type(pipeline.field('Your own win rate'), '27%');
    await person.press(pipeline, 'Use 4X');
    await pipeline.form.getByText('over the period (4X').waitFor();
    await paste(person, await next(person, 'Renewals'), 'Renewals', [
      'Account; Amount; Renews on; Likelihood; Next steps',
      `Acme Robotics; 84k; ${year}-01-28; 90%; Executive review in the second week`,
      `Globex; 62k; ${year}-04-15; 80%; Invite their new head of operations`,
      `Initech; 48k; ${year}-06-30; 70%; Usage report to Bill by March`,
      `Umbra Health; 55k; ${year}-09-20; 85%; Reference call with Harbor`,
      `Beacon Media; 44k; ${year}-10-31; 75%; Price for three years`,
    ]);
    await paste(person, await next(person, 'Expansion'), 'Expansion targets', [
      'Globex, EMEA operations, 60k',
      'Acme Robotics, Service, 40k',
    ]);
    const hunting = await next(person, 'New business');
    await person.typeAll(hunting, {
      'Average deal size': '24k',
      'Days from first meeting to signature': '45',
    });
    const activities = await next(person, 'Activities');
    await person.press(activities, 'Add a call block');
    await person.send(await slack.modal('Call block'));
    await (await slack.modal('Activities')).form.getByText('Call blocks (1)').waitFor();
    const insurance = await next(person, 'Insurance');
    await person.press(insurance, 'Add a risk');
    const risk = await slack.modal('Risk');
    await person.typeAll(risk, RISK);
    await person.send(risk);
    await (await slack.modal('Insurance')).form.getByText('Risks (1)').waitFor();
    await next(person, 'Milestones');
    const review = await next(person, 'Review');
    const text = await review.text();
    expect(text).not.toContain('no next step yet');
    await next(person, 'Big-Picture Plan');
    console.log(person.told('A plan worth signing'));
    expect(person.forms).toBeLessThanOrEqual(20);
    expect(person.fields).toBeLessThanOrEqual(25);
    expect(person.clicks).toBeLessThan(60);
    expect(person.seconds).toBeLessThan(8 * 60);
  });
});

const RISK = {
  'What could happen?': 'Inbound dries up after the fair',
  'How likely is it?': '30%',
  'What would it cost in bookings?': '80k',
  'How will you know?': 'Fewer than six leads two months running',
  'What do you do then?': 'Two more call blocks until it is back',
};
