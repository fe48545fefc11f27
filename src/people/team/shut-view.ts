/** What a manager reads of a channel that takes nothing any more, and once it does again. */
import { actions, button, section } from '../../slack/blocks.ts';
import { COMMAND_AGAIN } from '../../slack/ids.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { channelMention, lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { ShutReason } from '../store.ts';

export function channelShutMessage(channelId: string, reason: ShutReason): Message {
  const words = lines(
    happened(channelId, reason),
    mrkdwn`Monthly reviews wait until there is a channel that takes them. Nothing is lost.`,
  );
  const pick = { ...COMMAND_AGAIN.with('team'), style: 'primary' as const };
  return message(words, [section(words), actions([button('Pick another channel…', pick)])]);
}

function happened(channelId: string, reason: ShutReason): Mrkdwn {
  const channel = channelMention(channelId);
  switch (reason) {
    case 'archived':
      return mrkdwn`*${channel} was archived,* and it is your team’s channel. Open it again in Slack, or pick another one.`;
    case 'deleted':
      return mrkdwn`*Your team’s channel was deleted.* Pick another one.`;
    case 'left':
      return mrkdwn`*I am no longer in ${channel},* and it is your team’s channel. Type \`/invite @Bigplan\` there, or pick another one.`;
  }
}

/** `now`: the team's channel as it is set; null: none. */
export function channelOpenMessage(channelId: string, now: string | null): Message {
  const words =
    now === channelId
      ? mrkdwn`✓ ${channelMention(channelId)} takes your team’s reviews again.`
      : now === null
        ? mrkdwn`✓ Your team has no channel any more: pick one with \`/bigplan team\`, whenever you are ready.`
        : mrkdwn`✓ Your team’s channel is ${channelMention(now)} now.`;
  return message(words, [section(words)]);
}
