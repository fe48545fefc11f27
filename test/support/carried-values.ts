/**
 * What buttons, choices and metadata may carry: ids, dates, and words that stand in the program; never an amount, a
 * name or what somebody wrote. Everything that the app sends to the fake Slack is looked at, in every test of the app.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARK } from '../../src/slack/codec.ts';

/** The buttons that carry a page, a place in a list, a revision or a week as a number. */
const NUMBERED =
  /(_page|_dues|_causes|_history|_list|_read)\b|^plan_(agree|ask_for_changes|take_back|change|close|drop|bring_back|next)|^onboarding_|^prospect_restore|^review_post_again/;

/** The ids that these tests give rows of a plan. */
const ROW_IDS = /^(acme|cafe|globex|am|pm|early|b1)\d*$/;
/** A command that a test registers. */
const OWN_COMMAND = /^slow$/;

const SHAPES = [
  /^$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  // A plan's rows, and how a form's section stood when it was shown.
  /^[\w-]{16}$/,
  // The last page, wherever it is.
  new RegExp(`^${Number.MAX_SAFE_INTEGER}$`),
  // Slack's ids, countries and their regions, currencies.
  /^[A-Z][A-Z0-9]{1,}(-[A-Z0-9]{1,3})?$/,
  /^\d{4}-\d\d(-\d\d)?$/,
];
/** The address of a message, to show there what became of it. */
const ADDRESS = /^https?:\/\/[^ ]*\/response\/[\w-]+$/;

const ZONES = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** When a form was shown. */
const REVISION = /^[0-9a-z]{8}$/;
/** Put together in the program: the figures of each layer. */
const COMPOSED = /^demosFor(NewBusiness|Expansion|Renewals?)$/;

/** The words that stand in quotes, or as a name of something, in the program. Read once, before anything is timed. */
const WORDS_OF_PROGRAM = wordsOfProgram();

function wordsOfProgram(): Set<string> {
  const src = join(import.meta.dirname, '../../src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(sandbox|db\/generated)\//.test(file),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    return [...text.matchAll(/'([a-z][\w-]*)'|^ +([a-z]\w*):/gm)].map(
      ([, word, name]) => word ?? name ?? '',
    );
  });
  return new Set(found);
}

interface Carried {
  /** What carries it: a button's action, or else what it is and whose. */
  by: string;
  text: string;
}

/** What of it is neither an id, a date nor a word of the program's, as `deal_undo: 24000`. */
export function carriedWrongly(surface: unknown): string[] {
  return carriedIn(surface, '').flatMap(({ by, text }) => {
    if (text.startsWith(MARK)) return [`${by}: ${text}`];
    const wrong = leavesOf(text).find((leaf) => !isAllowed(leaf, by));
    return wrong === undefined ? [] : [`${by}: ${wrong}`];
  });
}

function isAllowed(leaf: string, by: string): boolean {
  if (SHAPES.some((shape) => shape.test(leaf)) || ADDRESS.test(leaf) || ZONES.has(leaf))
    return true;
  if (/^\d{1,3}$/.test(leaf)) return NUMBERED.test(by) || !isButton(by);
  if (by.startsWith('metadata of people_') && REVISION.test(leaf)) return true;
  return (
    ROW_IDS.test(leaf) ||
    (by === 'command_again' && OWN_COMMAND.test(leaf)) ||
    leaf
      .split('.')
      .every((word) => /^\d$/.test(word) || WORDS_OF_PROGRAM.has(word) || COMPOSED.test(word))
  );
}

/** The values in JSON, or the parts between colons. */
function leavesOf(text: string): string[] {
  if (ADDRESS.test(text)) return [text];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object') return valuesIn(value);
  } catch {
    // It is no JSON.
  }
  return text.split(':');
}

function valuesIn(value: unknown): string[] {
  if (typeof value === 'string') return leavesOf(value);
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(valuesIn);
}

/** A choice's number may be a day's or an hour's; a form's, a page. */
const isButton = (by: string): boolean => !by.includes(' ');

function carriedIn(part: unknown, by: string): Carried[] {
  if (Array.isArray(part)) return part.flatMap((one) => carriedIn(one, by));
  if (typeof part !== 'object' || part === null) return [];
  const { type, action_id, callback_id, private_metadata, value, metadata } = part as Record<
    string,
    unknown
  >;
  const name =
    typeof action_id !== 'string' ? by : type === 'button' ? action_id : `a choice of ${action_id}`;
  const own: Carried[] = [];
  if (typeof value === 'string') own.push({ by: name, text: value });
  if (typeof private_metadata === 'string') {
    own.push({ by: `metadata of ${String(callback_id ?? 'a view')}`, text: private_metadata });
  }
  if (typeof metadata === 'object' && metadata !== null) {
    const { event_payload } = metadata as { event_payload?: unknown };
    own.push({ by: 'metadata of a message', text: JSON.stringify(event_payload ?? null) });
  }
  return [...own, ...Object.values(part).flatMap((one) => carriedIn(one, name))];
}
