/** By when plans are due and what remains of them, in words. */
import type { Button, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { onboardingOpen } from '../../coaching/onboarding/ids.ts';
import { planOpened } from '../../people/ids.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { date, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { daysBetween } from '../../time/local-date.ts';
import { duesOpen, joinedOpen } from '../ids.ts';
import type { VersionStatus } from '../store.ts';
import type { DueState, PlanDue } from './due-rules.ts';

/** A rep with the plan that is due of them. */
export interface DueRow {
  userId: string;
  name: string;
  due: PlanDue;
}

/** Who reads: their language, and their local date. */
interface Viewer {
  locale: string;
  today: string;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** `due 1 Jan 2028, in 23 days`. */
function dueText({ kind, state, dueOn, lastDay }: PlanDue, { locale, today }: Viewer): string {
  const on = formatDate(dueOn, locale, 'date');
  const left = daysBetween(today, dueOn);
  if (state === 'signed') return `signed, from ${on} on`;
  if (state === 'ahead') return `due ${on}`;
  if (kind === 'new_hire') {
    const last = formatDate(lastDay, locale, 'date');
    if (state === 'overdue') return `overdue since ${last}, day 60`;
    return `${left < 0 ? 'was ' : ''}aimed at ${on}, day 30; overdue after ${last}`;
  }
  if (state === 'overdue') return `was due ${on}, ${days(-left)} ago`;
  return left === 0 ? 'due today' : `due ${on}, in ${days(left)}`;
}

const REMAINS: Partial<Record<VersionStatus, string>> = {
  draft: 'a draft, still to be proposed',
  proposed: 'proposed, waits for the second signature',
  changes_requested: 'changes are asked for',
};

/** What is still to be done about it; empty where nothing is. */
export function remainsText({ state, status }: Pick<PlanDue, 'state' | 'status'>): string {
  if (state === 'signed') return '';
  return (status && REMAINS[status]) ?? 'nobody has begun it';
}

/** To the rep. It changes until both have signed, and doesn't come again. */
export function dueMessage(
  due: PlanDue,
  { userId, managerId, ...viewer }: Viewer & { userId: string; managerId: string | null },
): Message {
  const { kind, state, dueOn } = due;
  const on = formatDate(dueOn, viewer.locale, 'date');
  const open = button('Open the plan', { ...planOpened.with(userId), style: 'primary' as const });
  if (state === 'signed') {
    const done = mrkdwn`✓ *Your plan is signed by both*, ${daysBetween(viewer.today, dueOn) >= 0 ? 'in time' : 'now'}.`;
    return message('Your plan is signed by both.', [section(done)]);
  }
  const hello = kind === 'new_hire' && state === 'soon' ? mrkdwn`*Welcome aboard.* ` : '';
  const manager = managerId === null ? 'your manager' : mention(managerId);
  return message(`Your plan: ${dueText(due, viewer)}.`, [
    section(
      lines(
        mrkdwn`${hello}*Your Big-Picture Plan* is ${dueText(due, viewer)}: ${remainsText(due)}.`,
        kind === 'new_hire'
          ? mrkdwn`You and ${manager} make it together: what you want to earn, and what that takes each day. A first draft takes about five minutes.`
          : mrkdwn`You and ${manager} make it together${state === 'soon' ? `, before ${on}` : ''}. Comp plan, renewals and rates are carried over where there was a plan before.`,
      ),
    ),
    actions([
      open,
      ...(kind === 'new_hire' ? [button('First weeks', onboardingOpen.with(userId))] : []),
      ...(due.isJoinedKnown ? [] : [joinedButton(userId)]),
    ]),
    context('This message changes as the plan does; I don’t send another about it.'),
  ]);
}

/** For a rep to say it themself, where nobody has yet. */
export const joinedButton = (userId: string): Button =>
  button('I’m new here…', { ...joinedOpen.with(userId), spoken: 'Say when you joined' });

/** Rows of a message to a manager. */
const ROWS_TOLD = 12;

const ORDER: Record<DueState, number> = { overdue: 0, soon: 1, ahead: 2, signed: 3 };

const byNeed = (one: DueRow, other: DueRow): number =>
  ORDER[one.due.state] - ORDER[other.due.state] ||
  one.due.dueOn.localeCompare(other.due.dueOn) ||
  one.name.localeCompare(other.name);

/** To a manager: the plans that are due on one date. */
export function teamDueMessage(
  rows: readonly DueRow[],
  { dueOn, locale, today }: Viewer & { dueOn: string },
): Message {
  const on = formatDate(dueOn, locale, 'date');
  const open = rows.filter(({ due }) => due.state !== 'signed').sort(byNeed);
  const signed = rows.length - open.length;
  const title = `${signed} of ${rows.length} ${rows.length === 1 ? 'plan' : 'plans'} signed, due ${on}`;
  const shown = open.slice(0, ROWS_TOLD);
  const more = open.length - shown.length;
  return message(`${title}.`, [
    section(
      lines(
        mrkdwn`*${title}*`,
        ...shown.map(
          ({ userId, due }) =>
            mrkdwn`${mention(userId)}: ${due.state === 'overdue' ? `${dueText(due, { locale, today })}, ` : ''}${remainsText(due)}`,
        ),
        more > 0 && mrkdwn`and ${more} more`,
      ),
    ),
    actions([button('Due dates', { ...duesOpen.with(0), style: 'primary' })]),
    context('This message changes as the plans do; I don’t send another about this date.'),
  ]);
}

const ROWS_A_PAGE = 20;

/** All due dates of a team on one page, by need. */
export function duesView(
  rows: readonly DueRow[],
  { page: at, notice, ...viewer }: Viewer & { page: number; notice?: SlackText | undefined },
): ModalView {
  const page = paginate([...rows].sort(byNeed), at, ROWS_A_PAGE);
  const turn = (to: number | null, text: string) =>
    to === null ? [] : [button(text, duesOpen.numbered(text.toLowerCase(), to))];
  const pages = [...turn(page.previous, 'Previous'), ...turn(page.next, 'Next')];
  return modal({
    title: 'Due dates',
    close: 'Close',
    blocks: [
      ...(notice ? [section(notice)] : []),
      ...(rows.length === 0
        ? [
            section(
              mrkdwn`*Whose plan is due when will stand here.* \`/bigplan team\` is where you pick your reps.`,
            ),
          ]
        : [
            context(
              'Who was here is due when the year begins; a new hire by day 30, overdue after day 60.',
            ),
          ]),
      ...page.items.flatMap((row) => rowBlocksOf(row, viewer)),
      ...(pages.length > 0 ? [actions(pages)] : []),
    ],
  });
}

/** So long somebody’s first weeks are a tap away. */
const FIRST_DAYS = 120;

function rowBlocksOf({ userId, name, due }: DueRow, viewer: Viewer): KnownBlock[] {
  const remains = remainsText(due);
  const joined =
    due.joinedOn !== null
      ? `joined ${formatDate(due.joinedOn, viewer.locale, 'date')}`
      : due.isJoinedKnown
        ? ''
        : 'when did they join?';
  const words = [dueText(due, viewer), remains, joined].filter((text) => text !== '').join(' · ');
  const accessory =
    due.joinedOn !== null && daysBetween(due.joinedOn, viewer.today) <= FIRST_DAYS
      ? button('First weeks', {
          ...onboardingOpen.with(userId),
          spoken: `The first weeks of ${name}`,
        })
      : due.isJoinedKnown
        ? button('Open', { ...planOpened.with(userId), spoken: `Open the plan of ${name}` })
        : button('When joined?', { ...joinedOpen.with(userId), spoken: `Say when ${name} joined` });
  const change = button('Change first day…', {
    ...joinedOpen.with(userId),
    spoken: `Change when ${name} joined`,
  });
  return [
    section(mrkdwn`*${name}*\n${words}`, { accessory }),
    ...(due.isJoinedKnown && due.state !== 'signed' ? [actions([change])] : []),
  ];
}

interface JoinedScreen extends Shown<string, NumberStyle> {
  /** The rep's. */
  name: string;
  /** Whether it is the rep who says it. */
  isOwn: boolean;
}

/** When somebody joined; about their user id. */
export const joinedForm = form({
  id: 'plan_joined_form',
  about: z.string(),
  fields: (_style: NumberStyle) => ({
    joinedOn: optional(
      date({
        label: 'First day',
        hint: 'Leave it empty for somebody who was here before. A new hire’s plan is aimed at day 30.',
      }),
    ),
  }),
  frame: () => ({ title: 'When did they join?', submit: 'Save', close: 'Cancel' }),
  arrange: ({ joinedOn }, { name, isOwn }: JoinedScreen) => [
    section(
      isOwn
        ? mrkdwn`*When did you join?* Said once, so that your plan is due when it can be; your manager sees it.`
        : mrkdwn`*${name}*: asked once, so that the plan is due when it can be.`,
    ),
    ...joinedOn,
  ],
});

/** What a rep said of themselves, and what follows from it. */
export function joinedView({ due, userId }: DueRow, viewer: Viewer): ModalView {
  const when =
    due.joinedOn === null
      ? 'You were here before'
      : `You joined ${formatDate(due.joinedOn, viewer.locale, 'date')}`;
  return modal({
    title: 'When did you join?',
    close: 'Done',
    blocks: [
      section(mrkdwn`✓ *${when}.* Your plan: ${dueText(due, viewer)}. Your manager sees this too.`),
      actions([button('Open the plan', { ...planOpened.with(userId), style: 'primary' })]),
    ],
  });
}

/** What was said, and what follows from it. */
export function joinedText({ name, due }: DueRow, viewer: Viewer): Mrkdwn {
  const when =
    due.joinedOn === null
      ? 'was here before'
      : `joined ${formatDate(due.joinedOn, viewer.locale, 'date')}`;
  return mrkdwn`✓ *${name} ${when}.* Their plan: ${dueText(due, viewer)}.`;
}
