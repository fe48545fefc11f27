/** A pair's reviews, month by month: when, how each month stands, and what can be done about it. */
import type { KnownBlock, ModalView } from '@slack/types';
import { timeText } from '../../activity/words-view.ts';
import { planOpened } from '../../people/ids.ts';
import { WEEKDAY_NAMES } from '../../people/names-view.ts';
import {
  actions,
  button,
  type Choice,
  context,
  divider,
  option,
  overflow,
  section,
} from '../../slack/blocks.ts';
import { formatMoneyShort, type NumberStyle } from '../../slack/format.ts';
import { menuOptions } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import {
  answerOpen,
  causesOpen,
  holdAfterAll,
  monthMenu,
  moveMonth,
  pickRep,
  prepDaysOpen,
  recoveryOpen,
  skipMonth,
} from '../ids.ts';
import type { Health, KpiLine, Scorecard } from '../schemas.ts';
import {
  atQuotaText,
  bookingsText,
  HEALTH_NAMES,
  lineText,
  type MeetingTime,
  meetingText,
  monthText,
  weekdayText,
  whenText,
} from '../words-view.ts';
import { prepDaysText } from './move-view.ts';
import type { ReviewState } from './rules.ts';

/** Bookings, minor units, against quota. */
interface Bookings {
  /** Null: the month is to come. */
  actual: number | null;
  target: number;
}

export interface MonthRow {
  /** Null: nothing is known of it yet. */
  reviewId: string | null;
  month: string;
  quarter: number | null;
  last: boolean;
  state: ReviewState;
  at: MeetingTime;
  /** The reader's local date on which the rep is asked. */
  asksOn: string;
  /** When it opens at the latest, on the reader's clocks. */
  opensAt: MeetingTime['reader'];
  moved: { by: string; reason: string | null } | null;
  skipped: { by: string; reason: string | null } | null;
  bookings: Bookings | null;
  /** Once it is open. */
  health: Health | null;
  canMove: boolean;
  canSkip: boolean;
}

export interface ScheduleScreen {
  /** Whose schedule. */
  rep: { userId: string; name: string };
  side: 'rep' | 'manager';
  /** Who holds them with the rep; null: nobody manages them. */
  managerId: string | null;
  style: NumberStyle;
  rows: readonly MonthRow[];
  /** As things stand, and until when that much is due, a local date. */
  now: { bookings: Scorecard['bookings']; by: string; coverage: KpiLine | null } | null;
  /** Whether the reader has a target of their own, which isn't what is measured here. */
  hasOwnTarget: boolean;
  /** As the plan has them, where the rep is. */
  regular: { ordinal: number; weekday: keyof typeof WEEKDAY_NAMES; time: string };
  prepDays: number;
}

/** What stands around a schedule. */
export interface ScheduleFrame {
  readerId: string;
  /** Whose schedules the reader may see; with one or none there is nothing to choose. */
  people: readonly { userId: string; name: string }[];
  /** Whether counts by cause are for the reader too. */
  causes: boolean;
  notice?: SlackText | undefined;
}

const ORDINALS = ['', 'first', 'second', 'third', 'fourth'];
/** A longer reason is read in the message that brought it. */
const MOST_REASON = 120;

export function scheduleView(screen: ScheduleScreen, frame: ScheduleFrame): ModalView {
  const { rows, rep } = screen;
  const soon = soonRows(rows);
  const rest = rows.filter((row) => !soon.includes(row));
  const isAhead = ({ state, canMove }: MonthRow) =>
    state === 'ahead' || (state === 'skipped' && canMove);
  const later = rest.filter(isAhead);
  const before = rest.filter((row) => !isAhead(row)).toReversed();
  return framed(rep.userId, frame, [
    section(headText(screen)),
    ...soon.flatMap((row) => soonBlocks(row, screen)),
    ...(later.length > 0 ? [divider(), context('Later')] : []),
    ...later.map((row) => laterBlock(row, screen)),
    ...(before.length > 0 ? [divider(), context('Before')] : []),
    ...before.map((row) => beforeBlock(row, screen)),
    divider(),
    context(regularText(screen)),
    actions([button('Settings…', prepDaysOpen.with(rep.userId)), ...causesButton(frame)]),
  ]);
}

/** Whoever has several to choose from hasn't chosen yet. */
export function pickRepView(frame: ScheduleFrame): ModalView {
  return framed('', frame, [
    section(
      mrkdwn`Pick one of your reps to see their 1:1s: when they are, and how the months stand.`,
    ),
    ...(frame.causes ? [actions(causesButton(frame))] : []),
  ]);
}

