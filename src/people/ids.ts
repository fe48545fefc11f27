/** The ids of the views and actions about people: what the listeners listen to. */
export const CALLBACK = {
  settings: 'people_settings',
  /** The two steps of the set-up. */
  welcome: 'people_welcome',
  welcomeTeam: 'people_welcome_team',
  team: 'people_team',
  /** Views that only show something. */
  shown: 'people_shown',
} as const;

export const ACTION = {
  /** A country was picked: its regions are asked for. */
  country: 'people_country',
  /** To one's own settings, which are looked after where people are asked things. */
  ownSettings: 'nudge_settings',
  /** Value: a page of the team, from 0. */
  page: 'people_page',
  /** Value: the user id of a rep who was asked. */
  takeBack: 'people_take_back',
  /** Value: the id of a join request. */
  yes: 'people_join_yes',
  no: 'people_join_no',
  /**
   * Value: a rep's user id. Plans are opened where plans are; here it is only noted that somebody goes
   * from the set-up to their plan.
   */
  openPlan: 'plan_open',
} as const;

/** Where two elements of one block do the same thing, the action ids differ behind this mark. */
export const numbered = (action: string, by: string | number): string => `${action}.${by}`;
