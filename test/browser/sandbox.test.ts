import { Resvg } from '@resvg/resvg-js';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actions, button, image, section } from '../../src/slack/blocks.ts';
import { uploadImage } from '../../src/slack/upload-image.ts';
import {
  desktop,
  launchBrowser,
  openSandbox,
  phone,
  type SandboxPage,
} from '../support/browser.ts';
import { type Demo, startDemo } from '../support/browser-demo-app.ts';
import { eventually } from '../support/eventually.ts';

let browser: Browser;
let demo: Demo;
let slack: SandboxPage;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
}, 30_000);
afterAll(() => browser.close());
beforeEach(async () => {
  demo = await startDemo();
  slack = await open();
  complaints.length = 0;
});
afterEach(async () => {
  await slack.page.context().close();
  await demo.stop();
  expect(complaints).toEqual([]);
});

const open = async (options: Parameters<typeof openSandbox>[2] = {}) => {
  const opened = await openSandbox(browser, demo.address, options);
  opened.page.on('pageerror', (error) => complaints.push(String(error)));
  opened.page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  return opened;
};
const lastOf = (type: string) => demo.received.filter((one) => one.type === type).at(-1);
const isFocused = (field: Locator) => field.evaluate((element) => element.matches(':focus'));
const openForm = async () => {
  await slack.command('/bigplan');
  return slack.modal('Every input');
};

describe('the page', () => {
  it('explains itself and begins with one press', async () => {
    await slack.page.getByText('This is a sandbox:').waitFor();
    await slack.page.getByRole('button', { name: 'Run /bigplan' }).click();
    await slack.modal('Every input');
    expect(demo.received.find((one) => one.command)).toMatchObject({ user_id: 'U0DANA' });
  });

  it('shows each person their own conversations', async () => {
    const sidebar = slack.page.getByRole('navigation', { name: 'Conversations' });
    await sidebar.getByText('general').waitFor();
    expect(await sidebar.textContent()).not.toContain('team-max-pipeline');
    await slack.as('max');
    await sidebar.getByText('team-max-pipeline').waitFor();
    await slack.page.reload();
    await sidebar.getByText('team-max-pipeline').waitFor();
  });

  it('shows the Home tab that the app publishes', async () => {
    await slack.home().getByText('27 calls').waitFor();
    await slack.home().getByRole('button', { name: 'Log it' }).click();
    await eventually(() =>
      expect(lastOf('block_actions')).toMatchObject({
        container: { type: 'view' },
        view: { type: 'home' },
        actions: [{ action_id: 'home-log', type: 'button' }],
      }),
    );
  });

  it('moves its clock forward', async () => {
    await slack.moveClock('2030-05-06', '09:00');
    await slack.page
      .getByRole('button', { name: /Sandbox clock: Mon,? 6 May 2030,? 09:00/ })
      .waitFor();
    expect(demo.clock.now().toISOString()).toMatch(/^2030-05-06T13:00/);
  });

  it('keeps the times of a day as they are written', async () => {
    await slack.visit('general');
    await slack.say('9:00–10:30, 14:00-15:30 or a:bb:c');
    await slack.message('9:00–10:30, 14:00-15:30 or a:bb:c').waitFor();
  });
});

