/** The command, and what can be pressed wherever it is offered. */
import { z } from 'zod';
import { action } from './action.ts';
import { one, stashed } from './codec.ts';

export const COMMAND = '/bigplan';

/** What a button holds. */
export const MOST_TYPED = 2_000;

/** What was typed, or could be, for the button that does it; a sub-command alone is no words of anybody’s. */
export const COMMAND_AGAIN = action(
  'command_again',
  stashed(one(z.string().max(MOST_TYPED)), (typed) => /^[a-z-]{0,20}$/.test(typed)),
);
