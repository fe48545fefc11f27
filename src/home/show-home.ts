import { planInForce } from '../activity/plan-in-force.ts';
import { repStatuses } from '../activity/rep-statuses.ts';
import type { Context } from '../context.ts';
import type { PersonRef } from '../db/store.ts';
import { meetPerson } from '../people/meet-person.ts';
import { needsSetUp } from '../people/set-up/rules.ts';
import { type Person, teamLedBy, workspaceOf } from '../people/store.ts';
import type { OpenPlan } from '../plan/on-version.ts';
import { findOwnPlan } from '../plan/open-plan.ts';
import { screenOf } from '../plan/screen.ts';
import { agreedVersion } from '../plan/store.ts';
import { paginate } from '../slack/paginate.ts';
import { mrkdwn, type SlackText } from '../slack/text.ts';
import { publishHome } from '../slack/views.ts';
import { type HomeTeam, homeView, REPS_A_PAGE } from './view.ts';

type HomeDeps = Pick<
  Context,
  'db' | 'encryption' | 'clock' | 'log' | 'client' | 'scheduler' | 'outbox'
>;

/** Publishes somebody's Home as things stand. `page` is the team's, from 0. Makes no plan. */
export async function showHome(deps: HomeDeps, actor: PersonRef, page = 0): Promise<void> {
  const { workspaceId, userId } = actor;
  const reader = await meetPerson(deps, { workspaceId, userId });
  const plan = await findOwnPlan(deps, actor);
  const view = homeView({
    needsSetUp: needsSetUp(await workspaceOf(deps.db, workspaceId), reader) !== null,
    plan: plan && screenOf(plan, deps, await inForceNote(deps, plan)),
    day: await loggableDay(deps, actor),
    team: await teamOf(deps, reader, page),
    admin: reader.admin,
  });
  await publishHome(deps.client, userId, view);
}

/** Today, where the plan in force covers it. */
async function loggableDay(deps: HomeDeps, actor: PersonRef): Promise<string | null> {
  const plan = await planInForce(deps, actor);
  if (!plan) return null;
  const today = plan.zone.dateAt(deps.clock.now());
  const { start, end } = plan.work.period;
  return start <= today && today <= end ? today : null;
}

/** Home shows the newest version: which one counts until that is signed has to be said. */
async function inForceNote(deps: HomeDeps, { version }: OpenPlan): Promise<SlackText | undefined> {
  if (version.status === 'agreed') return undefined;
  const agreed = await agreedVersion(deps, version.planId);
  if (!agreed) return undefined;
  return mrkdwn`*Version ${agreed.number}* stays in force until you have both signed this one.`;
}

async function teamOf(
  deps: HomeDeps,
  { workspaceId, userId, manager }: Person,
  page: number,
): Promise<HomeTeam | null> {
  const team = await teamLedBy(deps.db, { workspaceId, userId });
  const { members, asked } = team ?? { members: [], asked: [] };
  if (!manager && members.length === 0 && asked.length === 0) return null;
  const reps = paginate(members, page, REPS_A_PAGE);
  const ids = reps.items.map((rep) => rep.userId);
  return { reps, asked, statuses: await repStatuses(deps, workspaceId, ids) };
}
