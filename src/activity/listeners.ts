import type { Context } from '../context.ts';
import { listenToAbsence } from './listeners/away.ts';
import { listenToBlocks } from './listeners/block.ts';
import { listenToDays } from './listeners/day.ts';
import { listenToNudges } from './listeners/nudges.ts';
import { listenToPace } from './listeners/pace.ts';
import { listenToSkipAndMove } from './listeners/skip-and-move.ts';
import { listenToSyncs } from './listeners/sync.ts';
import { listenToWords } from './listeners/words.ts';
import { DAY, lookAtDay } from './look.ts';
import { registerDayDeliveries } from './render-deliveries.ts';

/** Adds what people get and do every day: check-ins, call blocks, syncs, time off, notes about pace. */
export function registerActivity(context: Context): void {
  listenToDays(context);
  listenToAbsence(context);
  listenToBlocks(context);
  listenToSyncs(context);
  listenToSkipAndMove(context);
  listenToNudges(context);
  listenToPace(context);
  listenToWords(context);
  registerDayDeliveries(context);
  context.scheduler.register(DAY, lookAtDay(context));
}
