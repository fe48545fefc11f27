/** What is said about somebody's pace: to them first, to their manager when it persists. */
import type { Button } from '@slack/types';
import { z } from 'zod';
import { leadsAdd } from '../../actuals/ids.ts';
import type { Activity } from '../../plan/schemas.ts';
import { capital, VALUES } from '../../plan/values.ts';
import { ACTIVITY_NAMES, levelText, PACE_NAMES } from '../../plan/words.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { notes, optional, paragraph, radio, several } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, formatDate, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import {
  logButtonOf,
  paceCatchUp,
  paceCatchUpStop,
  paceChangedOpen,
  paceHoursOpen,
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
import { usualBlocks } from './hours-rules.ts';
import { bothOf, type LeadPair } from './lead-rules.ts';
import { STAGE_ENDS } from './stage-rate-rules.ts';

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number, locale: string) => SMALL[count] ?? formatCount(count, locale);
/** Singular or plural of what is counted in words. */
const days = (count: number, locale: string) =>
  `${inWords(count, locale)} working ${count === 1 ? 'day' : 'days'}`;

/** The line that the rep and, later, their manager read: the same words. */
function paceLine(line: PaceLine, locale: string): Mrkdwn {
  switch (line.kind) {
    case 'stage':
      return stageLine(line, locale);
    case 'volume':
      return volumeLine(line, locale);
    case 'logging':
      return mrkdwn`*${formatCount(line.logged, locale)} of the last ${days(line.days, locale)}* are logged.`;
    case 'leads':
      return leadsLine(line, locale);
  }
}

type Line<Kind extends PaceLine['kind']> = Extract<PaceLine, { kind: Kind }>;

function stageLine({ stage, n, rate, low, high, plan }: Line<'stage'>, locale: string): Mrkdwn {
  const percent = (fraction: number) => formatPercent(fraction, locale);
  const tries = counted(STAGE_ENDS[stage].from, n, locale);
  return mrkdwn`${STAGE_NAMES[stage]} is *${percent(rate)}* over the last ${tries} (plan ${percent(plan)}, likely ${percent(low)}–${percent(high)}).`;
}

function volumeLine(line: Line<'volume'>, locale: string): Mrkdwn {
  const { activity, planned, done, unlogged, holds } = line;
  const count = (value: number) => formatCount(value, locale);
  const share = planned > 0 ? done / planned : 0;
  const known = line.days - unlogged;
  const logged = unlogged > 0 ? `; ${count(known)} ${known === 1 ? 'day' : 'days'} logged` : '';
  const held = holds
    ? mrkdwn`; ${holds.activity} hold at ${formatPercent(holds.share, locale)}`
    : mrkdwn``;
  return mrkdwn`${ACTIVITY_NAMES[activity]} are at *${formatPercent(share, locale)}* of plan over ${days(line.days, locale)} (${count(done)} of ${count(planned)}${logged})${held}.`;
}

/** `Leads: 3 of 10 promised since 4 March (inbound 1 of 6, outbound 2 of 4).` */
function leadsLine({ from, promised, received }: Line<'leads'>, locale: string): Mrkdwn {
  const count = (value: number) => formatCount(Math.round(value), locale);
  if (received === null) {
    return mrkdwn`*${count(bothOf(promised))} leads a month* are promised, and none is entered.`;
  }
  const each = (['inbound', 'outbound'] as const)
    .filter((one) => promised[one] > 0 || received[one] > 0)
    .map((one) => `${one} ${count(received[one])} of ${count(promised[one])}`);
  const parts = each.length > 1 ? ` (${each.join(', ')})` : '';
  return mrkdwn`Leads: *${ofPromised(received, promised, locale)} promised* since ${formatDate(from, locale, 'day')}${parts}.`;
}

const ofPromised = (received: LeadPair, promised: LeadPair, locale: string) =>
  `${formatCount(bothOf(received), locale)} of ${formatCount(Math.round(bothOf(promised)), locale)}`;

export interface PaceScreen {
  episodeId: string;
  /** Slack's user id of the rep. */
  repId: string;
  figures: EpisodeFigures;
  /** Fewer or worse than planned; else more or better. */
  low: boolean;
  locale: string;
  /** Local date of the reader. */
  today: string;
  /** Slack's user id of the manager; null where there is none to tell. */
  managerId: string | null;
}

/** To the rep. */
export function paceMessage(screen: PaceScreen): Message {
  const { kind } = screen.figures.line;
  if (kind === 'logging') return loggingMessage(screen);
  if (kind === 'leads') return leadsMessage(screen);
  return screen.low ? lowMessage(screen) : highMessage(screen);
}

