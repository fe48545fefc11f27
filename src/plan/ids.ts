/** What can be pressed and submitted in the plan's views and messages. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { one, parts } from '../slack/codec.ts';
import { LIST_IDS, stepIdOf } from './draft.ts';

export const CALLBACK = {
  step: 'plan_step',
  row: 'plan_row',
  paste: 'plan_paste',
  comment: 'plan_comment',
  /** Views that only show something. */
  shown: 'plan_shown',
} as const;

const number = z
  .string()
  .regex(/^\d{1,17}$/)
  .transform(Number);

/** The wizard. */
export const wizardBack = action('plan_back');
export const goToStep = action('plan_go_to', one(z.string().transform(stepIdOf)));
export const turnPage = action('plan_page', one(number));
export const addRow = action('plan_row_add', one(z.enum(LIST_IDS)));
export const pasteRows = action('plan_row_paste', one(z.enum(LIST_IDS)));
export const rowMenu = action(
  'plan_row_menu',
  parts(z.object({ what: z.enum(['edit', 'remove']), list: z.enum(LIST_IDS), rowId: z.string() })),
);
/** The X factor that is offered, as it would be typed. */
export const useX = action('plan_use_x', one(z.string()));
/** Forgets what the reader typed where somebody else was quicker. */
export const dropTyped = action('plan_drop_typed');
/** A field on which figures depend has changed; its path stands behind the dot. */
export const fieldChanged = action('plan_field');
/** Any other field is being typed in. */
export const fieldTyped = action('plan_typed');

export const ACTION = {
  /** Value: a rep's user id. Opens their plan. */
  open: 'plan_open',
  agree: 'plan_agree',
  askForChanges: 'plan_ask_for_changes',
  takeBack: 'plan_take_back',
  change: 'plan_change',
  explain: 'plan_explain',
  history: 'plan_history',
  /** Value: a version, a step and a page: all that is written there. */
  read: 'plan_read',
  compare: 'plan_compare',
  close: 'plan_close',
} as const;

/** Where two elements of one view do the same thing, the action ids differ behind this mark. */
export const numbered = (action: string, by: string | number): string => `${action}.${by}`;
