/** `/bigplan team`: the list, its form and its buttons. */
import type { Context } from '../../context.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf } from '../../slack/request.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { openView, updateView } from '../../slack/views.ts';
import type { Actor } from '../deps.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { meetPerson } from '../meet-person.ts';
import { TeamForm } from '../schemas.ts';
import { type JoinRequest, type Team, teamLedBy } from '../store.ts';
import { retireQuestion } from './close-join-request.ts';
import { teamSavedWords } from './saved-view.ts';
import { type SubmittedTeam, submitTeam } from './submit-team.ts';
import { freshTeamForm, readTeamState, type TeamFormValues, teamView } from './view.ts';
import { takeBackRequest } from './withdraw-request.ts';

/** How reps' plans stand, in a few plain words each, by user id. */
export type PlanStatusOf = (
  workspaceId: string,
  repIds: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

export function listenToTeam(context: Context, planStatusOf: PlanStatusOf): void {
  const { app, commands, db, clock } = context;

  /** The team as it is now; the form is fresh unless one that was filled in is given. */
  async function show(
    actor: Actor,
    { filled, page, notice }: { filled?: SubmittedTeam; page?: number; notice?: SlackText } = {},
  ) {
    const { manager } = await meetPerson(context, actor.workspaceId, actor.userId);
    const team = await teamLedBy(db, actor.workspaceId, actor.userId);
    const members = team?.members ?? [];
    const form = filled ? filledForm(filled, team) : freshTeamForm(team, clock.now());
    return teamView({
      appointed: manager,
      members,
      asked: team?.asked ?? [],
      planStatus: await planStatusOf(
        actor.workspaceId,
        members.map(({ userId }) => userId),
      ),
      form: { ...form, page: page ?? form.page },
      notice,
    });
  }

  commands.subcommand(
    'team',
    async ({ teamId, userId, triggerId, client }) => {
      const view = await show({ workspaceId: teamId, userId });
      await openView(client, triggerId, view);
    },
    'your reps, their plans and your team’s channel',
  );

  app.view(CALLBACK.team, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const result = await submitTeam(context, actor, view);
    if (!result.ok) return ack({ response_action: 'errors', errors: result.errors });
    const shown = await show(actor, { notice: teamSavedWords(result.saved) });
    return ack({ response_action: 'update', view: fitView(shown) });
  });

  app.action(
    { action_id: new RegExp(`^${ACTION.page}\\.`), type: 'block_actions' },
    async ({ ack, body, action, client }) => {
      await ack();
      const { view } = body;
      if (!view || action.type !== 'button') return;
      const shown = await show(actorOf(body), { filled: view, page: Number(action.value) });
      await updateView(client, view.id, shown);
    },
  );

  app.action(
    { action_id: ACTION.takeBack, type: 'block_actions' },
    async ({ ack, body, action, client }) => {
      await ack();
      const { view } = body;
      if (!view || action.type !== 'button' || !action.value) return;
      const actor = actorOf(body);
      const request = await takeBackRequest(context, actor, action.value);
      const notice = takenBackWords(action.value, request);
      const shown = await show(actor, { filled: view, notice });
      await updateView(client, view.id, shown);
      if (request?.status === 'withdrawn') await retireQuestion(context, request);
    },
  );
}

/** What is in the form now, so that showing the view again loses nothing. */
function filledForm(view: SubmittedTeam, team: Team | null): TeamFormValues {
  const members = (team?.members ?? []).map(({ userId }) => userId);
  const state = readTeamState(view.private_metadata, members);
  const filled = parseForm(TeamForm, readState(view.state.values));
  const { reps, channel } = filled.ok
    ? filled.value
    : { reps: state.members, channel: team?.channelId ?? null };
  return { ...state, picked: reps, channel };
}

function takenBackWords(repId: string, request: JoinRequest | null): SlackText {
  const rep = mention(repId);
  switch (request?.status) {
    case 'accepted':
      return mrkdwn`${rep} had said yes already, so the question can't be taken back.`;
    case 'declined':
      return mrkdwn`${rep} had said no already.`;
    default:
      return mrkdwn`✓ Taken back. ${rep} isn't asked any more.`;
  }
}
