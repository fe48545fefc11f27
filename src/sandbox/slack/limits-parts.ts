/** The few kinds of limits there are. */

export type Json = Record<string, unknown>;

export function object(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function size(count: number, at: string, most: number, noun: string, fewest = 0): string[] {
  if (count > most) return [`${at}: no more than ${most} ${noun}, not ${count}`];
  return count < fewest ? [`${at}: at least ${fewest} ${noun}`] : [];
}

/** A text that may be left out; Slack counts code points. */
export function length(value: unknown, at: string, most: number): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') return [`${at}: no text`];
  return size([...value].length, at, most, 'characters');
}

/** One of Slack's text objects, which may not be empty. */
export function textBreaches(
  value: unknown,
  at: string,
  most: number,
  type?: 'plain_text',
): string[] {
  if (!object(value)) return [`${at}: missing`];
  if (value.type !== 'plain_text' && (type || value.type !== 'mrkdwn'))
    return [`${at}: ${value.type} is no ${type ?? 'text'}`];
  return value.text ? length(value.text, at, most) : [`${at}: must be more than 0 characters`];
}

export function duplicates(values: readonly unknown[], what: string): string[] {
  const again = values.filter((value, i) => values.indexOf(value) !== i);
  return [...new Set(again)].map((value) => `${what} ${value} already exists`);
}