describe('the clock', () => {
  const clock = () => slack.page.getByRole('button', { name: /^Sandbox clock/ });
  const status = () => slack.page.getByRole('status');

  /** Starts anew with an app that is as slow as `advance`. */
  const startOver = async (advance: (demo: Demo, to: Date) => Promise<void>) => {
    await slack.page.context().close();
    await demo.stop();
    demo = await startDemo({}, advance);
    slack = await open();
  };

  it('goes to the next of a few times that people wait for, in their own zone', async () => {
    await slack.as('lena');
    for (const [label, weekday, time] of [
      ['Next Monday, 9:00', 'Mon', '09:00'],
      ['16:30, check-in time', 'Mon', '16:30'],
      ['Next working day, 9:00', 'Tue', '09:00'],
      ['+1 hour', 'Tue', '10:00'],
    ] as const) {
      await clock().click();
      const button = slack.page.getByRole('button', { name: label, exact: true });
      const told = await button.evaluate((element) =>
        [...element.querySelectorAll('small')].map((one) => one.textContent).join(),
      );
      expect(told).toContain(weekday);
      await slack.page.keyboard.press('Escape');
      await slack.leap(label);
      expect(await clock().textContent()).toMatch(new RegExp(`^${weekday}.*, ${time}$`));
    }
  });

  it('is worked by the keyboard alone and proposes a time to come', async () => {
    const { page } = slack;
    await clock().press('Enter');
    const hour = page.getByRole('button', { name: '+1 hour', exact: true });
    await eventually(async () => expect(await isFocused(hour)).toBe(true));
    const date = page.getByLabel('Date', { exact: true });
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });
    expect(await date.getAttribute('min')).toBe(today.format(demo.clock.now()));
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await slack.clockAtRest();
    expect(await clock().textContent()).toMatch(/^Mon.*, 09:00$/);
    expect(await isFocused(clock())).toBe(true);
    // What the form proposes lies ahead: sent as it is, it is not refused.
    await clock().press('Enter');
    await page.getByRole('button', { name: 'Go there' }).click();
    await slack.clockAtRest();
    expect(await clock().textContent()).toMatch(/^Mon.*, 10:00$/);
    expect(await page.getByRole('alert').first().textContent()).toBe('');
  });

  it('is busy while the app lives through the time, on everyone’s page', async () => {
    let arrive = () => {};
    await startOver(async (one, to) => {
      one.clock.moveTo(new Date(one.clock.now().getTime() + 3_600_000));
      await one.app.client.chat.postMessage({ channel: 'U0DANA', text: 'On the way' });
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      one.clock.moveTo(to);
    });
    await slack.visit('Messages');
    await clock().click();
    await slack.page.getByRole('button', { name: 'Next Monday, 9:00' }).click();
    await slack.message('On the way').waitFor();
    expect(await clock().getAttribute('aria-busy')).toBe('true');
    await clock()
      .getByText(/→ Mon.*, 09:00/)
      .waitFor();
    await status().getByText('The clock is moving forward.').waitFor();
    await clock().click();
    for (const name of ['+1 hour', 'Next Monday, 9:00', 'Go there'])
      expect(await slack.page.getByRole('button', { name, exact: true }).isDisabled()).toBe(true);
    await slack.page.keyboard.press('Escape');

    const max = await open({ as: 'max' });
    await max.page.locator('.clock[aria-busy=true]').waitFor();
    // Nobody has to wait for it to do something else.
    await max.visit('general');
    await max.command('/bigplan hello');
    await max.message('Only visible to you').waitFor();
    arrive();
    await max.clockAtRest();
    await slack.clockAtRest();
    await status()
      .getByText(/^The clock shows Mon.*, 09:00\.$/)
      .waitFor();
    await max.page.context().close();
  });

  it('says where it stopped when the app cannot go on', async () => {
    await startOver(async (one) => {
      one.clock.moveTo(new Date(one.clock.now().getTime() + 7 * 86_400_000));
      throw new Error('The database is gone.');
    });
    const before = await clock().textContent();
    await slack.leap('Next Monday, 9:00');
    await slack.page
      .getByRole('alert')
      .getByText('The clock stopped on the way: The database is gone.')
      .waitFor();
    expect(await clock().textContent()).not.toBe(before);
  });

  it.each([
    ['1280', desktop],
    ['390', phone],
  ])('has its panel in sight at %s pixels, in the dark too', async (_, size) => {
    for (const dark of [false, true]) {
      const sized = await open({ size, dark });
      await sized.page.getByRole('button', { name: /^Sandbox clock/ }).click();
      for (const name of ['+1 hour', 'Next working day, 9:00', 'Go there']) {
        const box = await sized.page.getByRole('button', { name, exact: true }).boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(size.width);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height);
        // Large enough for a thumb, and on one line.
        expect(box?.height).toBeGreaterThanOrEqual(size === phone ? 40 : 36);
        expect(box?.height).toBeLessThanOrEqual(44);
      }
      expect(await sized.scrollsSideways()).toBe(false);
      await sized.page.context().close();
    }
  });
});

