/** A rep's own part of Home. What it paid and their own target are theirs alone: nobody else sees this. */
import type { KnownBlock } from '@slack/types';
import { asPlannedButton, type DayScreen } from '../activity/check-in/view.ts';
import { awayOpen, logButtonOf } from '../activity/ids.ts';
import { type Counts, eachActivity } from '../activity/schemas.ts';
import { countsText, plannedText, weekText } from '../activity/words-view.ts';
import { dealAdd, pipelineAdd } from '../actuals/ids.ts';
import { ownSettingsOpened } from '../people/ids.ts';
import { joinedButton } from '../plan/round/dues-view.ts';
import { chartsOpen, promisesOpen } from '../review/ids.ts';
import { isOverdue, type Promised } from '../review/promises/rules.ts';
import { type PromiseReader, promiseRow } from '../review/promises/view.ts';
import { type OwnStatus, ownStatusText } from '../review/status/view.ts';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import { formatMoney, type NumberStyle } from '../slack/format.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../slack/text.ts';
import { type TeamLine, teamLineText } from './leader-view.ts';
import { repText, type TeamRow } from './team-view.ts';

export interface OwnHome {
  reader: PromiseReader;
  managerId: string | null;
  /** Null: no plan in force covers today. */
  day: {
    screen: DayScreen;
    state: 'started' | 'logged' | 'skipped' | null;
    /** Null: nothing is known of it. */
    done: Counts | null;
  } | null;
  /** Null: no plan is in force. */
  status: OwnStatus | null;
  /** What everything won so far pays, minor units; null: nothing yet. */
  paid: { minor: number; style: NumberStyle } | null;
  /** The open ones of the pair, by when they are due. */
  promises: readonly Promised[];
  /** How the manager sees the rep; null: nobody manages them. */
  row: Extract<TeamRow, { kind: 'rep' }> | null;
  /** How leaders see the rep's team. */
  team: TeamLine | null;
}

const MOST_PROMISES = 6;

export function ownParts(own: OwnHome): KnownBlock[][] {
  return [
    own.day && todayPart(own.day, own.reader.locale),
    own.status && own.status.kind !== 'none' && standingPart(own, own.status),
    own.promises.length > 0 && promisesPart(own),
    seenPart(own),
  ].flatMap((part) => (part && part.length > 0 ? [part] : []));
}

function todayPart(
  { screen, state, done }: NonNullable<OwnHome['day']>,
  locale: string,
): KnownBlock[] {
  const { date, planned, week } = screen;
  const soFar = weekText(week, locale);
  const isOpen = state !== 'logged' && state !== 'skipped';
  const log = button(state === 'logged' ? 'Edit' : 'Log today', {
    ...logButtonOf(date),
    ...(isOpen && planned && { style: 'primary' as const }),
    spoken: state === 'logged' ? 'Change what is logged for today' : 'Log today',
  });
  return [
    header('Today'),
    section(lines(todayText(screen, state, done), soFar !== null && mrkdwn`This week: ${soFar}`)),
    actions([
      log,
      ...(isOpen ? asPlannedButton(screen, done?.calls ?? 0) : []),
      button('Time off', awayOpen.with()),
      button('My settings', {
        ...ownSettingsOpened.with(),
        spoken: 'When and about what I am asked',
      }),
    ]),
  ];
}

function todayText(
  { planned, locale }: DayScreen,
  state: NonNullable<OwnHome['day']>['state'],
  done: Counts | null,
): Mrkdwn {
  if (state === 'logged' && done) return mrkdwn`✓ *Logged:* ${countsText(done, locale)}`;
  if (state === 'skipped') return mrkdwn`*Skipped.* Nothing is asked of today.`;
  if (!planned) return mrkdwn`*A day off.* Nothing is planned; it can be logged all the same.`;
  if (done && done.calls > 0) {
    const left = eachActivity((activity) => Math.max(0, planned[activity] - done[activity]));
    return mrkdwn`*Left today:* ${plannedText(left, locale)} (${countsText(done, locale)} so far)`;
  }
  return mrkdwn`*Left today:* ${plannedText(planned, locale)}`;
}

function standingPart({ paid, reader }: OwnHome, status: OwnStatus): KnownBlock[] {
  const isAgreed = status.kind === 'agreed';
  return [
    header('How you stand'),
    section(ownStatusText(status)),
    ...(paid
      ? [
          section(
            mrkdwn`*${formatMoney(paid.minor, paid.style)}* is what it has paid so far, beyond base pay. Only you see this.`,
          ),
        ]
      : []),
    ...(isAgreed && status.hasOwnTarget
      ? [
          context(
            'At quota, as your manager reads it; your own target and what it is for stand in your plan below.',
          ),
        ]
      : []),
    ...(isAgreed
      ? [
          actions([
            button('A deal won', dealAdd.with(reader.userId)),
            button('Pipeline', pipelineAdd.with(reader.userId)),
            button('Charts', {
              ...chartsOpen.with(reader.userId),
              spoken: 'How you stand, in pictures',
            }),
          ]),
        ]
      : []),
  ];
}

function promisesPart({ promises, reader, managerId }: OwnHome): KnownBlock[] {
  const shown = [
    ...promises.filter((one) => isOverdue(one, reader.today)),
    ...promises.filter((one) => !isOverdue(one, reader.today)),
  ].slice(0, MOST_PROMISES);
  const left = promises.length - shown.length;
  return [
    header('Promises'),
    ...shown.map((one) => promiseRow(one, reader)),
    actions([
      button(
        left > 0 ? `All ${promises.length}` : managerId === null ? 'All promises' : 'All, or ask…',
        {
          ...promisesOpen.with(),
          spoken: 'All promises of you and your manager',
        },
      ),
    ]),
  ];
}

/** The same lines that the manager and the leaders read. */
function seenPart({ row, team, managerId, reader }: OwnHome): KnownBlock[] {
  if (!row || managerId === null) return [];
  return [
    header('What others see of you'),
    section(lines(mrkdwn`${mention(managerId)} sees:`, repText(row, 'rep', reader.locale)), {
      // Of a plan that is signed no day depends on it any more.
      ...(row.due &&
        row.due.state !== 'signed' &&
        !row.due.isJoinedKnown && { accessory: joinedButton(reader.userId) }),
    }),
    ...(team
      ? [
          context(
            lines(mrkdwn`Leaders see of your team, in counts:`, teamLineText(team, reader.locale)),
          ),
        ]
      : []),
  ];
}
