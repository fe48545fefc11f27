/** `/bigplan review causes`: what gets in the way, counted. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Cause } from '../../activity/schemas.ts';
import { causeInLine, quote } from '../../activity/words-view.ts';
import { actions, button, context, divider, header, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { dateFormat } from '../../slack/locale.ts';
import { type Page, paginate } from '../../slack/paginate.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, toMrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { commitmentOpen } from '../commitments/ids.ts';
import type { Commitment } from '../commitments/store.ts';
import { commitmentLine, commitmentRow, originText } from '../commitments/view.ts';
import { causesOpen } from '../ids.ts';
import { monthName } from '../words-view.ts';
import type { CauseTable, TeamCauseTable, ToldCause } from './causes.ts';
import type { CauseRow, MonthShare, Quote } from './rules.ts';

/** What was taken on about causes, by when it is due, on the reader's local date. */
interface TakenOn {
  answers: readonly Commitment[];
  today: string;
}
const NOTHING_TAKEN: TakenOn = { answers: [], today: '' };

/** For leaders and admins. */
export function causesView(
  table: CauseTable,
  locale: string,
  page = 0,
  { answers, today }: TakenOn = NOTHING_TAKEN,
): ModalView {
  const open = answers.filter(({ doneAt }) => doneAt === null);
  return shown([
    ...causePart(table, locale, page),
    ...(open.length > 0 ? [divider(), header('Taken on')] : []),
    ...open
      .slice(0, MOST_TAKEN)
      .map((one) =>
        section(
          lines(
            commitmentLine(one, { today, locale }),
            mrkdwn`_${originText(one.origin, locale)}_`,
          ),
          { accessory: button('Edit…', commitmentOpen.with({ kind: 'one', id: one.id })) },
        ),
      ),
    ...pager(paginate(table.teams, page, TEAMS_A_PAGE)),
    context(
      mrkdwn`A rep counts once a cause and month. A cause that three reps name in a month, or a third of a team, comes to the workspace’s leaders as a message.`,
    ),
  ]);
}

/** For a manager. */
export function teamCausesView(table: TeamCauseTable, locale: string): ModalView {
  return shown(teamCausePart(table, locale));
}

function shown(blocks: KnownBlock[]): ModalView {
  return modal({ title: 'Causes', close: 'Done', blocks });
}

function pager({
  page,
  pages,
  total,
  previous,
  next,
}: ReturnType<typeof paginate<CauseTable['teams'][number]>>): KnownBlock[] {
  if (pages === 1) return [];
  const turn = (to: number | null, text: string) =>
    to === null ? [] : [button(text, causesOpen.numbered(to, to))];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} teams`),
    actions([...turn(previous, 'Previous'), ...turn(next, 'Next')]),
  ];
}

/** A cause in the words that reps chose it by. */
function causeName(cause: Cause): string {
  const name = causeInLine(cause);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const MOST_TAKEN = 10;
const TEAMS_A_PAGE = 15;

const EMPTY = mrkdwn`*What gets in the way of several reps will stand here*, counted by month, once three of them have sent their answers for one. Reps are asked why before each 1:1: \`/bigplan review\` shows when that is.`;

/** For leaders: the workspace's counts and a page of its teams'. */
function causePart(table: CauseTable, locale: string, page = 0): KnownBlock[] {
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
function teamCausePart(table: TeamCauseTable, locale: string): KnownBlock[] {
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
  return mrkdwn`${causeName(cause)}: ${joined(cells)}`;
}

const joined = (parts: readonly Mrkdwn[]): Mrkdwn => ({
  mrkdwn: parts.map(({ mrkdwn }) => mrkdwn).join(''),
});

function shortMonth(month: string, locale: string): string {
  return dateFormat(locale, { month: 'short' }).format(Date.parse(`${month}-01T00:00:00Z`));
}

const MOST_ANSWERS = 5;
const QUOTE_MAX = 500;
const MOST_QUOTES = 20;
/** What of a message is left for quotes, in mrkdwn; Slack takes about 13,000 characters in all. */
const QUOTES_MAX = 8_000;

/** To a leader: a cause that several reps named. Nothing in it says who, unless they agreed. */
export function causeMessage(
  told: ToldCause,
  locale: string,
  { answers, today }: TakenOn = NOTHING_TAKEN,
): Message {
  const { cause, month } = told;
  const said = headline(told, locale);
  const { shown, left } = fitting(told.quotes);
  return message(said, [
    section(lines(said, ...told.teams.map((team) => teamLine(team, locale)))),
    ...(shown.length > 0
      ? [section(mrkdwn`In their words:`), ...shown.map((one) => section(one))]
      : []),
    ...(left > 0
      ? [context(mrkdwn`${formatCount(left, locale)} more said why in their words.`)]
      : []),
    ...(told.isHeldBack ? [context(HELD_BACK)] : []),
    context(notes(told, locale)),
    ...answers.slice(0, MOST_ANSWERS).map((one) => commitmentRow(one, { today, locale })),
    actions([
      button(answers.length === 0 ? 'Answer…' : 'Answer once more…', {
        ...commitmentOpen.with({ kind: 'cause', cause, month }),
        ...(answers.length === 0 && { style: 'primary' as const }),
        spoken: 'Say who does what about it, by when',
      }),
      button('All causes', { ...causesOpen.with(0), spoken: 'Show the counts of all causes' }),
    ]),
  ] satisfies KnownBlock[]);
}

/** `*“Too few leads”* was named by 5 of 14 reps in March (2 in February).` */
function headline({ cause, month, reps, answered, before }: ToldCause, locale: string): Mrkdwn {
  const count = (value: number) => formatCount(value, locale);
  const earlier =
    before === null
      ? ''
      : ` (${before.reps === 0 ? 'nobody' : count(before.reps)} in ${monthName(before.month, locale)})`;
  return mrkdwn`*“${causeName(cause)}”* was named by ${count(reps)} of ${count(answered)} reps in ${monthName(month, locale)}${earlier}.`;
}

const teamLine = ({ managerId, reps }: ToldCause['teams'][number], locale: string) =>
  mrkdwn`${formatCount(reps, locale)} of them are in ${mention(managerId)}’s team.`;

/** As many quotes as a message holds, in their order, and how many are left. */
function fitting(quotes: readonly Quote[]): { shown: Mrkdwn[]; left: number } {
  const shown: Mrkdwn[] = [];
  let room = QUOTES_MAX;
  for (const { words, by } of quotes.slice(0, MOST_QUOTES)) {
    const quoted = quote(truncate(words, QUOTE_MAX));
    const one = by === null ? quoted : mrkdwn`${quoted} — ${mention(by)}`;
    room -= toMrkdwn(one).length;
    if (room < 0) break;
    shown.push(one);
  }
  return { shown, left: quotes.length - shown.length };
}

const HELD_BACK =
  'So few have answered that their words would say whose they are: they stay with the reps and their manager.';

function notes({ waiting }: ToldCause, locale: string): Mrkdwn {
  const names = mrkdwn`Names stand only with those who agreed to it.`;
  if (waiting === 0) return names;
  const who =
    waiting === 1
      ? 'One more was asked and has'
      : `${formatCount(waiting, locale)} more were asked and have`;
  return mrkdwn`${names} ${who} not answered yet: this message counts along.`;
}
