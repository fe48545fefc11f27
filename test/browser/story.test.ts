/** The story: a sandbox that begins in the middle, with two months that a team of six has lived. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  desktop,
  launchBrowser,
  openSandbox,
  phone,
  photograph,
  type SandboxPage,
} from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { beginSandboxProcess, type SandboxProcess } from '../support/sandbox-process.ts';

let browser: Browser;
let sandbox: SandboxProcess;
let slack: SandboxPage;
const complaints: string[] = [];

beforeAll(async () => {
  [browser, sandbox] = await Promise.all([launchBrowser(), beginSandboxProcess('--story')]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  expect(await sandbox.stop()).toBe(0);
  expect(complaints).toEqual([]);
});

/** The story is lived first, which takes a busy machine minutes. */
const LIVED = { timeout: 600_000 };
const channel = 'team-max-pipeline';
/** Later than the story’s last day, however far the machine’s clock is in its month. */
const IN_FIVE_MONTHS = new Date(Date.now() + 150 * 86_400_000).toISOString().slice(0, 10);
const thread = () => slack.page.getByRole('complementary', { name: 'Thread' });
const fits = async () => {
  for (const size of [desktop, phone]) {
    await slack.page.setViewportSize(size);
    expect(await slack.scrollsSideways()).toBe(false);
  }
  await slack.page.setViewportSize(desktop);
};
const picture = (where: Locator, words: RegExp) => where.getByRole('img', { name: words }).last();
const isDrawn = (image: Locator) =>
  eventually(async () => {
    await image.scrollIntoViewIfNeeded();
    const width = await image.evaluate((img) => (img as HTMLImageElement).naturalWidth);
    expect(width).toBeGreaterThan(600);
  });

/** Presses a button of Home, by what it is called aloud. */
const pressAtHome = (name: string | RegExp) =>
  slack.home().getByRole('button', { name }).first().click();
/** Where Home, or a form, says this. */
const seen = async (where: Locator, ...words: (string | RegExp)[]) => {
  for (const one of words) await where.getByText(one).first().waitFor();
};
const closeAll = async () => {
  const forms = slack.page.locator('dialog.modal form');
  for (let open = await forms.count(); open > 0; open = await forms.count()) {
    await (await slack.modal()).cancel();
    await eventually(async () => expect(await forms.count()).toBeLessThan(open));
  }
};
/** Opens a form by a command, and keeps a picture of it. */
const opened = async (command: string, title: string) => {
  await slack.command(`/bigplan ${command}`);
  const form = await slack.modal(title);
  await photograph(slack, `story-${command.split(' ').join('-')}`);
  return form;
};

