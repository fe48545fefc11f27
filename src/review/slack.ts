import type { Context } from '../context.ts';
import { BRIEF, briefMessages, briefPlanner } from './brief/messages.ts';
import { listenToBrief } from './brief/slack.ts';
import { causeMessages } from './causes/messages.ts';
import { listenToCauses } from './causes/slack.ts';
import { commitmentMessages } from './commitments/messages.ts';
import { listenToCommitments } from './commitments/slack.ts';
import { REVIEW, reviewPlanner } from './planner.ts';
import { prepMessages } from './prep/messages.ts';
import { listenToPrep } from './prep/slack.ts';
import { promiseMessages } from './promises/messages.ts';
import { listenToPromises } from './promises/slack.ts';
import { recoveryMessages } from './recovery/messages.ts';
import { listenToRecovery } from './recovery/slack.ts';
import { scheduleMessages } from './schedule/messages.ts';
import { listenToSchedule } from './schedule/slack.ts';
import { listenToStatus } from './status/slack.ts';
import { threadMessages } from './thread/messages.ts';
import { listenToThreads } from './thread/slack.ts';

/** Adds what a pair gets and does every month: the rep's why, the thread, the recovery plan. */
export function registerReview(context: Context): void {
  listenToSchedule(context);
  listenToStatus(context);
  listenToPrep(context);
  listenToThreads(context);
  listenToRecovery(context);
  listenToCauses(context);
  listenToCommitments(context);
  listenToPromises(context);
  listenToBrief(context);
  context.outbox.declare(
    ...scheduleMessages(context),
    ...prepMessages(context),
    ...threadMessages(context),
    ...recoveryMessages(context),
    ...causeMessages(context),
    ...commitmentMessages(context),
    ...promiseMessages(context),
    ...briefMessages(context),
  );
  context.scheduler.register(REVIEW, reviewPlanner(context));
  context.scheduler.register(BRIEF, briefPlanner(context));
}