describe('messages', () => {
  it('arrive live, are counted as unread and replaced when answered', async () => {
    const max = await open({ as: 'max' });
    await slack.visit('general');
    await slack.command('/bigplan buttons');
    const badge = max.page.getByRole('link', { name: /general\s*1 unread/ });
    await badge.click();
    await max.message('How did').getByRole('button', { name: 'Yes' }).click();
    await slack.message('@Max Okafor said yes').waitFor();
    await badge.waitFor({ state: 'detached' });
    await max.page.context().close();
  });

  it('have menus, and ask before what cannot be undone', async () => {
    await slack.visit('general');
    await slack.command('/bigplan buttons');
    await slack.press('More actions');
    await slack.page.getByRole('menuitem', { name: 'Option two' }).click();
    await eventually(() =>
      expect(lastOf('block_actions')).toMatchObject({
        actions: [{ type: 'overflow', selected_option: { value: 'two' } }],
      }),
    );
    await slack.press('Delete');
    await slack.page.getByRole('button', { name: 'Keep it' }).click();
    await slack.press('Delete');
    await slack.page.getByRole('button', { name: 'Delete it' }).click();
    await eventually(() =>
      expect(lastOf('block_actions')).toMatchObject({ actions: [{ action_id: 'sure' }] }),
    );
    expect(demo.received.filter((one) => one.type === 'block_actions')).toHaveLength(2);
  });

  it('hold dates, times and choices; the app hears of each once, with all the others', async () => {
    await slack.visit('general');
    await slack.command('/bigplan picks');
    const message = slack.message('call block');
    await message.getByText('9:00–10:30').waitFor();
    const actions = () => demo.received.filter((one) => one.type === 'block_actions');
    // Typed digit by digit: the years 0002, 0020 and 0202 are none that anyone meant.
    await message.getByLabel('On which day').press('ArrowRight');
    await slack.page.keyboard.press('ArrowRight');
    await slack.page.keyboard.type('2028', { delay: 40 });
    await slack.page.keyboard.press('Tab');
    await eventually(() => expect(actions()).toHaveLength(1));
    await message.getByLabel('At what time').fill('10:15');
    await eventually(() => expect(actions()).toHaveLength(2));
    expect(actions()).toMatchObject([
      {
        actions: [{ type: 'datepicker', action_id: 'on', selected_date: '2028-01-04' }],
        state: { values: { picks: { at: { selected_time: null } } } },
      },
      {
        actions: [{ type: 'timepicker', action_id: 'at', selected_time: '10:15' }],
        state: {
          values: {
            picks: {
              on: { type: 'datepicker', selected_date: '2028-01-04' },
              at: { type: 'timepicker', selected_time: '10:15' },
              days: { type: 'static_select', selected_option: null },
            },
          },
        },
      },
    ]);
  });

  it('ask before a menu’s choice counts, and put back what was there when it does not', async () => {
    await slack.visit('general');
    await slack.command('/bigplan picks');
    const message = slack.message('call block');
    const choose = async () => {
      await message.getByRole('button', { name: 'More actions' }).click();
      await slack.page.getByRole('menuitem', { name: 'Option drop' }).click();
      return slack.page.getByRole('alertdialog', { name: 'Really?' });
    };
    const asked = await choose();
    await asked.getByText('Nobody will ask again today.').waitFor();
    await slack.page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    expect(await isFocused(message.getByRole('button', { name: 'More actions' }))).toBe(true);
    const days = message.getByLabel('How often');
    await days.click();
    await message.getByRole('option', { name: 'Option weekly' }).click();
    await slack.page.getByRole('button', { name: 'Leave them' }).click();
    await eventually(async () => expect(await days.inputValue()).toBe(''));
    expect(lastOf('block_actions')).toBeUndefined();

    await (await choose()).getByRole('button', { name: 'Yes, do it' }).click();
    await eventually(() =>
      expect(lastOf('block_actions')).toMatchObject({
        actions: [{ type: 'overflow', action_id: 'careful', selected_option: { value: 'drop' } }],
        state: { values: { picks: { on: { selected_date: '2027-01-04' } } } },
      }),
    );
    expect(lastOf('block_actions')).not.toHaveProperty('state.values.block');
  });

  it('for one person only say so', async () => {
    await slack.visit('general');
    await slack.command('/bigplan hello');
    await slack.message('Only visible to you').getByText('Hello').waitFor();
  });

  it('keep the button that somebody is on where the app draws them anew', async () => {
    await slack.visit('Messages');
    const { client } = demo.app;
    const { channel: dm } = await client.conversations.open({ users: 'U0DANA' });
    const channel = dm?.id ?? '';
    const said = (text: string) => ({
      channel,
      text,
      blocks: [section(text), actions([button('Go on', { actionId: 'on' })])],
    });
    const { ts = '' } = await client.chat.postMessage(said('Asked once'));
    const go = slack.message('Asked').getByRole('button', { name: 'Go on' });
    await go.focus();
    await client.chat.update({ ...said('Asked anew'), ts });
    await slack.message('Asked anew').waitFor();
    expect(await isFocused(go)).toBe(true);
    const pressed = () => demo.received.filter((one) => one.type === 'block_actions').length;
    const before = pressed();
    await go.press('Enter');
    await eventually(() => expect(pressed()).toBe(before + 1));
  });

  it('have threads beside them', async () => {
    await slack.visit('Messages');
    await slack.say('25 calls');
    await slack.press('1 reply');
    const thread = slack.page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('You wrote: 25 calls').waitFor();
    await thread.getByLabel('Reply').fill('and 2 demos');
    await thread.getByLabel('Reply').press('Enter');
    await thread.getByText('and 2 demos', { exact: true }).waitFor();
  });
});

