import type { Context } from '../context.ts';
import { HAND_OFF, handOffMessages, handOffPlanner } from './hand-off/messages.ts';
import { listenToHandOff } from './hand-off/slack.ts';
import { hourMessages } from './hour/messages.ts';
import { listenToHours } from './hour/slack.ts';
import { listenToObjections } from './objections/slack.ts';
import { ONBOARDING, onboardingMessages, onboardingPlanner } from './onboarding/messages.ts';
import { listenToOnboarding } from './onboarding/slack.ts';
import { COACHING, coachingPlanner } from './planner.ts';
import { recognitionMessages } from './recognition/messages.ts';
import type { WorkedSince } from './recognition/recognise.ts';
import { listenToRecognition } from './recognition/slack.ts';
import { listenToTouches } from './touches/slack.ts';

/** Adds what moves a rep on beside the day: prospects and their touches, the coaching hour, objections. */
export function registerCoaching(context: Context, workedSince: WorkedSince): void {
  listenToTouches(context);
  listenToHours(context);
  listenToObjections(context);
  listenToRecognition(context);
  listenToOnboarding(context);
  listenToHandOff(context);
  context.outbox.declare(
    ...hourMessages(context),
    ...recognitionMessages(context, workedSince),
    ...onboardingMessages(context),
    ...handOffMessages(context),
  );
  context.scheduler.register(COACHING, coachingPlanner(context, workedSince));
  context.scheduler.register(ONBOARDING, onboardingPlanner(context));
  context.scheduler.register(HAND_OFF, handOffPlanner(context));
}
