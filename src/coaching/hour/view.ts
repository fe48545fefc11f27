/** Coaching hours as whoever holds them and the rep read them: the day's message, the tweak, the lists. */
import type { KnownBlock, ModalView, Overflow } from '@slack/types';
import { nudgeMenu } from '../../activity/preferences/view.ts';
import { quote, timeText } from '../../activity/words-view.ts';
import { mentions, WEEKDAY_NAMES } from '../../people/names-view.ts';
import { actions, button, context, divider, overflow, section } from '../../slack/blocks.ts';
import { formatDate } from '../../slack/format.ts';
import { checkMessage } from '../../slack/limits.ts';
import { paginate } from '../../slack/paginate.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { daysBetween, weekdayOf } from '../../time/local-date.ts';
import {
  coachDayOpen,
  coachLogOpen,
  coachMenu,
  coachMoveOpen,
  coachOwnOpen,
  coachPage,
  coachReopen,
  coachSkipOpen,
  coachTopicOpen,
  coachUseful,
  objectionOpen,
  recognitionOpen,
  standInEnd,
  standInOpen,
  WHOLE_TEAM,
  WITHOUT_DAY,
} from '../ids.ts';
import type { ObjectionCount } from '../objections/group-rules.ts';
import type { FollowUp, Metric, ObjectionGroup } from '../schemas.ts';
import type { Hour, StandIn } from '../store.ts';
import {
  evidenceText,
  followUpText,
  METRIC_NAMES,
  objectionInLine,
  objectionsText,
  REVIEWED_NAMES,
} from '../words-view.ts';
import type { Evidence } from './evidence-rules.ts';
import type { HourStanding, HourTime } from './week-rules.ts';

export interface HourScreen {
  /** Slack's user id. */
  repId: string;
  week: string;
  standing: HourStanding;
  /** On the manager's clocks; null: this week has none. */
  at: HourTime | null;
  hour: Hour | null;
  /** Local date; null: none was held yet. */
  lastHeldOn: string | null;
  /** The manager's local date. */
  today: string;
  locale: string;
  /** Slack's user ids; null: nobody. */
  managerId: string | null;
  coachId: string | null;
  /** Somebody had picked a day, and stopped it. */
  isStopped: boolean;
}

/** What an hour is prepared with: the same for whoever holds it and for the rep. */
export interface HourPrep {
  evidence: Evidence;
  /** The last one that was held. */
  last: Hour | null;
  objections: readonly ObjectionCount[];
  /** What of it is worth a role-play, and who handles it well, of those who agreed to be named. */
  rolePlay: { about: ObjectionGroup; who: readonly string[] } | null;
  topic: string | null;
}

export interface ResultScreen {
  repId: string;
  tweak: string;
  metric: Metric;
  result: FollowUp;
  useful: boolean | null;
}

/** More of somebody's words is read where they were written. */
const MOST_SHOWN = 200;

/** `Thu 4 Mar, 14:00`. */
export function hourTimeText({ date, time }: HourTime, locale: string): string {
  const day = WEEKDAY_NAMES[weekdayOf(date)].slice(0, 3);
  return `${day} ${formatDate(date, locale, 'day')}, ${timeText(time, locale)}`;
}

/** `open, Thu 4 Mar, 14:00`, `done`, `skipped`. */
function standingText({ standing, at, locale, isStopped }: HourScreen): string {
  switch (standing) {
    case 'open':
      return at ? `open, ${hourTimeText(at, locale)}` : 'open';
    case 'done':
      return '✓ held';
    case 'skipped':
      return 'skipped';
    case 'away':
      return 'none this week: one of the two is away';
    case 'unplanned':
      return isStopped ? 'stopped' : 'no day picked';
  }
}

/** `last one 9 days ago`. */
function lastHeldText({ lastHeldOn, today }: HourScreen): string {
  if (lastHeldOn === null) return 'none held yet';
  const days = daysBetween(lastHeldOn, today);
  if (days <= 0) return 'last one today';
  return days === 1 ? 'last one yesterday' : `last one ${days} days ago`;
}

const inQuotes = (words: string): Mrkdwn =>
  mrkdwn`“${truncate(words.replaceAll('\n', ' '), MOST_SHOWN)}”`;

/** `who`: left out where the line begins with them. */
const saidOf = (useful: boolean | null, who?: string): Mrkdwn | '' => {
  if (useful === null) return '';
  const word = useful ? 'useful' : 'not useful';
  return who === undefined ? mrkdwn` They said: ${word}.` : mrkdwn` ${mention(who)}: ${word}.`;
};

