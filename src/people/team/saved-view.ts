import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { mentions } from '../names-view.ts';
import type { TeamSaved } from './save-team.ts';

/** What saving a team came to, for its manager. */
export function teamSavedWords({ joined, asked, left, channel }: TeamSaved): Mrkdwn {
  const parts = [
    joined.length > 0 &&
      mrkdwn`*${joined.length} joined:* ${mentions(joined)}. Each gets one hello from me.`,
    asked.length > 0 &&
      mrkdwn`*${asked.length} asked:* ${mentions(asked)}. Whoever says yes joins, and you hear of it.`,
    left.length > 0 &&
      mrkdwn`*${left.length} left:* ${mentions(left)}. Their plans stay theirs; I don't write to them about it.`,
    channel === 'set' && mrkdwn`The channel is set.`,
    channel === 'cleared' && mrkdwn`The team has no channel now.`,
  ];
  return parts.some(Boolean)
    ? lines(mrkdwn`✓ *Saved.*`, ...parts)
    : mrkdwn`Everything was so already.`;
}
