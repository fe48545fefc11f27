/**
 * Slack's own speed. It takes so many calls of a method a minute from a workspace; how many it says only roughly
 * (“several hundred” messages) and by refusing. So each workspace has a bucket of tokens for each method, which all
 * processes share, and its rate is learnt: slower after a refusal, carefully faster while there is always more to send.
 *
 * The bucket is no count but an instant, when it is full again: the generic cell rate algorithm (ITU-T I.371). All
 * times are the machine's.
 */
import type { Db } from '../db/client.ts';
import { Prisma } from '../db/generated/client.ts';
import type { PacedMethod, SlackLimit, SlackLimits } from './limit-rules.ts';

/** Faster by so many calls a minute with each that is waited for: about three in a hundred each minute. */
const FASTER = 0.03;
/** What is left of the rate after a refusal, and after one soon after another: the first was no mere overshoot. */
const SLOWER = 0.96;
const MUCH_SLOWER = 0.7;
const SOON_MS = 5 * 60_000;
/** Those that were on their way when the first was refused say nothing new. */
const SAME_MS = 5_000;
/** After a refusal: when it is tried to come back to the published rate, and when to find out anew what goes. */
const RECOVER_MS = 10 * 60_000;
const FORGET_MS = 24 * 3_600_000;

/** SQL: the time from one call to the next. */
const GAP = Prisma.sql`(60 / pace.per_minute * interval '1 second')`;

const ago = (now: Date, ms: number) => new Date(now.getTime() - ms);

/**
 * SQL: from when on there is a token in a row of `slack_pace AS pace`, beyond `urgent`. A hundredth early: as the rate
 * grows, the gaps before were longer than those counted here.
 */
const roomFrom = ({ burst }: Pick<SlackLimit, 'burst'>, urgent = Prisma.sql`0`) =>
  Prisma.sql`(pace.full_at - (${burst} - 0.99 + ${urgent}) * ${GAP})`;

const BULK = 'bulk ';
/** SQL: the flag by which workers pass over what nobody waits for in a workspace (an expression of its id). */
export const bulkFlag = (workspaceId: Prisma.Sql) => Prisma.sql`${BULK}::text || ${workspaceId}`;
/** The same, of an id. */
export const bulkFlagOf = (workspaceId: string) => `${BULK}${workspaceId}`;

export type SharedPace = ReturnType<typeof createPace>;

