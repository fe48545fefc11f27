/** What can be pressed about what is held of people. */
import { action } from '../slack/action.ts';

/** Who has seen one's own plan. */
export const seenOpen = action('privacy_seen');
