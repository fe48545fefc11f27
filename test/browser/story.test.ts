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

  it('has Home with two months in it', async () => {
    await slack.visit('Home');
    await slack.home().getByText(/calls/i).first().waitFor();
    await photograph(slack, 'story-home-dana');
    await fits();
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

  it('has a team that its manager sees in Home', async () => {
    await slack.visit('Home');
    for (const name of ['Dana', 'Tom', 'June'])
      await slack.home().getByText(name).first().waitFor();
    await photograph(slack, 'story-home-max');
    await fits();
  });

  it('has causes that several named, for the leader', async () => {
    await slack.as('lena');
    await slack.visit('Messages');
    await slack.message(/Too few leads/).waitFor();
    await photograph(slack, 'story-lena');
    await fits();
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
    await sandbox.killAndRestart();
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
