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

type Row = { workspaceId: string; personId: string; hash: string; digest: string; pages: unknown };

const toShown = ({ workspaceId, personId, hash, digest, pages }: Row): ShownHome => ({
  workspaceId,
  userId: personId,
  hash,
  digest,
  pages: Pages.catch({}).parse(pages),
});

const keyOf = ({ workspaceId, userId }: PersonRef) => ({ workspaceId, personId: userId });

/** `staleAt`: when it is another by itself; as it was where left out. */
export async function saveShown(
  db: Db,
  { hash, digest, pages, ...who }: ShownHome,
  staleAt?: Date,
): Promise<void> {
  const data = { hash, digest, pages };
  if (!staleAt) return void (await db.homeShown.updateMany({ where: keyOf(who), data }));
  await db.homeShown.upsert({
    where: { workspaceId_personId: keyOf(who) },
    create: { ...keyOf(who), ...data, staleAt },
    update: { ...data, staleAt },
  });
}

/**
 * Takes up a Home that is to be made anew: whatever is marked from here on is seen by `putOffUnlessMarked`. It is
 * made once more at `until` where nobody has come that far. Null for somebody who has never opened theirs.
 */
export async function takeUp(db: Db, who: PersonRef, until: Date): Promise<ShownHome | null> {
  const [row] = await db.homeShown.updateManyAndReturn({
    where: keyOf(who),
    data: { staleAt: until },
  });
  return row ? toShown(row) : null;
}

/** It is as Slack shows it until `freshUntil`, unless it was marked since it was taken up `until` then. */
export async function putOffUnlessMarked(
  db: Db,
  who: PersonRef,
  { until, freshUntil }: { until: Date; freshUntil: Date },
): Promise<void> {
  const data = { staleAt: freshUntil };
  await db.homeShown.updateMany({ where: { ...keyOf(who), staleAt: until }, data });
}

/** It is as Slack shows it, until then. */
export async function putOff(db: Db, who: PersonRef, staleAt: Date): Promise<void> {
  await db.homeShown.updateMany({ where: keyOf(who), data: { staleAt } });
}

/** Those to be made anew by `now`, the longest first. */
export async function staleHomes(
  db: Db,
  now: Date,
  { most, except }: { most: number; except: string[] },
): Promise<ShownHome[]> {
  const rows = await db.homeShown.findMany({
    where: { staleAt: { lte: now }, workspaceId: { notIn: except } },
    orderBy: { staleAt: 'asc' },
    take: most,
  });
  return rows.map(toShown);
}

/**
 * Whatever somebody has done may show on their own Home, their manager's, their reps', the leaders' and those of
 * who answers for something in the weekly sync: those that were opened are looked at again by the next tick.
 */
export async function markStale(db: Db, actor: PersonRef, now: Date): Promise<void> {
  const { workspaceId, userId } = actor;
  // Two that mark the same Homes take them in one order, or each would wait for the other.
  await db.$executeRaw`
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
      ORDER BY person_id FOR UPDATE)
    UPDATE home_shown SET stale_at = ${now} FROM shown
    WHERE home_shown.workspace_id = ${workspaceId} AND home_shown.person_id = shown.person_id`;
}