export function createPace(db: Db, limits: SlackLimits) {
  /**
   * SQL: takes a token for the one row (workspace_id, is_urgent) of a CTE `mine`, if there is one and a token now, or
   * (`waits`) the next one that there will be. Returns `mine_at`: from when on it may be used, and `room_at`: from when on
   * nobody has to wait for the next.
   */
  function takeToken(method: PacedMethod, now: Date, { waits = false } = {}): Prisma.Sql {
    const limit = limits[method];
    const { perMinute, most, burst, urgent } = limit;
    const more = Prisma.sql`CASE WHEN (SELECT is_urgent FROM mine) THEN ${urgent}::int ELSE 0 END`;
    return Prisma.sql`
      INSERT INTO slack_pace AS pace (workspace_id, method, full_at, per_minute)
      SELECT workspace_id, ${method},
        ${now}::timestamp + 60 / ${perMinute}::float8 * interval '1 second', ${perMinute}::float8 FROM mine
      ON CONFLICT (workspace_id, method) DO UPDATE SET
        full_at = GREATEST(pace.full_at, ${now}::timestamp) + ${GAP},
        per_minute = CASE
          WHEN pace.full_at <= ${now}::timestamp OR pace.told_at > ${ago(now, RECOVER_MS)}::timestamp
            THEN pace.per_minute
          WHEN pace.told_at > ${ago(now, FORGET_MS)}::timestamp
            THEN GREATEST(pace.per_minute, LEAST(${perMinute}, pace.per_minute + ${FASTER}))
          ELSE LEAST(${most}, pace.per_minute + ${FASTER}) END
      WHERE ${waits} OR ${roomFrom(limit, more)} <= ${now}::timestamp
      RETURNING ${roomFrom(limit)} AS room_at, ${roomFrom({ burst: burst + 1 })} AS mine_at`;
  }

  const one = (workspaceId: string, isUrgent: boolean) =>
    Prisma.sql`mine AS (SELECT ${workspaceId}::text AS workspace_id, ${isUrgent}::boolean AS is_urgent)`;

  /** SQL: whether a row of `slack_pace AS pace` has no token left now for what nobody waits for. */
  const isEmpty = (method: PacedMethod) => Prisma.sql`(
    pace.method = ${method} AND ${roomFrom(limits[method])} > ${new Date()}::timestamp)`;

  return {
    takeToken,

    /** Takes a token, and returns from when on nobody has to wait for the next; null: there was none at `now`. */
    async take(
      workspaceId: string,
      method: PacedMethod,
      now: Date,
      { isUrgent = false } = {},
    ): Promise<Date | null> {
      const [row] = await db.$queryRaw<{ at: Date }[]>`
        WITH ${one(workspaceId, isUrgent)}, token AS (${takeToken(method, now)})
        SELECT room_at AS at FROM token`;
      return row?.at ?? null;
    },

    /** Takes the next token, and returns from when on it may be used; null where Slack refuses the whole workspace. */
    async takeNext(workspaceId: string, method: PacedMethod, now: Date): Promise<Date | null> {
      const [row] = await db.$queryRaw<{ at: Date }[]>`
        WITH mine AS (
          SELECT id AS workspace_id, false AS is_urgent FROM (VALUES (${workspaceId}::text)) AS asked (id)
          WHERE NOT EXISTS (SELECT FROM slack_pause WHERE workspace_id = id AND refused IS NOT NULL)),
        token AS (${takeToken(method, now, { waits: true })})
        SELECT mine_at AS at FROM token`;
      return row?.at ?? null;
    },

    /** From when on there is a token; null: now. */
    async roomAt(
      workspaceId: string,
      method: PacedMethod,
      now: Date,
      { isUrgent = false } = {},
    ): Promise<Date | null> {
      const limit = limits[method];
      const urgent = Prisma.sql`${isUrgent ? limit.urgent : 0}::int`;
      const [row] = await db.$queryRaw<{ at: Date }[]>`
        SELECT ${roomFrom(limit, urgent)} AS at FROM slack_pace AS pace
        WHERE workspace_id = ${workspaceId} AND method = ${method}`;
      return row !== undefined && row.at >= now ? new Date(row.at.getTime() + 1) : null;
    },

    /** SQL: the flags (see job-queue.ts) of what has to wait now, and from when on it needn't. */
    emptyFlags: (method: PacedMethod) => Prisma.sql`
      SELECT ${bulkFlag(Prisma.sql`workspace_id`)} AS flag, ${roomFrom(limits[method])} AS until
      FROM slack_pace AS pace WHERE ${isEmpty(method)}`,

    isEmpty,

    /** SQL: the same of a workspace (an expression of its id). */
    isEmptyIn: (workspaceId: Prisma.Sql, method: PacedMethod) => Prisma.sql`EXISTS (
      SELECT FROM slack_pace AS pace WHERE pace.workspace_id = ${workspaceId} AND ${isEmpty(method)})`,

    /** Slack has refused a call as too fast, and takes none before `until`. */
    async slowDown(
      workspaceId: string,
      method: PacedMethod,
      { now, until }: { now: Date; until: Date },
    ): Promise<void> {
      const { burst, least } = limits[method];
      const isKnown = Prisma.sql`COALESCE(told_at > ${ago(now, SAME_MS)}::timestamp, false)`;
      const slower = Prisma.sql`CASE WHEN ${isKnown} THEN per_minute
        ELSE GREATEST(${least}::float8, per_minute * CASE WHEN told_at > ${ago(now, SOON_MS)}::timestamp
          THEN ${MUCH_SLOWER}::float8 ELSE ${SLOWER}::float8 END) END`;
      await db.$executeRaw`
        UPDATE slack_pace SET
          full_at = GREATEST(full_at, ${until}::timestamp + (${burst} - 0.99) * (60 / ${slower}) * interval '1 second'),
          per_minute = ${slower},
          told_at = CASE WHEN ${isKnown} THEN told_at ELSE ${now}::timestamp END
        WHERE workspace_id = ${workspaceId} AND method = ${method}`;
    },
  };
}
