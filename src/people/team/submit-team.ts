import type { Context } from '../../context.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { checkPeople } from '../check-people.ts';
import type { Actor } from '../deps.ts';
import { meetPerson } from '../meet-person.ts';
import { TeamForm } from '../schemas.ts';
import { byBlock } from '../settings/read-settings.ts';
import { teamLedBy } from '../store.ts';
import { saveTeam, type TeamSaved } from './save-team.ts';
import { readTeamState } from './view.ts';

/** The parts of Bolt’s view that are read here. */
export interface SubmittedTeam {
  state: { values: Parameters<typeof readState>[0] };
  private_metadata: string;
}

type Submitted = { ok: true; saved: TeamSaved } | { ok: false; errors: Record<string, string> };

/** Reads the form of a team and saves it. Errors are by block id, as Slack wants them. */
export async function submitTeam(
  context: Context,
  actor: Actor,
  view: SubmittedTeam,
): Promise<Submitted> {
  const { workspaceId, userId } = actor;
  const form = readState(view.state.values);
  const parsed = parseForm(TeamForm, form);
  if (!parsed.ok) return { ok: false, errors: parsed.errors };
  const { reps, channel } = parsed.value;
  const refused = (problems: Record<string, string>): Submitted => ({
    ok: false,
    errors: byBlock(problems, form),
  });
  if (reps.includes(userId)) {
    return refused({ reps: 'You are the manager of this team: pick the others.' });
  }
  const team = await teamLedBy(context.db, workspaceId, userId);
  const now = (team?.members ?? []).map((member) => member.userId);
  const { members } = readTeamState(view.private_metadata, now);
  const added = reps.filter((id) => !members.includes(id));
  const removed = members.filter((id) => !reps.includes(id));

  await meetPerson(context, workspaceId, userId);
  const problems = await checkPeople(context, workspaceId, { reps: added });
  if (Object.keys(problems).length > 0) return refused(problems);
  const saved = await saveTeam(context, actor, { added, removed, channelId: channel });
  if (saved === 'channel_taken') {
    return refused({
      channel: 'That channel belongs to another team already: pick one of your own.',
    });
  }
  return { ok: true, saved };
}