/** What was agreed last, and whether it worked. */
function lastText({ last }: HourPrep, locale: string): Mrkdwn | null {
  if (!last?.tweak) return null;
  const when = last.heldOn ? ` (${formatDate(last.heldOn, locale, 'day')})` : '';
  const measured =
    last.metric === null
      ? mrkdwn``
      : last.result
        ? mrkdwn` ${followUpText(last.metric, last.result, locale)}.`
        : last.measureOn
          ? mrkdwn` ${METRIC_NAMES[last.metric]}, measured on ${formatDate(last.measureOn, locale, 'day')}.`
          : mrkdwn``;
  return mrkdwn`Last tweak${when}: ${inQuotes(last.tweak)}.${measured}${saidOf(last.useful, last.repId)}`;
}

/** What to talk about, in a few lines. */
export function prepText(prep: HourPrep, repId: string, locale: string): Mrkdwn {
  return lines(
    evidenceText(prep.evidence, locale),
    lastText(prep, locale),
    prep.objections.length > 0 &&
      mrkdwn`Objections of four weeks: ${objectionsText(prep.objections, locale)}.`,
    prep.rolePlay !== null && rolePlayLine(prep.rolePlay),
    prep.topic !== null && mrkdwn`${mention(repId)} wants to talk about: ${inQuotes(prep.topic)}`,
  );
}

function rolePlayLine({ about, who }: NonNullable<HourPrep['rolePlay']>): Mrkdwn {
  const by =
    who.length === 0
      ? mrkdwn``
      : mrkdwn` ${mentions(who)} ${who.length === 1 ? 'handles' : 'handle'} it well.`;
  return mrkdwn`A role-play: ${objectionInLine(about)}.${by}`;
}

// ── The day's message, to whoever holds the hours ────────────────────────────────────────────────

export interface CoachDayScreen {
  /** The date whose hours they are, local. */
  date: string;
  hours: readonly { hour: HourScreen; prep: HourPrep }[];
  results: readonly ResultScreen[];
  /** For whom the reader stands in; null: they are their own. */
  standsInFor: string | null;
  /** None was held, moved or skipped for weeks: this comes once a week. */
  isLeftAlone: boolean;
  locale: string;
}

/** More hours a day nobody holds; the list shows them. */
const MOST_HOURS = 10;
const MOST_RESULTS = 5;
/** A result names its tweak in a few words. */
const MOST_NAMED = 60;

/** As many hours as a message holds; the list shows the others. */
export function coachDayMessage(screen: CoachDayScreen): Message {
  for (let shown = Math.min(screen.hours.length, MOST_HOURS); shown > 0; shown--) {
    const made = dayMessage(screen, shown);
    if (checkMessage(made).length === 0) return made;
  }
  return dayMessage(screen, 0);
}

function dayMessage(screen: CoachDayScreen, shown: number): Message {
  const { date, hours, results, standsInFor, locale } = screen;
  const day = WEEKDAY_NAMES[weekdayOf(date)];
  if (hours.length === 0 && results.length === 0) {
    const words = mrkdwn`*${day}: no coaching hour is left.* \`/bigplan coach\` shows when they are.`;
    return message(words, [section(words)]);
  }
  const reps = mentions(hours.map(({ hour }) => hour.repId));
  const inPlace =
    standsInFor === null ? mrkdwn`` : mrkdwn` You stand in for ${mention(standsInFor)}.`;
  const heading =
    hours.length === 0
      ? mrkdwn`*${day}: what came of your tweaks.*${inPlace}`
      : mrkdwn`*${day}: coaching ${hours.length === 1 ? 'hour' : 'hours'} with ${reps}.*${inPlace}`;
  const left = hours.length - shown;
  return message(heading, [
    section(heading, { accessory: nudgeMenu('coaching') }),
    ...hours.slice(0, shown).flatMap(({ hour, prep }) => dayRow(hour, prep, date)),
    ...(results.length > 0 ? [section(resultsText(results, locale))] : []),
    ...(left > 0 ? [context(mrkdwn`${left} more under \`/bigplan coach\`.`)] : []),
    ...(screen.isLeftAlone
      ? [
          context(
            mrkdwn`No hour was held, moved or skipped for three weeks, so this comes once a week. The first that you log brings the others back; \`/bigplan coach\` picks other days.`,
          ),
        ]
      : []),
  ]);
}

