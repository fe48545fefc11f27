import type { Context } from '../context.ts';
import { listenToBlocks } from './call-blocks/slack.ts';
import { listenToReplies } from './check-in/reply/slack.ts';
import { listenToDays } from './check-in/slack.ts';
import { registerDayDeliveries } from './messages.ts';
import { listenToPace } from './pace/slack.ts';
import { DAY, dayPlanner } from './planner.ts';
import { listenToNudges } from './preferences/slack.ts';
import { listenToSyncs } from './sdr-sync/slack.ts';
import { listenToSkipAndMove } from './skip-move/slack.ts';
import { listenToAbsence } from './time-off/slack.ts';

/** Adds what people get and do every day: check-ins, call blocks, syncs, time off, notes about pace. */
export function registerActivity(context: Context): void {
  listenToDays(context);
  listenToAbsence(context);
  listenToBlocks(context);
  listenToSyncs(context);
  listenToSkipAndMove(context);
  listenToNudges(context);
  listenToPace(context);
  listenToReplies(context);
  registerDayDeliveries(context);
  context.scheduler.register(DAY, dayPlanner(context));
}
