/** A manager's team: the reps with their plans, those who were asked, and the form that changes it. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { duesOpen } from '../../plan/ids.ts';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { channel, optional, users } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { planOpened, teamPage, withdrawQuestion } from '../ids.ts';
import { mentions } from '../names-view.ts';
import { styleWithoutMoney } from '../settings/view.ts';
import type { Person, Team } from '../store.ts';
import type { TeamSaved } from './save-team.ts';

export const TeamAbout = z.object({
  /** Names the inputs: another one makes them forget what was picked. */
  rev: z.string(),
  /** From 0. */
  page: z.int(),
  /** Who was in the team when the form was opened, as far as they fit: picks are compared with them. */
  members: z.array(z.string()).optional(),
  /** Which channel it had then; left out by a form of a former version. */
  channel: z.string().nullable().optional(),
});
export type TeamAbout = z.infer<typeof TeamAbout>;

/** The form, wherever it stands. */
export interface TeamStyle extends NumberStyle {
  /** Whether the manager was named as one in the settings. */
  appointed: boolean;
}

export type TeamShown = Shown<TeamAbout, TeamStyle>;

/** `/bigplan team`. */
export interface TeamScreen extends TeamShown {
  members: readonly Pick<Person, 'userId' | 'name' | 'deactivated'>[];
  /** User ids of reps who have not answered yet. */
  asked: readonly string[];
  /** How each rep's plan stands, by user id. */
  planStatus: ReadonlyMap<string, string>;
  /** What has just happened. */
  notice?: SlackText | undefined;
}

const PER_PAGE = 15;
/** A view's metadata holds 3,000 characters, and the submission's id is among them. */
const MOST_ABOUT = 2_900;

export const teamFields = ({ appointed }: TeamStyle) => ({
  reps: users({
    label: 'Your reps',
    hint: appointed
      ? 'They join at once. Whoever plans with somebody else now is asked first.'
      : 'Nobody named you as a manager in the settings, so each of them is asked first.',
    placeholder: 'Pick your reps',
  }),
  channel: optional(
    channel({
      label: 'Your team’s manager channel',
      hint: 'For monthly reviews: you, and whoever you let in. Invite @Bigplan where it is private.',
      placeholder: 'Pick a channel',
    }),
  ),
});

export interface TeamPicks {
  reps: string[];
  channel: string | null;
}

export const teamForm = form({
  id: 'people_team',
  about: TeamAbout,
  fields: teamFields,
  frame: () => ({ title: 'Your team', submit: 'Save', close: 'Done' }),
  arrange(inputs, screen: TeamScreen) {
    const { asked, members, notice, about } = screen;
    const rows = [...asked.map(askedRow), ...members.map((rep) => memberRow(rep, screen))];
    const page = paginate(rows, about.page, PER_PAGE);
    return [
      ...(notice ? [section(notice), divider()] : []),
      ...(rows.length === 0
        ? [section('Nobody yet. Pick your reps below, and their plans show up here.')]
        : page.items),
      ...(page.pages > 1 ? pager(page) : []),
      ...(members.length > 0
        ? [
            actions([
              button('Due dates', {
                ...duesOpen.with(0),
                spoken: 'By when the plans are due, and who joined when',
              }),
            ]),
          ]
        : []),
      divider(),
      ...inputs.reps,
      ...inputs.channel,
    ];
  },
});

/** Nothing in the form hangs on how somebody writes. */
export const teamStyle = (appointed: boolean): TeamStyle => ({
  ...styleWithoutMoney('en-US'),
  appointed,
});

/** The form as it begins: with the team as it is. `at` tells it from the one before. */
export function freshTeam(
  team: (Pick<Team, 'channelId'> & { members: readonly Pick<Person, 'userId'>[] }) | null,
  { appointed, at }: { appointed: boolean; at: Date },
): TeamShown {
  const members = (team?.members ?? []).map(({ userId }) => userId);
  const rev = at.getTime().toString(36);
  const channel = team?.channelId ?? null;
  const about = { rev, page: 0, members, channel };
  return {
    // A team too large for the metadata is read from the database again when the form comes back.
    about: JSON.stringify(about).length <= MOST_ABOUT ? about : { rev, page: 0, channel },
    style: teamStyle(appointed),
    raw: { reps: members, channel },
    rev,
  };
}

function memberRow(
  { userId, name, deactivated }: TeamScreen['members'][number],
  { planStatus }: TeamScreen,
): KnownBlock {
  if (deactivated) return section(mrkdwn`*${mention(userId)}*\nThis account is deactivated.`);
  const status = planStatus.get(userId) ?? 'No plan yet';
  return section(mrkdwn`*${mention(userId)}*\n${status}`, {
    accessory: button('Open plan', {
      ...planOpened.with(userId),
      spoken: `Open the plan of ${name}`,
    }),
  });
}

function askedRow(userId: string): KnownBlock {
  return section(mrkdwn`*${mention(userId)}*\nAsked, not answered yet`, {
    accessory: button('Take back', withdrawQuestion.with(userId)),
  });
}

function pager({ page, pages, total, previous, next }: ReturnType<typeof paginate>): KnownBlock[] {
  const to = (text: string, at: number | null) =>
    at === null ? [] : [button(text, teamPage.numbered(text.toLowerCase(), at))];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} people`),
    actions([...to('Previous', previous), ...to('Next', next)]),
  ];
}

/** What saving a team came to, for its manager. */
export function teamSavedWords({ joined, asked, left, channel }: TeamSaved): Mrkdwn {
  const parts = [
    joined.length > 0 &&
      mrkdwn`*${joined.length} joined:* ${mentions(joined)}. Each gets one hello from me. *Who of them is new?* _Due dates_ below asks once: a new hire’s plan is due by day 30.`,
    asked.length > 0 &&
      mrkdwn`*${asked.length} asked:* ${mentions(asked)}. Whoever says yes joins, and you hear of it.`,
    left.length > 0 &&
      mrkdwn`*${left.length} left:* ${mentions(left)}. Their plans stay theirs; I don't write to them about it.`,
    channel === 'set' && mrkdwn`The channel is set.`,
    channel === 'cleared' && mrkdwn`The team has no channel now.`,
  ];
  return parts.some(Boolean)
    ? lines(mrkdwn`✓ *Saved.*`, ...parts)
    : mrkdwn`Everything was so already.`;
}
