/** A manager's team: the reps with their plans, those who were asked, and the form that changes it. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { channelInput, multiUsersInput } from '../../slack/inputs.ts';
import { paginate } from '../../slack/paginate.ts';
import { modal, progress } from '../../slack/surfaces.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { ACTION, CALLBACK, numbered } from '../ids.ts';

export interface TeamViewData {
  /** Whether the reader was named as a manager in the settings. */
  appointed: boolean;
  members: readonly { userId: string; name: string; deactivated: boolean }[];
  /** User ids of reps who have not answered yet. */
  asked: readonly string[];
  /** How each rep's plan stands, by user id. */
  planStatus: ReadonlyMap<string, string>;
  form: TeamFormValues;
  /** What has just happened. */
  notice?: SlackText | undefined;
}

/** What the inputs show, and what is needed to read them. */
export interface TeamFormValues extends TeamFormState {
  picked: readonly string[];
  channel: string | null;
}

/** Kept in the view's metadata. */
export interface TeamFormState {
  /** Names the inputs: another one makes them forget what was picked. */
  rev: string;
  /** From 0. */
  page: number;
  /** Who was in the team when the form was opened: picks are compared with it. */
  members: readonly string[];
}

const PER_PAGE = 15;
const MOST_METADATA = 3000;

/** `/bigplan team`. */
export function teamView(data: TeamViewData): ModalView {
  const rows = [...data.asked.map(askedRow), ...data.members.map((rep) => memberRow(rep, data))];
  const page = paginate(rows, data.form.page, PER_PAGE);
  const form = { ...data.form, page: page.page };
  return modal({
    title: 'Your team',
    callbackId: CALLBACK.team,
    submit: 'Save',
    close: 'Done',
    privateMetadata: writeState(form),
    blocks: [
      ...(data.notice ? [section(data.notice), divider()] : []),
      ...(rows.length === 0
        ? [section('Nobody yet. Pick your reps below, and their plans show up here.')]
        : page.items),
      ...(page.pages > 1 ? pager(page) : []),
      divider(),
      ...inputs(form, data.appointed),
    ],
  });
}

/** The second step of the set-up. */
export function welcomeTeamView(data: { appointed: boolean; form: TeamFormValues }): ModalView {
  return modal({
    title: 'Welcome to Bigplan',
    callbackId: CALLBACK.welcomeTeam,
    submit: 'Finish',
    close: 'Later',
    privateMetadata: writeState(data.form),
    blocks: [
      section(
        data.appointed
          ? mrkdwn`*Who plans with you?* Pick your reps, and Bigplan says hello to them.`
          : mrkdwn`*Do you plan with reps yourself?* Pick them here. If not, leave it empty and finish.`,
      ),
      context(progress(2, 2)),
      ...inputs(data.form, data.appointed),
    ],
  });
}

function memberRow(
  { userId, name, deactivated }: TeamViewData['members'][number],
  { planStatus }: TeamViewData,
): KnownBlock {
  if (deactivated) return section(mrkdwn`*${mention(userId)}*\nThis account is deactivated.`);
  const status = planStatus.get(userId) ?? 'No plan yet';
  return section(mrkdwn`*${mention(userId)}*\n${status}`, {
    accessory: button('Open plan', {
      actionId: ACTION.openPlan,
      value: userId,
      spoken: `Open the plan of ${name}`,
    }),
  });
}

function askedRow(userId: string): KnownBlock {
  return section(mrkdwn`*${mention(userId)}*\nAsked, not answered yet`, {
    accessory: button('Take back', { actionId: ACTION.takeBack, value: userId }),
  });
}

function pager({ page, pages, total, previous, next }: ReturnType<typeof paginate>): KnownBlock[] {
  const to = (text: string, at: number | null) =>
    at === null
      ? []
      : [button(text, { actionId: numbered(ACTION.page, text.toLowerCase()), value: String(at) })];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} people`),
    actions([...to('Previous', previous), ...to('Next', next)]),
  ];
}

function inputs({ rev, picked, channel }: TeamFormValues, appointed: boolean): KnownBlock[] {
  return [
    multiUsersInput({
      path: 'reps',
      rev,
      label: 'Your reps',
      hint: appointed
        ? 'They join at once. Whoever plans with somebody else now is asked first.'
        : 'Nobody named you as a manager in the settings, so each of them is asked first.',
      initial: picked,
      placeholder: 'Pick your reps',
      optional: true,
    }),
    channelInput({
      path: 'channel',
      rev,
      label: 'Your team’s manager channel',
      hint: 'For monthly reviews: you, and whoever you let in. Invite @Bigplan where it is private.',
      initial: channel,
      placeholder: 'Pick a channel',
      optional: true,
    }),
  ];
}

const State = z.object({
  rev: z.string(),
  page: z.int(),
  members: z.array(z.string()).optional(),
});

/** A team too large for the metadata is read from the database again when the form comes back. */
function writeState({ rev, page, members }: TeamFormState): string {
  const all = JSON.stringify({ rev, page, members });
  return all.length <= MOST_METADATA ? all : JSON.stringify({ rev, page });
}

/** The form as it begins: with the team as it is. `at` tells it from the one before. */
export function freshTeamForm(
  team: { members: readonly { userId: string }[]; channelId: string | null } | null,
  at: Date,
): TeamFormValues {
  const members = (team?.members ?? []).map(({ userId }) => userId);
  const rev = at.getTime().toString(36);
  return { rev, page: 0, members, picked: members, channel: team?.channelId ?? null };
}

/** What `writeState` wrote; `members` stands in for a team that was too large. */
export function readTeamState(metadata: string, members: readonly string[]): TeamFormState {
  const state = State.parse(JSON.parse(metadata));
  return { ...state, members: state.members ?? members };
}
