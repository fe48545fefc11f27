/** What a rep wants told of what went well, and how it reads where they want it told. */
import { z } from 'zod';
import type { Stage } from '../../activity/pace/stage-rate-rules.ts';
import { STAGE_NAMES } from '../../activity/words-view.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { boxes, channel, optional } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import { formatCount, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { channelMention, lines, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { recognitionOpen } from '../ids.ts';
import { RECOGNISED, type Recognised } from '../schemas.ts';

const KIND_WORDS: Record<Recognised, { label: string; description: string }> = {
  conversion: {
    label: 'I move prospects forward better than planned',
    description: 'A stage beyond chance, once I have told my manager of it',
  },
  sharing: {
    label: 'What worked, in my own words',
    description: 'As I wrote it before a 1:1, with my name',
  },
  wins: { label: 'Deals that I win', description: 'The account and a thank you' },
};

export const recognitionForm = form({
  id: 'recognition',
  about: z.object({}),
  fields: (_style: NumberStyle) => ({
    kinds: boxes(
      { label: 'What may be told?' },
      RECOGNISED.map((value) => ({ value, ...KIND_WORDS[value] })),
    ),
    channelId: optional(
      channel({
        label: 'Where?',
        hint: 'Invite @Bigplan there first. Empty: nothing is told.',
        placeholder: 'Pick a channel',
      }),
    ),
    more: boxes({ label: 'And' }, [
      { value: 'amounts', label: 'A deal with its amount', description: 'Else the account alone' },
      {
        value: 'handles',
        label: 'I may be named as who handles an objection well',
        description: 'To my team, for role-plays',
      },
    ]),
  }),
  check: ({ kinds, channelId }) =>
    kinds.length > 0 && channelId === null
      ? [{ path: 'channelId', problem: 'Pick where it is told, or untick what may be.' }]
      : [],
  apply: ({ more, ...rest }) => ({
    ...rest,
    amounts: more.includes('amounts'),
    handles: more.includes('handles'),
  }),
  frame: () => ({ title: 'What is told of me', submit: 'Save', close: 'Back' }),
  arrange: (inputs) => [
    section(
      mrkdwn`*Nothing is told of you unless you want it.* Never counts, never who did more: how prospects move forward, what works, and deals where you want them told.`,
    ),
    ...Object.values(inputs).flat(),
    context('Only you see and change this. What comes from now on is told, nothing from before.'),
  ],
});

export function recognitionSavedView({
  kinds,
  channelId,
  handles,
}: {
  kinds: readonly Recognised[];
  channelId: string | null;
  handles: boolean;
}) {
  const told =
    kinds.length === 0 || channelId === null
      ? mrkdwn`✓ *Saved.* Nothing is told of you.`
      : mrkdwn`✓ *Saved.* Told in ${channelMention(channelId)} from now on: ${kinds.map((kind) => KIND_WORDS[kind].label.toLowerCase().replace(/^i /, 'you ')).join('; ')}.`;
  return modal({
    title: 'What is told of me',
    close: 'Done',
    blocks: [
      section(
        lines(told, handles && mrkdwn`Your team may read that you handle an objection well.`),
      ),
      actions([button('Change…', recognitionOpen.with())]),
    ],
  });
}

/** What went well, as its channel reads it. */
export type Told =
  | { kind: 'wins'; account: string; amount: string | null }
  /** A deal that was told and isn't won: entered early or twice. */
  | { kind: 'taken_back' }
  | { kind: 'conversion'; stage: Stage; rate: number; n: number }
  | { kind: 'sharing'; words: string; proposal: string | null };

/** The longest of somebody's words that a channel reads. */
const MOST_WORDS = 600;

export function recognitionMessage(repId: string, told: Told, locale: string): Message {
  const who = mention(repId);
  switch (told.kind) {
    case 'wins': {
      const amount = told.amount === null ? '' : `, ${told.amount}`;
      const words = mrkdwn`:tada: *${who} won ${told.account}*${amount}. Thank you to everybody who had a part in it.`;
      return message(words, [section(words)]);
    }
    case 'taken_back': {
      const words = mrkdwn`The deal that stood here is taken back: it was entered early, or twice. That happens.`;
      return message(words, [context(words)]);
    }
    case 'conversion': {
      const share = formatPercent(told.rate, locale);
      const words = mrkdwn`:seedling: *${who} moves prospects forward:* ${STAGE_NAMES[told.stage]} ${share} of the last ${formatCount(told.n, locale)}, better than planned by more than chance. Worth asking how.`;
      return message(words, [section(words)]);
    }
    case 'sharing': {
      const heading = mrkdwn`:bulb: *${who} on what worked:*`;
      return message(heading, [
        section(
          lines(
            mrkdwn`${heading} “${truncate(told.words, MOST_WORDS)}”`,
            told.proposal !== null &&
              mrkdwn`For a colleague: “${truncate(told.proposal, MOST_WORDS)}”`,
          ),
        ),
      ]);
    }
  }
}

/** To the rep, whose channel didn't take it. */
export function recognitionLostMessage(): Message {
  const words = mrkdwn`*The channel where you wanted it told doesn’t let me in:* nothing was told. Invite @Bigplan there and pick it again, or another one.`;
  return message(words, [
    section(words),
    actions([button('Pick a channel…', { ...recognitionOpen.with(), style: 'primary' as const })]),
  ]);
}