function dayRow(hour: HourScreen, prep: HourPrep, date: string): KnownBlock[] {
  const { repId, week, standing, at, locale } = hour;
  const about = { repId, week };
  const who = mention(repId);
  if (standing === 'done') {
    const tweak = hour.hour?.tweak ? mrkdwn`: ${inQuotes(hour.hour.tweak)}` : mrkdwn``;
    return [
      section(mrkdwn`✓ *${who}*${tweak}${saidOf(hour.hour?.useful ?? null)}`),
      actions([
        button('Edit', { ...coachLogOpen.with(about), spoken: 'Edit what was logged' }),
        button('Undo', { ...coachReopen.with(about), spoken: 'It wasn’t held after all' }),
      ]),
    ];
  }
  if (standing === 'skipped') {
    const reason = hour.hour?.reason ? mrkdwn`: ${inQuotes(hour.hour.reason)}` : mrkdwn``;
    return [
      section(mrkdwn`*${who}* · skipped this week${reason}`, {
        accessory: button('Hold it after all', coachReopen.with(about)),
      }),
    ];
  }
  if (at !== null && at.date !== date) {
    return [
      section(mrkdwn`*${who}* · moved to ${hourTimeText(at, locale)}`, {
        accessory: button('Log it', coachLogOpen.with(about)),
      }),
    ];
  }
  const when = at ? ` · ${timeText(at.time, locale)}` : '';
  return [
    section(lines(mrkdwn`*${who}*${when} · ${lastHeldText(hour)}`, prepText(prep, repId, locale))),
    actions([
      button('Log it', { ...coachLogOpen.with(about), style: 'primary' as const }),
      button('Move…', { ...coachMoveOpen.with(about), spoken: 'Move this coaching hour' }),
      button('Skip…', { ...coachSkipOpen.with(about), spoken: 'Skip this coaching hour' }),
    ]),
  ];
}

function resultsText(results: readonly ResultScreen[], locale: string): Mrkdwn {
  return lines(
    mrkdwn`*What came of tweaks:*`,
    ...results
      .slice(0, MOST_RESULTS)
      .map(
        ({ repId, tweak, metric, result, useful }) =>
          mrkdwn`${mention(repId)}: ${inQuotes(truncate(tweak, MOST_NAMED))}. ${followUpText(metric, result, locale)}.${saidOf(useful)}`,
      ),
  );
}

// ── To the rep ───────────────────────────────────────────────────────────────────────────────────

export interface TweakScreen {
  hour: Hour;
  /** A later one of the same hour stands below. */
  isReplaced: boolean;
  locale: string;
}

/** The tweak, until it was taken back; with what the rep says of it and what came of it. */
export function tweakMessage({ hour, isReplaced, locale }: TweakScreen): Message {
  const {
    tweak,
    state,
    settledBy,
    reviewed,
    which,
    link,
    heard,
    metric,
    measureOn,
    result,
    useful,
    id,
  } = hour;
  const by = settledBy === null ? mrkdwn`Your coach` : mention(settledBy);
  if (state !== 'done' || tweak === null) {
    const words = mrkdwn`${by} took back what was logged of your coaching hour.`;
    return message(words, [section(words)]);
  }
  if (isReplaced) {
    const words = mrkdwn`The tweak of your coaching hour has changed: it stands further down.`;
    return message(words, [section(words)]);
  }
  const what = reviewed
    ? mrkdwn`${REVIEWED_NAMES[reviewed]}${which ? mrkdwn`, ${which}` : ''}`
    : '';
  const follow =
    metric === null
      ? null
      : result
        ? mrkdwn`${followUpText(metric, result, locale)}.`
        : measureOn &&
          mrkdwn`${METRIC_NAMES[metric]} is looked at on ${formatDate(measureOn, locale, 'day')}: what came of it will stand here, and with your coach.`;
  const heading = mrkdwn`*One tweak from your coaching hour:* ${tweak}`;
  return message(heading, [
    section(heading, { accessory: nudgeMenu('coaching') }),
    section(
      lines(
        what && mrkdwn`${by} heard (${what}):`,
        heard !== null && quote(truncate(heard, 800)),
        link !== null && mrkdwn`Recording or notes: ${link}`,
        follow || null,
        useful !== null && mrkdwn`You said: ${useful ? 'useful' : 'not useful'}.`,
      ),
    ),
    actions([
      button('Useful', {
        ...coachUseful.numbered('yes', { said: 'yes', hourId: id }),
        ...(useful === null && { style: 'primary' as const }),
        spoken: 'This tweak is useful',
      }),
      button('Not useful', {
        ...coachUseful.numbered('no', { said: 'no', hourId: id }),
        spoken: 'This tweak is not useful',
      }),
      button('For next time…', {
        ...coachTopicOpen.with(),
        spoken: 'What you want to talk about next time',
      }),
    ]),
  ]);
}

