import { z } from 'zod';

export type JsonResult = { ok: true; value: unknown } | { ok: false; line: number; column: number };

/** The parser's complaint about a text, or null where it has none. */
function complaint(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a text could still become JSON by writing on: the parser only misses what comes next. */
function couldGoOn(text: string): boolean {
  const message = complaint(text);
  if (message === null || /end of JSON input|Unterminated string/.test(message)) return true;
  return Number(/at position (\d+)/.exec(message)?.[1] ?? -1) === text.length;
}

/**
 * Reads JSON; a byte order mark is skipped. Where it is broken, says at which line and column
 * (from 1): the end of the longest beginning that could still become JSON.
 */
export function readJson(source: string): JsonResult {
  const text = source.replace(/^\uFEFF/, '');
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    let [sound, broken] = [0, text.length + 1];
    while (broken - sound > 1) {
      const middle = Math.floor((sound + broken) / 2);
      if (couldGoOn(text.slice(0, middle))) sound = middle;
      else broken = middle;
    }
    const before = text.slice(0, sound).split('\n');
    return { ok: false, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }
}

/** zod's names of kinds, for people. */
const KINDS: Record<string, string> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'an object { … }',
};

const listed = (values: readonly unknown[]) => values.map((value) => `"${value}"`).join(', ');

/** A zod issue as what is wrong and what would do, where the schema has no words of its own. */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return describeKind(KINDS[issue.expected] ?? issue.expected, issue.input);
    case 'invalid_value':
      if (issue.input === undefined) return `is missing: one of ${listed(issue.values)} would do`;
      return `must be one of ${listed(issue.values)}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      if (issue.origin === 'array') return `must hold at least ${issue.minimum}`;
      return `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'array') return `must hold at most ${issue.maximum}`;
      return `must be at most ${issue.maximum.toLocaleString('en-US')}`;
    case 'unrecognized_keys':
      return issue.inst instanceof z.ZodObject
        ? `is not known here; known are ${Object.keys(issue.inst.shape).join(', ')}`
        : 'is not known here';
    default:
      return undefined;
  }
}

function describeKind(wanted: string, input: unknown): string {
  if (input === undefined) return `is missing: ${wanted} is needed`;
  if (input === Number.POSITIVE_INFINITY) return 'is too large to be a number';
  if (typeof input === 'string' && wanted === KINDS.number) {
    return `must be ${wanted}, without quotes`;
  }
  return `must be ${wanted}`;
}
