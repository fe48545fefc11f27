/** A new hire's weeks and looks: rows ⇄ domain. What a week is about is encrypted here. */
import { z } from 'zod';
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { type KeptWeek, WEEK_KINDS } from './rules.ts';

const Kind = z.enum(WEEK_KINDS).nullable().catch(null);

const aad = (workspaceId: string, userId: string, week: number) => ({
  workspaceId,
  userId,
  field: `onboarding:${week}`,
});

/** What is kept of the weeks of some reps, by user id, in one statement. */
export async function keptWeeks(
  { db, encryption }: Store,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, KeptWeek[]>> {
  const rows = await db.onboardingWeek.findMany({
    where: { workspaceId, repId: { in: [...repIds] } },
    orderBy: { week: 'asc' },
  });
  const byRep = new Map<string, KeptWeek[]>();
  for (const { repId, week, kind, words, confirmedAt, confirmedBy } of rows) {
    const said = words && encryption.decrypt(words, aad(workspaceId, repId, week));
    const one = { week, kind: Kind.parse(kind), words: said, confirmedAt, confirmedBy };
    byRep.set(repId, [...(byRep.get(repId) ?? []), one]);
  }
  return byRep;
}

/** Keeps of a week what is given; the rest stays as it is. */
export async function saveWeek(
  { db, encryption }: Store<Tx>,
  { workspaceId, userId: repId }: PersonRef,
  week: number,
  { words, ...given }: Partial<Omit<KeptWeek, 'week'>>,
): Promise<void> {
  const data = {
    ...given,
    ...(words !== undefined && {
      words: words && encryption.encrypt(words, aad(workspaceId, repId, week)),
    }),
  };
  await db.onboardingWeek.upsert({
    where: { workspaceId_repId_week: { workspaceId, repId, week } },
    create: { workspaceId, repId, week, ...data },
    update: data,
  });
}

/** The looks that were held with some reps, by user id, in one statement. */
export async function heldLooks(
  db: Db | Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, { day: number; heldAt: Date }[]>> {
  const rows = await db.onboardingLook.findMany({
    where: { workspaceId, repId: { in: [...repIds] } },
  });
  const byRep = new Map<string, { day: number; heldAt: Date }[]>();
  for (const { repId, day, heldAt } of rows) {
    byRep.set(repId, [...(byRep.get(repId) ?? []), { day, heldAt }]);
  }
  return byRep;
}

/** A look that was held already stays as it was. */
export async function addLook(
  tx: Tx,
  { workspaceId, userId: repId }: PersonRef,
  { day, heldAt, heldBy }: { day: number; heldAt: Date; heldBy: string },
): Promise<void> {
  const data = [{ workspaceId, repId, day, heldAt, heldBy }];
  await tx.onboardingLook.createMany({ data, skipDuplicates: true });
}

export async function removeLook(
  tx: Tx,
  { workspaceId, userId: repId }: PersonRef,
  day: number,
): Promise<void> {
  await tx.onboardingLook.deleteMany({ where: { workspaceId, repId, day } });
}
