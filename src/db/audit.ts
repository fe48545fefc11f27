/** The audit log: who did what to whom, in ids. The database refuses to change what stands in it. */
import type { Db, Tx } from './client.ts';
import type { PersonRef } from './store.ts';

export type AuditKind =
  | `plan_${'created' | 'proposed' | 'taken_back' | 'changes_requested' | 'agreed' | 'superseded' | 'closed' | 'dropped' | 'brought_back'}`
  | `${'admin' | 'leader' | 'manager'}_${'given' | 'taken'}`
  | `team_${'joined' | 'left'}`
  | `person_${'left' | 'back'}`
  | 'settings_changed'
  | 'exported'
  | 'forgotten'
  | Seen;

/** What somebody else saw of a rep's: their plan, or how they stand. */
export const SEEN = ['plan_seen', 'standing_seen'] as const;
export type Seen = (typeof SEEN)[number];

/** Stands for whoever did it in Slack, which doesn't say who: an account was deactivated, or is a guest's now. */
export const BY_SLACK = 'slack';

export interface AuditedAct {
  workspaceId: string;
  actorId: string;
  kind: AuditKind;
  /** Whom it is about. */
  subjectId?: string | null;
  /** The id of what it is about; never words or an amount. */
  about?: string | null;
  at: Date;
}

/** Notes it down, in the transaction in which it happens where there is one. */
export async function recordAct(db: Db | Tx, ...acts: readonly AuditedAct[]): Promise<void> {
  await db.auditEntry.createMany({ data: [...acts] });
}

/** Whose plan or standing something shows, by name. */
export interface Shows {
  kind: Seen;
  repIds: readonly string[];
}

/** Turning pages isn't seeing it once more. */
const SAME_LOOK_MS = 15 * 60_000;

/**
 * Notes down that somebody saw what is these reps' own at an instant, once a quarter of an hour. Their own looks aren't
 * noted. Two statements, however many they are.
 */
export async function recordSeen(
  db: Db | Tx,
  { workspaceId, userId: actorId }: PersonRef,
  { kind, repIds }: Shows,
  at: Date,
): Promise<void> {
  const others = repIds.filter((repId) => repId !== actorId);
  if (others.length === 0) return;
  const lately = await db.auditEntry.findMany({
    where: {
      workspaceId,
      actorId,
      kind,
      subjectId: { in: others },
      at: { gt: new Date(at.getTime() - SAME_LOOK_MS) },
    },
    select: { subjectId: true },
  });
  const known = new Set(lately.map(({ subjectId }) => subjectId));
  const anew = others.filter((repId) => !known.has(repId));
  await recordAct(db, ...anew.map((subjectId) => ({ workspaceId, actorId, kind, subjectId, at })));
}