describe('a channel', () => {
  /** A review's root, with a reply in figures and one with a picture. */
  const review = async (channel: string) => {
    const { client } = demo.app;
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'Dana · March 1:1' });
    const reply = { channel, thread_ts: ts };
    await client.chat.postMessage({ ...reply, text: 'New business 64 k of 101 k' });
    const alt = 'Bookings are below the milestones since February';
    const bars = '<path d="M40 200V90h60v110M140 200V120h60v80M240 200V40h60v160" fill="#1d3a5f"/>';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240">${bars}</svg>`;
    const png = new Resvg(svg, { background: 'white' }).render().asPng();
    const id = await uploadImage(client, { png, filename: 'march.png', title: 'March', alt });
    await client.chat.postMessage({
      ...reply,
      text: 'March in a chart',
      blocks: [image(id, alt, 'March'), actions([button('Answer', { actionId: 'on' })])],
    });
  };

  it('has a thread that can be read, and left, by keyboard', async () => {
    await slack.as('max');
    await slack.visit('team-max-pipeline');
    await review('C0MAXTEAM');
    const opener = slack.message('Dana · March 1:1').getByRole('button', { name: '2 replies' });
    await opener.press('Enter');
    const thread = slack.page.getByRole('complementary', { name: 'Thread' });
    expect(await isFocused(thread.getByRole('heading', { name: 'Thread' }))).toBe(true);
    await thread.getByText('#team-max-pipeline').waitFor();
    expect(await thread.getByRole('article').count()).toBe(3);
    // Replies are not in the channel itself.
    expect(await slack.page.getByRole('main').getByText('New business').count()).toBe(0);

    const picture = thread.getByRole('img', { name: 'Bookings are below the milestones' });
    await picture.scrollIntoViewIfNeeded();
    await eventually(async () => {
      const width = await picture.evaluate((img) => (img as HTMLImageElement).naturalWidth);
      expect(width).toBeGreaterThan(100);
    });
    await thread.getByRole('button', { name: 'Answer' }).press('Enter');
    await eventually(() =>
      expect(lastOf('block_actions')).toMatchObject({
        user: { id: 'U0MAX' },
        channel: { id: 'C0MAXTEAM' },
        message: { thread_ts: expect.any(String) },
      }),
    );
    await slack.page.keyboard.press('Escape');
    await thread.waitFor({ state: 'detached' });
    expect(await isFocused(opener)).toBe(true);
  });

  it('that the app is not in says so, and lets it be invited', async () => {
    await slack.as('max');
    await slack.visit('sales-reviews');
    await expect(review('C0REVIEWS')).rejects.toThrow('channel_not_found');
    await slack.page.getByRole('button', { name: 'Invite Bigplan' }).click();
    await slack.message('was added to #sales-reviews by').waitFor();
    expect(await slack.page.getByText('isn’t in this channel').count()).toBe(0);
    await review('C0REVIEWS');
    await slack.message('Dana · March 1:1').waitFor();
  });
});

