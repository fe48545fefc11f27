/** What is said about somebody's pace: to them first, to their manager when it persists. */
import type { Button } from '@slack/types';
import { z } from 'zod';
import type { Activity } from '../../plan/schemas.ts';
import { ACTIVITY_NAMES } from '../../plan/words.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { notes, optional, several } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import { formatCount, formatDate, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import {
  paceCatchUp,
  paceCatchUpStop,
  paceKeep,
  paceObstacleOpen,
  paceTellManager,
  paceWasAway,
} from '../ids.ts';
import { nudgeMenu } from '../preferences/view.ts';
import { CAUSES, type Cause, MOST_WORDS } from '../schemas.ts';
import type { Episode, EpisodeAnswer } from '../store.ts';
import { CAUSE_NAMES, counted, quote, STAGE_NAMES } from '../words-view.ts';
import type { CatchUp } from './catch-up-rules.ts';
import type { EpisodeFigures, PaceLine } from './figures-schemas.ts';
import { STAGE_ENDS } from './stage-rate-rules.ts';

const LEAST_A_DAY = 3;

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number, locale: string) => SMALL[count] ?? formatCount(count, locale);
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** Singular or plural of what is counted in words. */
const days = (count: number, locale: string) =>
  `${inWords(count, locale)} working ${count === 1 ? 'day' : 'days'}`;

/** The line that the rep and, later, their manager read: the same words. */
function paceLine(line: PaceLine, locale: string): Mrkdwn {
  if (line.kind === 'stage') {
    const { stage, n, rate, low, high, plan } = line;
    const percent = (fraction: number) => formatPercent(fraction, locale);
    const tries = counted(STAGE_ENDS[stage].from, n, locale);
    return mrkdwn`${STAGE_NAMES[stage]} is *${percent(rate)}* over the last ${tries} (plan ${percent(plan)}, likely ${percent(low)}–${percent(high)}).`;
  }
  const { activity, planned, done, holds } = line;
  const share = planned > 0 ? done / planned : 0;
  const held = holds
    ? mrkdwn`; ${holds.activity} hold at ${formatPercent(holds.share, locale)}`
    : mrkdwn``;
  return mrkdwn`${ACTIVITY_NAMES[activity]} are at *${formatPercent(share, locale)}* of plan over ${days(line.days, locale)} (${formatCount(done, locale)} of ${formatCount(planned, locale)})${held}.`;
}

export interface PaceScreen {
  episodeId: string;
  figures: EpisodeFigures;
  /** Fewer or worse than planned; else more or better. */
  low: boolean;
  locale: string;
  /** Slack's user id of the manager; null where there is none to tell. */
  managerId: string | null;
}

/** To the rep. */
export function paceMessage(screen: PaceScreen): Message {
  return screen.low ? lowMessage(screen) : highMessage(screen);
}

function lowMessage({ episodeId, figures, locale, managerId }: PaceScreen): Message {
  const { line, catchUp } = figures;
  const said = paceLine(line, locale);
  return message(said, [
    section(lines(said, whatItIs(line, locale), catchUp && catchUpText(catchUp, line, locale)), {
      accessory: nudgeMenu('paceNotes'),
    }),
    actions([
      ...(catchUp?.kind === 'plan' && isDaily(line)
        ? [
            button('Use the catch-up plan', {
              ...paceCatchUp.with(episodeId),
              style: 'primary' as const,
            }),
          ]
        : []),
      button('Something is in the way…', paceObstacleOpen.with(episodeId)),
      button('I was away', paceWasAway.with(episodeId)),
    ]),
    ...(managerId
      ? [
          context(
            mrkdwn`If this stays for five more working days, ${mention(managerId)} sees the first line too, and nothing else.`,
          ),
        ]
      : []),
  ]);
}

/** Whether a day's number can be raised by a part: one more a day of what is rare would be a leap. */
function isDaily(line: PaceLine): boolean {
  return line.kind === 'volume' && line.planned >= LEAST_A_DAY * line.days;
}

/** Volume or conversion, and whether it may be the log. */
function whatItIs(line: PaceLine, locale: string): Mrkdwn {
  if (line.kind === 'stage') {
    const needed = line.rate > 0 ? Math.ceil((line.perDay * line.plan) / line.rate) : null;
    const { from } = STAGE_ENDS[line.stage];
    return lines(
      mrkdwn`That is more than chance. So it is *conversion*, not how much you do.`,
      needed !== null &&
        needed > line.perDay &&
        mrkdwn`At this rate your plan takes ${counted(from, needed, locale)} a day instead of ${formatCount(Math.ceil(line.perDay), locale)}.`,
    );
  }
  const { unlogged } = line;
  if (unlogged === line.days)
    return mrkdwn`None of those days has a log, so it may be *the log* and not the work.`;
  if (unlogged > 0) {
    const which =
      unlogged === 1
        ? 'One of those days has'
        : `${sentence(inWords(unlogged, locale))} of those days have`;
    return mrkdwn`${which} no log, so it may be *the log* and not the work.`;
  }
  return line.holds
    ? mrkdwn`So it is *volume*, not how you sell.`
    : mrkdwn`It is *volume* that is short.`;
}

