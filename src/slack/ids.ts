/** The command, and what can be pressed wherever it is offered. */
import { z } from 'zod';
import { action } from './action.ts';
import { one } from './codec.ts';

export const COMMAND = '/bigplan';

/** What a button holds. */
export const MOST_TYPED = 2_000;

/** What was typed, or could be, for the button that does it. */
export const COMMAND_AGAIN = action('command_again', one(z.string().max(MOST_TYPED)));
