/** What can be pressed about a new hire's first weeks. */
import { z } from 'zod';
import { action } from '../../slack/action.ts';
import { one, parts, wholeNumber } from '../../slack/codec.ts';

const OfRep = parts(z.object({ rep: z.string(), number: wholeNumber }));

/** A rep's user id. */
export const onboardingOpen = action('onboarding_open', one(z.string()));
/** A rep, and a week of theirs. */
export const weekEdit = action('onboarding_week', OfRep);
export const weekConfirm = action('onboarding_confirm', OfRep);
export const weekReopen = action('onboarding_reopen', OfRep);
/** A rep, and the day of the look: 30, 60 or 90. */
export const lookHeld = action('onboarding_look', OfRep);
export const lookUndone = action('onboarding_look_undo', OfRep);
