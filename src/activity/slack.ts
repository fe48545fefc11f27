/** Plugs in what people get and do every day, and the two small forms that its features share. */
import type { Context } from '../context.ts';
import { styleWithoutMoney } from '../people/settings/view.ts';
import { moveBlock, skipBlock } from './call-blocks/call-block.ts';
import { type BesideBlock, callBlockMessages } from './call-blocks/messages.ts';
import { listenToBlocks } from './call-blocks/slack.ts';
import { type BesideCheckIn, checkInMessages } from './check-in/messages.ts';
import { skipDay } from './check-in/put-off-day.ts';
import { listenToDays } from './check-in/slack.ts';
import { paceMessages } from './pace/messages.ts';
import { type AskHelp, listenToPace } from './pace/slack.ts';
import { DAY, dayPlanner } from './planner.ts';
import { listenToNudges } from './preferences/slack.ts';
import { readerNowOf } from './reader-now.ts';
import { consentMessages } from './sdr-sync/consent-messages.ts';
import { syncMessages } from './sdr-sync/messages.ts';
import { settleSync } from './sdr-sync/settle-sync.ts';
import { listenToSyncs } from './sdr-sync/slack.ts';
import { moveForm, skipForm } from './skip-move-view.ts';
import { countAsked } from './store.ts';
import { timeOffMessages } from './time-off/messages.ts';
import { listenToAbsence } from './time-off/slack.ts';

/** Adds what people get and do every day: check-ins, call blocks, syncs, time off, notes about pace. */
export function registerActivity(
  context: Context,
  beside: { checkIn: BesideCheckIn; block: BesideBlock; askHelp: AskHelp },
): { countAsked(): Promise<void> } {
  listenToDays(context);
  listenToAbsence(context);
  listenToBlocks(context);
  listenToSyncs(context);
  listenToSkipAndMove(context);
  listenToNudges(context);
  listenToPace(context, beside.askHelp);
  context.outbox.declare(
    ...checkInMessages(context, beside.checkIn),
    ...callBlockMessages(context, beside.block),
    ...syncMessages(context),
    ...consentMessages(context),
    ...paceMessages(context),
    ...timeOffMessages(context),
  );
  context.outbox.heed(readerNowOf(context));
  context.scheduler.register(DAY, dayPlanner(context));
  return { countAsked: () => countAsked(context.db, DAY, context.clock.now()) };
}

function listenToSkipAndMove(context: Context): void {
  const { on } = context;
  // What these forms ask is the same in every language.
  const style = styleWithoutMoney('en-US');

  on.submit(skipForm, async ({ actor, about: { what, date, slot }, read }) => {
    if (what === 'sync') {
      return settleSync(context, actor, { date, repId: slot }, { state: 'skipped' });
    }
    const { reason, words } = read(style);
    if (what === 'day') return skipDay(context, actor, date, { reason, words });
    return skipBlock(context, actor, { date, blockId: slot }, reason);
  });

  on.submit(moveForm, async ({ actor, about: { what, date, slot }, read }) => {
    const { time } = read({ ...style, name: '', onceThere: '' });
    if (what === 'block') return moveBlock(context, actor, { date, blockId: slot }, time);
    return settleSync(context, actor, { date, repId: slot }, { state: 'moved', time });
  });
}
