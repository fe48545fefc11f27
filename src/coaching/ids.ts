/** What can be pressed about coaching hours, objections and recognition, and what it carries. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { one, parts, wholeNumber } from '../slack/codec.ts';
import { OBJECTION_SOURCES } from './schemas.ts';

/** The hour of a rep (Slack's user id) in a week, by its Monday. */
const HourPlace = z.object({ repId: z.string().min(1), week: z.string() });
const anHour = parts(HourPlace);

export const coachLogOpen = action('coach_log_open', anHour);
export const coachMoveOpen = action('coach_move_open', anHour);
export const coachSkipOpen = action('coach_skip_open', anHour);
/** Skipped or logged: it is open again. */
export const coachReopen = action('coach_reopen', anHour);
/** In the list of hours, for each rep. */
export const coachMenu = action(
  'coach_menu',
  parts(HourPlace.extend({ what: z.enum(['log', 'move', 'skip', 'reopen', 'day']) })),
);
/** Whose day is picked where it isn't one rep's: of all, or of those who have none yet. */
export const WHOLE_TEAM = '';
export const WITHOUT_DAY = 'without_day';
/** Of a rep, by their user id, or of several. */
export const coachDayOpen = action('coach_day_open', one(z.string()));
/** Of the presser's reps, those without a day get none for now. */
export const coachNone = action('coach_none');
export const coachPage = action('coach_page', one(wholeNumber));
/** To the hours of the presser's own, as a rep. */
export const coachOwnOpen = action('coach_own_open');
/** What the rep wants to talk about. */
export const coachTopicOpen = action('coach_topic_open');
/** The rep says of a tweak (the hour's id) whether it helps. */
export const coachUseful = action(
  'coach_useful',
  parts(z.object({ said: z.enum(['yes', 'no']), hourId: z.string() })),
);
export const standInOpen = action('coach_stand_in_open');
/** Each with a stand-in's id. */
export const standInDecline = action('coach_stand_in_decline', one(z.string().min(1)));
export const standInEnd = action('coach_stand_in_end', one(z.string().min(1)));

/**
 * Where an objection is logged from, about whose (a rep's user id, empty for one's own) and which day (a local
 * date; left out: today).
 */
export const objectionOpen = action(
  'objection_open',
  parts(
    z.object({
      source: z.enum(OBJECTION_SOURCES),
      repId: z.string().optional(),
      date: z.string().optional(),
    }),
  ),
);
/** Each with an objection's id. */
export const objectionRemove = action('objection_remove', one(z.string().min(1)));
export const objectionPutBack = action('objection_put_back', one(z.string().min(1)));
export const objectionEdit = action('objection_edit', one(z.string().min(1)));
/** Of one that stands in a list or a check-in. */
export const objectionMenu = action(
  'objection_menu',
  parts(z.object({ what: z.enum(['edit', 'remove']), id: z.string().min(1) })),
);

/** What is told of what went well: the settings, each one's own. */
export const recognitionOpen = action('recognition_open');
