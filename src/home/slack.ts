import { z } from 'zod';
import { yearSoFar } from '../activity/year-so-far.ts';
import type { Context } from '../context.ts';
import { hasWritten } from '../db/scope.ts';
import type { PersonRef } from '../db/store.ts';
import { UserError } from '../errors.ts';
import { meetPerson } from '../people/meet-person.ts';
import { setUpView } from '../people/set-up/open-set-up.ts';
import { managerOf } from '../people/store.ts';
import { openPlan } from '../plan/open-plan.ts';
import { followsText, viewOf } from '../plan/screen.ts';
import { stepForm } from '../plan/wizard/step-view.ts';
import { inTurn, stepAside } from '../slack/admission.ts';
import { createKeyedQueue } from '../slack/keyed-queue.ts';
import { actorOf } from '../slack/workspaces/acting.ts';
import { digestMessages } from './digest/messages.ts';
import { DIGEST, digestPlanner } from './digest/planner.ts';
import { listenToWords } from './dm/slack.ts';
import { homeLeaderPage, homeStart, homeTeamPage } from './ids.ts';
import { refreshHome, refreshHomes, type ShowHow, showHome } from './publish.ts';
import { markStale } from './shown-store.ts';
import { leadersTeams } from './team.ts';

/** Adds App Home. Returns how it hears of a plan, or of people, that have changed elsewhere. */
export function registerHome(context: Context): {
  changed(repId: string, actor: PersonRef): void;
  showAll(workspaceId: string, userIds: readonly string[]): void;
  /** The tick's part: brings those up to date that something has changed on. */
  refresh(): Promise<void>;
} {
  const { app, db, log, on, clock } = context;
  const queue = createKeyedQueue();
  const show = (actor: PersonRef, how?: ShowHow) => {
    // Who waits for those before them takes no place.
    stepAside();
    return queue(`${actor.workspaceId}:${actor.userId}`, () =>
      inTurn(() => showHome(context, actor, how)),
    );
  };

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    const actor = actorOf(body);
    await show(actor, { isOpened: true });
  });

  // Whatever somebody does may show on a Home: on their own at once where they may look at it, on others with the next
  // tick.
  app.use(async ({ body, next }) => {
    await next();
    const done = doneBy(body);
    // Who only looked has changed nothing.
    if (!done || !(hasWritten() || done.onHome)) return;
    const actor = actorOf(body);
    await tried(async () => {
      const isLooking = await markStale(db, actor, clock.now());
      if (done.onHome) await show(actor, { isThere: true });
      else if (isLooking && !done.onlyTyped) await refreshOwn(actor);
    });
  });

  const waiting = new Set<string>();
  /** Of what was done before it is made, once is enough. */
  async function refreshOwn(actor: PersonRef): Promise<void> {
    const key = `${actor.workspaceId}:${actor.userId}`;
    if (waiting.has(key)) return;
    waiting.add(key);
    await queue(key, () => {
      waiting.delete(key);
      return inTurn(() => refreshHome(context, actor), 'beside');
    });
  }

  listenToWords(context);
  context.outbox.declare(...digestMessages(context));
  context.scheduler.register(DIGEST, digestPlanner(context));

  on.click(homeStart, async ({ actor, open }) => {
    await open(async () => {
      const setUp = await setUpView(context, await meetPerson(context, actor));
      if (setUp) return setUp;
      const plan = await openPlan(context, { yearSoFar }, actor, actor.userId);
      return viewOf(plan, context, followsText(plan));
    });
    await show(actor);
  });

  on.act(homeTeamPage, ({ actor, value: team }) => show(actor, { pages: { team } }));
  on.act(homeLeaderPage, async ({ actor, value: teams, view, update }) => {
    if (view?.type !== 'modal') return show(actor, { pages: { teams } });
    const reader = await meetPerson(context, actor);
    // Whoever leads no more sees no more.
    if (reader.leader) await update(() => leadersTeams(context, reader, teams));
  });

  // A plan in the making changes with each step; it is shown when the person comes back to Home.
  on.closed(stepForm, ({ actor }) => show(actor));

  const tried = (work: () => Promise<unknown>) =>
    work().catch((err) => {
      // Whoever has no part in Bigplan has no Home either.
      if (err instanceof UserError) return;
      log.warn({ err }, 'Home could not be brought up to date');
    });

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
    refresh: () => refreshHomes(context, queue),
  };
}

const Acted = z.object({
  type: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  user_id: z.string().optional(),
  event: z.object({ type: z.string(), user: z.string().optional() }).optional(),
  view: z.object({ type: z.string() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), type: z.string() })).optional(),
});

interface Done {
  /** On their Home, beyond turning its pages. */
  onHome: boolean;
  /** Something was typed, picked or looked for in a form: what becomes of it comes with its submission. */
  onlyTyped: boolean;
}

/** Null: nobody did anything. */
function doneBy(body: unknown): Done | null {
  const read = Acted.safeParse(body);
  if (!read.success || read.data.event?.type === 'app_home_opened') return null;
  const { type, user, user_id, event, view, actions } = read.data;
  if ((user?.id ?? user_id ?? event?.user) === undefined) return null;
  const turns = actions?.some(({ action_id }) => action_id.startsWith('home_')) ?? false;
  const pressed = actions?.some((one) => one.type === 'button' || one.type === 'overflow') ?? true;
  return {
    onHome: view?.type === 'home' && actions !== undefined && !turns,
    onlyTyped: type === 'block_suggestion' || turns || (view !== undefined && !pressed),
  };
}