/** Nothing is held without a plan that both have signed. */
export function noScheduleView(
  rep: { userId: string; name: string },
  frame: ScheduleFrame,
): ModalView {
  const isOwn = rep.userId === frame.readerId;
  const [whose, whom] = isOwn
    ? [mrkdwn`your plan`, mrkdwn`you`]
    : [mrkdwn`the plan`, mention(rep.userId)];
  return framed(rep.userId, frame, [
    section(
      lines(
        mrkdwn`*The monthly 1:1s will stand here*, a date for each month’s milestone.`,
        mrkdwn`Before each one, Bigplan asks ${whom} first how the month went, and why. They begin once both have signed ${whose}.`,
      ),
    ),
    actions([
      button(isOwn ? 'Open my plan' : 'Open the plan', {
        ...planOpened.with(rep.userId),
        style: 'primary',
      }),
      ...causesButton(frame),
    ]),
  ]);
}

function framed(repId: string, frame: ScheduleFrame, blocks: KnownBlock[]): ModalView {
  return modal({
    title: 'Monthly 1:1s',
    close: 'Close',
    privateMetadata: repId,
    blocks: [
      ...(frame.notice ? [section(frame.notice)] : []),
      ...whoseBlocks(repId, frame),
      ...blocks,
    ],
  });
}

function whoseBlocks(repId: string, { readerId, people }: ScheduleFrame): KnownBlock[] {
  if (people.length < 2 && people.some(({ userId }) => userId === repId)) return [];
  const choices: Choice[] = people.map(({ userId, name }) => ({
    value: userId,
    label: userId === readerId ? 'Mine' : name,
  }));
  if (choices.length === 0) return [];
  const initial = choices.find(({ value }) => value === repId);
  return [
    section(mrkdwn`*Whose?*`, {
      accessory: {
        type: 'static_select',
        action_id: pickRep.id,
        placeholder: { type: 'plain_text', text: 'Pick somebody' },
        ...menuOptions(choices),
        ...(initial && { initial_option: option(initial) }),
      },
    }),
  ];
}

function causesButton({ causes }: ScheduleFrame) {
  return causes ? [button('What gets in the way', causesOpen.with(0))] : [];
}

/** What isn't done with, and the next one. */
function soonRows(rows: readonly MonthRow[]): MonthRow[] {
  const begun = rows.filter(({ state }) => ['asked', 'answered', 'open'].includes(state));
  const waits = begun.some(({ state }) => state !== 'open');
  const next = rows.find(({ state }) => state === 'ahead');
  return waits || !next ? begun : [...begun, next];
}

/** `*You and @max* · booked $64k of $101k due by 31 Mar (63%)` and the coverage. */
function headText({ rep, side, managerId, now, hasOwnTarget, style }: ScheduleScreen): Mrkdwn {
  const other = side === 'rep' ? managerId : rep.userId;
  const who = other === null ? mrkdwn`*Your 1:1s*` : mrkdwn`*You and ${mention(other)}*`;
  if (!now) return who;
  return lines(
    who,
    bookingsText(now.bookings, { by: now.by, style }),
    now.coverage && mrkdwn`${lineText(now.coverage, style)}`,
    hasOwnTarget && atQuotaText,
  );
}

const placeOf = ({ month }: MonthRow, { rep }: ScheduleScreen) => ({ repId: rep.userId, month });

/** `*March and Q1* · Tue 6 Apr, 10:00 (16:00 for @max)`. */
const nameText = (row: MonthRow, { locale }: NumberStyle) =>
  mrkdwn`*${monthText(row, locale)}* · ${meetingText(row.at, locale)}`;

function soonBlocks(row: MonthRow, screen: ScheduleScreen): KnownBlock[] {
  const { side, style } = screen;
  const { state, reviewId, canMove, canSkip } = row;
  const place = placeOf(row, screen);
  const month = monthText(row, style.locale);
  const buttons = [
    ...(state === 'asked' && side === 'rep' && reviewId !== null
      ? [
          button('Answer', {
            ...answerOpen.with(reviewId),
            style: 'primary',
            spoken: `Answer about ${month}`,
          }),
        ]
      : []),
    ...(state === 'open' && reviewId !== null
      ? [button('Recovery plan', recoveryOpen.with(reviewId))]
      : []),
    ...(canMove
      ? [
          button('Move…', {
            ...moveMonth.with(place),
            spoken: `Move the 1:1 about ${month}`,
          }),
        ]
      : []),
    ...(canSkip
      ? [
          button('Skip…', {
            ...skipMonth.with(place),
            spoken: `Skip the 1:1 about ${month}`,
          }),
        ]
      : []),
  ];
  return [
    divider(),
    section(
      lines(nameText(row, style), figuresText(row, screen), stateText(row, screen), movedText(row)),
    ),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
  ];
}