describe('the story', () => {
  it('says at once what is being done, and opens by itself when it is there', LIVED, async () => {
    const page = await (await browser.newContext({ viewport: desktop })).newPage();
    await page.goto(`${sandbox.address}/?as=max`);
    await page.getByRole('heading', { name: 'Bigplan is starting…' }).waitFor();
    expect((await fetch(`${sandbox.address}/readyz`)).status).toBe(503);
    const step = page.getByRole('status');
    await expect.poll(() => step.textContent(), { timeout: 300_000 }).toMatch(/They live through/);
    await sandbox.ready;
    await page.getByLabel('You are').waitFor({ timeout: 30_000 });
    expect((await fetch(`${sandbox.address}/readyz`)).status).toBe(200);
    await page.context().close();
    slack = await openSandbox(browser, sandbox.address, { as: 'dana' });
    slack.page.setDefaultTimeout(30_000);
    slack.page.on('pageerror', (error) => complaints.push(String(error)));
  });

  it('has each message at the time at which it was written', async () => {
    await slack.visit('Messages');
    const [answer, said] = [/✓ Today, Tuesday/, /^DR/].map((words) =>
      slack.page.getByRole('main').getByRole('article').filter({ hasText: words }).last(),
    );
    const time = (message?: Locator) => message?.locator('time').first().textContent();
    expect(await time(said)).toBe(await time(answer));
  });

  it('has Home for a rep: the day, the standing, and promises that are ticked there', async () => {
    await slack.visit('Home');
    await seen(slack.home(), 'Left today:', 'How you stand', /what it has paid so far/);
    await photograph(slack, 'story-home-dana');
    await fits();
    await slack.home().getByText('What others see of you').hover();
    await photograph(slack, 'story-home-dana-seen');
    await seen(slack.home(), 'Max Okafor', /held this week/, /Leaders see of your team/);
    const done = slack.home().getByRole('button', { name: /^Done: Call the webinar list/ });
    await done.click();
    await done.waitFor({ state: 'detached' });
  });

  it('has a rep’s messages: check-ins, deals, pipeline and leads', async () => {
    await slack.visit('Messages');
    await slack.message('How did it go?').waitFor();
    await photograph(slack, 'story-dm-dana');
    const deal = slack.message(/Kestrel Logistics/);
    const earlier = slack.page.getByRole('button', { name: 'Show earlier messages' });
    expect(await deal.count()).toBe(0);
    await eventually(async () => {
      if ((await deal.count()) === 0) await earlier.click();
      expect(await deal.count()).toBeGreaterThan(0);
    });
    await fits();
    await slack.command('/bigplan pipeline');
    const pipeline = await slack.modal();
    await photograph(slack, 'story-pipeline');
    await pipeline.cancel();
    await slack.modalGone();
  });

  it('has threads of both months, closed and open, with their charts', async () => {
    await slack.as('max');
    await slack.visit(channel);
    const threads = slack.page.getByRole('main').getByRole('article').filter({ hasText: '1:1' });
    expect(await threads.count()).toBe(6);
    await photograph(slack, 'story-channel');
    const last = threads.filter({ hasText: 'Dana' }).last();
    await last.getByRole('button', { name: /replies$/ }).click();
    await isDrawn(picture(thread(), /quota/i));
    await photograph(slack, 'story-thread-milestones');
    await isDrawn(picture(thread(), /calls/i));
    await photograph(slack, 'story-thread-funnel');
    await thread().getByText('Inbound brought 2 of the 6 leads').first().waitFor();
    await fits();
  });

  it('has coaching hours: a prompt, a tweak, and what came of it', async () => {
    await slack.visit('Messages');
    const prompt = slack.message(/coaching hours with/);
    await seen(prompt, 'What came of tweaks:', /wants to talk about/, 'Tom Becker');
    expect(await prompt.textContent()).not.toMatch(/<@|\*/);
    await prompt.scrollIntoViewIfNeeded();
    await photograph(slack, 'story-coaching-prompt');
    await slack.as('dana');
    await slack.visit('Messages');
    const tweak = slack.message(/One tweak from your coaching hour/);
    await tweak.getByRole('button', { name: 'This tweak is useful' }).click();
    await seen(tweak, 'You said: useful.');
    await photograph(slack, 'story-tweak');
    await fits();
  });

  it('has four contacts with prospects, and counts one that is said', async () => {
    await slack.command('/bigplan touch Marrow Glass email case study');
    await slack.message(/2 touches so far, 2 more make four/).waitFor();
    await slack.press('My prospects');
    const prospects = await slack.modal();
    await seen(prospects.form, 'Quill Press', 'Marrow Glass');
    await photograph(slack, 'story-prospects');
    await closeAll();
  });

  it('has objections, and who handles them; a hand-off card; what went well', async () => {
    await slack.as('june');
    const objections = await opened('objections', 'Objections');
    await seen(objections.form, 'Tom Becker', /handles it well/, /We buy by the school/);
    await closeAll();
    const card = await opened('card', 'Hand-off card');
    await seen(card.form, /Head of operations/, /days? old/, 'Aisha Khan');
    await closeAll();
    await slack.visit('general');
    await slack.message(/won Northgate Bank/).waitFor();
    await seen(slack.message(/on what worked/), /The date of their next audit/);
    await photograph(slack, 'story-general');
    await fits();
  });

  it('has promises that either of a pair ticks, and a new hire’s first weeks', async () => {
    await slack.as('max');
    await slack.visit('Messages');
    const promises = await opened('promises', 'Promises');
    await seen(promises.form, 'You owe', 'You are owed', /ten districts/, /1 day late/);
    const item = promises.form.getByText(/Listen to two of June’s blocks/);
    await promises.form.getByRole('button', { name: /^Done: Listen to two/ }).click();
    await seen(promises.form, /✓ Listen to two/);
    expect(await item.count()).toBe(1);
    await closeAll();
    const team = await opened('team', 'Your team');
    await team.press('By when the plans are due, and who joined when');
    const dues = await slack.modal('Due dates');
    await photograph(slack, 'story-due-dates');
    await dues.press('The first weeks of June Park');
    const weeks = await slack.modal('First weeks');
    await seen(weeks.form, /✓ Week 8/, /✓ Day 60/, /Day 90/, /who decides in a district/);
    await photograph(slack, 'story-first-weeks');
    await closeAll();
  });

  it('has a weekly sync with what each took on', async () => {
    await slack.visit('weekly-sync');
    const brief = slack.message(/Weekly sync/);
    await seen(brief, /Engagement last week/, /Taken on before/, /In answer to causes/);
    await seen(brief, /A webinar on audits/);
    await photograph(slack, 'story-sync');
    await fits();
    await brief.getByRole('button', { name: 'Say what Sales does, by when' }).click();
    const form = await slack.modal('Owner, what, by when');
    await form.fillAll({
      'What will be done?': 'Ten calls on the fair’s list',
      'By when?': IN_FIVE_MONTHS,
    });
    await form.submit();
    await slack.modalGone();
    await seen(slack.message(/Weekly sync/), /Ten calls on the fair’s list/);
  });

  it('has Home for a manager, to open, to coach and to ask from', async () => {
    await slack.visit('Home');
    await seen(slack.home(), 'June Park', 'Dana Reyes', 'Tom Becker', /open this week/);
    await photograph(slack, 'story-home-max');
    await fits();
    await pressAtHome('Open the plan of June Park');
    await slack.modal();
    await photograph(slack, 'story-plan-of-june');
    await closeAll();
    await pressAtHome('Log the hour with June Park');
    const hour = await slack.modal('Coaching hour');
    await seen(hour.form, /price 3/, /Tom Becker/, /What may I offer them/);
    await photograph(slack, 'story-log-hour');
    await hour.pick('What did you review together?', 'Cold call');
    await hour.fill('One tweak', 'Ask how many schools buy together');
    await hour.pick('What will show it?', 'Call → visit');
    await hour.submit();
    await slack.modalGone();
    await slack
      .home()
      .getByText(/open this week/)
      .waitFor({ state: 'detached', timeout: 90_000 });
    await pressAtHome('Ask Tom Becker for something');
    const ask = await slack.modal('New promise');
    await ask.fill('What will be done?', 'Your opening with banks, on one page');
    await ask.submit();
    await seen((await slack.modal('Promises')).form, /Your opening with banks/);
    await closeAll();
    // His day’s messages have come: this one comes tomorrow, and stands on his Home at once.
    await slack.as('tom');
    await slack.visit('Home');
    const done = slack.home().getByRole('button', { name: /^Done: Your opening with banks/ });
    await done.click();
    await done.waitFor({ state: 'detached' });
  });

  it('has Home for a leader, and causes that several named, which is answered', async () => {
    await slack.as('lena');
    await slack.visit('Home');
    await seen(slack.home(), /Reps at quota/, /Too few leads/, 'Aisha Khan', /coached 3 of 3/);
    await photograph(slack, 'story-home-lena');
    await fits();
    await pressAtHome('All causes');
    await seen((await slack.modal('Causes')).form, 'Taken on');
    await photograph(slack, 'story-causes');
    await closeAll();
    await slack.visit('Messages');
    const cause = slack.message(/Too few leads/);
    await cause.waitFor();
    await photograph(slack, 'story-lena');
    await fits();
    await cause.getByRole('button', { name: 'Say who does what about it, by when' }).click();
    const answer = await slack.modal('Owner, what, by when');
    await answer.pick('Who does it?', 'Max Okafor');
    await answer.fillAll({
      'What will be done?': 'The fair’s list, shared out among all',
      'By when?': IN_FIVE_MONTHS,
    });
    await answer.submit();
    await slack.modalGone();
    await seen(slack.message(/Too few leads/), /shared out among all/);
    const teams = await opened('team', 'The teams');
    await seen(teams.form, /coached 3 of 3/);
    await closeAll();
  });

  it('goes on: the clock moves and a day is logged', async () => {
    await slack.as('june');
    await slack.visit('Messages');
    await slack.message('How did it go?').waitFor();
    await slack.say('22 calls 1 visit');
    await slack.message('22 calls · 1 visit').waitFor();
    await photograph(slack, 'story-dm-june');
    await slack.as('tom');
    await slack.visit('Home');
    await photograph(slack, 'story-home-tom');
  });

  it('is opened where it was left, the second time', async () => {
    const before = Date.now();
    await sandbox.killAndRestart('22 calls · 1 visit');
    expect(Date.now() - before).toBeLessThan(60_000);
    const again = await openSandbox(browser, sandbox.address, { as: 'june' });
    await again.visit('Messages');
    await again.message('22 calls · 1 visit').waitFor();
    await again.page.context().close();
  });

  it('is broken off at once while it is lived, and begins anew the next time', LIVED, async () => {
    const other = await beginSandboxProcess('--story');
    const step = async () => (await fetch(`${other.address}/sandbox/starting`)).text();
    await expect.poll(step, { timeout: 300_000 }).toMatch(/They live through/);
    expect(await other.stop()).toBe(0);
  });
});
