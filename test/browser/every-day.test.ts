/** A rep's days with Bigplan, lived through in a real browser by moving the sandbox's clock. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../src/time/local-date.ts';
import {
  desktop,
  launchBrowser,
  openSandbox,
  phone,
  type SandboxPage,
} from '../support/browser.ts';
import * as road from '../support/browser-plan.ts';
import { eventually } from '../support/eventually.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts';

let browser: Browser;
let sandbox: SandboxProcess;
let slack: SandboxPage;
const complaints: string[] = [];

const wednesday = firstWednesdayOfNextMarch();
const year = wednesday.slice(0, 4);

/** American reps have no public holiday in March. */
function firstWednesdayOfNextMarch(): string {
  const today = new Date().toISOString().slice(0, 10);
  const thisYear = Number(today.slice(0, 4));
  let date = `${today < `${thisYear}-03-01` ? thisYear : thisYear + 1}-03-01`;
  while (weekdayOf(date) !== 'wed') date = addDays(date, 1);
  return date;
}

beforeAll(async () => {
  [browser, sandbox] = await Promise.all([launchBrowser(), startSandboxProcess()]);
  slack = await openSandbox(browser, sandbox.address, { as: 'max' });
  slack.page.on('pageerror', (error) => complaints.push(String(error)));
  slack.page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
}, 90_000);

afterAll(async () => {
  await browser.close();
  expect(await sandbox.stop()).toBe(0);
  expect(complaints).toEqual([]);
});

const isFocused = (element: Locator) => element.evaluate((one) => one.matches(':focus'));

/** Presses a key until the element has the focus. */
async function reach(element: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  for (let step = 0; step < 12; step += 1) {
    if (await isFocused(element)) return;
    await slack.page.keyboard.press(key);
  }
  throw new Error('It is out of the keyboard’s reach');
}

/** Dana makes two calls on each of these days, the next ones to come. */
async function fewCalls(...days: string[]): Promise<void> {
  for (const day of days) {
    await slack.leap('16:30, check-in time');
    await read(`${day}. How did it go?`);
    await slack.say('2 calls');
    await read(`✓ ${day} · 2 calls`);
  }
}

/** Waits for the newest message with these words and returns all that it says. */
async function read(text: string | RegExp): Promise<string> {
  const message = slack.message(text);
  await message.waitFor();
  // biome-ignore lint/performance/useDomNodeTextContent: only what is shown, in its lines
  return message.innerText();
}

/** How many messages of the open conversation show these words. */
const countOf = (text: string | RegExp) =>
  slack.page.getByRole('main').getByRole('article').filter({ hasText: text }).count();

async function isInSight(element: Locator, { width, height }: typeof desktop): Promise<boolean> {
  const box = await element.boundingBox();
  if (!box) return false;
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
}

