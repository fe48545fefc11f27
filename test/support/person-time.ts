/**
 * What a form costs a person: clicks, keys and forms counted as they are made, and the time they take by the
 * keystroke-level model (Card, Moran and Newell, "The keystroke-level model for user performance time with
 * interactive systems", Communications of the ACM 23, 1980): what a practised person needs who knows what to
 * enter and makes no mistake.
 */
import type { Locator } from 'playwright-core';
import type { ModalPage } from './browser.ts';

/** Seconds. */
const OPERATORS = {
  /** K: a key, of an average typist at 55 words a minute. */
  key: 0.2,
  /** P: pointing at something. */
  point: 1.1,
  /** Pressing and letting go of the mouse button. */
  press: 0.2,
  /** M: making up one's mind, before each thing that is pressed or entered. */
  mind: 1.35,
  /** H: a hand from the mouse to the keys or back. */
  home: 0.4,
};

export class PersonTime {
  clicks = 0;
  keys = 0;
  /** Forms that were sent. */
  forms = 0;
  /** Fields that were filled in. */
  fields = 0;
  #seconds = 0;
  #isAtKeys = false;

  get seconds(): number {
    return Math.round(this.#seconds);
  }

  /** Presses something. */
  async click(what: Locator): Promise<void> {
    this.#handTo(false);
    this.clicks += 1;
    this.#seconds += OPERATORS.mind + OPERATORS.point + OPERATORS.press;
    await what.click();
  }

  /** Clicks into a field and types; what stands there is overwritten. */
  async type(field: Locator, text: string): Promise<void> {
    await this.click(field);
    this.#handTo(true);
    this.fields += 1;
    this.keys += text.length;
    this.#seconds += OPERATORS.mind + text.length * OPERATORS.key;
    await field.fill(text);
  }

  /** Types into several fields of a form, in the order given. */
  async typeAll(form: ModalPage, texts: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(texts)) await this.type(form.field(label), text);
  }

  /** Presses a button in a form. */
  async press(form: ModalPage, button: string): Promise<void> {
    await this.click(
      form.form.locator('.modal-body').getByRole('button', { name: button, exact: true }).first(),
    );
  }

  /** Sends a form. */
  async send(form: ModalPage): Promise<void> {
    this.forms += 1;
    await this.click(form.form.locator('footer button[type=submit]'));
  }

  /** Presses a key, such as the one that sends a message. */
  async key(field: Locator, key: string): Promise<void> {
    this.#handTo(true);
    this.keys += 1;
    this.#seconds += OPERATORS.mind + OPERATORS.key;
    await field.press(key);
  }

  /** As a line to print. */
  told(what: string): string {
    const { clicks, keys, forms, fields, seconds } = this;
    const minutes = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
    return `${what}: ${clicks} clicks, ${fields} fields, ${forms} forms, ${keys} keys, ${minutes} of a person's time`;
  }

  #handTo(keys: boolean): void {
    if (this.#isAtKeys !== keys) this.#seconds += OPERATORS.home;
    this.#isAtKeys = keys;
  }
}
