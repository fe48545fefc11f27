/** The people of the story as they are on a day. */
import type { PostedMessage } from '../slack/conversations.ts';
import type { Hands } from './hands.ts';

/** Who lives in the story. */
export const CAST = ['dana', 'tom', 'june', 'max', 'lena', 'aisha'] as const;
export type CastName = (typeof CAST)[number];

export interface Moment extends Record<CastName, Hands> {
  /** Slack's user id. */
  idOf(name: string): string;
  /** Local. */
  today: string;
  /** Lets somebody answer what comes to them, on the evening of the day on which it has come. */
  once(expected: Expected): void;
}

export interface Expected {
  who: CastName;
  action: string;
  /** In the same message. */
  words?: string;
  /** So many days from now it has come, or the story can't go on. */
  withinDays: number;
  answer(message: PostedMessage, moment: Moment): Promise<void>;
}
