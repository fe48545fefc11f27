/** What can be pressed on Home; its other buttons are the plan's and the day's. */
import { action } from '../slack/action.ts';
import { one, wholeNumber } from '../slack/codec.ts';

/** Leads where `/bigplan` does: to the set-up, or to one's own plan. */
export const homeStart = action('home_start');

/** A page of the team, from 0. */
export const homeTeamPage = action('home_team_page', one(wholeNumber));