export function resultMessage(
  { repId: _, tweak, metric, result }: ResultScreen,
  locale: string,
): Message {
  const heading = mrkdwn`*What came of your tweak:* ${followUpText(metric, result, locale)}.`;
  const why =
    result.outcome === 'chance' || result.outcome === 'few'
      ? mrkdwn`Nothing to explain: with so many tries it can’t be told from luck yet.`
      : null;
  return message(heading, [
    section(
      lines(
        heading,
        mrkdwn`The tweak was ${inQuotes(tweak)}. Whoever coaches you reads the same.`,
        why,
      ),
      {
        accessory: nudgeMenu('coaching'),
      },
    ),
    actions([
      button('For next time…', {
        ...coachTopicOpen.with(),
        spoken: 'What you want to talk about next time',
      }),
    ]),
  ]);
}

export interface OwnCoachingScreen {
  hour: HourScreen;
  prep: HourPrep;
  /** The last ones that were held, newest first. */
  held: readonly Hour[];
  notice?: SlackText | undefined;
}

/** What a rep reads of their own coaching: the same figures as whoever holds it. */
export function ownCoachingView({ hour, prep, held, notice }: OwnCoachingScreen): ModalView {
  const { locale, managerId, coachId, repId } = hour;
  const inPlace =
    coachId !== null && coachId !== managerId && managerId !== null
      ? mrkdwn` ${mention(coachId)} stands in for ${mention(managerId)} and reads what stands here.`
      : mrkdwn``;
  const with_ = coachId === null ? mrkdwn`` : mrkdwn` with ${mention(coachId)}`;
  const skipped =
    hour.standing === 'skipped' && hour.hour?.reason
      ? mrkdwn`: ${inQuotes(hour.hour.reason)}`
      : mrkdwn``;
  const clocks = hour.at ? mrkdwn` (their time)` : mrkdwn``;
  return modal({
    title: 'Coaching hour',
    close: 'Close',
    blocks: [
      ...(notice ? [section(notice)] : []),
      section(
        lines(
          mrkdwn`*This week’s coaching hour${with_}: ${standingText(hour)}*${clocks}${skipped}`,
          mrkdwn`${lastHeldText(hour)}.${inPlace}`,
        ),
      ),
      section(lines(mrkdwn`*What you will both see*`, prepText(prep, repId, locale))),
      actions([
        button(
          prep.topic === null ? 'I want to talk about…' : 'Change what I want to talk about…',
          {
            ...coachTopicOpen.with(),
            style: 'primary' as const,
          },
        ),
        button('Log an objection…', objectionOpen.with({ source: 'command', repId: '' })),
        button('What is told of me…', recognitionOpen.with()),
      ]),
      ...(held.length > 0 ? [divider(), section(mrkdwn`*Tweaks so far*`)] : []),
      ...held.flatMap((one) => heldRow(one, locale)),
    ],
  });
}

function heldRow(hour: Hour, locale: string): KnownBlock[] {
  const { heldOn, tweak, metric, result, useful } = hour;
  if (tweak === null || heldOn === null) return [];
  return [
    section(
      lines(
        mrkdwn`${formatDate(heldOn, locale, 'day')}: ${inQuotes(tweak)}`,
        metric !== null && result !== null && mrkdwn`${followUpText(metric, result, locale)}.`,
        useful !== null && mrkdwn`You said: ${useful ? 'useful' : 'not useful'}.`,
      ),
    ),
  ];
}

// ── The list of whoever holds hours ──────────────────────────────────────────────────────────────

export interface CoachListScreen {
  hours: readonly HourScreen[];
  page: number;
  /** Whoever stands in for the reader now or later. */
  standIns: readonly StandIn[];
  /** The reader leads a team of their own. */
  isManager: boolean;
  /** Somebody plans with the reader as their rep. */
  isCoached: boolean;
  readerId: string;
  locale: string;
  notice?: SlackText | undefined;
}

const PER_PAGE = 15;

