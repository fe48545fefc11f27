import { lines, type Md, md } from '../../slack/kit/escape.ts';
import type { TeamSaved } from '../save-team.ts';
import { mentions } from './words.ts';

/** What saving a team came to, for its manager. */
export function teamSavedWords({ joined, asked, left, channel }: TeamSaved): Md {
  const parts = [
    joined.length > 0 &&
      md`*${joined.length} joined:* ${mentions(joined)}. Each gets one hello from me.`,
    asked.length > 0 &&
      md`*${asked.length} asked:* ${mentions(asked)}. Whoever says yes joins, and you hear of it.`,
    left.length > 0 &&
      md`*${left.length} left:* ${mentions(left)}. Their plans stay theirs; I don't write to them about it.`,
    channel === 'set' && md`The channel is set.`,
    channel === 'cleared' && md`The team has no channel now.`,
  ];
  return parts.some(Boolean) ? lines(md`✓ *Saved.*`, ...parts) : md`Everything was so already.`;
}