describe('forms', () => {
  it('take every kind of input', async () => {
    const form = await openForm();
    await form.fillAll({
      Name: 'Dana',
      Notes: 'Two\nlines',
      Amount: '1200.50',
      Calls: '31',
      Mail: 'dana@northwind.example',
      Link: 'https://example.org/x',
      Date: '2027-03-31',
      Time: '09:30',
    });
    await form.pick('One of', 'Option z');
    await form.pick('Some of', 'Option p', 'Option r');
    await form.pick('Causes', 'Option cause 2', 'Option cause 15', 'Option cause 9');
    await form.pick('From outside', 'beta');
    await form.pick('Person', 'Max Okafor');
    await form.pick('People', 'Priya Nair', 'Lena Sommer');
    await form.pick('Conversation', '#general');
    await form.pick('Channel', '#general');
    await form.choose('Boxes', 'Option x', 'Option y');
    await form.choose('Radio', 'Option n');
    await form.attach('File', { name: 'renewals.csv', content: 'Acme, 120000' });
    await form.submit();
    await slack.modalGone();
    const submission = lastOf('view_submission') as { view: { state: { values: unknown } } };
    const choice = (value: string) => expect.objectContaining({ value });
    expect(submission.view.state.values).toMatchObject({
      name: { name: { type: 'plain_text_input', value: 'Dana' } },
      quick: { quick: { value: null } },
      notes: { notes: { value: 'Two\nlines' } },
      amount: { amount: { type: 'number_input', value: '1200.50' } },
      calls: { calls: { type: 'number_input', value: '31' } },
      mail: { mail: { type: 'email_text_input', value: 'dana@northwind.example' } },
      link: { link: { type: 'url_text_input', value: 'https://example.org/x' } },
      one: { one: { type: 'static_select', selected_option: choice('z') } },
      some: { some: { selected_options: [choice('p'), choice('r')] } },
      causes: {
        causes: {
          type: 'multi_static_select',
          selected_options: [choice('cause 2'), choice('cause 15'), choice('cause 9')],
        },
      },
      outside: { outside: { type: 'external_select', selected_option: choice('beta') } },
      user: { user: { type: 'users_select', selected_user: 'U0MAX' } },
      users: { users: { selected_users: ['U0PRIYA', 'U0LENA'] } },
      place: { place: { selected_conversation: 'C0GENERAL' } },
      channel: { channel: { selected_channel: 'C0GENERAL' } },
      date: { date: { type: 'datepicker', selected_date: '2027-03-31' } },
      time: { time: { type: 'timepicker', selected_time: '09:30' } },
      boxes: { boxes: { type: 'checkboxes', selected_options: [choice('x'), choice('y')] } },
      radio: { radio: { type: 'radio_buttons', selected_option: choice('n') } },
      file: { file: { type: 'file_input', files: [{ name: 'renewals.csv', size: 12 }] } },
    });
  });

  it('say what is wrong under the field, Slack’s own checks first', async () => {
    const form = await openForm();
    await form.fillAll({ Notes: 'x', Amount: 'many', Calls: '7.5', Mail: 'dana', Link: 'nowhere' });
    await form.submit();
    expect(await form.error('Name')).toBe('Please complete this required field.');
    expect(await form.error('Notes')).toBe('Please enter at least 3 characters.');
    expect(await form.error('Amount')).toBe('Please enter a number.');
    expect(await form.error('Calls')).toBe('Please enter a whole number.');
    expect(await form.error('Mail')).toBe('Please enter an email address.');
    expect(await form.error('Link')).toBe('Please enter a full web address.');
    expect(lastOf('view_submission')).toBeUndefined();
    await form.fillAll({ Name: 'wrong', Notes: '', Amount: '', Calls: '', Mail: '', Link: '' });
    await form.submit();
    expect(await form.error('Name')).toBe('Not this.');
    await form.fill('Name', 'right');
    await form.submit();
    await slack.modalGone();
  });

  it('keep what was typed when the app updates them, and show its answer', async () => {
    const form = await openForm();
    await form.fill('Name', 'Dana');
    await form.fill('Quick', '250');
    await form.form.getByText('Typed so far: 250').waitFor();
    expect(await form.field('Name').inputValue()).toBe('Dana');
    expect(await form.field('Quick').inputValue()).toBe('250');
  });

  it('stack up and come back with what was typed', async () => {
    const form = await openForm();
    await form.fillAll({ Name: 'more', Notes: 'kept' });
    await form.submit();
    const second = await slack.modal('Second step');
    expect(await slack.page.getByLabel('Notes').isVisible()).toBe(false);
    await second.cancel();
    const first = await slack.modal('Every input');
    expect(await first.field('Notes').inputValue()).toBe('kept');
    await eventually(async () =>
      expect(await isFocused(first.form.getByRole('button', { name: 'Save' }))).toBe(true),
    );
    expect(lastOf('view_closed')).toMatchObject({ is_cleared: false });
    await slack.page.keyboard.press('Escape');
    await slack.modalGone();
  });

  it('stay open with everything typed when the app takes too long', async () => {
    const form = await openForm();
    await form.fillAll({ Name: 'slow', Notes: 'kept' });
    await form.submit();
    await form.form.getByText('We had some trouble connecting. Try again?').waitFor();
    expect(await form.field('Notes').inputValue()).toBe('kept');
  });
});

