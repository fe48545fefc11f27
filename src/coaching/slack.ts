import type { Context } from '../context.ts';
import { listenToTouches } from './touches/slack.ts';

/** Adds what moves a rep on beside the day: prospects and their touches. */
export function registerCoaching(context: Context): void {
  listenToTouches(context);
}
