/** What can be pressed about a review, and what it carries; a form's id stands with the form. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { one, parts, wholeNumber } from '../slack/codec.ts';
import { TOPICS } from './schemas.ts';

const reviewId = one(z.string());
const itemId = one(z.string());
/** A month of a rep's. */
const Month = z.object({ repId: z.string(), month: z.string() });
const month = parts(Month);

export const answerOpen = action('review_answer', reviewId);
/** In a form: something was typed or picked. */
export const answerTyped = action('review_answer_typed', one(z.string()));
/** In the form: another topic is to be explained as well. */
export const answerGo = action('review_answer_go', one(z.enum(TOPICS)));
/** In the form: what was answered about a topic in another window holds, not what is typed here. */
export const answerUse = action('review_answer_use', one(z.enum(TOPICS)));

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

/** How a rep stands, in pictures: their user id. */
export const chartsOpen = action('charts_open', one(z.string()));

/** The recovery plan of a review, as its readers write it. */
export const recoveryOpen = action('recovery_open', reviewId);
export const itemAdd = action('recovery_add', reviewId);
/** Which suggestion (see recovery/show-recovery.ts). */
export const itemSuggested = action('recovery_add_this', one(z.string()));
export const itemDone = action('recovery_done', itemId);
export const itemUndone = action('recovery_undone', itemId);
export const itemEdit = action('recovery_edit', itemId);
export const itemRemove = action('recovery_remove', itemId);
export const itemPutBack = action('recovery_put_back', itemId);
export const itemsPage = action('recovery_page', one(wholeNumber));

export const reviewCloseOpen = action('review_close_open', reviewId);
export const reviewReopen = action('review_reopen', reviewId);

/** The thread as it was begun, and what was said to be in its way. */
export const repostClick = action(
  'review_post_again',
  parts(z.object({ reviewId: z.string(), threads: wholeNumber, problem: z.string() })),
);
export const readWhys = action('review_read_whys', reviewId);

/** Something promised is done, or isn't after all. */
export const promiseTick = action(
  'promise_tick',
  parts(
    z.object({
      kind: z.enum(['ask', 'item', 'commitment']),
      what: z.enum(['done', 'undone', 'removed']),
      id: z.string(),
    }),
  ),
);
export const promisesOpen = action('promises_open');
export const promisesPage = action('promises_page', one(wholeNumber));
/** Of whom, by the rep's user id of the pair. */
export const askOpen = action('promise_ask_open', one(z.string()));

/** The counts by cause: a page of teams, from 0, as where nothing says which. */
export const causesOpen = action('review_causes', one(wholeNumber.catch(0)));