function loggingMessage({ episodeId, figures, locale, today }: PaceScreen): Message {
  const said = paceLine(figures.line, locale);
  return message(said, [
    section(
      lines(
        said,
        mrkdwn`What isn’t logged I don’t know, so I say nothing of your pace until I do. The last ten working days can still be filled in.`,
      ),
      { accessory: nudgeMenu('paceNotes') },
    ),
    actions([
      button('Log a day', { ...logButtonOf(today), style: 'primary' as const }),
      button('I was away', paceWasAway.with(episodeId)),
    ]),
  ]);
}

function leadsMessage({ episodeId, repId, figures, locale, managerId }: PaceScreen): Message {
  const { line } = figures;
  const said = paceLine(line, locale);
  const isKnown = line.kind === 'leads' && line.received !== null;
  const why = isKnown
    ? mrkdwn`Visits and demos follow from that, so nobody asks you about those. Did more come? Then they aren’t entered yet.`
    : mrkdwn`Visits are fewer than planned, and whether that is for want of leads nobody can tell. *How many came?*`;
  return message(said, [
    section(lines(said, why), { accessory: nudgeMenu('paceNotes') }),
    actions([
      button('Update leads', { ...leadsAdd.with(repId), style: 'primary' as const }),
      ...(isKnown && managerId
        ? [button('Tell your manager', paceTellManager.with(episodeId))]
        : []),
    ]),
  ]);
}

