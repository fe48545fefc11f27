/** What can be pressed and submitted in the plan's views and messages. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { one, parts, stashed, wholeNumber } from '../slack/codec.ts';
import { LIST_IDS, stepIdOf } from './draft.ts';

/** The wizard. */
export const wizardBack = action('plan_back');
export const goToStep = action('plan_go_to', one(z.string().transform(stepIdOf)));
export const turnPage = action('plan_page', one(wholeNumber));
export const addRow = action('plan_row_add', one(z.enum(LIST_IDS)));
export const pasteRowsClick = action('plan_row_paste', one(z.enum(LIST_IDS)));
export const rowMenu = action(
  'plan_row_menu',
  parts(z.object({ what: z.enum(['edit', 'remove']), list: z.enum(LIST_IDS), rowId: z.string() })),
);
/** The X factor that is offered, as it would be typed. */
export const useX = action('plan_use_x', stashed(one(z.string())));
/** Forgets what the reader typed where somebody else was quicker. */
export const dropTyped = action('plan_drop_typed');
/** A field on which figures depend has changed; its path stands behind the dot. */
export const fieldChanged = action('plan_field');
/** Any other field is being typed in. */
export const fieldTyped = action('plan_typed');

/** A version as it was read: what is signed is what was read. */
const ReadVersion = parts(z.object({ versionId: z.string(), revision: wholeNumber }));

/** The road to two signatures. */
export const planAgree = action('plan_agree', ReadVersion);
export const planAskForChanges = action('plan_ask_for_changes', ReadVersion);
export const planWithdraw = action('plan_take_back', ReadVersion);
export const planChange = action('plan_change', ReadVersion);
export const planClose = action('plan_close', ReadVersion);
/** A version that was never signed is dropped, and brought back. */
export const planDrop = action('plan_drop', ReadVersion);
export const planBringBack = action('plan_bring_back', ReadVersion);
/** By when the plans of a team are due; a page, from 0. */
export const duesOpen = action('plan_dues', one(wholeNumber));
/** A rep's user id: when they joined. */
export const joinedOpen = action('plan_joined', one(z.string()));

/** The version of the plan after which the next one is drafted. */
export const planNext = action('plan_next', ReadVersion);

/** A figure that is to be explained; the version stands in the id of its block. */
export const planExplain = action('plan_explain', one(z.string()));
export const explainBlock = parts(z.object({ of: z.literal('explain'), versionId: z.string() }));
/** A page of the versions of a plan, from 0: the first where it is left out. */
export const planHistory = action(
  'plan_history',
  parts(z.object({ versionId: z.string(), page: wholeNumber.optional() })),
);
/** All that is written in a step of a version; the page is that of its lists, from 0. */
export const planRead = action(
  'plan_read',
  parts(
    z.object({ versionId: z.string(), step: z.string().transform(stepIdOf), page: wholeNumber }),
  ),
);
/** A version's id: what it changed. */
export const planCompare = action('plan_compare', one(z.string()));
