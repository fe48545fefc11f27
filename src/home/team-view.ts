/** A manager's team on Home: who needs them most first, each a tap from acting. */
import type { Button, KnownBlock } from '@slack/types';
import { coachDayOpen, coachLogOpen, WITHOUT_DAY } from '../coaching/ids.ts';
import { onboardingOpen } from '../coaching/onboarding/ids.ts';
import type { OnboardingLook } from '../coaching/onboarding/rules.ts';
import type { CoachingStanding } from '../coaching/standings.ts';
import { planOpened } from '../people/ids.ts';
import { mentions } from '../people/names-view.ts';
import type { PlanDue } from '../plan/round/due-rules.ts';
import { askOpen, chartsOpen, promisesOpen } from '../review/ids.ts';
import type { Owed } from '../review/promises/rules.ts';
import { owedText } from '../review/promises/view.ts';
import type { StandingCounts } from '../review/standing/counts-rules.ts';
import type { StandingNow } from '../review/standing/standings.ts';
import { standingText } from '../review/standing/view.ts';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import { formatCount, formatDate } from '../slack/format.ts';
import type { Page } from '../slack/paginate.ts';
import { lines, type Mrkdwn, mention, mrkdwn, raw } from '../slack/text.ts';
import { daysBetween, mondayOf } from '../time/local-date.ts';
import { homeTeamPage } from './ids.ts';

export type TeamRow =
  | {
      kind: 'rep';
      userId: string;
      name: string;
      standing: StandingNow;
      /** What their manager owes them, and they their manager. */
      owes: Owed;
      isOwed: Owed;
      /** This week's hour; null: nothing is known of it. */
      coaching: CoachingStanding | null;
      /** The plan that the two have to sign next. */
      due: PlanDue | null;
      /** The looks back on a new hire's first weeks that have come and weren't held. */
      looks: readonly Pick<OnboardingLook, 'day' | 'on'>[];
    }
  /** Their account is deactivated. */
  | { kind: 'gone'; userId: string; name: string };

export interface HomeTeam {
  rows: Page<TeamRow>;
  counts: StandingCounts;
  /** What the manager owes all of them. */
  owed: Owed;
  /** How many have no day for their coaching hour, and nobody has said that they get none. */
  uncoached: number;
  /** User ids of reps who have not answered yet. */
  asked: readonly string[];
}

export function teamPart(
  { rows, counts, owed, uncoached, asked }: HomeTeam,
  locale: string,
): KnownBlock[] {
  return [
    header('Your team'),
    ...(rows.total === 0
      ? [
          section(
            mrkdwn`*Your reps and their plans will stand here.* \`/bigplan team\` is where you pick them.`,
          ),
        ]
      : [
          section(summaryText(counts, owed, locale), {
            accessory: button('Promises', {
              ...promisesOpen.with(),
              spoken: 'What you owe, and are owed',
            }),
          }),
        ]),
    ...(uncoached > 0
      ? [section(mrkdwn`${uncoachedText(uncoached, locale)}`, { accessory: pickDaysButton() })]
      : []),
    ...rows.items.flatMap((row) => rowBlocks(row, locale)),
    ...(rows.pages > 1 ? pager(rows) : []),
    ...(asked.length > 0
      ? [
          context(
            mrkdwn`*${asked.length} asked, not answered yet:* ${mentions(asked)}. \`/bigplan team\` can take it back.`,
          ),
        ]
      : []),
  ];
}

/** `2 reps have no day for a weekly coaching hour.` */
export function uncoachedText(count: number, locale: string): string {
  const who = count === 1 ? 'One rep has' : `${formatCount(count, locale)} reps have`;
  return `${who} no day for a weekly coaching hour.`;
}

/** To the days of a whole team. */
export const pickDaysButton = (): Button =>
  button('Pick the days…', {
    ...coachDayOpen.with(WITHOUT_DAY),
    spoken: 'Pick the day of the coaching hours of those who have none',
  });

/** `8 reps: 1 off track, 2 at risk, 4 on track, 1 without a plan in force. You owe 3, 1 of them overdue.` */
function summaryText(counts: StandingCounts, owed: Owed, locale: string): Mrkdwn {
  const owes = owedText(owed);
  return mrkdwn`*${standingCountsText(counts, locale)}.*${owes === null ? '' : ` You owe ${owes}.`}`;
}

export function standingCountsText(counts: StandingCounts, locale: string): string {
  const { reps, offTrack, atRisk, onTrack, tooEarly, none } = counts;
  const count = (value: number) => formatCount(value, locale);
  const parts = [
    offTrack > 0 && `${count(offTrack)} off track`,
    atRisk > 0 && `${count(atRisk)} at risk`,
    onTrack > 0 && `${count(onTrack)} on track`,
    tooEarly > 0 && `${count(tooEarly)} too early to say`,
    none > 0 && `${count(none)} without a plan in force`,
  ].filter((part) => part !== false);
  const who = reps === 1 ? 'One rep' : `${count(reps)} reps`;
  return parts.length > 0 ? `${who}: ${parts.join(', ')}` : who;
}

