/** What somebody reads of a channel of theirs that takes nothing any more, and once it does again. */
import { actions, button, section } from '../../slack/blocks.ts';
import { COMMAND_AGAIN } from '../../slack/ids.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { channelMention, lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { ChannelUse, ShutReason } from '../store.ts';

interface UseWords {
  /** As in “it is your team’s channel”. */
  is: string;
  waits: string;
  /** As in “it takes your team’s reviews again”. */
  again: string;
  /** Where there is another channel now. */
  moved: (channel: Mrkdwn) => Mrkdwn;
  /** Where there is none any more. */
  none: string;
  pick: string;
}

const WORDS: Record<ChannelUse, UseWords> = {
  team: {
    is: 'your team’s channel',
    waits:
      'Monthly reviews wait until there is a channel that takes them, and come by themselves then. Nothing is lost.',
    again: 'your team’s reviews',
    moved: (channel) => mrkdwn`Your team’s channel is ${channel} now.`,
    none: 'Your team has no channel any more: pick one with `/bigplan team`, whenever you are ready.',
    pick: 'For your team…',
  },
  brief: {
    is: 'the channel of the weekly brief',
    waits: 'There is no weekly brief until a channel takes it.',
    again: 'the weekly brief',
    moved: (channel) => mrkdwn`The weekly brief comes to ${channel} now.`,
    none: 'The weekly brief is off, or somebody else looks after it.',
    pick: 'For the brief…',
  },
  recognition: {
    is: 'where what goes well for you is told',
    waits: 'Until a channel takes it, nothing is told of you.',
    again: 'what goes well for you',
    moved: (channel) => mrkdwn`What goes well for you is told in ${channel} now.`,
    none: 'What goes well for you is told in no channel any more.',
    pick: 'For what is told of you…',
  },
};

/** What opens where another channel is picked, for what no command does. */
export type ChannelPicks = Record<'recognition', { actionId: string; value: string }>;

export function channelShutMessage(
  {
    channelId,
    reason,
    uses,
  }: { channelId: string; reason: ShutReason; uses: readonly ChannelUse[] },
  picks: ChannelPicks,
): Message {
  const all: Record<ChannelUse, { actionId: string; value: string }> = {
    team: COMMAND_AGAIN.with('team'),
    brief: COMMAND_AGAIN.numbered('brief', 'brief'),
    ...picks,
  };
  const words = lines(
    happened(channelId, reason, uses),
    ...uses.map((use) => mrkdwn`${WORDS[use].waits}`),
  );
  const buttons = uses.map((use) =>
    button(uses.length === 1 ? 'Pick another channel…' : WORDS[use].pick, {
      ...all[use],
      style: 'primary',
    }),
  );
  return message(words, [section(words), actions(buttons)]);
}

const conjunction = new Intl.ListFormat('en', { type: 'conjunction' });

function happened(channelId: string, reason: ShutReason, uses: readonly ChannelUse[]): Mrkdwn {
  const channel = channelMention(channelId);
  const it = conjunction.format(uses.map((use) => WORDS[use].is));
  switch (reason) {
    case 'archived':
      return mrkdwn`*${channel} was archived,* and it is ${it}. Open it again in Slack, or pick another one.`;
    case 'deleted':
      return mrkdwn`*A channel was deleted:* it was ${it}. Pick another one.`;
    case 'left':
      return mrkdwn`*I am not in ${channel},* and it is ${it}. Type \`/invite @Bigplan\` there, or pick another one.`;
  }
}

/** `now`: the channel that each use has as it is set; null: none. */
export function channelOpenMessage(
  channelId: string,
  now: readonly { use: ChannelUse; channelId: string | null }[],
): Message {
  const again = now.filter((one) => one.channelId === channelId).map(({ use }) => use);
  const words = lines(
    again.length > 0 &&
      mrkdwn`✓ ${channelMention(channelId)} takes ${conjunction.format(again.map((use) => WORDS[use].again))} again.`,
    ...now
      .filter((one) => one.channelId !== channelId)
      .map(({ use, channelId: other }) =>
        other === null
          ? mrkdwn`✓ ${WORDS[use].none}`
          : mrkdwn`✓ ${WORDS[use].moved(channelMention(other))}`,
      ),
  );
  return message(words, [section(words)]);
}
