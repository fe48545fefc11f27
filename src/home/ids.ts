/** The ids of Home's own actions; its other buttons are the plan's. */
export const ACTION = {
  /** Leads where `/bigplan` does: to the set-up, or to one's own plan. */
  start: 'home_start',
  /** Value: a page of the team, from 0. */
  teamPage: 'home_team_page',
} as const;

/** Where two elements of one block do the same thing, the action ids differ behind this mark. */
export const numbered = (action: string, by: string): string => `${action}.${by}`;
