/** A month of Dana and Max in a real browser: why, the thread, the recovery plan, and its close. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../src/time/local-date.ts';
import {
  launchBrowser,
  openSandbox,
  phone,
  photograph,
  type SandboxPage,
} from '../support/browser.ts';
import * as road from '../support/browser-plan.ts';
import { eventually } from '../support/eventually.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts';

let browser: Browser;
let sandbox: SandboxProcess;
let slack: SandboxPage;
const complaints: string[] = [];

/** The first Tuesday of a March to come: when February is talked about. */
const meeting = firstTuesdayOfNextMarch();
const year = meeting.slice(0, 4);
/** Three working days before; American reps have no public holiday between. */
const asked = addDays(meeting, -5);

const inbound = 'Inbound brought 1 of the leads we agreed.';
const wayBack = 'Call the webinar list again';
const reviews = 'sales-reviews';

function firstTuesdayOfNextMarch(): string {
  const today = new Date().toISOString().slice(0, 10);
  const thisYear = Number(today.slice(0, 4));
  let date = `${today < `${thisYear}-02-01` ? thisYear : thisYear + 1}-03-01`;
  while (weekdayOf(date) !== 'tue') date = addDays(date, 1);
  return date;
}

/** The working days from the Wednesday of the week before to the day before she is asked. */
function lowDays(): string[] {
  const days = [8, 7, 6, 3, 2, 1].map((before) => addDays(asked, -before));
  // American reps are off on the third Monday of February.
  return days.filter(
    (date) => weekdayOf(date) !== 'mon' || date < `${year}-02-15` || date > `${year}-02-21`,
  );
}

const weekdayName = (date: string) =>
  new Date(date).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });

beforeAll(async () => {
  [browser, sandbox] = await Promise.all([launchBrowser(), startSandboxProcess()]);
  slack = await openSandbox(browser, sandbox.address, { as: 'max' });
  slack.page.setDefaultTimeout(30_000);
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

/** Waits for the newest message with these words and returns all that it says. */
async function read(text: string | RegExp): Promise<string> {
  const message = slack.message(text);
  await message.waitFor();
  // biome-ignore lint/performance/useDomNodeTextContent: only what is shown, in its lines
  return (await message.innerText()).replaceAll('\u00a0', ' ');
}

const thread = () => slack.page.getByRole('complementary', { name: 'Thread' });

/** Waits for a picture to be drawn and returns its words and its size as it was made. */
async function lookAt(picture: Locator): Promise<{ alt: string; width: number }> {
  return eventually(async () => {
    await picture.scrollIntoViewIfNeeded();
    const width = await picture.evaluate((img) => (img as HTMLImageElement).naturalWidth);
    expect(width).toBeGreaterThan(600);
    return { alt: (await picture.getAttribute('alt')) ?? '', width };
  });
}

describe('every month in the sandbox', () => {
  it('begins with a plan that both have agreed on, and a channel that lacks Bigplan', async () => {
    await slack.moveClock(addDays(asked, -10), '17:00');
    await (await road.setUpWorkspace(slack)).cancel();
    await slack.modalGone();
    await slack.command('/bigplan team');
    const team = await slack.modal('Your team');
    await team.pick('Your team’s manager channel', reviews);
    await team.submit();
    await team.form.getByText('The channel is set.').waitFor();
    await team.cancel();
    await slack.modalGone();

    await road.wizardToCompPlan(slack, { start: `${year}-02-01`, end: `${year}-12-31` });
    const renewals = await road.wizardToRenewals(slack);
    await renewals.press('Paste several');
    const paste = await slack.modal('Paste several');
    await paste.fill(
      'Renewals',
      `Globex, 80000, ${year}-02-20, 60%\nInitech, 90k, ${year}-09-30, 60%`,
    );
    await paste.submit();
    await (await slack.modal('Renewals')).form.getByText('Renewals (2)').waitFor();
    await road.next(slack, 'Expansion');
    const newBusiness = await road.next(slack, 'New business');
    await newBusiness.fillAll({
      'Viable leads a month from inbound': '18',
      'Viable leads a month from outbound': '12',
      'What share of those leads qualifies?': '10%',
    });
    await road.wizardToMilestones(slack);
    await road.next(slack, 'Review');
    await (await road.propose(slack)).cancel();
    await slack.modalGone();
    await road.agree(slack);
  });

  it('takes won deals by words, and days by a press', async () => {
    await slack.leap('16:30, check-in time');
    await read('How did it go?');
    await slack.press(/^As planned/);
    await read('✓ ');
    for (const date of lowDays()) {
      await slack.moveClock(date, '16:30');
      await read(`${weekdayName(date)}. How did it go?`);
      await slack.say('5 calls');
      await read(`✓ ${weekdayName(date)} · 5 calls`);
    }
    await slack.command('/bigplan won Globex 80000 renewal');
    expect(await read('$80,000 won')).toContain('That settles Globex in the plan');
    await slack.command('/bigplan won Acme Robotics 24k new');
    await read('$24,000 won');
    await slack.command('/bigplan leads 1 inbound 0 outbound');
    await read('1 inbound');
  });

  it('asks Dana first, three working days before the 1:1', async () => {
    // Due at 9:00, it waits for the end of her call block.
    await slack.moveClock(asked, '10:30');
    const question = await read('Before anyone talks about it');
    expect(question).toMatch(/Your 1:1 is Tue.*11:00/);
    expect(question).toMatch(/✗ missed: Leads 1 of [\d.]+ promised/);
    expect(question).toContain('✗ missed: Calls');
    await photograph(slack, 'prep');
    await slack.as('max');
    await slack.visit('Messages');
    expect(await read('1:1')).not.toMatch(/new business|calls|missed/i);
    await photograph(slack, 'ahead');
    await slack.as('dana');
    await slack.visit('Messages');
  });

  it('keeps a half-finished answer', async () => {
    const form = await slack.pressFor('Answer', 'your view');
    await form.pick('What got in the way (leads)?', 'Too few leads', 'Content is missing');
    await form.fill('In your words (leads)', inbound);
    await photograph(slack, 'why');
    await form.cancel();
    await slack.modalGone();
    // Slack tells the app of what is typed a moment later.
    const again = await eventually(async () => {
      const opened = await slack.pressFor('Answer', 'your view');
      const words = await opened.field('In your words (leads)').inputValue();
      if (words !== inbound) {
        await opened.cancel();
        await slack.modalGone();
      }
      expect(words).toBe(inbound);
      return opened;
    });
    expect(await again.text()).toContain('Content is missing');
  });

  it('asks all of it in one form, and says to whom it goes before it does', async () => {
    const form = await slack.modal('your view');
    await form.fill('What would win it back (leads)?', wayBack);
    await form.pick('What got in the way (calls)?', 'My own execution');
    await form.fill('In your words (calls)', 'I began late.');
    await form.fill('For yourself', 'Ask about the other team.');
    // She isn’t in it, so she doesn’t see its name.
    expect(await form.text()).toContain('Goes to your team’s channel (private channel)');
    expect(await form.text()).toContain('Stays with you');
    await photograph(slack, 'why-all');
    await form.submit();
    const sent = await slack.modal('Sent');
    expect(await sent.text()).toContain('Ask about the other team.');
    await sent.cancel();
    await slack.modalGone();
    await read('✓ Sent on');
    await photograph(slack, 'sent');
  });

  it('tells Max how to let it into the channel, and posts it then', async () => {
    await slack.as('max');
    await slack.visit('Messages');
    expect(await read('Monthly reviews wait')).toContain(`I am not in #${reviews}`);
    await photograph(slack, 'not-posted');
    await slack.visit(reviews);
    await slack.page.getByRole('button', { name: 'Invite Bigplan' }).click();
    await slack.message('was added to').waitFor();
    await slack.visit('Messages');
    await read('takes your team’s reviews again');
    await photograph(slack, 'posted');
    await slack.visit(reviews);
    // With the next minute.
    await slack.message('February 1:1').waitFor({ timeout: 90_000 });
    expect(await read('February 1:1')).toContain('@Dana Reyes says: content is missing');
    await photograph(slack, 'channel');
  });

  it('has the figures, the charts and Dana’s words in a thread', async () => {
    await slack
      .message('February 1:1')
      .getByRole('button', { name: /replies$/ })
      .click();
    const table = thread().getByRole('table');
    await table.waitFor();
    // biome-ignore lint/performance/useDomNodeTextContent: only what is shown, in its lines
    expect(await table.innerText()).toContain('$24,000');
    const pictures = thread().getByRole('img');
    await eventually(async () => expect(await pictures.count()).toBe(2));
    const [milestones, funnel] = [await lookAt(pictures.first()), await lookAt(pictures.last())];
    expect(milestones.alt).toMatch(/quota/i);
    expect(funnel.alt).toMatch(/calls/i);
    await thread().getByText(inbound).first().waitFor();
    await thread().getByText(wayBack).first().waitFor();
    await thread().getByText('I began late.').first().waitFor();
    const articles = thread().getByRole('article');
    for (let at = 0; at < (await articles.count()); at += 1) {
      await articles.nth(at).scrollIntoViewIfNeeded();
      await photograph(slack, `thread-${at}`);
    }
  });

  it('fits a phone, in the dark too', async () => {
    const small = await openSandbox(browser, sandbox.address, {
      as: 'max',
      size: phone,
      dark: true,
    });
    await small.visit(reviews);
    await small
      .message('February 1:1')
      .getByRole('button', { name: /replies$/ })
      .click();
    const opened = small.page.getByRole('complementary', { name: 'Thread' });
    await opened.getByRole('img').nth(1).waitFor();
    for (const shown of [opened.getByRole('table'), ...(await opened.getByRole('img').all())]) {
      const { x = 0, width = 0 } = (await shown.boundingBox()) ?? {};
      expect(width).toBeGreaterThan(280);
      // Within the page's margin.
      expect(x + width).toBeLessThanOrEqual(phone.width - 11);
    }
    expect(await small.scrollsSideways()).toBe(false);
    await small.page.context().close();
  });

  it('takes a recovery plan that both see and tick', async () => {
    await thread().getByRole('button', { name: 'Write recovery plan' }).click();
    const plan = await slack.modal('Recovery plan');
    await photograph(slack, 'recovery-empty');
    await plan.press(`Add: ${wayBack}`);
    const proposed = await slack.modal('New item');
    expect(await proposed.field('What will be done?').inputValue()).toBe(wayBack);
    await proposed.submit();
    await (await slack.modal('Recovery plan')).form.getByText('1 item').waitFor();
    await plan.press('Add an item');
    const item = await slack.modal('New item');
    await item.fill('What will be done?', 'Battle card for the webinar list');
    await item.choose('Who does it?', 'Max Okafor');
    await item.fill('By when?', addDays(meeting, 7));
    await photograph(slack, 'item');
    await item.submit();
    const both = await slack.modal('Recovery plan');
    await both.form.getByText('2 items').waitFor();
    await both.press('Done: Battle card for the webinar list');
    await both.form.getByText('2 items, 1 done').waitFor();
    await photograph(slack, 'recovery');
    await both.press('Close review');
    const close = await slack.modal('Close review');
    expect(await close.text()).toContain('2 items, 1 done');
    await photograph(slack, 'close');
    await close.submit();
    await slack.modalGone();
    await thread().getByText('Closed on').waitFor();
    await photograph(slack, 'thread-closed');
  });

  it('gives Dana all that the channel sees', async () => {
    await slack.as('dana');
    await slack.visit('Messages');
    const repCopy = await read('What others get to see');
    expect(repCopy).toContain(inbound);
    expect(repCopy).toContain('$24,000');
    const message = slack.message('What others get to see');
    await lookAt(message.getByRole('img').first());
    await message.getByRole('table').scrollIntoViewIfNeeded();
    await photograph(slack, 'mirror');
    // Her day has had its three messages: this one waits for the morning.
    await slack.leap('Next working day, 9:00');
    expect(await read('Recovery plan for February')).toContain('2 items, 1 done');
    await slack.message('Recovery plan for February').scrollIntoViewIfNeeded();
    await photograph(slack, 'recovery-dm');
  });
});
