/** Monday's message to a manager: their team in five lines. */

import type { KnownBlock } from '@slack/types';
import { nudgeMenu } from '../../activity/preferences/view.ts';
import { coachNone } from '../../coaching/ids.ts';
import { promisesOpen } from '../../review/ids.ts';
import { owedText } from '../../review/promises/view.ts';
import type { Health } from '../../review/schemas.ts';
import { standingHead } from '../../review/standing/view.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import {
  type HomeTeam,
  pickDaysButton,
  standingCountsText,
  type TeamRow,
  uncoachedText,
} from '../team-view.ts';

/** Those who need their manager most. */
const MOST = 3;

const isRep = (row: TeamRow): row is Extract<TeamRow, { kind: 'rep' }> => row.kind === 'rep';

const isCalm = (health: Health | null) => health === 'on_track' || health === 'too_early';

/** Those who aren't on their way, as far as the digest looks. */
const calledIn = ({ rows }: HomeTeam) =>
  rows.items.filter(isRep).filter(({ standing }) => !isCalm(standing.card?.standing ?? null));

/** Whose standing it tells by name. */
export const namedInDigest = (team: HomeTeam): string[] =>
  calledIn(team)
    .slice(0, MOST)
    .map(({ userId }) => userId);

export function digestMessage(team: HomeTeam, locale: string): Message {
  const { rows, counts, owed, uncoached } = team;
  const reps = rows.items.filter(isRep);
  const called = calledIn(team);
  const owes = owedText(owed);
  const open = reps.filter(({ coaching }) => coaching?.standing === 'open').length;
  const head = mrkdwn`*Your team this week.* ${standingCountsText(counts, locale)}.`;
  const overdue = reps.filter(({ due }) => due?.state === 'overdue');
  const looks = reps.filter((row) => row.looks.length > 0);
  const isQuiet = called.length + overdue.length + looks.length === 0;
  const last = [
    ...(overdue.length > 0 ? [`Plans overdue: ${overdue.length}.`] : []),
    ...(looks.length > 0 ? [`Looks back that wait: ${looks.length}.`] : []),
    ...(owes === null ? [] : [`You owe ${owes}.`]),
    ...(open > 0 ? [`Coaching hours to hold: ${open}.`] : []),
    ...(isQuiet ? ['Nobody needs you more than usual.'] : []),
  ];
  return message(head, [
    section(
      lines(
        head,
        ...called.slice(0, MOST).map(({ standing }) => standingHead(standing, locale)),
        last.length > 0 && last.join(' '),
      ),
      { accessory: nudgeMenu('digest') },
    ),
    ...inviteBlocks(uncoached, locale),
    actions([button('Promises', { ...promisesOpen.with(), spoken: 'What you owe, and are owed' })]),
    context(
      'All of them are on Home, whoever needs you most first. Each reads there what you read of them.',
    ),
  ]);
}

/** To coaching hours, while nobody has said yet whether and when: gone once a day is picked, or none wanted. */
function inviteBlocks(uncoached: number, locale: string): KnownBlock[] {
  if (uncoached === 0) return [];
  return [
    section(
      mrkdwn`${uncoachedText(uncoached, locale)} Pick one, and on it you get the one number worth talking about.`,
    ),
    actions([
      pickDaysButton(),
      button('No hours for now', {
        ...coachNone.with(),
        spoken: 'No coaching hours for now: don’t ask me again',
      }),
    ]),
  ];
}