function rowBlocks(row: TeamRow, locale: string): KnownBlock[] {
  const { userId, name } = row;
  if (row.kind === 'gone') {
    return [section(mrkdwn`*${mention(userId)}*\nThis account is deactivated.`)];
  }
  return [
    section(repText(row, 'manager', locale)),
    actions([
      button('Open', { ...planOpened.with(userId), spoken: `Open the plan of ${name}` }),
      ...coachButton(row),
      ...lookButton(row),
      button('Ask…', { ...askOpen.with(userId), spoken: `Ask ${name} for something` }),
      ...(row.standing.card
        ? [
            button('Charts', {
              ...chartsOpen.with(userId),
              spoken: `How ${name} stands, in pictures`,
            }),
          ]
        : []),
    ]),
  ];
}

/** To the first weeks, where a look back on them waits. */
function lookButton({ userId, name, looks }: Extract<TeamRow, { kind: 'rep' }>): Button[] {
  if (looks.length === 0) return [];
  const spoken = `Look back on the first weeks with ${name}`;
  return [button('First weeks', { ...onboardingOpen.with(userId), spoken })];
}

/** To this week's hour, where it isn't held yet. */
function coachButton({ userId, name, coaching }: Extract<TeamRow, { kind: 'rep' }>): Button[] {
  if (coaching === null || coaching.standing === 'done') return [];
  const hour = { repId: userId, week: mondayOf(coaching.today) };
  return [button('Coach…', { ...coachLogOpen.with(hour), spoken: `Log the hour with ${name}` })];
}

/** What a rep's manager sees of them, and they themselves: the same lines, said to whoever reads. */
export function repText(
  row: Extract<TeamRow, { kind: 'rep' }>,
  reader: 'manager' | 'rep',
  locale: string,
): Mrkdwn {
  return lines(standingText(row.standing, locale), betweenText(row, reader, locale));
}

/** What the two owe each other: a plan, this week's hour, what was promised. */
function betweenText(
  { owes, isOwed, coaching, due, looks }: Extract<TeamRow, { kind: 'rep' }>,
  reader: 'manager' | 'rep',
  locale: string,
): Mrkdwn | null {
  const [own, other] = reader === 'manager' ? [owes, isOwed] : [isOwed, owes];
  const parts = [
    due && dueText(due, locale),
    ...looks.map((look) => lookText(look, locale)),
    coaching && hourText(coaching),
    owedText(own) && `you owe ${owedText(own)}`,
    owedText(other) && `${reader === 'manager' ? 'owes you' : 'you are owed'} ${owedText(other)}`,
  ].filter((part) => part !== null && part !== '');
  if (parts.length === 0) return null;
  const text = parts.join(' · ');
  return raw(mrkdwn`${text.charAt(0).toUpperCase()}${text.slice(1)}`.mrkdwn);
}

/** `day 30: the look back waits since Mar 31`. */
const lookText = ({ day, on }: Pick<OnboardingLook, 'day' | 'on'>, locale: string) =>
  `day ${day}: the look back waits since ${formatDate(on, locale, 'day')}`;

function dueText(
  { state, kind, dueOn, lastDay, joinedOn }: PlanDue,
  locale: string,
): string | null {
  const by = formatDate(dueOn, locale, 'day');
  if (state === 'overdue') return `plan overdue since ${formatDate(lastDay, locale, 'day')}`;
  if (state === 'soon' && kind === 'new_hire' && joinedOn !== null) {
    return `joined ${formatDate(joinedOn, locale, 'day')}, plan aimed at ${by}`;
  }
  return state === 'soon' ? `next plan to sign by ${by}` : null;
}

/** `this week’s coaching hour: open, last one 9 days ago`. */
function hourText({ standing, lastHeldOn, today, isUnasked }: CoachingStanding): string | null {
  const days = lastHeldOn === null ? null : daysBetween(lastHeldOn, today);
  const last =
    days === null
      ? 'none yet'
      : days === 0
        ? 'held today'
        : `last one ${days} ${days === 1 ? 'day' : 'days'} ago`;
  switch (standing) {
    case 'done':
      return 'coaching hour: held this week';
    case 'open':
      return `coaching hour: open this week, ${last}`;
    case 'skipped':
      return `coaching hour: skipped this week, ${last}`;
    case 'away':
      return null;
    case 'unplanned':
      return `coaching hour: ${isUnasked ? 'no day picked' : 'stopped'}, ${last}`;
  }
}

function pager({ page, pages, total, previous, next }: Page<TeamRow>): KnownBlock[] {
  const to = (text: string, at: number | null) =>
    at === null ? [] : [button(text, homeTeamPage.numbered(text.toLowerCase(), at))];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} reps, whoever needs you most first`),
    actions([...to('Previous', previous), ...to('Next', next)]),
  ];
}
