/** What can be pressed about prospects and touches, and what it carries. */
import { z } from 'zod';
import { action } from '../../slack/action.ts';
import { json, one, parts, stashed, wholeNumber } from '../../slack/codec.ts';
import { KeptPaste, KeptTouch, TouchBatch, TouchValues } from './schemas.ts';

const Id = one(z.string());

/** The form of a new touch of a rep's (a user id), wherever that is asked for. */
export const touchAdd = action('touch_add', Id);
/** The same, begun. */
export const touchOpen = action('touch_open', stashed(json(TouchValues)));
/** Touches said in words, to be noted as they were read. */
export const touchBatch = action('touch_batch', stashed(json(TouchBatch)));
/** The form in which a rep's (a user id) are pasted. */
export const touchPasteOpen = action('touch_paste', Id);
/** All that one submission of that form entered, by its id. */
export const touchPasteUndo = action('touch_paste_undo', Id);
/** All of it, undone, once more. */
export const touchPastePutBack = action('touch_paste_put_back', stashed(json(KeptPaste)));
export const touchEdit = action('touch_edit', Id);
export const touchUndo = action('touch_undo', Id);
export const touchPutBack = action('touch_put_back', stashed(json(KeptTouch)));
/** The `⋯` of a touch, where there are several. */
export const touchMenu = action(
  'touch_menu',
  parts(z.object({ what: z.enum(['edit', 'undo']), touch: z.string() })),
);

/** A rep's prospects (a user id). */
export const prospectsOpen = action('prospects_open', Id);
/** In that list: what is looked for, or which are shown. */
export const prospectsFind = action('prospects_find', one(z.string()));
export const prospectsPage = action('prospects_page', one(wholeNumber));
/** In the list: the `⋯` of a row, on a page. */
export const prospectMenu = action(
  'prospect_menu',
  parts(
    z.object({
      what: z.enum(['open', 'edit', 'done', 'lost', 'snooze', 'reopen']),
      prospect: z.string(),
      page: wholeNumber,
    }),
  ),
);
/** Under a quiet prospect of a week, in the check-in of a local date. */
export const prospectSettle = action(
  'prospect_settle',
  parts(
    z.object({
      what: z.enum(['touch', 'done', 'lost', 'snooze']),
      prospect: z.string(),
      date: z.iso.date(),
    }),
  ),
);
/** In the list: a prospect as it stood before. */
export const prospectRestore = action(
  'prospect_restore',
  parts(
    z.object({
      prospect: z.string(),
      state: z.enum(['open', 'done', 'lost']),
      page: wholeNumber,
      snoozedUntil: z
        .string()
        .optional()
        .transform((date) => date || null),
    }),
  ),
);
