/** The ids of the views and actions of a review: what the listeners listen to. */
export const CALLBACK = {
  /** Why a KPI was missed. */
  why: 'review_why',
  /** What worked. */
  worked: 'review_worked',
  /** What will be sent, before it is. */
  send: 'review_send',
  /** A pair's schedule, month by month. */
  schedule: 'review_schedule',
  move: 'review_move',
  skip: 'review_skip',
  settings: 'review_settings',
  recovery: 'recovery_plan',
  item: 'recovery_item',
  close: 'review_close',
  /** Views that only show something. */
  shown: 'review_shown',
} as const;

export const ACTION = {
  /** Value: a review's id. */
  answer: 'review_answer',
  /** In a form: something was typed or picked. */
  answerTyped: 'review_answer_typed',
  /** In a form or before sending: to the answer about another topic. Value: the topic. */
  answerGo: 'review_answer_go',
  /** In a form: what was answered in another window holds, not what is typed here. */
  answerUse: 'review_answer_use',
  moveOpen: 'review_move_open',
  skipOpen: 'review_skip_open',
  hold: 'review_hold',
  recovery: 'recovery_open',
  closeOpen: 'review_close_open',
  reopen: 'review_reopen',
  postAgain: 'review_post_again',
  readWhys: 'review_read_whys',
  /** Value: `rep:month`: of a review of which nothing is known yet. */
  moveMonth: 'review_move_month',
  skipMonth: 'review_skip_month',
  /** Value: `move:rep:month` or `skip:rep:month`. */
  monthMenu: 'review_month_menu',
  /** In the form of a move: a date or time was picked. */
  moveTyped: 'review_move_typed',
  /** Value: whose schedule, a rep's user id. */
  pickRep: 'review_pick_rep',
  settingsOpen: 'review_settings_open',
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
