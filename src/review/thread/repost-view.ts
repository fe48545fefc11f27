/** To the manager: a review's thread, or a part of it, can't be posted, and how to mend it. */
import { actions, button, section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { channelMention, lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { repostClick } from '../ids.ts';
import { REPOST_REASON, THREAD_GONE } from '../schemas.ts';
import { monthName } from '../words-view.ts';

export interface NoChannel {
  reviewId: string;
  /** How often the thread was begun. */
  threads: number;
  repId: string;
  month: string;
  locale: string;
  /** Slack's id of the team's channel; null: none is set. */
  channelId: string | null;
  /** Where the thread's first message stands; null: nowhere. */
  begunIn: string | null;
  /** Why it wasn't posted: Slack's code, `unknown`, `moved` or `no_channel`. */
  problem: string;
}

export function noChannelMessage(notice: NoChannel): Message {
  const { channelId, begunIn, problem } = notice;
  const head = headOf(notice);
  const isPart = begunIn !== null && begunIn === channelId && !THREAD_GONE.includes(problem);
  const post = button(isPart ? 'Post what is missing' : 'Post it now', {
    ...repostClick.with(notice),
    style: 'primary',
  });
  // Without a channel it is posted as soon as there is one, unless a thread stands somewhere already.
  const isByItself = channelId === null && begunIn === null;
  return message(lines(head, howToMend(notice)), [
    section(lines(head, howToMend(notice), mrkdwn`Nothing is lost: it waits for that.`)),
    ...(isByItself ? [] : [actions([post])]),
  ]);
}

function headOf({ repId, month, locale, channelId, begunIn, problem }: NoChannel): Mrkdwn {
  const review = mrkdwn`${mention(repId)}’s ${monthName(month, locale)} review`;
  if (begunIn === null) return mrkdwn`*${review} is ready*, and could not be posted.`;
  if (begunIn !== channelId) {
    return mrkdwn`*${review} stands in ${channelMention(begunIn)} in part*: that isn’t your team’s channel any more.`;
  }
  return problem === REPOST_REASON.unknown
    ? mrkdwn`*A part of ${review} may be missing.*`
    : mrkdwn`*A part of ${review}* could not be posted.`;
}

function howToMend({ channelId, begunIn, problem }: NoChannel): Mrkdwn {
  if (channelId === null) {
    return begunIn === null
      ? mrkdwn`Your team has no channel for it yet: pick one with \`/bigplan team\`, and it is posted by itself.`
      : mrkdwn`Pick the one for it with \`/bigplan team\`, then press the button.`;
  }
  const channel = channelMention(channelId);
  if (begunIn !== null && begunIn !== channelId) {
    return mrkdwn`Press the button, and all of it comes to ${channel}.`;
  }
  if (THREAD_GONE.includes(problem)) {
    return mrkdwn`Its first message in ${channel} is gone. Press the button, and all of it is posted again.`;
  }
  switch (problem) {
    case REPOST_REASON.moved:
      return mrkdwn`Your team’s channel was another one for a while. Press the button, and all of it comes to ${channel}.`;
    case 'not_in_channel':
    case 'channel_not_found':
      return mrkdwn`I am not in ${channel}: type \`/invite @Bigplan\` there, then press the button.`;
    case 'is_archived':
      return mrkdwn`${channel} is archived: open it again, or pick another one with \`/bigplan team\`, then press the button.`;
    case REPOST_REASON.unknown:
      return begunIn === null
        ? mrkdwn`Slack didn’t say whether it arrived. Look into ${channel}: only if it isn’t there, press the button.`
        : mrkdwn`Slack didn’t say whether all of it arrived. Look into its thread in ${channel}: only if something isn’t there, press the button.`;
    default:
      return mrkdwn`Slack doesn’t let me post in ${channel} (${problem}). Let me in, or pick another one with \`/bigplan team\`; then press the button.`;
  }
}
