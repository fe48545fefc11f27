/**
 * Words for Slack. A plain `string` is somebody's words and is escaped wherever it meets mrkdwn; only
 * an `Md`, made by `md` or `raw`, carries markup of our own. So no plan can ping a channel, make a
 * link or break a line's formatting.
 */
import type { MrkdwnElement, PlainTextElement } from '@slack/types';

/** Text that already is Slack mrkdwn. */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/** Somebody's words (escaped where they are shown) or our own markup. */
export type SlackText = string | Mrkdwn;

// Slack has no escape for its own marks and drops none, so a mark that could open or close a format
// is shown as its look-alike. Inside a word (`snake_case`, `5*3`) Slack formats nothing: left alone.
const LOOK_ALIKES: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const MARK_AT_AN_EDGE = /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu;

/** Escapes `&`, `<` and `>` and makes `*`, `_`, `~` and backticks harmless. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(MARK_AT_AN_EDGE, (mark) => LOOK_ALIKES[mark] ?? mark);
}

/** Markup taken as it stands. Never for people's words. */
export function raw(mrkdwn: string): Mrkdwn {
  return { mrkdwn };
}

/** Tagged template: the template is markup, what is put into it is escaped unless it is `Md`. */
export function mrkdwn(template: TemplateStringsArray, ...values: (SlackText | number)[]): Mrkdwn {
  return raw(template.reduce((text, part, i) => text + toMrkdwn(values[i - 1] ?? '') + part));
}

/** Joins what there is by line breaks; `null` and `false` are left out. */
export function lines(...parts: (SlackText | null | false)[]): Mrkdwn {
  const present = parts.filter((part) => part !== null && part !== false);
  return raw(present.map(toMrkdwn).join('\n'));
}

/** `<@U…>`: Slack shows the person's current name. Anything that is no user id is only text. */
export function mention(userId: string): Mrkdwn {
  return /^[UW][A-Z0-9]+$/.test(userId) ? raw(`<@${userId}>`) : mrkdwn`${userId}`;
}

/** `<#C…>`: Slack shows the channel's current name. Anything that is no channel's id is only text. */
export function channelMention(channelId: string): Mrkdwn {
  return /^[CG][A-Z0-9]+$/.test(channelId) ? raw(`<#${channelId}>`) : mrkdwn`${channelId}`;
}

/** Words that lead to a page, with its host behind them; the words alone where that is none. */
export function linked(url: string | null, words: string): Mrkdwn {
  if (url === null || !URL.canParse(url) || !/^https?:/iu.test(url)) return mrkdwn`${words}`;
  const { href, host } = new URL(url);
  const safe = href.replace(/[<>|\s]/gu, (mark) => encodeURIComponent(mark));
  return mrkdwn`${raw(`<${safe.replaceAll('&', '&amp;')}|${escapeText(words)}>`)} (${host})`;
}

/** The mrkdwn of some words, for a message's `text`. */
export function toMrkdwn(words: SlackText | number): string {
  return typeof words === 'object' ? words.mrkdwn : escapeText(String(words));
}

/** A mrkdwn object. `verbatim`: Slack must not make links or mentions out of bare words. */
export function mrkdwnObject(words: SlackText): MrkdwnElement {
  return { type: 'mrkdwn', text: toMrkdwn(words), verbatim: true };
}

/** A plain_text object: Slack reads no markup in it, so nothing is escaped. */
export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}
