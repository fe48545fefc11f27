/** Home going out: at once for whoever looks at it, in the background only where it has changed. */
import { createHash } from 'node:crypto';
import type { HomeView } from '@slack/types';
import type { Context } from '../context.ts';
import { recordSeen } from '../db/audit.ts';
import { inWorkspace } from '../db/scope.ts';
import type { PersonRef } from '../db/store.ts';
import { isSlackCode, refusalIn } from '../slack/errors.ts';
import { stow } from '../slack/stashed.ts';
import { publishHome } from '../slack/views.ts';
import { type HomeDeps, makeHome } from './show-home.ts';
import {
  type Pages,
  putOff,
  putOffUnlessMarked,
  type ShownHome,
  saveFirstShown,
  saveShown,
  staleHomes,
  takeUp,
} from './shown-store.ts';

/** One that went wrong is made once more after so long. */
const AGAIN_MS = 5 * 60_000;

export interface ShowHow {
  /** What its reader has turned to. */
  pages?: Pages;
  /** By its reader, who is shown what changes from now on. */
  isOpened?: boolean;
  /** Whether its reader has just done something on it; whoever opens it or turns its pages has. */
  isThere?: boolean;
}

/** Publishes somebody's Home as things stand. */
export async function showHome(
  deps: HomeDeps,
  actor: PersonRef,
  { pages, isOpened = false, isThere = isOpened || pages !== undefined }: ShowHow = {},
): Promise<void> {
  const { workspaceId, userId } = actor;
  const now = deps.clock.now();
  const until = new Date(now.getTime() + AGAIN_MS);
  const before = await takeUp(deps.db, actor, until);
  const turned = { ...before?.pages, ...pages };
  const { view, freshUntil, named } = await makeHome(deps, actor, turned);
  const hash = await publishHome(deps.client, userId, await stow(deps.stash, actor, view));
  // What is brought up to date by itself nobody has looked at.
  if (isOpened || pages) {
    const shows = { kind: 'standing_seen', repIds: named } as const;
    await recordSeen(deps.db, actor, shows, deps.clock.now());
  }
  if (!isOpened && !before) return;
  const shown = { workspaceId, userId, hash, digest: digestOf(view), pages: turned };
  if (!before) return saveFirstShown(deps.db, shown, { at: now, freshUntil });
  await saveShown(deps.db, shown, { until, freshUntil, openedAt: isThere ? now : null });
}

const digestOf = (view: object) =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url');

/** So many in a tick: the others are shown by the next one. */
const MOST_AT_ONCE = 40;

/** Makes the Homes anew that something has changed on, and publishes those that are others now. */
export async function refreshHomes(
  deps: HomeDeps & Pick<Context, 'bulkClient'>,
  queue: <T>(key: string, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const now = deps.clock.now();
  const refusals = await deps.outbox.refusals();
  const except = refusals.map(({ workspaceId }) => workspaceId);
  const refused = new Set<string>();
  for (const shown of await staleHomes(deps.db, now, { most: MOST_AT_ONCE, except })) {
    const { workspaceId, userId } = shown;
    // Of the token, not of this Home: they wait, and the next tick asks once.
    if (refused.has(workspaceId)) continue;
    await inWorkspace(workspaceId, () =>
      queue(`${workspaceId}:${userId}`, () => refreshHome(deps, shown)),
    ).catch(async (err) => {
      if (refusalIn(err) !== null) return void refused.add(workspaceId);
      deps.log.warn({ err }, 'Home could not be brought up to date');
      await putOff(deps.db, shown, new Date(now.getTime() + AGAIN_MS));
    });
  }
}

/** Publishes somebody's Home where they have opened it and something has changed on it. */
export async function refreshHome(
  deps: HomeDeps & Pick<Context, 'bulkClient'>,
  who: PersonRef,
): Promise<void> {
  const until = new Date(deps.clock.now().getTime() + AGAIN_MS);
  const shown = await takeUp(deps.db, who, until);
  if (!shown) return;
  const { view, freshUntil } = await makeHome(deps, shown, shown.pages);
  // What is compared isn’t stowed yet: a row’s id changes with the keys.
  const digest = digestOf(view);
  const fresh = { until, freshUntil };
  if (digest === shown.digest) return putOffUnlessMarked(deps.db, shown, fresh);
  const hash = await publishAnew(deps, shown, await stow(deps.stash, who, view));
  await saveShown(deps.db, { ...shown, hash, digest }, fresh);
}

/** Returns Slack's hash of it. */
async function publishAnew(
  { bulkClient }: Pick<Context, 'bulkClient'>,
  { userId, hash }: ShownHome,
  view: HomeView,
): Promise<string> {
  try {
    return await publishHome(bulkClient, userId, view, hash);
  } catch (error) {
    // Something newer is shown there by now: another process was first.
    if (!isSlackCode(error, 'hash_conflict')) throw error;
    return publishHome(bulkClient, userId, view);
  }
}
