/** What can be pressed about the weekly sync brief. */
import { z } from 'zod';
import { action } from '../../slack/action.ts';
import { one } from '../../slack/codec.ts';

export const briefOpen = action('brief_open');
/** Of the week with that Monday. */
export const engagementOpen = action('engagement_open', one(z.iso.date()));