function catchUpText(catchUp: CatchUp, line: PaceLine, locale: string): Mrkdwn | null {
  if (line.kind !== 'volume') return null;
  const { activity } = line;
  const count = (value: number) => formatCount(value, locale, 1);
  switch (catchUp.kind) {
    case 'none':
      return null;
    case 'plan': {
      const { perDay, perWeek, until, extra } = catchUp;
      const by = formatDate(until, locale, 'day');
      if (!isDaily(line)) {
        const now = count(perWeek - extra.perWeek);
        return mrkdwn`To be back by ${by}: *${counted(activity, perWeek, locale)} a week* instead of ${now}.`;
      }
      const more = minutesText(extra.minutesPerWeek, locale);
      return mrkdwn`To be back by ${by}: *${counted(activity, perDay, locale)} a day* instead of ${count(line.planned / line.days)}${more}.`;
    }
    case 'beyond':
      return lines(...leverLines(catchUp, activity, locale));
  }
}

/** `, about 3 hours of calls more a week`; nothing where no time is reckoned. */
function minutesText(minutes: number | null, locale: string): string {
  if (minutes === null || minutes <= 0) return '';
  const hours = Math.round(minutes / 30) / 2;
  const time =
    hours < 1
      ? `${formatCount(minutes, locale)} minutes`
      : `${formatCount(hours, locale, 1)} ${hours === 1 ? 'hour' : 'hours'}`;
  return `, about ${time} of calls more a week`;
}

function highMessage({ episodeId, figures, locale, managerId }: PaceScreen): Message {
  const said = paceLine(figures.line, locale);
  return message(mrkdwn`${said} What changed?`, [
    section(lines(said, mrkdwn`More than chance, and in the right direction. *What changed?*`), {
      accessory: nudgeMenu('paceNotes'),
    }),
    actions([
      ...(managerId ? [button('Tell your manager', paceTellManager.with(episodeId))] : []),
      button('Keep it to myself', paceKeep.with(episodeId)),
    ]),
  ]);
}

/** What a rep has done with a note. */
type Answered = Pick<Episode, 'causes' | 'note'> & { answer: EpisodeAnswer };

/** The note after that: the line stays, the buttons go. */
export function paceAnsweredMessage(screen: PaceScreen, answered: Answered): Message {
  const said = paceLine(screen.figures.line, screen.locale);
  const { words, buttons } = outcomeOf(screen, answered);
  return message(mrkdwn`${said} ${words}`, [
    section(lines(said, words)),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
  ]);
}

function outcomeOf(
  { episodeId, figures, locale, managerId }: PaceScreen,
  { answer, causes, note }: Answered,
): { words: Mrkdwn; buttons: Button[] } {
  switch (answer) {
    case 'catch_up': {
      const spoken = 'Stop the catch-up plan';
      const stop = button('Stop it', { ...paceCatchUpStop.with(episodeId), spoken });
      return { words: catchUpOnText(figures, locale), buttons: [stop] };
    }
    case 'catch_up_off':
      return { words: mrkdwn`The catch-up plan is off: the plan’s own numbers hold.`, buttons: [] };
    case 'obstacle': {
      const edit = button('Edit', paceObstacleOpen.with(episodeId));
      return { words: causesText(causes, note), buttons: [edit] };
    }
    case 'told_manager': {
      const who = managerId ? mention(managerId) : mrkdwn`Your manager`;
      return { words: mrkdwn`✓ ${who} sees this line now.`, buttons: [] };
    }
    case 'kept':
      return { words: mrkdwn`Kept to yourself.`, buttons: [] };
  }
}

function catchUpOnText({ line, catchUp }: EpisodeFigures, locale: string): Mrkdwn {
  if (line.kind !== 'volume' || catchUp?.kind !== 'plan')
    return mrkdwn`✓ *The catch-up plan is on.*`;
  const { perDay, until } = catchUp;
  return mrkdwn`✓ *The catch-up plan is on:* ${counted(line.activity, perDay, locale)} a day until ${formatDate(until, locale, 'day')}. Your check-ins ask for that now.`;
}

