/** The ids of the views and actions of every day: what the listeners listen to. */
export const CALLBACK = {
  day: 'day_form',
  /** One form for skipping a day, a block and a sync: its metadata says which. */
  skip: 'day_skip',
  /** One form for moving a block and a sync. */
  move: 'day_move',
  blockCount: 'block_count_form',
  away: 'away_form',
  nudges: 'nudge_form',
  obstacle: 'pace_obstacle',
  /** Views that only show something. */
  shown: 'day_shown',
} as const;

export const ACTION = {
  /** Value: a local date. */
  log: 'day_log',
  asPlanned: 'day_as_planned',
  snooze: 'day_snooze',
  skipDay: 'day_skip_open',
  /** In the form: another day was picked. */
  pickDay: 'day_pick',
  /** Value: what was read of somebody's words, as `logged-words` writes it. */
  logRead: 'day_log_read',
  /** Value: `date:block`. */
  blockStarted: 'block_started',
  blockMove: 'block_move_open',
  blockSkip: 'block_skip_open',
  /** Value: `date:block:calls`. */
  blockCount: 'block_count',
  blockOther: 'block_count_open',
  /** Value: `date:rep`. */
  syncDone: 'sync_done',
  syncMove: 'sync_move_open',
  syncSkip: 'sync_skip_open',
  /** Value: the id of an absence. */
  awayCancel: 'away_cancel',
  /** Value: `person`, or `person:from:to` to begin with. */
  awayOpen: 'away_open',
  awayPerson: 'away_person',
  /** The `⋯` of every nudge: `stop:what`, `pause` or `settings`. */
  menu: 'nudge_menu',
  /** Value: what was turned off. */
  nudgeOn: 'nudge_on',
  resume: 'nudge_resume',
  nudges: 'nudge_settings',
  /** Value: an episode's id. */
  catchUp: 'pace_catch_up',
  catchUpStop: 'pace_catch_up_stop',
  obstacle: 'pace_obstacle_open',
  wasAway: 'pace_was_away',
  tellManager: 'pace_tell_manager',
  keep: 'pace_keep',
} as const;

/** Where two elements of one view do the same thing, the action ids differ behind this mark. */
export const numbered = (action: string, by: string | number): string => `${action}.${by}`;
