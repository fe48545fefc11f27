/** What a leader sees on Home, and in `/bigplan team`: teams in counts, what the system owes, who makes quota. */
import type { KnownBlock, ModalView } from '@slack/types';
import { CAUSE_NAMES } from '../activity/words-view.ts';
import { mentions } from '../people/names-view.ts';
import type { CauseTable } from '../review/causes/causes.ts';
import type { Commitment } from '../review/commitments/store.ts';
import { causesOpen } from '../review/ids.ts';
import { dateText } from '../review/recovery/words-view.ts';
import type { StandingCounts } from '../review/standing/counts-rules.ts';
import type { AtQuota } from '../review/standing/quota-rules.ts';
import { monthName } from '../review/words-view.ts';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import { formatCount, formatPercent } from '../slack/format.ts';
import type { Page } from '../slack/paginate.ts';
import { modal } from '../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../slack/text.ts';
import { homeLeaderPage } from './ids.ts';
import { standingCountsText } from './team-view.ts';

/** A team in counts: nobody of it is named, and of fewer than three who stand somehow none are counted. */
export interface TeamLine {
  managerId: string;
  counts: StandingCounts;
  isTold: boolean;
  /** Of this week's hours that were to be held. */
  coached: { done: number; of: number };
  /** Plans that should be signed by now. */
  overdue: number;
  /** The mean of booked ÷ due by now; null: nothing is due. */
  attainment: number | null;
}

export interface HomeLeader {
  teams: Page<TeamLine>;
  counts: StandingCounts;
  quota: { months: AtQuota[]; quarters: AtQuota[] };
  /** Reps whose plan is overdue, by user id. */
  overdue: readonly string[];
  causes: CauseTable;
  /** What was taken on about causes of the newest month and since. */
  answers: readonly Commitment[];
  /** The reader's local date. */
  today: string;
}

/** What everybody is told a team should reach. */
const SAID = 0.9;
const MOST_SPANS = { months: 3, quarters: 2 };
const MOST_CAUSES = 5;
const MOST_NAMED = 15;

export function leaderPart(screen: HomeLeader, locale: string): KnownBlock[] {
  const { teams, counts, overdue } = screen;
  if (teams.total === 0) {
    return [
      header('The teams'),
      section(
        mrkdwn`*Teams will stand here in counts,* once managers have picked their reps: how they stand, whose plan is overdue, what gets in the way.`,
      ),
    ];
  }
  return [
    header('The teams'),
    section(mrkdwn`*${standingCountsText(counts, locale)}.*`),
    ...quotaPart(screen, locale),
    ...(overdue.length > 0 ? [section(overdueText(overdue))] : []),
    ...causesPart(screen, locale),
    ...teams.items.map((line) => section(teamLineText(line, locale))),
    ...pager(teams),
    context(
      'Counts, never who: of fewer than three reps nothing is counted. Every rep reads their team’s line too.',
    ),
  ];
}

function quotaPart({ quota }: HomeLeader, locale: string): KnownBlock[] {
  const { months, quarters } = quota;
  if (months.length === 0) return [];
  const share = ({ reached, of }: AtQuota) =>
    `${formatPercent(reached / of, locale)} (${reached} of ${of})`;
  const month = (one: AtQuota) => `${monthName(one.span, locale)} ${share(one)}`;
  const quarter = (one: AtQuota) => `${one.span.slice(5)} ${share(one)}`;
  return [
    section(
      lines(
        mrkdwn`*Reps at quota:* ${months.slice(0, MOST_SPANS.months).map(month).join(' · ')}`,
        quarters.length > 0 &&
          mrkdwn`By quarter: ${quarters.slice(0, MOST_SPANS.quarters).map(quarter).join(' · ')}`,
        mrkdwn`${formatPercent(SAID, locale)} is what teams are planned for, and next to none reach: what gets in the way counts more than who.`,
      ),
    ),
  ];
}

/** Whose plan is said to be overdue. */
export const namedToLeaders = ({ overdue }: HomeLeader): readonly string[] =>
  overdue.slice(0, MOST_NAMED);

function overdueText(repIds: readonly string[]): Mrkdwn {
  const left = repIds.length - MOST_NAMED;
  const more = left > 0 ? ` and ${left} more` : '';
  return mrkdwn`*Plans overdue:* ${mentions(repIds.slice(0, MOST_NAMED))}${more}`;
}

function causesPart({ causes, answers, today }: HomeLeader, locale: string): KnownBlock[] {
  const [newest] = causes.months;
  const rows = causes.structural.filter(({ reps }) => (reps[0] ?? 0) > 0).slice(0, MOST_CAUSES);
  if (!newest || rows.length === 0) return [];
  const texts = rows.map(({ cause, reps: [now] }) => {
    const taken = answers.filter(({ origin }) => origin.kind === 'cause' && origin.cause === cause);
    const head = mrkdwn`*${CAUSE_NAMES[cause]}*: ${formatCount(now ?? 0, locale)} of ${formatCount(newest.answered, locale)} reps`;
    const [first] = taken;
    if (!first) return mrkdwn`${head} · nobody has taken it yet`;
    const { ownerId, text, due, doneAt } = first;
    const when = doneAt ? 'done' : `by ${dateText(due, { today, locale })}`;
    return mrkdwn`${head} · ${mention(ownerId)}: ${text}, ${when}`;
  });
  return [
    section(lines(mrkdwn`*In the way, ${monthName(newest.month, locale)}*`, ...texts)),
    actions([button('All causes', causesOpen.with(0))]),
  ];
}

/** `*@max’s team* · 8 reps: 1 off track, 2 at risk, 5 on track · coached 5 of 8 this week · 1 plan overdue`. */
export function teamLineText(line: TeamLine, locale: string): Mrkdwn {
  const { managerId, counts, isTold, coached, overdue, attainment } = line;
  const count = (value: number) => formatCount(value, locale);
  const parts = [
    isTold
      ? standingCountsText(counts, locale)
      : counts.reps === 1
        ? 'One rep'
        : `${count(counts.reps)} reps`,
    isTold && attainment !== null
      ? `booked ${formatPercent(attainment, locale)} of what is due`
      : null,
    coached.of > 0 ? `coached ${count(coached.done)} of ${count(coached.of)} this week` : null,
    overdue > 0 ? `${count(overdue)} ${overdue === 1 ? 'plan' : 'plans'} overdue` : null,
  ].filter((part) => part !== null);
  return mrkdwn`*${mention(managerId)}’s team* · ${parts.join(' · ')}`;
}

function pager({ page, pages, total, previous, next }: Page<TeamLine>): KnownBlock[] {
  if (pages === 1) return [];
  const to = (text: string, at: number | null) =>
    at === null ? [] : [button(text, homeLeaderPage.numbered(text.toLowerCase(), at))];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} teams, where there is most to help with first`),
    actions([...to('Previous', previous), ...to('Next', next)]),
  ];
}

/** The same in `/bigplan team`, for a leader who manages nobody. */
export const teamsView = (screen: HomeLeader, locale: string): ModalView =>
  modal({ title: 'The teams', close: 'Done', blocks: leaderPart(screen, locale) });
