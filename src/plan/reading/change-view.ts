/** The differences between two versions in words. */
import type { NumberStyle } from '../../slack/format.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { namedAt } from '../values.ts';
import type { Change } from './diff-rules.ts';

/** A line says what a text begins with; the whole of it is in the plan. */
const VALUE_MAX = 150;
const ROW_MAX = 100;

const short = (text: string, max: number) => truncate(text.replace(/\s+/gu, ' '), max);

function said(value: unknown, { say }: ReturnType<typeof namedAt>, viewer: NumberStyle): SlackText {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return 'nothing';
  }
  const words = say(value, viewer);
  return typeof words === 'string' ? short(words, VALUE_MAX) : words;
}

/** One change as a line: what, from which value, to which. */
export function changeLine(
  { path, row, kind, before, after }: Change,
  viewer: NumberStyle,
): SlackText {
  const named = namedAt(path);
  const rowName = short(row ?? '', ROW_MAX);
  if (kind === 'added') return mrkdwn`*${named.name} added:* ${rowName}`;
  if (kind === 'removed') return mrkdwn`*${named.name} removed:* ${rowName}`;
  const what = row === null ? named.name : `${rowName}, ${named.name.toLowerCase()}`;
  const [from, to] = [said(before, named, viewer), said(after, named, viewer)];
  return mrkdwn`*${what}:* ${from} → *${to}*`;
}
