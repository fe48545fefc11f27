/** The answer to words that were not (or not wholly) understood: asked back, with the words kept. */
import { z } from 'zod';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { ACTION } from '../ids.ts';
import { type Counts, NO_COUNTS } from '../schemas.ts';
import { countsText, dayInWords, quote } from '../words-view.ts';

const SHOWN = 300;
/** What a button's value holds. */
const VALUE = 2_000;

/** What the buttons carry: the day, the counts that were understood, and the words. */
export interface KeptWords {
  date: string;
  counts: Partial<Counts>;
  words: string;
}

/** Words that don't fit are cut: the whole of them stands in the conversation. */
export function writeKept({ date, counts, words }: KeptWords): string {
  const write = (most: number) => JSON.stringify({ date, counts, words: truncate(words, most) });
  let most = VALUE;
  while (write(most).length > VALUE) most = Math.floor(most * 0.9);
  return write(most);
}

const Kept = z.object({
  date: z.string(),
  counts: z.partialRecord(z.enum(ACTIVITIES), z.int().min(0)),
  words: z.string(),
});

/** What a button carries: what `writeKept` wrote, or a date alone. */
export function readKept(value: string): KeptWords {
  return value.startsWith('{')
    ? Kept.parse(JSON.parse(value))
    : { date: value, counts: {}, words: '' };
}

/** Without a plan to count against (`canLog` false), only why. */
export function unparsedReplyMessage(
  kept: KeptWords,
  more: { problem: Mrkdwn; canLog: boolean; today: string; locale: string },
): Message {
  const { problem, canLog, today, locale } = more;
  const { date, words } = kept;
  const said = quote(truncate(words, SHOWN));
  if (!canLog) return message(problem, [section(lines(said, problem))]);

  const counts: Counts = { ...NO_COUNTS, ...kept.counts };
  const understood = Object.keys(kept.counts).length > 0;
  const read = countsText(counts, locale);
  const hint = understood
    ? mrkdwn`I read *${read}* for ${dayInWords(date, today, locale)}.`
    : mrkdwn`Try “25 calls, 2 demos” or “no calls”.`;
  const value = writeKept(kept);
  return message(mrkdwn`${problem} Open the form, or try “25 calls, 2 demos”.`, [
    section(lines(said, problem, hint)),
    actions([
      ...(understood
        ? [
            button(truncate(`Log ${read}`, 75), {
              actionId: ACTION.logRead,
              value,
              style: 'primary' as const,
            }),
          ]
        : []),
      button('Open the form', { actionId: ACTION.log, value }),
    ]),
  ]);
}