function laterBlock(row: MonthRow, screen: ScheduleScreen): KnownBlock {
  const { state, canSkip, reviewId } = row;
  const choose = (what: 'move' | 'skip') => monthMenu.write({ what, ...placeOf(row, screen) });
  if (state === 'skipped' && reviewId !== null) {
    return section(lines(nameText(row, screen.style), skippedText(row)), {
      accessory: button('Hold it after all', holdAfterAll.with(reviewId)),
    });
  }
  return section(lines(nameText(row, screen.style), figuresText(row, screen), movedText(row)), {
    accessory: overflow(monthMenu.id, [
      { value: choose('move'), label: 'Move…' },
      ...(canSkip ? [{ value: choose('skip'), label: 'Skip…' }] : []),
    ]),
  });
}

function beforeBlock(row: MonthRow, screen: ScheduleScreen): KnownBlock {
  const { state, at, reviewId, canMove } = row;
  const { locale } = screen.style;
  const name = mrkdwn`*${monthText(row, locale)}* · ${weekdayText(at.reader.date, locale)}, ${DONE[state]}`;
  const text = lines(name, figuresText(row, screen), state === 'skipped' ? skippedText(row) : null);
  if (state === 'closed' && reviewId !== null) {
    return section(text, {
      accessory: button('Recovery plan', recoveryOpen.with(reviewId)),
    });
  }
  return section(text, {
    accessory: canMove ? button('Hold it…', moveMonth.with(placeOf(row, screen))) : undefined,
  });
}

const DONE: Record<ReviewState, string> = {
  ahead: 'to come',
  asked: 'asked',
  answered: 'answered',
  open: 'open',
  closed: 'closed',
  skipped: 'skipped',
  past: 'not held',
};

/** `64k of 101k booked · on track`; before its month `Milestone 101k`. */
function figuresText({ bookings, health }: MonthRow, { style }: ScheduleScreen): Mrkdwn | null {
  if (!bookings) return null;
  const { locale, digits } = style;
  const money = (minor: number) => formatMoneyShort(minor, { locale, digits });
  const { actual, target } = bookings;
  const figures =
    actual === null ? `Milestone ${money(target)}` : `${money(actual)} of ${money(target)} booked`;
  return mrkdwn`${figures}${health === null ? '' : ` · ${HEALTH_NAMES[health]}`}`;
}

/** What comes next of it. */
function stateText(row: MonthRow, { side, rep, style }: ScheduleScreen): Mrkdwn | null {
  const { locale } = style;
  const until = whenText(row.opensAt, locale);
  const isRep = side === 'rep';
  switch (row.state) {
    case 'ahead': {
      const day = weekdayText(row.asksOn, locale);
      return isRep
        ? mrkdwn`I’ll ask for your view on ${day}.`
        : mrkdwn`${mention(rep.userId)} is asked first, on ${day}.`;
    }
    case 'asked':
      return isRep
        ? mrkdwn`Why, in your view? Until ${until} nobody else sees more than the figures.`
        : mrkdwn`${mention(rep.userId)} is asked first. It comes to your channel when they send it, or on ${until} without.`;
    case 'answered':
      return mrkdwn`Answered: it is on its way to the channel.`;
    case 'open':
      return mrkdwn`Open in the channel.`;
    default:
      return null;
  }
}

function movedText({ moved }: MonthRow): Mrkdwn | null {
  return moved && mrkdwn`Moved by ${mention(moved.by)}${because(moved.reason)}`;
}

function skippedText({ skipped }: MonthRow): Mrkdwn | null {
  return skipped && mrkdwn`Skipped by ${mention(skipped.by)}${because(skipped.reason)}`;
}

const because = (reason: string | null) => (reason === null ? '' : `: ${short(reason)}`);
const short = (reason: string) => truncate(reason.replace(/\s+/g, ' '), MOST_REASON);

/** `As in the plan: first Tuesday of the month, 10:00 where @dana is, …`. */
function regularText({ regular, prepDays, side, rep, style }: ScheduleScreen): Mrkdwn {
  const { ordinal, weekday, time } = regular;
  const where = side === 'rep' ? mrkdwn`your time` : mrkdwn`where ${mention(rep.userId)} is`;
  const days = prepDaysText(prepDays);
  const whom = side === 'rep' ? 'You are' : 'They are';
  return mrkdwn`As in the plan: ${ORDINALS[ordinal] ?? `${ordinal}.`} ${WEEKDAY_NAMES[weekday]} of the month, ${timeText(time, style.locale)} ${where}, or the next day on which both work. ${whom} asked ${days} before.`;
}