describe('every day in the sandbox', () => {
  /** What the plan asks for in a day. */
  let calls = 0;

  it('begins with a plan that both have agreed on', async () => {
    await slack.moveClock(addDays(wednesday, -1), '17:00');
    await (await road.setUpWorkspace(slack)).cancel();
    await slack.modalGone();
    await road.wizardToCompPlan(slack, { start: `${year}-03-01`, end: `${year}-12-31` });
    await road.wizardToRenewals(slack);
    await road.next(slack, 'Expansion');
    await road.next(slack, 'New business');
    await road.wizardToMilestones(slack);
    await road.next(slack, 'Review');
    await (await road.propose(slack)).cancel();
    await slack.modalGone();
    await road.agree(slack);
  });

  it('says at a call block’s start how many dials it takes, and can be stopped by the keyboard', async () => {
    await slack.leap('Next working day, 9:00');
    const nudge = await read(/is yours/);
    calls = Number(/(\d+) dials get you to plan/.exec(nudge)?.[1]);
    expect(calls).toBeGreaterThan(0);

    const { page } = slack;
    const menu = slack.message(/is yours/).getByRole('button', { name: 'More actions' });
    const items = page.getByRole('menuitem');
    await page.getByLabel('Message Bigplan').focus();
    await reach(menu, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await isFocused(items.first())).toBe(true));
    expect(await items.allTextContents()).toEqual([
      'Stop call-block nudges',
      'Pause for a week…',
      'My settings…',
    ]);
    // The nudge lies just above the composer: the menu opens where there is room.
    expect(await isInSight(page.locator('.popover:popover-open'), desktop)).toBe(true);
    await page.keyboard.press('ArrowDown');
    expect(await isFocused(items.nth(1))).toBe(true);
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await isFocused(menu)).toBe(true));
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await isFocused(items.first())).toBe(true));
    await page.keyboard.press('Enter');
    expect(await read('no call-block nudges from now on')).toContain('Only visible to you');
    await slack.press('Turn them on again');
    await read('Back on: call-block nudges');
  });

  it('takes the block’s start by a key and its count by one press', async () => {
    const { page } = slack;
    const started = slack.message(/is yours/).getByRole('button', { name: 'Started' });
    await page.getByLabel('Message Bigplan').focus();
    await reach(started, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await read('On it.');
    await slack.moveClock(wednesday, '10:30');
    await read('How many?');
    await slack.press(`${calls} calls, as planned`);
    expect(await read(`${calls} of ${calls} calls`)).toContain('✓ 9:00');
    expect(await countOf('How many?')).toBe(0);
  });

  it('asks at 16:30 with the block’s calls in it; the question becomes the record', async () => {
    await slack.leap('16:30, check-in time');
    const question = await read('How did it go?');
    expect(question).toContain('Wednesday.');
    expect(question).toContain(`Your call blocks brought ${calls} calls`);
    const messages = await countOf('Bigplan');
    await slack.press('Log it');
    const form = await slack.modal('Log a day');
    expect(await form.field('Calls').inputValue()).toBe(String(calls));
    expect(await form.text()).toContain(`${calls} planned`);
    await form.fill('Demos', '-3');
    await form.submit();
    expect(await form.error('Demos')).toContain('below zero');
    await form.fillAll({ Calls: '31', Demos: '2', Proposals: '1' });
    await form.submit();
    await slack.modalGone();
    expect(await read('✓ Wednesday')).toContain('31 calls · 2 demos · 1 proposal');
    expect(await countOf('Bigplan')).toBe(messages);
    await slack.press('Edit what you logged for Wednesday');
    const again = await slack.modal('Log a day');
    expect(await again.field('Calls').inputValue()).toBe('31');
    await again.cancel();
    await slack.modalGone();
  });

  it('takes a day as planned with one press, and other words for it afterwards', async () => {
    await slack.leap('16:30, check-in time');
    await read('Thursday. How did it go?');
    await slack.press(/^As planned/);
    expect(await read('✓ Thursday')).toContain(`${calls} calls`);
    await slack.say('25 calls 2 demos, 1 proposal');
    await read('✓ Today, Thursday: 25 calls');
    await eventually(async () => expect(await countOf('✓ Thursday · 25 calls')).toBe(1));
  });

  it('asks back what it does not understand, with the words kept', async () => {
    await slack.say('25 calls and 3 unicorns');
    expect(await read('I read 25 calls')).toContain('25 calls and 3 unicorns');
    await slack.press('Open the form');
    const form = await slack.modal('Log a day');
    expect(await form.text()).toContain('25 calls and 3 unicorns');
    expect(await form.field('Calls').inputValue()).toBe('25');
    await form.cancel();
    await slack.modalGone();
  });

  it('notes time off and takes it back; each has their own settings', async () => {
    await slack.command('/bigplan away 30 Mar – 31 Mar');
    expect(await read('You’re away')).toContain('Only visible to you');
    await slack.page
      .getByRole('button', { name: /^Cancel .*Mar/ })
      .last()
      .click();
    await read('Cancelled: time off');
    expect(await countOf('You’re away')).toBe(0);
    await slack.command('/bigplan settings');
    const settings = await slack.modal('My settings');
    expect(await settings.field('Check-in at').inputValue()).toBe('16:30');
    await settings.cancel();
    await slack.modalGone();
  });

  it('comes back once after a snooze, and takes a skip with its reason', async () => {
    await slack.leap('16:30, check-in time');
    await read('Friday. How did it go?');
    await slack.press('Ask me in an hour');
    await read('Snoozed: I’ll come back at 5:30');
    await slack.leap('+1 hour');
    const reminder = await read('Still there for Friday');
    expect(reminder).toContain('I won’t ask again today.');
    expect(reminder).not.toContain('Snooze');
    await slack.press('Skip this day, with a reason');
    const skip = await slack.modal('Skip');
    await skip.choose('Why?', 'Travelling');
    await skip.submit();
    await slack.modalGone();
    await read('Friday skipped: travel');
    await eventually(async () => expect(await countOf('Still there for Friday')).toBe(0));
  });

  it('tells Dana of a missed week, privately, and takes what is in the way', async () => {
    await fewCalls('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday');
    await slack.leap('Next Monday, 9:00');
    const note = await read('Calls are at');
    expect(note).toMatch(/Calls are at \d+% of plan over \w+ working days \(\d+ of \d+\)/);
    expect(note).toContain('@Max Okafor sees the first line too, and nothing else');
    await slack.press('Something is in the way…');
    const form = await slack.modal('What is in the way?');
    await form.pick('What got in the way?', 'Too few leads', 'Content is missing');
    await form.fill('In your words', 'Inbound brought 3 of the 6 leads.');
    await form.submit();
    await slack.modalGone();
    expect(await read('Noted:')).toContain('Too few leads, Content is missing');
    await slack.as('max');
    await slack.visit('Messages');
    await slack.message('is agreed and signed by both').waitFor();
    expect(await countOf('Calls are at')).toBe(0);
  });

  it('shows Max the line after another week, as Dana was told it would', async () => {
    await slack.as('dana');
    await slack.visit('Messages');
    await fewCalls('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday');
    await slack.leap('Next Monday, 9:00');
    await slack.as('max');
    await slack.visit('Messages');
    const line = await read('Calls are at');
    expect(line).toMatch(/@Dana Reyes: Calls are at \d+% of plan over \w+ working days/);
    expect(line).not.toMatch(/leads|Inbound/);
    await slack.as('dana');
    await slack.visit('Messages');
    expect(await read('As I said I would')).toContain('@Max Okafor now sees this line');
    expect(await countOf('Noted:')).toBe(1);
  });

  it('fits a phone, in the dark too', async () => {
    await slack.leap('Next working day, 9:00');
    await read(/is yours/);
    const small = await openSandbox(browser, sandbox.address, {
      as: 'dana',
      size: phone,
      dark: true,
    });
    await small.visit('Messages');
    const newest = small.message(/is yours/);
    await newest.waitFor();
    expect(await small.scrollsSideways()).toBe(false);
    for (const name of ['More actions', 'Started'])
      expect(await isInSight(newest.getByRole('button', { name }), phone)).toBe(true);
    await newest.getByRole('button', { name: 'More actions' }).click();
    await small.page.getByRole('menuitem').last().waitFor();
    expect(await isInSight(small.page.locator('.popover:popover-open'), phone)).toBe(true);
    await small.page.keyboard.press('Escape');
    // Turned on its side, the newest message stays in sight.
    await small.page.setViewportSize({ width: phone.height, height: phone.width });
    await eventually(async () => {
      const box = await newest.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(phone.width);
    });
    await small.page.context().close();
  });

  it('lets Max enter time off for Dana, who is told', async () => {
    await slack.as('max');
    await slack.command('/bigplan away @Dana Reyes tomorrow');
    expect(await read('is away')).toContain('@Dana Reyes');
    await slack.as('dana');
    await slack.visit('Messages');
    // Nothing comes while she is in her call block.
    for (let hour = 0; hour < 2; hour += 1) await slack.leap('+1 hour');
    await read('@Max Okafor noted that you’re away');
  });
});
