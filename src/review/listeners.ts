import type { Context } from '../context.ts';
import { listenToCauses } from './listeners/causes.ts';
import { listenToPrep } from './listeners/prep.ts';
import { listenToRecovery } from './listeners/recovery.ts';
import { listenToSchedule } from './listeners/schedule.ts';
import { listenToThreads } from './listeners/thread.ts';
import { lookAtReviews, REVIEW } from './look.ts';
import { registerCauseDeliveries } from './render-causes.ts';
import { registerPrepDeliveries } from './render-prep.ts';
import { registerRecoveryDeliveries } from './render-recovery.ts';
import { registerScheduleDeliveries } from './render-schedule.ts';
import { registerThreadDeliveries } from './render-thread.ts';

/** Adds what a pair gets and does every month: the rep's why, the thread, the recovery plan. */
export function registerReview(context: Context): void {
  listenToSchedule(context);
  listenToPrep(context);
  listenToThreads(context);
  listenToRecovery(context);
  listenToCauses(context);
  registerScheduleDeliveries(context);
  registerPrepDeliveries(context);
  registerThreadDeliveries(context);
  registerRecoveryDeliveries(context);
  registerCauseDeliveries(context);
  context.scheduler.register(REVIEW, lookAtReviews(context));
}
