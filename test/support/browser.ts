import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { notePage } from './what-was-shown.ts';

/** Sizes that the page is made for. */
export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/** Where Chromium is: `CHROMIUM_PATH`, or where Debian puts it; undefined if in neither place. */
function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((path) => path && existsSync(path));
}

/** Starts Chromium without a window. @throws Error naming what to install where there is none. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error('No Chromium: install Debian’s package chromium, or set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens the sandbox's page as a person (`dana`, `max`, `priya`, `lena`). */
export async function openSandbox(
  browser: Browser,
  address: string,
  options: { as?: string; size?: { width: number; height: number }; dark?: boolean } = {},
): Promise<SandboxPage> {
  const { as = 'dana', size = desktop, dark = false } = options;
  const context = await browser.newContext({
    viewport: size,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  notePage(page);
  page.setDefaultTimeout(30_000);
  await page.goto(`${address}/?as=${as}`);
  await page.getByLabel('You are').waitFor();
  return new SandboxPage(page);
}

/**
 * Keeps what the page shows as pictures to look at, at every size and in the dark, where `PICTURES` names
 * a folder for them. Nothing otherwise.
 */
export async function photograph({ page }: SandboxPage, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (!folder) return;
  for (const [suffix, size, colorScheme] of [
    ['wide', desktop, 'light'],
    ['phone', phone, 'light'],
    ['phone-dark', phone, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    await page.screenshot({ path: join(folder, `${name}-${suffix}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(desktop);
}

/** The sandbox's page as a person uses it. Everything waits until it can be done. */
export class SandboxPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Switches to another person: `dana`, `max`, `priya` or `lena`. */
  async as(person: string): Promise<void> {
    await this.page.getByLabel('You are').selectOption(person);
    await this.page.waitForURL((url) => url.searchParams.get('as') === person);
  }

  /**
   * Goes to a conversation by its name in the sidebar (`general`, `team-max-pipeline`,
   * `Max Okafor`), or to the app's `Home` or `Messages`.
   */
  async visit(name: string): Promise<void> {
    const isTab = name === 'Home' || name === 'Messages';
    const sidebar = this.page.getByRole('navigation', { name: 'Conversations', exact: true });
    const menu = this.page.getByRole('button', { name: 'Conversations', exact: true });
    if ((await menu.isVisible()) && (await menu.getAttribute('aria-expanded')) === 'false')
      await menu.click();
    await sidebar.getByText(isTab ? 'Bigplan' : name, { exact: true }).click();
    if (isTab) await this.page.getByRole('link', { name, exact: true }).click();
  }

  /** Types into the composer of the open conversation and sends it. */
  async say(text: string): Promise<void> {
    const composer = this.page.getByRole('main').locator('.composer textarea');
    await composer.fill(text);
    await composer.press('Enter');
  }

  /** Runs a slash command, such as `/bigplan` or `/bigplan team`, in the open conversation. */
  async command(text: string): Promise<void> {
    if (!(await this.page.getByRole('log').first().isVisible())) await this.visit('Messages');
    await this.say(text);
  }

  /** The newest message of the open conversation that shows this text. */
  message(text: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('article').filter({ hasText: text }).last();
  }

  /** Presses a button of the newest message that has one with this name; a text is all of it. */
  async press(button: string | RegExp): Promise<void> {
    const buttons = this.page.getByRole('main').getByRole('article').getByRole('button', {
      name: button,
      exact: true,
    });
    await buttons.last().click();
  }

  /** Presses a button of a message for the form that it opens; once more where none came, as people do. */
  async pressFor(button: string, title: string): Promise<ModalPage> {
    return eventually(async () => {
      await this.press(button);
      const heading = this.page.locator('dialog.modal').getByRole('heading', { name: title });
      await heading.first().waitFor({ timeout: 8_000 });
      return this.modal(title);
    });
  }

  /** The app's Home tab. */
  home(): Locator {
    return this.page.getByRole('region', { name: 'Bigplan Home' });
  }

  /** The topmost modal, once it is there; with a title, once it has that title. */
  async modal(title?: string): Promise<ModalPage> {
    const form = this.page.locator('dialog.modal form:not([hidden])');
    const heading = form.getByRole('heading', { level: 2, ...(title ? { name: title } : {}) });
    await heading.first().waitFor();
    return new ModalPage(this.page, form);
  }

  /** Waits until no modal is open. */
  async modalGone(): Promise<void> {
    await this.page.locator('dialog.modal').waitFor({ state: 'hidden' });
  }

  /** Moves the sandbox's clock to a date and time in the current person's zone. */
  async moveClock(date: string, time: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Sandbox clock/ }).click();
    await this.page.getByLabel('Date', { exact: true }).fill(date);
    await this.page.getByLabel('Time', { exact: true }).fill(time);
    await this.page.getByRole('button', { name: 'Go there' }).click();
    await this.clockAtRest();
  }

  /**
   * Moves the clock with one press: `+1 hour`, `16:30, check-in time`, `Next working day, 9:00` or
   * `Next Monday, 9:00`, in the current person's zone.
   */
  async leap(label: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Sandbox clock/ }).click();
    await this.page.getByRole('button', { name: label, exact: true }).click();
    await this.clockAtRest();
  }

  /** Waits until the clock is where it was sent; the app may have weeks to live through. */
  async clockAtRest(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Move the clock' }).waitFor({ state: 'hidden' });
    await this.page.locator('.clock[aria-busy=false]').waitFor({ timeout: 120_000 });
  }

  /** Whether anything sticks out of the page sideways. */
  scrollsSideways(): Promise<boolean> {
    return this.page.evaluate(
      'document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth',
    );
  }
}

/** A modal as a person fills it. Inputs go by their label, without "(optional)". */
export class ModalPage {
  readonly #page: Page;
  /** The whole form, for what has no method here. */
  readonly form: Locator;

  constructor(page: Page, form: Locator) {
    this.#page = page;
    this.form = form;
  }

  /** The input with this label. */
  field(label: string): Locator {
    return this.form.getByLabel(named(label));
  }

  /** Types into a text, number, e-mail, URL, date (`YYYY-MM-DD`) or time (`HH:mm`) input. */
  async fill(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
  }

  /** Fills several inputs, in the order given. */
  async fillAll(texts: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(texts)) await this.fill(label, text);
  }

  /** Fills an input and presses Enter, for inputs that dispatch on it. */
  async enter(label: string, text: string): Promise<void> {
    await this.fill(label, text);
    await this.field(label).press('Enter');
  }

  /** Chooses in a menu of any kind, one option or (in a menu for many) several. */
  async pick(label: string, ...options: string[]): Promise<void> {
    const menu = this.field(label);
    await menu.click();
    for (const option of options) {
      await menu.fill(option);
      await this.form.getByRole('option').filter({ hasText: option }).first().click();
    }
    if ((await menu.getAttribute('aria-expanded')) === 'true') await menu.press('Escape');
  }

  /** Ticks checkboxes, or the radio button, of a labelled group. */
  async choose(label: string, ...options: string[]): Promise<void> {
    for (const option of options)
      await this.field(label).getByLabel(option, { exact: false }).first().check();
  }

  /** Hands a file to a file input and waits until it is uploaded. */
  async attach(label: string, file: { name: string; content: string }): Promise<void> {
    await this.field(label).setInputFiles({
      name: file.name,
      mimeType: 'text/plain',
      buffer: Buffer.from(file.content),
    });
    await this.form.getByText(file.name, { exact: true }).waitFor();
  }

  /** The error under an input; waits for one to be there. */
  async error(label: string): Promise<string> {
    const block = this.form
      .locator('.input-block')
      .filter({ has: this.#page.getByLabel(named(label)) });
    return (await block.locator('.input-error').textContent()) ?? '';
  }

  /** Presses a button in the modal's body. */
  async press(button: string): Promise<void> {
    await this.form
      .locator('.modal-body')
      .getByRole('button', { name: button, exact: true })
      .first()
      .click();
  }

  /** Sends the form and waits until what came of it is shown. */
  async submit(): Promise<void> {
    await this.form.locator('footer button[type=submit]').click();
    await this.#page.locator('dialog.modal footer [aria-busy=true]').waitFor({ state: 'detached' });
  }

  /** Presses the button beside the submit button: closes this modal. */
  async cancel(): Promise<void> {
    await this.form.locator('footer button[type=button]').click();
  }

  /** All that the modal says. */
  text(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: only what is shown, in its lines
    return this.form.innerText();
  }
}

/** A label's exact words, whether or not Slack adds that the input is optional. */
function named(label: string): RegExp {
  const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped}( \\(optional\\))?$`);
}
