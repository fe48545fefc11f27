/** The agreed sync of a rep and their SDR partner, to both. */
import { actions, button, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { syncDone, syncMoveOpen, syncSkipOpen } from '../ids.ts';
import { nudgeMenu } from '../preferences/view.ts';
import { timeText } from '../words-view.ts';

export interface SyncScreen {
  sync: { date: string; repId: string };
  /** The reader's own wall time, `HH:mm`. */
  time: string;
  locale: string;
  /** Slack user ids; null: an SDR who is not in this workspace. */
  readerId: string;
  otherId: string | null;
  /** Calls a day that each agreed on; null: none was agreed. */
  readerCalls: number | null;
  otherCalls: number | null;
}

const other = ({ otherId }: SyncScreen): Mrkdwn =>
  otherId === null ? mrkdwn`your SDR` : mrkdwn`${mention(otherId)}`;

export function syncMessage(screen: SyncScreen): Message {
  const { sync, time, locale, readerCalls, otherCalls } = screen;
  const level = (who: Mrkdwn, calls: number | null) =>
    calls === null ? null : mrkdwn`${who} ${formatCount(calls, locale)}`;
  const levels = [level(mrkdwn`you`, readerCalls), level(other(screen), otherCalls)].filter(
    (one) => one !== null,
  );
  const words = lines(
    mrkdwn`*${timeText(time, locale)}: sync with ${other(screen)}.*`,
    levels.length > 0 && mrkdwn`Outbound calls agreed for today: ${joined(levels)}.`,
  );
  return message(`${timeText(time, locale)}: time for your SDR sync.`, [
    section(words, { accessory: nudgeMenu('syncs') }),
    actions([
      button('Done', { ...syncDone.with(sync), style: 'primary' }),
      button('Move…', { ...syncMoveOpen.with(sync), spoken: 'Move this sync, today' }),
      button('Skip…', { ...syncSkipOpen.with(sync), spoken: 'Skip this sync' }),
    ]),
  ]);
}

/** What it turns into for both, once one of them has pressed. */
export function syncSettledMessage(
  screen: SyncScreen,
  outcome: { state: 'done' | 'moved' | 'skipped'; by: string; movedTo: string | null },
): Message {
  const isOwn = outcome.by === screen.readerId;
  const by = isOwn ? mrkdwn`` : mrkdwn`, says ${mention(outcome.by)}`;
  const what = {
    done: isOwn
      ? mrkdwn`✓ *Synced* with ${other(screen)}.`
      : mrkdwn`✓ *Synced*, says ${mention(outcome.by)}.`,
    moved: mrkdwn`The sync with ${other(screen)} moved to *${outcome.movedTo ? timeText(outcome.movedTo, screen.locale) : 'later'}*${by}.`,
    skipped: mrkdwn`The sync with ${other(screen)} was skipped${by}. The next one comes as planned.`,
  }[outcome.state];
  return message(what, [section(what)]);
}

function joined(parts: Mrkdwn[]): Mrkdwn {
  const [first, second] = parts;
  if (!first) return mrkdwn``;
  return second ? mrkdwn`${first}, ${second}` : first;
}