describe('the keyboard alone', () => {
  it('runs a command, fills a form and sends it', async () => {
    const { page } = slack;
    const { keyboard } = page;
    await slack.visit('general');
    await page.locator('body').press('Tab');
    await page.getByRole('link', { name: 'Skip to the conversation' }).press('Enter');
    for (let step = 0; step < 5; step += 1) {
      await keyboard.press('Tab');
      if (await isFocused(page.getByLabel('Message #general'))) break;
    }
    await keyboard.type('/big');
    await page.getByText('Your Big-Picture Plan').first().waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    const form = await slack.modal('Every input');
    await eventually(async () => expect(await isFocused(form.field('Name'))).toBe(true));
    await keyboard.type('Dana');
    const tabTo = async (label: string) => {
      for (let step = 0; step < 30; step += 1) {
        if (await isFocused(form.field(label))) return;
        await keyboard.press('Tab');
      }
      throw new Error(`${label} is out of the keyboard’s reach`);
    };
    await tabTo('One of');
    await keyboard.press('Enter');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await tabTo('Some of');
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    expect(await form.form.isVisible()).toBe(true);
    await tabTo('Mail');
    await keyboard.press('Enter');
    await slack.modalGone();
    expect(lastOf('view_submission')).toMatchObject({
      view: {
        state: {
          values: {
            one: { one: { selected_option: { value: 'b' } } },
            some: { some: { selected_options: [{ value: 'p' }] } },
          },
        },
      },
    });
  });

  it('stays inside an open modal', async () => {
    const form = await openForm();
    for (let step = 0; step < 60; step += 1) {
      await slack.page.keyboard.press('Tab');
      const isOutside = await slack.page.evaluate(
        "document.activeElement !== document.body && !document.activeElement.closest('dialog')",
      );
      expect(isOutside).toBe(false);
    }
    await form.cancel();
  });
});

describe('sizes', () => {
  it.each([
    ['1280', desktop],
    ['390', phone],
  ])('at %s pixels nothing sticks out sideways', async (_, size) => {
    const sized = await open({ size });
    await sized.home().getByText('27 calls').waitFor();
    expect(await sized.scrollsSideways()).toBe(false);
    await sized.visit('general');
    await sized.say(`A long word: ${'pipeline'.repeat(40)}`);
    await sized.command('/bigplan buttons');
    await sized.message('How did').waitFor();
    expect(await sized.scrollsSideways()).toBe(false);
    await sized
      .message('How did')
      .getByRole('button', { name: /^Reply in thread/ })
      .click();
    await sized.page.getByRole('complementary', { name: 'Thread' }).waitFor();
    expect(await sized.scrollsSideways()).toBe(false);
    await sized.page.getByRole('button', { name: 'Close thread' }).click();
    await sized.command('/bigplan');
    await sized.modal('Every input');
    expect(await sized.scrollsSideways()).toBe(false);
    await sized.page.context().close();
  });
});
