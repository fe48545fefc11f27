import type { Context } from '../../context.ts';
import { FieldProblems } from '../../input/problem.ts';
import type { Submission } from '../../slack/on.ts';
import { meetPerson } from '../meet-person.ts';
import { type Team, teamLedBy } from '../store.ts';
import { validatePeople } from '../validate-people.ts';
import { saveTeam, type TeamSaved } from './save-team.ts';
import { type TeamAbout, type TeamPicks, type TeamStyle, teamStyle } from './view.ts';

/**
 * Saves what a manager picked, compared with the team as it was when the form was opened: so is what came
 * of it, which is the same for a form that comes twice. A team of nobody is never made: a form with nothing
 * in it is refused, or where that is an answer, leaves everything as it is.
 * @throws FieldProblems
 */
export async function submitTeam(
  context: Context,
  {
    actor,
    about,
    read,
  }: Pick<Submission<TeamAbout, TeamStyle, TeamPicks>, 'actor' | 'about' | 'read'>,
  { mayBeNobody }: { mayBeNobody: boolean },
): Promise<TeamSaved> {
  const { workspaceId, userId } = actor;
  const { manager } = await meetPerson(context, { workspaceId, userId });
  const { reps, channel } = read(teamStyle(manager));
  if (reps.includes(userId)) {
    throw refusal('reps', 'You are the manager of this team: pick the others.');
  }
  const team = await teamLedBy(context.db, { workspaceId, userId });
  const members = about.members ?? (team?.members ?? []).map((member) => member.userId);
  if (reps.length === 0 && channel === null && isEmptyTeam(team)) {
    if (mayBeNobody) return { joined: [], asked: [], left: [], channel: 'same' };
    throw refusal('reps', 'Nobody is picked yet: choose at least one rep. Nothing was saved.');
  }
  const added = reps.filter((id) => !members.includes(id));
  const removed = members.filter((id) => !reps.includes(id));
  await validatePeople(context, workspaceId, { reps: added });
  const saved = await saveTeam(context, actor, { added, removed, channelId: channel });
  if (saved === 'channel_taken') {
    throw refusal('channel', 'That channel belongs to another team already: pick one of your own.');
  }
  const now = await teamLedBy(context.db, { workspaceId, userId });
  const isIn = (id: string) => now?.members.some((member) => member.userId === id) ?? false;
  return {
    joined: added.filter(isIn),
    asked: added.filter((id) => !isIn(id)),
    left: removed.filter((id) => !isIn(id)),
    channel: about.channel === undefined ? saved.channel : changeOf(about.channel, channel),
  };
}

const isEmptyTeam = (team: Team | null) =>
  team === null || (team.members.length + team.asked.length === 0 && team.channelId === null);

function changeOf(before: string | null, after: string | null): TeamSaved['channel'] {
  if (before === after) return 'same';
  return after === null ? 'cleared' : 'set';
}

const refusal = (path: keyof TeamPicks, problem: string) => new FieldProblems([{ path, problem }]);
