import type { HomeView } from '@slack/types';
import type { Context } from '../context.ts';
import { readOnce } from '../db/read-once.ts';
import type { PersonRef } from '../db/store.ts';
import { meetPerson } from '../people/meet-person.ts';
import { needsSetUp } from '../people/set-up/rules.ts';
import { managerOf, openQuestionsTo, type Person, workspaceOf } from '../people/store.ts';
import type { TeamQuestion } from '../people/team/messages-view.ts';
import type { OpenPlan } from '../plan/on-version.ts';
import { findOwnPlan } from '../plan/open-plan.ts';
import { screenOf } from '../plan/screen.ts';
import { agreedVersion } from '../plan/store.ts';
import { functionsOf } from '../review/brief/store.ts';
import { commitmentsOwnedBy } from '../review/commitments/store.ts';
import { mrkdwn, type SlackText } from '../slack/text.ts';
import { addDays } from '../time/local-date.ts';
import { localDateIn, zoneOf } from '../time/zone.ts';
import { namedToLeaders } from './leader-view.ts';
import { ownHome } from './own.ts';
import type { Pages } from './shown-store.ts';
import { leaderOf, teamOf } from './team.ts';
import { type HomeTaken, homeView } from './view.ts';

export type HomeDeps = Pick<
  Context,
  'admins' | 'db' | 'encryption' | 'stash' | 'clock' | 'log' | 'client' | 'scheduler' | 'outbox'
>;

/** Somebody's Home as things stand, when it is another by itself, and whose standing it shows by name. Makes no plan. */
export async function makeHome(
  deps: HomeDeps,
  actor: PersonRef,
  pages: Pages,
): Promise<{ view: HomeView; freshUntil: Date; named: string[] }> {
  const reader = await meetPerson(deps, { workspaceId: actor.workspaceId, userId: actor.userId });
  const reading = { ...deps, db: readOnce(deps.db) };
  const plan = await findOwnPlan(reading, actor);
  const team = await teamOf(reading, reader, pages.team ?? 0);
  const leader = reader.leader ? await leaderOf(reading, reader, pages.teams ?? 0) : null;
  const view = homeView({
    needsSetUp: needsSetUp(await workspaceOf(reading.db, actor.workspaceId), reader) !== null,
    questions: await questionsTo(reading, reader),
    plan: plan && screenOf(plan, reading, await inForceNote(reading, plan)),
    untold: await deps.outbox.untold(reader),
    own: await ownHome(reading, reader),
    taken: await takenOf(reading, reader),
    team,
    leader,
    locale: reader.locale,
    admin: reader.admin,
  });
  const tomorrow = addDays(localDateIn(reader.timeZone, deps.clock.now()), 1);
  return {
    view,
    freshUntil: zoneOf(reader.timeZone).instantAt(tomorrow, DAY_BEGINS),
    named: [
      ...(team?.rows.items.map(({ userId }) => userId) ?? []),
      ...(leader ? namedToLeaders(leader) : []),
    ],
  };
}

const MOST_QUESTIONS = 3;

async function questionsTo({ db }: HomeDeps, reader: Person): Promise<TeamQuestion[]> {
  const open = await openQuestionsTo(db, reader);
  if (open.length === 0) return [];
  const currentManagerId = (await managerOf(db, reader))?.userId ?? null;
  return open.slice(0, MOST_QUESTIONS).map((one) => ({ ...one, currentManagerId }));
}

/** What is done stays for so long, to be taken back. */
const DONE_MS = 3 * 86_400_000;

/** What somebody took on before others; null for somebody who answers for nothing and has nothing there. */
async function takenOf(deps: HomeDeps, reader: Person): Promise<HomeTaken | null> {
  const { workspaceId, userId, timeZone } = reader;
  const now = deps.clock.now();
  const since = new Date(now.getTime() - DONE_MS);
  const items = await commitmentsOwnedBy(deps, workspaceId, [userId], since);
  const functions = await functionsOf(deps.db, reader);
  if (items.length === 0 && functions.length === 0) return null;
  return { items, functions, today: localDateIn(timeZone, now) };
}

/** When a Home shows the new day. */
const DAY_BEGINS = '05:00';

/** Home shows the newest version: which one counts until that is signed has to be said. */
async function inForceNote(deps: HomeDeps, { version }: OpenPlan): Promise<SlackText | undefined> {
  if (version.status === 'agreed') return undefined;
  const agreed = await agreedVersion(deps, version.planId);
  if (!agreed) return undefined;
  return mrkdwn`*Version ${agreed.number}* stays in force until you have both signed this one.`;
}
