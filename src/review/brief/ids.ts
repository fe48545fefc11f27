/** What can be pressed about the weekly sync brief. */
import { z } from 'zod';
import { action } from '../../slack/action.ts';
import { json, one, stashed } from '../../slack/codec.ts';
import { KeptWeeks } from './schemas.ts';

export const briefOpen = action('brief_open');
/** Of the week with that Monday. */
export const engagementOpen = action('engagement_open', one(z.iso.date()));
/** What was said of weeks becomes what it was. */
export const engagementUndo = action('engagement_undo', stashed(json(KeptWeeks)));
/** And again what it had become. */
export const engagementPutBack = action('engagement_put_back', stashed(json(KeptWeeks)));
