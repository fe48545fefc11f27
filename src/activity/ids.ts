/** What can be pressed in the messages and forms of every day, and what it carries. */
import { z } from 'zod';
import { ACTIVITIES } from '../plan/schemas.ts';
import { action } from '../slack/action.ts';
import { type Codec, json, one, parts, stashed, wholeNumber } from '../slack/codec.ts';
import { truncate } from '../slack/truncate.ts';
import { NUDGES } from './schemas.ts';

// ── A day ────────────────────────────────────────────────────────────────────────────────────────

/** What a form about a day begins with: what was understood of somebody's words, and the words. */
export const KeptReply = z.object({
  date: z.string(),
  counts: z.partialRecord(z.enum(ACTIVITIES), z.int().min(0)),
  words: z.string(),
});
export type KeptReply = z.infer<typeof KeptReply>;

/** As much of a button's value as JSON may take, with what is put before it until it is stashed. */
const VALUE = 1_980;

const asJson = json(KeptReply);

/** A date alone, or JSON. Words that don't fit are cut: the whole of them stands in the conversation. */
const plainOrJson: Codec<KeptReply> = {
  write({ date, counts, words }) {
    if (words === '' && Object.keys(counts).length === 0) return date;
    const write = (most: number) => asJson.write({ date, counts, words: truncate(words, most) });
    let most = VALUE;
    while (write(most).length > VALUE) most = Math.floor(most * 0.9);
    return write(most);
  },
  read: (text) => (text.startsWith('{') ? asJson.read(text) : { ...nothingKept, date: text }),
};

const nothingKept = { counts: {}, words: '' };

export const keptReply = stashed(plainOrJson, (text) => !text.startsWith('{'));

/** Whether it can be logged (any more), or is one at all, is for the rep's plan to say. */
const aDate = one(z.string());

export const dayLog = action('day_log', keptReply);
/** Logs what was read of somebody's words. */
export const dayLogRead = action('day_log_read', keptReply);
/** With what the button said that it logs, in the order of the activities; buttons of a former version said nothing. */
export const dayAsPlanned = action(
  'day_as_planned',
  stashed(
    parts(
      z.object({
        date: z.string(),
        counts: z
          .string()
          .regex(/^\d{1,4}(?:\.\d{1,4})*$/)
          .optional(),
      }),
    ),
    (text) => !text.includes(':'),
  ),
);
export const daySnooze = action('day_snooze', aDate);
export const daySkipOpen = action('day_skip_open', aDate);
/** In the form: another day was picked. */
export const dayPick = action('day_pick', aDate);

/** Opens the form of a day, with nothing filled in but what is known. */
export const logButtonOf = (date: string) => dayLog.with({ ...nothingKept, date });

// ── Call blocks and syncs ────────────────────────────────────────────────────────────────────────

const blockShape = { date: z.iso.date(), blockId: z.string().min(1) };
const aBlock = parts(z.object(blockShape));

export const blockStarted = action('block_started', aBlock);
export const blockMoveOpen = action('block_move_open', aBlock);
export const blockSkipOpen = action('block_skip_open', aBlock);
export const blockCountOpen = action('block_count_open', aBlock);
export const blockCount = action(
  'block_count',
  stashed(parts(z.object({ ...blockShape, calls: wholeNumber }))),
);

/** Whose sync it is, if it is one, the plan says. */
const aSync = parts(z.object({ date: z.string(), repId: z.string().default('') }));

export const syncDone = action('sync_done', aSync);
export const syncMoveOpen = action('sync_move_open', aSync);
export const syncSkipOpen = action('sync_skip_open', aSync);

/** Each with the rep's user id. */
export const syncAccept = action('sync_accept', one(z.string()));
export const syncDecline = action('sync_decline', one(z.string()));

// ── Time off ─────────────────────────────────────────────────────────────────────────────────────

/** The id of an absence. */
export const awayCancel = action('away_cancel', one(z.string()));
/** Of an absence only these days. */
export const awayCancelDays = action(
  'away_cancel_days',
  parts(z.object({ id: z.string(), from: z.string(), to: z.string() })),
);
const wallTime = z.string().regex(/^\d\d:\d\d$/);
/** Enters what was read of somebody's words, where that was asked; in the place of entries of theirs. */
export const awayEnter = action(
  'away_enter',
  stashed(
    json(
      z.object({
        person: z.string(),
        days: z
          .array(
            z.object({
              from: z.iso.date(),
              to: z.iso.date(),
              share: z.number().gt(0).max(1),
              hours: z.object({ start: wallTime, end: wallTime }).nullable(),
            }),
          )
          .min(1),
        replaces: z.array(z.string()).optional(),
      }),
    ),
  ),
);
export const awayOpen = action('away_open');
/** In the form: whose time off it is. */
export const awayPerson = action('away_person', one(z.string()));

// ── How somebody wants to be asked ───────────────────────────────────────────────────────────────

/** The `⋯` of every nudge. */
export const nudgeMenuPick = action(
  'nudge_menu',
  parts(
    z.object({
      what: z.enum(['stop', 'pause', 'settings']),
      /** What is stopped. */
      nudge: z.enum(NUDGES).optional(),
    }),
  ),
);
export const nudgeOn = action('nudge_on', one(z.enum(NUDGES)));
export const nudgeResume = action('nudge_resume');
/** A week's pause, as time off or just quiet. */
export const nudgePause = action('nudge_pause', one(z.enum(['off', 'quiet'])));
/** From a question that found no answer: pause until its reader says otherwise, or go on with one line a week. */
export const silencePause = action('silence_pause');
export const silenceKeep = action('silence_keep');

// ── Notes about pace: each with the id of an episode ─────────────────────────────────────────────

const anEpisode = one(z.string());

export const paceCatchUp = action('pace_catch_up', anEpisode);
export const paceCatchUpStop = action('pace_catch_up_stop', anEpisode);
export const paceObstacleOpen = action('pace_obstacle_open', anEpisode);
export const paceWasAway = action('pace_was_away', anEpisode);
export const paceChangedOpen = action('pace_changed_open', anEpisode);
export const paceTellManager = action('pace_tell_manager', anEpisode);
export const paceKeep = action('pace_keep', anEpisode);
/** The hours that its catch-up asks for, as a call block. */
export const paceHoursOpen = action('pace_hours_open', anEpisode);
