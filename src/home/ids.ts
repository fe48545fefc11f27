/** What can be pressed on Home; its other buttons are the plan's and the day's. */
import { action } from '../slack/action.ts';
import { one, wholeNumber } from '../slack/codec.ts';

/** Leads where `/bigplan` does: to the set-up, or to one's own plan. */
export const homeStart = action('home_start');

/** A page of the team, from 0. */
export const homeTeamPage = action('home_team_page', one(wholeNumber));
/** A page of the teams, from 0. */
export const homeLeaderPage = action('home_leader_page', one(wholeNumber));

/** Home holds a hundred blocks in all, and somebody may carry a quota, manage and lead. */
export const REPS_A_PAGE = 15;
export const TEAMS_A_PAGE = 10;
