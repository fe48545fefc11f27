/** What can be pressed about people, and what it carries. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { one, wholeNumber } from '../slack/codec.ts';

/** In the forms about the settings: a country was picked, whose regions are asked for. */
export const countryPicked = action('people_country', one(z.string()));

/** In the question where somebody is: a zone (IANA), or all of them to choose from. */
export const zonePicked = action('people_zone', one(z.string()));
export const zoneOpen = action('people_zone_open');

/** A page of the team, from 0. */
export const teamPage = action('people_page', one(wholeNumber));

/** A rep's user id: the question to them is taken back. */
export const withdrawQuestion = action('people_take_back', one(z.string().min(1)));

/** Each with the id of a join request. */
export const joinYes = action('people_join_yes', one(z.uuid()));
export const joinNo = action('people_join_no', one(z.uuid()));

/** A rep's user id. Plans are opened where plans are; the set-up notes who leaves it for theirs. */
export const planOpened = action('plan_open', one(z.string()));

/** To one's own settings, which are looked after where people are asked things. */
export const ownSettingsOpened = action('nudge_settings');
