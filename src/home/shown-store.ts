/** Which Homes people have opened, and what Slack shows there: rows ⇄ domain. */
import { z } from 'zod';
import type { Db } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';

/** From 0. */
const Pages = z.object({ team: z.int().optional(), teams: z.int().optional() });
export type Pages = z.infer<typeof Pages>;

export interface ShownHome extends PersonRef {
  /** Slack's, of the view that was published last. */
  hash: string;
  /** Of what was published last. */
  digest: string;
  pages: Pages;
}

/** Whoever was there so lately may still look at it, */
const LOOKING_MS = 15 * 60_000;
/** and so lately, may have left it open. What nobody has opened since is made as they do: Slack tells of that. */
const LEFT_OPEN_MS = 24 * 3_600_000;

const before = (now: Date, ms: number) => new Date(now.getTime() - ms);

type Row = { workspaceId: string; personId: string; hash: string; digest: string; pages: unknown };

const toShown = ({ workspaceId, personId, hash, digest, pages }: Row): ShownHome => ({
  workspaceId,
  userId: personId,
  hash,
  digest,
  pages: Pages.catch({}).parse(pages),
});

const keyOf = ({ workspaceId, userId }: PersonRef) => ({ workspaceId, personId: userId });

/** Until when a Home that was taken up `until` then is as Slack shows it. */
export interface Freshness {
  until: Date;
  freshUntil: Date;
}

/** Keeps what Slack shows now, in the place of nothing, to somebody who is there `at` that moment. */
export async function saveFirstShown(
  db: Db,
  { hash, digest, pages, ...who }: ShownHome,
  { at, freshUntil }: { at: Date; freshUntil: Date },
): Promise<void> {
  const data = { hash, digest, pages, staleAt: freshUntil, openedAt: at };
  await db.homeShown.upsert({
    where: { workspaceId_personId: keyOf(who) },
    create: { ...keyOf(who), ...data },
    update: data,
  });
}

/**
 * Keeps what Slack shows now; what was marked since it was taken up stays so, as with `putOffUnlessMarked`. `openedAt`:
 * when its reader was there, where they are.
 */
export async function saveShown(
  db: Db,
  { workspaceId, userId, hash, digest, pages }: ShownHome,
  { until, freshUntil, openedAt = null }: Freshness & { openedAt?: Date | null },
): Promise<void> {
  await db.$executeRaw`
    UPDATE home_shown SET hash = ${hash}, digest = ${digest}, pages = ${JSON.stringify(pages)}::jsonb,
      opened_at = COALESCE(${openedAt}, opened_at),
      stale_at = CASE WHEN stale_at = ${until} THEN ${freshUntil} ELSE stale_at END
    WHERE workspace_id = ${workspaceId} AND person_id = ${userId}`;
}

/**
 * Takes up a Home that is to be made anew: whatever is marked from here on is seen by `putOffUnlessMarked`. It is
 * made once more at `until` where nobody has come that far. Null for somebody who has never opened theirs.
 */
export async function takeUp(db: Db, who: PersonRef, until: Date): Promise<ShownHome | null> {
  const [row] = await db.$queryRaw<Row[]>`
    UPDATE home_shown SET stale_at = ${until}
    WHERE workspace_id = ${who.workspaceId} AND person_id = ${who.userId}
    RETURNING workspace_id AS "workspaceId", person_id AS "personId", hash, digest, pages`;
  return row ? toShown(row) : null;
}

/** It is as Slack shows it until `freshUntil`, unless it was marked since it was taken up `until` then. */
export async function putOffUnlessMarked(
  db: Db,
  who: PersonRef,
  { until, freshUntil }: Freshness,
): Promise<void> {
  const data = { staleAt: freshUntil };
  await db.homeShown.updateMany({ where: { ...keyOf(who), staleAt: until }, data });
}

/** It is as Slack shows it, until then. */
export async function putOff(db: Db, who: PersonRef, staleAt: Date): Promise<void> {
  await db.homeShown.updateMany({ where: keyOf(who), data: { staleAt } });
}

/** Those to be made anew by `now` that somebody may have before them, the longest first. */
export async function staleHomes(
  db: Db,
  now: Date,
  { most, except }: { most: number; except: string[] },
): Promise<ShownHome[]> {
  const rows = await db.homeShown.findMany({
    where: {
      staleAt: { lte: now },
      openedAt: { gte: before(now, LEFT_OPEN_MS) },
      workspaceId: { notIn: except },
    },
    orderBy: { staleAt: 'asc' },
    take: most,
  });
  return rows.map(toShown);
}

/**
 * Whatever somebody has done may show on their own Home, their manager's, their reps', the leaders' and those of
 * who answers for something in the weekly sync: those that were opened are looked at again by the next tick.
 *
 * @returns whether they may be looking at their own.
 */
export async function markStale(db: Db, actor: PersonRef, now: Date): Promise<boolean> {
  const { workspaceId, userId } = actor;
  // Two that mark the same Homes take them in one order, or each would wait for the other.
  const [row] = await db.$queryRaw<{ isLooking: boolean }[]>`
    WITH shown AS (
      SELECT person_id FROM home_shown
      WHERE workspace_id = ${workspaceId} AND stale_at > ${now} AND (
        person_id = ${userId}
        OR person_id IN (
          SELECT team.manager_id FROM team JOIN person ON person.team_id = team.id
          WHERE person.workspace_id = ${workspaceId} AND person.user_id = ${userId})
        OR person_id IN (
          SELECT person.user_id FROM person JOIN team ON person.team_id = team.id
          WHERE team.workspace_id = ${workspaceId} AND team.manager_id = ${userId})
        OR person_id IN (
          SELECT user_id FROM person WHERE workspace_id = ${workspaceId} AND leader)
        OR person_id IN (
          SELECT owner_id FROM commitment WHERE workspace_id = ${workspaceId})
        OR person_id IN (
          SELECT unnest(ARRAY[marketing, pr, sales]) FROM brief_settings
          WHERE workspace_id = ${workspaceId}))
      ORDER BY person_id FOR UPDATE),
    marked AS (
      UPDATE home_shown SET stale_at = ${now} FROM shown
      WHERE home_shown.workspace_id = ${workspaceId} AND home_shown.person_id = shown.person_id)
    SELECT EXISTS (
      SELECT FROM home_shown
      WHERE workspace_id = ${workspaceId} AND person_id = ${userId}
        AND opened_at >= ${before(now, LOOKING_MS)}) AS "isLooking"`;
  return row?.isLooking ?? false;
}
