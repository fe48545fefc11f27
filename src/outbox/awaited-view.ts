/** To whoever has caused a message that somebody waits for: it may not have arrived. Kept true. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { actions, button, context, section } from '../slack/blocks.ts';
import { one } from '../slack/codec.ts';
import { type Message, message } from '../slack/surfaces.ts';
import { mention, mrkdwn } from '../slack/text.ts';
import type { DeliveryState } from './delivery.ts';

/** Carries the delivery's id. */
export const sendAgain = action('send_again', one(z.uuid()));

export interface MayNotHave {
  id: string;
  state: DeliveryState;
  readerId: string;
  what: string;
  /** Whether Bigplan sends it once more by itself, where it stays unfound. */
  isRepeated: boolean;
  /** Where its reader finds what it asks for without it, too. */
  waitsOn: 'home' | 'home and command';
}

/** Null where it isn't needed any more. */
export function mayNotHaveMessage(notice: MayNotHave): Message | null {
  const { id, state, what } = notice;
  const reader = mention(notice.readerId);
  switch (state) {
    case 'sent':
      return said(mrkdwn`✓ ${reader} has ${what}.`);
    case 'planned':
    case 'sending':
      return said(mrkdwn`${reader} gets ${what} once more, now.`);
    case 'cancelled':
      return said(mrkdwn`${reader} needn’t have ${what} any more: things have gone on.`);
    default: {
      const words =
        state === 'ambiguous'
          ? mrkdwn`${reader} may not have ${what}: Slack didn’t say whether it arrived, and I don’t find it.`
          : mrkdwn`${reader} doesn’t have ${what}: it could not be sent.`;
      const more = [
        notice.isRepeated && mrkdwn`I keep looking, and send it once more within the hour.`,
        notice.waitsOn === 'home'
          ? mrkdwn`It waits for them on their Home too.`
          : mrkdwn`It waits for them on their Home and in \`/bigplan\` too.`,
      ].filter((one) => one !== false);
      return message(words, [
        section(words),
        ...(more.length > 0 ? [context(...more)] : []),
        actions([button('Send it again', { ...sendAgain.with(id), style: 'primary' })]),
      ]);
    }
  }
}

const said = (words: ReturnType<typeof mrkdwn>) => message(words, [section(words)]);
