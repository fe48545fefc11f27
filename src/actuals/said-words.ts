/** What people type after a sub-command, cut into words: names keep their marks, Slack's markup goes. */

export interface Word {
  /** As it stands in a name. */
  written: string;
  /** Without a comma, semicolon or colon at its end. */
  text: string;
  /** It stood in quotes, so it is a name and nothing else. */
  quoted: boolean;
}

type Said =
  /** `person` is the Slack user id of the one mentioned, for whom it is; null: for who typed it. */
  | { ok: true; words: Word[]; person: string | null }
  /** What is wrong and what would do, in plain words. */
  | { ok: false; problem: string; person: string | null };

/** More is no line about a deal. */
const MAX_LENGTH = 500;
const MAX_WORDS = 40;
const TOO_LONG = 'That is long for one line: the form has room for it.';

const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g;
/** A channel or link, of which the label stays. */
const MARKUP = /<[^<>|]*(?:\|([^<>]*))?>/g;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&' };
/** Marks of direction and width that nobody sees; joiners stay, since some scripts spell with them. */
const UNSEEN = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
/** Those that keep `24 000` together stay: that is one word. */
const SPACE = /(?<!\d)[\u00A0\u202F]|[\u00A0\u202F](?!\d)|[^\S\u00A0\u202F]/g;
const QUOTES = '"“”„‟«»';
const WORD = new RegExp(
  `(?<=^|[ (])[${QUOTES}] *([^${QUOTES}]*[^${QUOTES} ]) *[${QUOTES}](?=$|[ ,;:.)])|[^ ]+`,
  'g',
);
const AROUND = new RegExp(`^[${QUOTES}]|[,;:]+$`, 'g');

/** What was typed, but for whom it is. */
export function withoutPerson(text: string): string {
  return text.replace(MENTION, '').trim();
}

export function readWords(text: string): Said {
  const [person = null, ...others] = new Set(Array.from(text.matchAll(MENTION), ([, id]) => id));
  const bad = (problem: string): Said => ({ ok: false, problem, person });
  if (others.length > 0) return bad('One person at a time, please.');
  if (text.length > MAX_LENGTH) return bad(TOO_LONG);
  if (/[\0\p{Surrogate}]/u.test(text)) {
    return bad("There is a character in it that can't be kept: type it anew.");
  }
  const plain = text
    .replace(MENTION, ' ')
    .replace(MARKUP, (markup, label: string | undefined) => label ?? addressIn(markup))
    .replace(/&(lt|gt|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(UNSEEN, '')
    .replace(SPACE, ' ')
    .replace(/ +/g, ' ')
    .normalize('NFC')
    .trim();
  const words = Array.from(plain.matchAll(WORD), ([written, quoted]): Word => {
    if (quoted !== undefined) return { written: quoted, text: quoted, quoted: true };
    return { written, text: written.replace(AROUND, ''), quoted: false };
  }).filter((word) => word.text !== '');
  if (words.length > MAX_WORDS) return bad(TOO_LONG);
  if (words.some((word) => !word.quoted && /^@\p{L}/u.test(word.text))) {
    return bad("I can't tell whom you mean: pick the name from the list that Slack shows after @.");
  }
  return { ok: true, words, person };
}

/** `<https://acme.com>` without a label is the address itself. */
function addressIn(markup: string): string {
  return /^<[#!]/.test(markup) ? ' ' : markup.slice(1, -1).replace(/^https?:\/\//, '');
}

/** The name that some words are. */
export function nameOf(words: readonly Word[]): string {
  return words.map(({ written, text }, at) => (at === words.length - 1 ? text : written)).join(' ');
}
