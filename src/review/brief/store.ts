/** The weekly sync brief's settings and what was said of a week: rows ⇄ domain. */
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { freshChannel } from '../../people/store.ts';
import { WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import { type BriefFunction, FUNCTIONS, Mention, type SaidWeek } from './schemas.ts';

type Client = Db | Tx;

export interface BriefSettings {
  workspaceId: string;
  channelId: string;
  /** Slack's user id of whoever set it up: it goes by their clocks. */
  setBy: string;
  weekday: Weekday;
  /** Local wall time, `HH:mm`. */
  time: string;
  /** Slack's user ids; null: nobody. */
  owners: Record<BriefFunction, string | null>;
}

/** Null: there is no brief in that workspace. */
export async function briefSettings(
  db: Client,
  workspaceId: string,
): Promise<BriefSettings | null> {
  const row = await db.briefSettings.findUnique({ where: { workspaceId } });
  if (!row) return null;
  const { marketing, pr, sales, channelId, setBy, time } = row;
  const weekday = WEEKDAYS.find((one) => one === row.weekday) ?? 'mon';
  return { workspaceId, channelId, setBy, weekday, time, owners: { marketing, pr, sales } };
}

/** `at`: when it was chosen; from then on Slack is asked daily about another channel than before. */
export async function saveBriefSettings(
  tx: Tx,
  { workspaceId, owners, channelId, ...rest }: BriefSettings,
  at: Date,
): Promise<void> {
  const before = await tx.briefSettings.findUnique({ where: { workspaceId } });
  const channel = before?.channelId === channelId ? {} : freshChannel(channelId, at);
  const data = { ...rest, ...owners, channelId, ...channel };
  await tx.briefSettings.upsert({
    where: { workspaceId },
    create: { workspaceId, ...data },
    update: data,
  });
}

export async function removeBriefSettings(tx: Tx, workspaceId: string): Promise<void> {
  await tx.briefSettings.deleteMany({ where: { workspaceId } });
}

/** What somebody answers for in the weekly sync. */
export async function functionsOf(
  db: Client,
  { workspaceId, userId }: PersonRef,
): Promise<BriefFunction[]> {
  const owners = (await briefSettings(db, workspaceId))?.owners;
  return FUNCTIONS.filter((its) => owners?.[its] === userId);
}

/** Who answers for a function in the weekly sync; null: nobody. */
export async function functionOwner(
  db: Client,
  workspaceId: string,
  its: BriefFunction,
): Promise<string | null> {
  return (await briefSettings(db, workspaceId))?.owners[its] ?? null;
}

const mentionsOf = (workspaceId: string, week: string) => ({
  workspaceId,
  userId: '',
  field: `mentions:${week}`,
});

/** What was said of weeks, by their Mondays, of those from one to another, the oldest first. */
export async function engagementOf(
  { db, encryption }: Store<Client>,
  workspaceId: string,
  { from, to }: { from: string; to: string },
): Promise<SaidWeek[]> {
  const rows = await db.engagementWeek.findMany({
    where: { workspaceId, week: { gte: from, lte: to } },
    orderBy: { week: 'asc' },
  });
  return rows.map(({ week, attendance, opens, contentRead, earnedMedia, mentions }) => ({
    week,
    counts: { attendance, opens, contentRead, earnedMedia },
    mentions: mentions
      ? Mention.array().parse(
          JSON.parse(encryption.decrypt(mentions, mentionsOf(workspaceId, week))),
        )
      : [],
  }));
}

/** Nothing is said of that week any more. */
export async function removeEngagement(tx: Tx, workspaceId: string, week: string): Promise<void> {
  await tx.engagementWeek.deleteMany({ where: { workspaceId, week } });
}

/** Whoever says it last is right. */
export async function saveEngagement(
  { db, encryption }: Store<Tx>,
  workspaceId: string,
  { week, counts, mentions }: SaidWeek,
  by: { addedBy: string; at: Date },
): Promise<void> {
  const words = JSON.stringify(mentions);
  const data = {
    ...counts,
    mentions: mentions.length > 0 ? encryption.encrypt(words, mentionsOf(workspaceId, week)) : null,
    addedBy: by.addedBy,
    updatedAt: by.at,
  };
  await db.engagementWeek.upsert({
    where: { workspaceId_week: { workspaceId, week } },
    create: { workspaceId, week, ...data },
    update: data,
  });
}
