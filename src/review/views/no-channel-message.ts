/** To the manager: a review's thread can't be posted, and how to mend it. */
import { actions, button, section } from '../../slack/kit/blocks.ts';
import { channelMention, lines, type Md, md, mention } from '../../slack/kit/escape.ts';
import { type Message, message } from '../../slack/kit/surfaces.ts';
import { ACTION } from './ids.ts';
import { monthName } from './words.ts';

export interface NoChannel {
  reviewId: string;
  repId: string;
  month: string;
  locale: string;
  /** Slack's id of the team's channel; null: none is set. */
  channelId: string | null;
  /** Why it wasn't posted: Slack's code, `unknown`, or `no_channel`. */
  problem: string;
}

export function noChannelMessage(notice: NoChannel): Message {
  const { reviewId, repId, month, locale, channelId } = notice;
  const head = md`*${mention(repId)}’s ${monthName(month, locale)} review is ready*, and could not be posted.`;
  const again = button('Post it now', {
    actionId: ACTION.postAgain,
    value: reviewId,
    style: 'primary',
  });
  return message(lines(head, howToMend(notice)), [
    section(lines(head, howToMend(notice), md`Nothing is lost: it waits for that.`)),
    ...(channelId === null ? [] : [actions([again])]),
  ]);
}

function howToMend({ channelId, problem }: NoChannel): Md {
  if (channelId === null) {
    return md`Your team has no channel for it yet: pick one with \`/bigplan team\`, and it is posted by itself.`;
  }
  const channel = channelMention(channelId);
  switch (problem) {
    case 'not_in_channel':
    case 'channel_not_found':
      return md`I am not in ${channel}: type \`/invite @Bigplan\` there, then press the button.`;
    case 'is_archived':
      return md`${channel} is archived: pick another one with \`/bigplan team\`, then press the button.`;
    case 'unknown':
      return md`Slack didn’t say whether it arrived. Look into ${channel}: only if it isn’t there, press the button.`;
    default:
      return md`Slack doesn’t let me post in ${channel} (${problem}). Let me in, or pick another one with \`/bigplan team\`; then press the button.`;
  }
}
