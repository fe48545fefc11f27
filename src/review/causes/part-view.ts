/** Counts by cause, for whoever sees to what is in the way of several. */
import type { KnownBlock } from '@slack/types';
import type { Cause } from '../../activity/schemas.ts';
import { context, divider, header, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { dateFormat } from '../../slack/locale.ts';
import { type Page, paginate } from '../../slack/paginate.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { monthName } from '../words-view.ts';
import type { CauseTable, TeamCauseTable } from './causes.ts';
import type { CauseRow, MonthShare } from './counts-rules.ts';

/** The causes as one names them to others; the form has them in the rep's words. */
export const CAUSE_WORDS: Record<Cause, string> = {
  lead_supply: 'Lead supply',
  lead_quality: 'Lead quality',
  content: 'Content',
  marketing_handoff: 'Marketing hand-off',
  brand_and_pr: 'Brand and PR',
  training: 'Training',
  coaching: 'Coaching',
  product_context: 'Product context',
  tools_and_data: 'Tools and data',
  incentives: 'Incentives',
  pricing: 'Pricing',
  market: 'Market',
  plan_assumption: 'Plan assumption',
  time_away: 'Time away',
  own_execution: 'Own execution',
};

export const TEAMS_A_PAGE = 15;

const EMPTY = mrkdwn`*What gets in the way of several reps will stand here*, counted by month, once three of them have sent their answers for one. Reps are asked why before each 1:1: \`/bigplan review\` shows when that is.`;

/** For leaders: the workspace's counts and a page of its teams'. */
export function causePart(table: CauseTable, locale: string, page = 0): KnownBlock[] {
  const { months, structural, personal } = table;
  if (!months.some(({ answered }) => answered > 0)) return [section(EMPTY)];
  return [
    section(sharesText(months, locale)),
    ...countsPart(table, locale),
    ...(structural.length + personal.length === 0
      ? [context(mrkdwn`No cause has been named in a month that three have answered.`)]
      : []),
    ...teamsPart(table, paginate(table.teams, page, TEAMS_A_PAGE), locale),
  ];
}

/** For a manager: the same of their team. */
export function teamCausePart(table: TeamCauseTable, locale: string): KnownBlock[] {
  const { months, structural, personal } = table;
  const [newest, ...before] = months;
  if (!newest || structural.length + personal.length === 0) return [section(EMPTY)];
  const count = ({ answered }: MonthShare) => formatCount(answered, locale);
  const reps = newest.answered === 1 ? 'One rep has' : `${count(newest)} reps have`;
  return [
    section(
      mrkdwn`*${monthName(newest.month, locale)}:* ${reps} answered${earlierText(before, count, locale)}`,
    ),
    ...countsPart(table, locale),
    context(mrkdwn`Counted from the answers in your team’s review threads.`),
  ];
}

function countsPart(
  { months, structural, personal }: TeamCauseTable,
  locale: string,
): KnownBlock[] {
  return [
    ...(structural.length > 0
      ? [section(lines(mrkdwn`*What the system owes*`, ...rowLines(structural, months, locale)))]
      : []),
    ...(personal.length > 0
      ? [
          section(
            lines(
              mrkdwn`*Apart from that*, never anybody’s score`,
              ...rowLines(personal, months, locale),
            ),
          ),
        ]
      : []),
  ];
}

function teamsPart(
  { months, teamsInAll }: CauseTable,
  { items, total }: Page<CauseTable['teams'][number]>,
  locale: string,
): KnownBlock[] {
  if (teamsInAll < 2) return [];
  const left = teamsInAll - total;
  return [
    divider(),
    header('By team'),
    ...items.map(({ managerId, members, rows }) =>
      section(
        lines(
          mrkdwn`*${mention(managerId)}’s team* · ${formatCount(members, locale)} reps`,
          ...(rows.length > 0
            ? rowLines(rows, months, locale)
            : [mrkdwn`Nothing structural was named.`]),
        ),
      ),
    ),
    ...(left > 0
      ? [
          context(
            mrkdwn`${left === 1 ? 'One team is' : `${formatCount(left, locale)} teams are`} in the totals only: with fewer than three answers a count would be about a person.`,
          ),
        ]
      : []),
  ];
}

/** `March: 14 of 16 reps have answered · Feb 12 of 12 · Jan 9 of 12`. */
function sharesText([newest, ...before]: readonly MonthShare[], locale: string): Mrkdwn {
  if (!newest) return mrkdwn``;
  const share = ({ answered, asked }: MonthShare) =>
    `${formatCount(answered, locale)} of ${formatCount(asked, locale)}`;
  const earlier = earlierText(before, share, locale);
  return mrkdwn`*${monthName(newest.month, locale)}:* ${share(newest)} reps have answered${earlier}`;
}

/** ` · Feb 12 of 12 · Jan 9 of 12`. */
function earlierText(
  months: readonly MonthShare[],
  say: (share: MonthShare) => string,
  locale: string,
): string {
  return months.map((one) => ` · ${shortMonth(one.month, locale)} ${say(one)}`).join('');
}

const rowLines = (rows: readonly CauseRow[], months: readonly MonthShare[], locale: string) =>
  rows.map((row) => rowLine(row, months, locale));

/** `Lead supply: *5* in Mar · Feb 2 · Jan –`: the newest month first; `–` is not shown. */
function rowLine({ cause, reps }: CauseRow, months: readonly MonthShare[], locale: string): Mrkdwn {
  const cells = months.map(({ month }, index) => {
    const count = reps[index] ?? null;
    const text = count === null ? '–' : formatCount(count, locale);
    const name = shortMonth(month, locale);
    return index === 0 ? mrkdwn`*${text}* in ${name}` : mrkdwn` · ${name} ${text}`;
  });
  return mrkdwn`${CAUSE_WORDS[cause]}: ${joined(cells)}`;
}

const joined = (parts: readonly Mrkdwn[]): Mrkdwn => ({
  mrkdwn: parts.map(({ mrkdwn }) => mrkdwn).join(''),
});

function shortMonth(month: string, locale: string): string {
  return dateFormat(locale, { month: 'short' }).format(Date.parse(`${month}-01T00:00:00Z`));
}