function lowMessage({ episodeId, figures, locale, managerId }: PaceScreen): Message {
  const { line, catchUp } = figures;
  const said = paceLine(line, locale);
  return message(said, [
    section(lines(said, whatItIs(line, locale), catchUp && catchUpText(catchUp, line, locale)), {
      accessory: nudgeMenu('paceNotes'),
    }),
    actions([
      ...(catchUp?.kind === 'plan' && isDaily(catchUp)
        ? [
            button('Use the catch-up plan', {
              ...paceCatchUp.with(episodeId),
              style: 'primary' as const,
            }),
          ]
        : []),
      ...(needsHours(catchUp)
        ? [
            button('Find the hours…', {
              ...paceHoursOpen.with(episodeId),
              spoken: 'Put the hours into your week as a call block',
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

/** Whether it takes time for calls that the plan's blocks don't have. */
const needsHours = (catchUp: CatchUp | null): boolean => minutesNeeded(catchUp) > 0;

/** Minutes of calls a week that a catch-up plan takes beyond the plan's; 0 where none. */
export const minutesNeeded = (catchUp: CatchUp | null): number =>
  catchUp?.kind === 'plan' ? (catchUp.extra.minutesPerWeek ?? 0) : 0;

/** Whether a day's number can be raised by a part: one more a day of what is rare would be a leap. */
const isDaily = ({ pace }: Extract<CatchUp, { kind: 'plan' }>): boolean =>
  pace === undefined || pace.per === 'day';

/** Volume or conversion. */
function whatItIs(line: PaceLine, locale: string): Mrkdwn | null {
  if (line.kind === 'volume') {
    return line.holds
      ? mrkdwn`So it is *volume*, not how you sell.`
      : mrkdwn`It is *volume* that is short.`;
  }
  if (line.kind !== 'stage') return null;
  const { takes, rate, plan, stage } = line;
  const needed = takes && rate > 0 ? Math.ceil((takes.count * plan) / rate) : 0;
  return lines(
    mrkdwn`That is more than chance. So it is *conversion*, not how much you do.`,
    takes !== undefined &&
      needed > takes.count &&
      mrkdwn`At this rate your plan takes ${levelText(STAGE_ENDS[stage].from, { ...takes, count: needed }, locale)} instead of ${formatCount(takes.count, locale)}.`,
  );
}

function catchUpText(catchUp: CatchUp, line: PaceLine, locale: string): Mrkdwn | null {
  if (line.kind !== 'volume') return null;
  const { activity } = line;
  switch (catchUp.kind) {
    case 'none':
      return null;
    case 'plan': {
      const { perDay, until, extra } = catchUp;
      const planned = line.days > 0 ? Math.ceil(line.planned / line.days) : 0;
      const pace = catchUp.pace ?? { per: 'day' as const, count: perDay, planned };
      const more = minutesText(extra.minutesPerWeek, locale);
      const { passed } = catchUp;
      return lines(
        passed !== undefined &&
          mrkdwn`By ${formatDate(passed.until, locale, 'day')} it would take ${levelText(activity, { per: pace.per, count: passed.count }, locale)}, more than can be kept up: so it is spread further.`,
        mrkdwn`To be back by ${formatDate(until, locale, 'day')}: *${levelText(activity, pace, locale)}* instead of ${formatCount(pace.planned, locale)}${more}.`,
      );
    }
    case 'beyond':
      return lines(...leverLines(catchUp, activity, locale));
  }
}

/** `, about 3 hours of calls more a week: two blocks more`; nothing where no time is reckoned. */
function minutesText(minutes: number | null, locale: string): string {
  if (minutes === null || minutes <= 0) return '';
  const blocks = usualBlocks(minutes);
  const more = blocks === 1 ? 'one block more' : `${inWords(blocks, locale)} blocks more`;
  return `, ${hoursOfCalls(minutes, locale)} more a week: ${more}`;
}

/** `about 3 hours of calls`. */
function hoursOfCalls(minutes: number, locale: string): string {
  const hours = Math.round(minutes / 30) / 2;
  const time =
    hours < 1
      ? `${formatCount(minutes, locale)} minutes`
      : `${formatCount(hours, locale, 1)} ${hours === 1 ? 'hour' : 'hours'}`;
  return `about ${time} of calls`;
}

function highMessage({ episodeId, figures, locale, managerId }: PaceScreen): Message {
  const said = paceLine(figures.line, locale);
  return message(mrkdwn`${said} What changed?`, [
    section(lines(said, mrkdwn`More than chance, and in the right direction. *What changed?*`), {
      accessory: nudgeMenu('paceNotes'),
    }),
    actions([
      button('Say what changed…', {
        ...paceChangedOpen.with(episodeId),
        style: 'primary' as const,
      }),
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
  { episodeId, figures, low, locale, managerId }: PaceScreen,
  { answer, causes, note }: Answered,
): { words: Mrkdwn; buttons: Button[] } {
  const changed = button(note === null ? 'Say what changed…' : 'Edit', {
    ...paceChangedOpen.with(episodeId),
    spoken: 'Say what changed',
  });
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
    case 'told_manager':
    case 'shared': {
      const who = managerId ? mention(managerId) : mrkdwn`Your manager`;
      const sees =
        answer === 'shared'
          ? lines(mrkdwn`✓ ${who} sees this line now, and what changed:`, note && quote(note))
          : mrkdwn`✓ ${who} sees this line now.`;
      return { words: sees, buttons: low ? [] : [changed] };
    }
    case 'kept': {
      const kept = note ? lines(mrkdwn`Kept to yourself:`, quote(note)) : mrkdwn`Kept to yourself.`;
      return { words: kept, buttons: low ? [] : [changed] };
    }
  }
}

function catchUpOnText({ line, catchUp }: EpisodeFigures, locale: string): Mrkdwn {
  if (line.kind !== 'volume' || catchUp?.kind !== 'plan')
    return mrkdwn`✓ *The catch-up plan is on.*`;
  const { perDay, until } = catchUp;
  return mrkdwn`✓ *The catch-up plan is on:* ${counted(line.activity, perDay, locale)} a day until ${formatDate(until, locale, 'day')}. Your check-ins ask for that now.`;
}

/** To the manager: the rep's line, and of a streak what they want to say of it. */
export function paceManagerMessage(
  rep: { userId: string; name: string },
  { figures, low, locale }: PaceScreen,
  changed: string | null = null,
): Message {
  const { line } = figures;
  const said = paceLine(line, locale);
  const words = low
    ? lines(mrkdwn`*${mention(rep.userId)}:* ${said}`, caveatOf(line), nextStep(line))
    : lines(
        mrkdwn`*${mention(rep.userId)}* wants you to see this: ${said}`,
        changed === null
          ? caveatOf(line)
          : lines(mrkdwn`What changed, in their words:`, quote(changed)),
        mrkdwn`Next: ask what others could take from it.`,
      );
  return message(mrkdwn`${rep.name}: ${said}`, [
    section(words, { accessory: nudgeMenu('paceNotes') }),
  ]);
}

/** What the line doesn't say, so that nobody reads more into it. */
function caveatOf(line: PaceLine): Mrkdwn | null {
  switch (line.kind) {
    case 'volume':
      return mrkdwn`More than chance, on the days that are logged alone. It says how much, not why.`;
    case 'stage':
      return mrkdwn`More than chance, though of ${line.n} it can only be told roughly. It says where, not why.`;
    case 'leads':
    case 'logging':
      return null;
  }
}

/** Leads are for whoever promised them; of all else the rep is asked first. */
const nextStep = ({ kind }: PaceLine): Mrkdwn =>
  kind === 'leads'
    ? mrkdwn`Next: ask whoever promised them what is in the way.`
    : mrkdwn`Next: ask what is in the way, before anything else; \`/bigplan review\` has your next 1:1.`;

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
  { figures, low, locale, isEntered = false }: PaceScreen & { isEntered?: boolean },
  rep: { userId: string; name: string } | null,
): Message {
  const said = paceLine(figures.line, locale);
  const over = isEntered
    ? mrkdwn`✓ *Leads are entered now.*`
    : low
      ? backText(figures.line)
      : mrkdwn`The streak has settled.`;
  const words = rep ? mrkdwn`${mention(rep.userId)}: ${over} ${said}` : mrkdwn`${over} ${said}`;
  return message(words, [section(words, { accessory: nudgeMenu('paceNotes') })]);
}

/** What ended it, and no more: of a rate that it is no longer clearly under plan, of leads that they come again. */
function backText({ kind }: PaceLine): Mrkdwn {
  switch (kind) {
    case 'stage':
      return mrkdwn`✓ *Within chance of plan again.*`;
    case 'leads':
      return mrkdwn`✓ *Leads come again.*`;
    case 'volume':
    case 'logging':
      return mrkdwn`✓ *Back on plan.*`;
  }
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
  const { pace } = levers;
  const { per = 'day' } = pace ?? {};
  const level = levelText(activity, { count: pace?.wouldTake ?? wouldTake, per }, locale);
  return [
    mrkdwn`Catching up would take ${level}. That isn’t a plan. Ways that are:`,
    mrkdwn`• *Volume:* ${count(pace?.ceiling ?? volume.perDay)} ${PACE_NAMES[per]} until ${formatDate(until, locale, 'day')} makes up ${madeUp} of the ${count(deficit)}.`,
    conversion
      ? mrkdwn`• *Conversion:* ${STAGE_NAMES[conversion.stage]} at ${percent(conversion.rate)} instead of ${percent(conversion.planRate)} brings the same from the ${activity} made now.`
      : mrkdwn`• *Conversion:* no rate in reach makes up for it alone; a better one helps with the rest.`,
    insurance.absorbs > 0
      ? mrkdwn`• *Insurance:* the plan is insured; the buffer absorbs ${count(insurance.absorbs)} and leaves ${count(insurance.left)}.`
      : mrkdwn`• *Insurance:* there is no buffer in this number. A higher X in the plan would make one.`,
  ];
}

interface HoursScreen extends Shown<string, NumberStyle> {
  minutesPerWeek: number;
}

/** The call block that takes in the hours of a catch-up. About an episode's id. */
export const hoursForm = form({
  id: 'pace_hours',
  about: z.string(),
  fields: (_style: NumberStyle) => ({
    days: VALUES.callBlocks.days.ask(),
    start: VALUES.callBlocks.start.ask({ hint: 'Your local time.' }),
    minutes: VALUES.callBlocks.minutes.ask(),
  }),
  frame: (_: HoursScreen) => ({ title: 'Find the hours', submit: 'Put it in', close: 'Back' }),
  arrange: ({ days, start, minutes }, { minutesPerWeek, style }) => [
    section(
      mrkdwn`*${capital(hoursOfCalls(minutesPerWeek, style.locale))} more a week.* This block would hold them, beside those that you have.`,
    ),
    ...days,
    ...start,
    ...minutes,
    context('It goes into your plan: you propose it, and it counts once you have both signed.'),
  ],
});

/** What made a streak, and who may read it. About an episode's id. */
export const changedForm = form({
  id: 'pace_changed',
  about: z.string(),
  fields: (_style: NumberStyle) => ({
    words: paragraph(
      { label: 'What changed?', placeholder: 'The webinar list: two of three took a demo.' },
      MOST_WORDS,
    ),
    readers: radio({ label: 'Who may read it?' }, [
      { value: 'me', label: 'Only me' },
      { value: 'manager', label: 'My manager too, with the figure' },
    ]),
  }),
  apply: ({ words, readers }) => ({ words, isShared: readers === 'manager' }),
  frame: () => ({ title: 'What changed?', submit: 'Save', close: 'Back' }),
});

/** What somebody is asked for is one thing, in a few words. */
const MOST_HELP = 300;

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
    help: optional(
      paragraph(
        {
          label: 'What would help, from your manager?',
          hint: 'They read this alone, as something you asked for. It stands under your promises until it is done.',
          placeholder: 'A word with marketing about the webinar leads.',
        },
        MOST_HELP,
      ),
    ),
  }),
  frame: () => ({ title: 'What is in the way?', submit: 'Save', close: 'Back' }),
  arrange: ({ causes, words, help }) => [
    section(
      mrkdwn`*A miss is first a question about the system.* This stays with you, but for what you ask in the last field.`,
    ),
    ...causes,
    ...words,
    ...help,
  ],
});
