/** To a leader: a cause that several reps named. Nothing in it says who, unless they agreed. */
import type { KnownBlock } from '@slack/types';
import type { Cause } from '../../activity/schemas.ts';
import { quote } from '../../activity/words-view.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, toMrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { causesOpen } from '../ids.ts';
import { monthName } from '../words-view.ts';
import type { ToldCause } from './causes.ts';
import { CAUSE_WORDS } from './part-view.ts';
import type { Said } from './quotes-rules.ts';

const QUOTE_MAX = 500;
const MOST_QUOTES = 20;
/** What of a message is left for quotes, in mrkdwn; Slack takes about 13,000 characters in all. */
const QUOTES_MAX = 8_000;

const PLURALS: readonly Cause[] = ['brand_and_pr', 'tools_and_data', 'incentives'];

export function causeMessage(told: ToldCause, locale: string): Message {
  const said = headline(told, locale);
  const { shown, left } = fitting(told.quotes);
  return message(said, [
    section(lines(said, ...told.teams.map((team) => teamLine(team, locale)))),
    ...(shown.length > 0
      ? [section(mrkdwn`In their words:`), ...shown.map((one) => section(one))]
      : []),
    ...(left > 0
      ? [context(mrkdwn`${formatCount(left, locale)} more said why in their words.`)]
      : []),
    context(notes(told, locale)),
    actions([
      button('All causes', { ...causesOpen.with(0), spoken: 'Show the counts of all causes' }),
    ]),
  ] satisfies KnownBlock[]);
}

/** `*Lead supply* was named by 5 of 14 reps in March (2 in February).` */
function headline({ cause, month, reps, answered, before }: ToldCause, locale: string): Mrkdwn {
  const verb = PLURALS.includes(cause) ? 'were' : 'was';
  const count = (value: number) => formatCount(value, locale);
  const earlier =
    before === null
      ? ''
      : ` (${before.reps === 0 ? 'nobody' : count(before.reps)} in ${monthName(before.month, locale)})`;
  return mrkdwn`*${CAUSE_WORDS[cause]}* ${verb} named by ${count(reps)} of ${count(answered)} reps in ${monthName(month, locale)}${earlier}.`;
}

const teamLine = ({ managerId, reps }: ToldCause['teams'][number], locale: string) =>
  mrkdwn`${formatCount(reps, locale)} of them are in ${mention(managerId)}’s team.`;

/** As many quotes as a message holds, in their order, and how many are left. */
function fitting(quotes: readonly Said[]): { shown: Mrkdwn[]; left: number } {
  const shown: Mrkdwn[] = [];
  let room = QUOTES_MAX;
  for (const { words, by } of quotes.slice(0, MOST_QUOTES)) {
    const quoted = quote(truncate(words, QUOTE_MAX));
    const one = by === null ? quoted : mrkdwn`${quoted} — ${mention(by)}`;
    room -= toMrkdwn(one).length;
    if (room < 0) break;
    shown.push(one);
  }
  return { shown, left: quotes.length - shown.length };
}

function notes({ waiting }: ToldCause, locale: string): Mrkdwn {
  const names = mrkdwn`Names stand only with those who agreed to it.`;
  if (waiting === 0) return names;
  const who =
    waiting === 1
      ? 'One more was asked and has'
      : `${formatCount(waiting, locale)} more were asked and have`;
  return mrkdwn`${names} ${who} not answered yet: this message counts along.`;
}
