/** The ids of the plan's views and actions: what `listeners.ts` listens to. */
export const CALLBACK = {
  step: 'plan_step',
  row: 'plan_row',
  paste: 'plan_paste',
  comment: 'plan_comment',
  /** Views that only show something. */
  shown: 'plan_shown',
} as const;

export const ACTION = {
  /** Value: a rep's user id. Opens their plan. */
  open: 'plan_open',
  back: 'plan_back',
  goTo: 'plan_go_to',
  rowAdd: 'plan_row_add',
  rowPaste: 'plan_row_paste',
  rowMenu: 'plan_row_menu',
  page: 'plan_page',
  /** A field that the figures hang on: the action of each ends in its path. */
  field: 'plan_field',
  useX: 'plan_use_x',
  /** Forgets what the reader typed where somebody else was quicker. */
  dropTyped: 'plan_drop_typed',
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