/** To the manager: the rep's line, and nothing else. */
export function paceManagerMessage(
  rep: { userId: string; name: string },
  { figures, low, locale }: PaceScreen,
): Message {
  const said = paceLine(figures.line, locale);
  const words = low
    ? lines(mrkdwn`*${mention(rep.userId)}:* ${said}`)
    : lines(mrkdwn`*${mention(rep.userId)}* wants you to see this: ${said}`);
  return message(mrkdwn`${rep.name}: ${said}`, [
    section(words, { accessory: nudgeMenu('paceNotes') }),
  ]);
}

/** To the rep, when that was done: no surprise. */
export function paceShownMessage({ figures, locale, managerId }: PaceScreen): Message {
  const who = managerId ? mention(managerId) : mrkdwn`Your manager`;
  const words = lines(
    mrkdwn`As I said I would: ${who} now sees this line, and nothing else.`,
    mrkdwn`>${paceLine(figures.line, locale)}`,
  );
  return message(words, [section(words, { accessory: nudgeMenu('paceNotes') })]);
}

/** To whoever was told: it is over. `rep` names whose it is, for the manager. */
export function paceResolvedMessage(
  { figures, low, locale }: PaceScreen,
  rep: { userId: string; name: string } | null,
): Message {
  const said = paceLine(figures.line, locale);
  const over = low ? mrkdwn`✓ *Back on plan.*` : mrkdwn`The streak has settled.`;
  const words = rep ? mrkdwn`${mention(rep.userId)}: ${over} ${said}` : mrkdwn`${over} ${said}`;
  return message(words, [section(words, { accessory: nudgeMenu('paceNotes') })]);
}

/** What was named as being in the way. */
function causesText(causes: readonly Cause[], words: string | null): Mrkdwn {
  const names = causes.map((cause) => CAUSE_NAMES[cause]).join(', ');
  return lines(mrkdwn`Noted: *${names}*.`, words !== null && quote(words));
}

type Beyond = Omit<Extract<CatchUp, { kind: 'beyond' }>, 'kind'>;

/** What does instead, where no level that can be kept up makes up for a deficit. */
export function leverLines(
  { wouldTake, until, levers, deficit }: Beyond,
  activity: Activity,
  locale: string,
): Mrkdwn[] {
  const count = (value: number) => formatCount(value, locale, 1);
  const percent = (fraction: number) => formatPercent(fraction, locale);
  const { volume, conversion, insurance } = levers;
  if (wouldTake === null || until === null) {
    return [
      mrkdwn`The period is too near its end to catch up on ${count(deficit)} ${activity}. What it means belongs in the next plan.`,
    ];
  }
  const madeUp = volume.left === 0 ? 'all' : count(volume.makesUp);
  return [
    mrkdwn`Catching up would take ${counted(activity, wouldTake, locale)} a day. That isn’t a plan. Ways that are:`,
    mrkdwn`• *Volume:* ${count(volume.perDay)} a day until ${formatDate(until, locale, 'day')} makes up ${madeUp} of the ${count(deficit)}.`,
    conversion
      ? mrkdwn`• *Conversion:* ${STAGE_NAMES[conversion.stage]} at ${percent(conversion.rate)} instead of ${percent(conversion.planRate)} brings the same from the ${activity} made now.`
      : mrkdwn`• *Conversion:* no rate in reach makes up for it alone; a better one helps with the rest.`,
    insurance.absorbs > 0
      ? mrkdwn`• *Insurance:* the plan is insured; the buffer absorbs ${count(insurance.absorbs)} and leaves ${count(insurance.left)}.`
      : mrkdwn`• *Insurance:* there is no buffer in this number. A higher X in the plan would make one.`,
  ];
}

/** What is in the way of a number: causes, structural ones first, and the rep's own words. About an episode's id. */
export const obstacleForm = form({
  id: 'pace_obstacle',
  about: z.string(),
  fields: (_style: NumberStyle) => ({
    causes: several(
      {
        label: 'What got in the way?',
        hint: 'Several may apply.',
        placeholder: 'Choose one or more',
      },
      CAUSES.map((value) => ({ value, label: CAUSE_NAMES[value] })),
      'Pick at least one: several may apply.',
    ),
    words: optional(
      notes(
        {
          label: 'In your words',
          placeholder: 'Inbound brought 3 of the 6 leads we agreed.',
        },
        MOST_WORDS,
      ),
    ),
  }),
  frame: () => ({ title: 'What is in the way?', submit: 'Save', close: 'Back' }),
  arrange: ({ causes, words }) => [
    section(mrkdwn`*A miss is first a question about the system.* This stays with you.`),
    ...causes,
    ...words,
  ],
});