export function coachListView(screen: CoachListScreen): ModalView {
  const { hours, page, standIns, isManager, isCoached, locale, notice } = screen;
  const shown = paginate(hours, page, PER_PAGE);
  const done = hours.filter(({ standing }) => standing === 'done').length;
  const due = hours.filter(({ standing }) => standing === 'open').length + done;
  const unplanned = hours.filter(({ standing }) => standing === 'unplanned').length;
  const heading =
    hours.length === 0
      ? mrkdwn`*Nobody plans with you yet.* Once reps do, their weekly coaching hours stand here. \`/bigplan team\` adds them.`
      : lines(
          mrkdwn`*Coaching hours this week: ${done} of ${due} held.*`,
          unplanned > 0 &&
            mrkdwn`${unplanned === 1 ? 'One rep has' : `${unplanned} reps have`} no day yet: pick one, and on that day you get the one number worth talking about.`,
        );
  return modal({
    title: 'Coaching hours',
    close: 'Close',
    blocks: [
      ...(notice ? [section(notice)] : []),
      section(heading),
      ...(isManager && hours.length > 0
        ? [
            actions([
              button('Pick the days…', {
                ...coachDayOpen.with(unplanned > 0 ? WITHOUT_DAY : WHOLE_TEAM),
                ...(unplanned > 0 && { style: 'primary' as const }),
                spoken:
                  unplanned > 0
                    ? 'Pick the day of the coaching hours of those who have none'
                    : 'Pick the day of the whole team’s coaching hours',
              }),
              button('Somebody stands in…', standInOpen.with()),
              ...(isCoached ? [button('My own hour', coachOwnOpen.with())] : []),
            ]),
          ]
        : isCoached
          ? [actions([button('My own hour', coachOwnOpen.with())])]
          : []),
      ...standIns.map((one) =>
        section(
          mrkdwn`${mention(one.standInId)} stands in ${formatDate(one.from, locale, 'day')} – ${formatDate(one.to, locale, 'day')}.`,
          {
            accessory: button('Take back', {
              ...standInEnd.with(one.id),
              spoken: 'Take the stand-in back',
            }),
          },
        ),
      ),
      ...shown.items.map((hour) =>
        section(mrkdwn`*${mention(hour.repId)}* · ${standingText(hour)} · ${lastHeldText(hour)}`, {
          accessory: rowMenu(hour, screen.readerId),
        }),
      ),
      ...(shown.pages > 1
        ? [
            actions([
              ...(shown.previous === null
                ? []
                : [button('Back', coachPage.numbered('previous', shown.previous))]),
              ...(shown.next === null
                ? []
                : [button('More', coachPage.numbered('next', shown.next))]),
            ]),
          ]
        : []),
    ],
  });
}

function rowMenu({ repId, week, standing, managerId }: HourScreen, readerId: string): Overflow {
  const choice = (what: 'log' | 'move' | 'skip' | 'reopen' | 'day', label: string) => ({
    value: coachMenu.write({ repId, week, what }),
    label,
  });
  const isSettled = standing === 'done' || standing === 'skipped';
  return overflow(coachMenu.id, [
    choice('log', standing === 'done' ? 'Edit what was logged…' : 'Log it…'),
    ...(isSettled
      ? [choice('reopen', standing === 'done' ? 'Undo: it wasn’t held' : 'Hold it after all')]
      : [choice('move', 'Move…'), choice('skip', 'Skip…')]),
    ...(readerId === managerId ? [choice('day', 'Pick the day, or stop…')] : []),
  ]);
}

export interface CoverageScreen {
  teams: readonly { managerId: string; hours: readonly HourScreen[] }[];
}

/** More teams are read on Home. */
const MOST_TEAMS = 40;

/** To a leader: who had their hour and who didn't, never what was said. */
export function coverageView({ teams }: CoverageScreen): ModalView {
  return modal({
    title: 'Coaching coverage',
    close: 'Close',
    blocks: [
      section(
        teams.length === 0
          ? mrkdwn`*No teams yet.* Once managers have reps, this shows whose weekly coaching hour was held.`
          : mrkdwn`*Coaching hours this week.* Who had theirs; what was said stays between the two.`,
      ),
      ...teams.slice(0, MOST_TEAMS).map((team) => section(coverageText(team))),
      ...(teams.length > MOST_TEAMS ? [context(`${teams.length - MOST_TEAMS} more teams.`)] : []),
    ],
  });
}

function coverageText({ managerId, hours }: CoverageScreen['teams'][number]): Mrkdwn {
  const of = (...standings: HourStanding[]) =>
    hours.filter(({ standing }) => standings.includes(standing)).map(({ repId }) => repId);
  const [held, open, skipped, unplanned] = [of('done'), of('open'), of('skipped'), of('unplanned')];
  const due = held.length + open.length + skipped.length;
  return lines(
    mrkdwn`*${mention(managerId)}: ${held.length} of ${due} held*`,
    open.length > 0 && mrkdwn`Open: ${mentions(open)}`,
    skipped.length > 0 && mrkdwn`Skipped: ${mentions(skipped)}`,
    unplanned.length > 0 && mrkdwn`No day picked: ${mentions(unplanned)}`,
  );
}
