/** `/bigplan team`, its form and its buttons, and the rep's yes or no to a manager. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import { recordSeen } from '../../db/audit.ts';
import type { PersonRef } from '../../db/store.ts';
import type { ClickedView } from '../../slack/on.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import type { HomesChanged } from '../hooks.ts';
import { joinNo, joinYes, teamPage, withdrawQuestion } from '../ids.ts';
import { meetPerson } from '../meet-person.ts';
import { type JoinRequest, managerOf, type Person, teamLedBy } from '../store.ts';
import { answerRequest, withdrawRequest } from './join-request.ts';
import { submitTeam } from './submit-team.ts';
import { freshTeam, type TeamShown, teamForm, teamSavedWords } from './view.ts';

/** How reps' plans stand, in a few plain words each, by user id. */
export type PlanStatusOf = (
  workspaceId: string,
  repIds: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

/** All teams as a leader sees them. */
export type TeamsFor = (leader: Person) => Promise<ModalView>;

export function listenToTeam(
  context: Context,
  { planStatusOf, teamsFor }: { planStatusOf: PlanStatusOf; teamsFor: TeamsFor },
  changed: HomesChanged,
): void {
  const { commands, db, clock, on } = context;

  /** The team as it is now; the form is fresh unless one that was filled in is given. */
  async function show(
    actor: PersonRef,
    {
      filled,
      page,
      notice,
    }: { filled?: ClickedView | null; page?: number; notice?: SlackText } = {},
  ): Promise<ModalView> {
    const { workspaceId } = actor;
    const { manager } = await meetPerson(context, actor);
    const team = await teamLedBy(db, actor);
    const members = team?.members ?? [];
    const fresh = freshTeam(team, { appointed: manager, at: clock.now() });
    const shown = filled ? filledForm(filled, fresh) : fresh;
    const ids = members.map((rep) => rep.userId);
    await recordSeen(db, actor, { kind: 'standing_seen', repIds: ids }, clock.now());
    return teamForm.view({
      ...shown,
      about: { ...shown.about, page: page ?? shown.about.page },
      members,
      asked: team?.asked ?? [],
      planStatus: await planStatusOf(workspaceId, ids),
      notice,
    });
  }

  commands.subcommand(
    'team',
    ({ actor, open }) =>
      open(async () => {
        const reader = await meetPerson(context, actor);
        const led = await teamLedBy(db, actor);
        const manages =
          reader.manager || (led !== null && led.members.length + led.asked.length > 0);
        return reader.leader && !manages ? teamsFor(reader) : show(actor);
      }),
    'your reps, their plans and your team’s channel; for a leader, all teams',
  );

  on.submit(teamForm, async (submission) => {
    const { actor } = submission;
    const saved = await submitTeam(context, submission, { mayBeNobody: false });
    changed(actor.workspaceId, [actor.userId, ...saved.joined, ...saved.asked, ...saved.left]);
    return { update: await show(actor, { notice: teamSavedWords(saved) }) };
  });

  on.act(teamPage, ({ actor, value: page, view, update }) =>
    update(() => show(actor, { filled: view, page })),
  );

  on.act(withdrawQuestion, async ({ actor, value: repId, view, update }) => {
    const notice = withdrawnWords(repId, await withdrawRequest(context, actor, repId));
    changed(actor.workspaceId, [actor.userId, repId]);
    await update(() => show(actor, { filled: view, notice }));
  });

  on.act(joinYes, ({ actor, value }) => answer(actor, value, true));
  on.act(joinNo, ({ actor, value }) => answer(actor, value, false));

  async function answer(actor: PersonRef, requestId: string, yes: boolean) {
    const before = await managerOf(db, actor);
    const { request } = await answerRequest(context, actor, requestId, yes);
    const ids = [actor.userId, request.managerId, ...(before ? [before.userId] : [])];
    changed(actor.workspaceId, [...new Set(ids)]);
  }
}

/** What is in the form now, so that showing the view again loses nothing. */
function filledForm({ metadata, state }: ClickedView, fresh: TeamShown): TeamShown {
  const read = teamForm.metadata.read(metadata);
  if (!read) return fresh;
  const { about, submissionId } = read;
  return {
    ...fresh,
    about,
    rev: about.rev,
    raw: state.values,
    submissionId: submissionId ?? undefined,
  };
}

function withdrawnWords(repId: string, request: JoinRequest | null): SlackText {
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
