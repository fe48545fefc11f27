import type { Context as BoltContext } from '@slack/bolt';
import type { Context } from '../context.ts';
import type { PersonRef } from '../db/store.ts';
import { setUpView } from '../people/set-up/open-set-up.ts';
import { managerOf } from '../people/store.ts';
import { openPlan } from '../plan/open-plan.ts';
import { viewOf } from '../plan/screen.ts';
import { stepForm } from '../plan/wizard/step-view.ts';
import { createKeyedQueue } from '../slack/keyed-queue.ts';
import { listenToWords } from './dm/slack.ts';
import { homeStart, homeTeamPage } from './ids.ts';
import { showHome } from './show-home.ts';

/** Adds App Home. Returns how it hears of a plan, or of people, that have changed elsewhere. */
export function registerHome(context: Context): {
  changed(repId: string, actor: PersonRef): void;
  showAll(workspaceId: string, userIds: readonly string[]): void;
} {
  const { app, db, log, on } = context;
  const queue = createKeyedQueue();
  const show = (actor: PersonRef, page?: number) =>
    queue(`${actor.workspaceId}:${actor.userId}`, () => showHome(context, actor, page));

  app.event('app_home_opened', async ({ event, context: asked }) => {
    if (event.tab === 'home') await show(actorOf(asked, event.user));
  });

  listenToWords(context);

  on.click(homeStart, async ({ actor, open }) => {
    await open(async () => {
      const setUp = await setUpView(context, actor);
      return setUp ?? viewOf(await openPlan(context, actor, actor.userId), context);
    });
    await show(actor);
  });

  on.click(homeTeamPage, ({ actor, value: page }) => show(actor, page));

  // A plan in the making changes with each step; it is shown when the person comes back to Home.
  on.closed(stepForm, ({ actor }) => show(actor));

  const tried = (work: () => Promise<unknown>) =>
    work().catch((err) => log.warn({ err }, 'Home could not be brought up to date'));

  async function showAll(workspaceId: string, userIds: readonly string[]): Promise<void> {
    await Promise.all(userIds.map((userId) => tried(() => show({ workspaceId, userId }))));
  }

  async function showBoth(workspaceId: string, repId: string): Promise<void> {
    const manager = await managerOf(db, { workspaceId, userId: repId });
    await showAll(workspaceId, manager ? [repId, manager.userId] : [repId]);
  }

  return {
    // Not waited for: the click that changed the plan is answered meanwhile.
    changed: (repId, { workspaceId }) => void tried(() => showBoth(workspaceId, repId)),
    showAll: (workspaceId, userIds) => void showAll(workspaceId, userIds),
  };
}

function actorOf({ teamId }: BoltContext, userId: string): PersonRef {
  if (!teamId) throw new Error('a request names no workspace');
  return { workspaceId: teamId, userId };
}
