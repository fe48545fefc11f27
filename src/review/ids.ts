/** The ids of the views and actions of a review, and what its buttons carry. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { one, parts } from '../slack/codec.ts';
import { TOPICS } from './schemas.ts';

const reviewId = one(z.string());
/** A month of a rep's. */
const Month = z.object({ repId: z.string(), month: z.string() });
const month = parts(Month);

export const answerOpen = action('review_answer', reviewId);
/** In a form: something was typed or picked. */
export const answerTyped = action('review_answer_typed', one(z.string()));
/** In a form or before sending: to the answer about another topic. */
export const answerGo = action('review_answer_go', one(z.enum(TOPICS)));
/** In a form: what was answered in another window holds, not what is typed here. */
export const answerUse = action('review_answer_use', one(z.string()));

export const moveOpen = action('review_move_open', reviewId);
export const skipOpen = action('review_skip_open', reviewId);
export const holdAfterAll = action('review_hold', reviewId);
/** Of a review of which nothing is known yet. */
export const moveMonth = action('review_move_month', month);
export const skipMonth = action('review_skip_month', month);
export const monthMenu = action(
  'review_month_menu',
  parts(z.object({ what: z.enum(['move', 'skip']), ...Month.shape })),
);
/** In the form of a move: a date or time was picked. */
export const moveTyped = action('review_move_typed', one(z.string()));
/** Whose schedule: a rep's user id. */
export const pickRep = action('review_pick_rep', one(z.string()));
export const prepDaysOpen = action('review_settings_open', one(z.string()));

export const CALLBACK = {
  schedule: 'review_schedule',
  recovery: 'recovery_plan',
  item: 'recovery_item',
  close: 'review_close',
  /** Views that only show something. */
  shown: 'review_shown',
} as const;

export const ACTION = {
  recovery: 'recovery_open',
  closeOpen: 'review_close_open',
  reopen: 'review_reopen',
  postAgain: 'review_post_again',
  readWhys: 'review_read_whys',
  /** Value: an item's id. */
  itemDone: 'recovery_done',
  itemUndone: 'recovery_undone',
  itemEdit: 'recovery_edit',
  itemRemove: 'recovery_remove',
  itemAdd: 'recovery_add',
  /** Value: which suggestion (see views/recovery-words.ts). */
  itemSuggested: 'recovery_add_this',
  itemPutBack: 'recovery_put_back',
  /** Value: a page, from 0. */
  itemsPage: 'recovery_page',
  /** The counts by cause. Value: a page of teams, from 0. */
  causes: 'review_causes',
} as const;

/** Where two elements of one view do the same thing, the action ids differ behind this mark. */
export const numbered = (action: string, by: string | number): string => `${action}.${by}`;
