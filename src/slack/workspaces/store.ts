/** Where Bigplan is installed, and the tokens, encrypted. */
import type { Db, Tx } from '../../db/client.ts';
import type { Installation as Row } from '../../db/generated/client.ts';
import type { Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';

/** A place where Bigplan is installed, with what it speaks by. */
export interface Installed {
  /** Slack's id of the workspace or the organisation. */
  id: string;
  /** Null: SLACK_BOT_TOKEN's. */
  token: string | null;
  /** Null: the token doesn't expire. */
  refreshToken: string | null;
  expiresAt: Date | null;
  botId: string | null;
  botUserId: string | null;
}

const sealedAs = (id: string, field: string) => ({ workspaceId: id, userId: '', field });
const TOKEN = 'bot_token';
const REFRESH_TOKEN = 'refresh_token';

/** Where the installation for a workspace is; null: Bigplan isn't installed there (any more). */
export async function findInstalled(store: Store, workspaceId: string): Promise<Installed | null> {
  const row = await store.db.installation.findUnique({ where: { id: workspaceId } });
  if (row === null || row.removedAt !== null) return null;
  return row.viaId === null ? toInstalled(store, row) : findInstalled(store, row.viaId);
}

/**
 * The right to ask Slack for the next token of `installed`, for one process until `until`.
 *
 * @returns false where another has it, or the token is no longer that one.
 */
export async function claimRenewal(
  store: Store<Db>,
  { id, refreshToken }: Installed,
  { now, until }: { now: Date; until: Date },
): Promise<boolean> {
  return inTransaction(store.db, async (tx) => {
    const row = await hold(tx, id);
    const isFree = row !== null && (row.renewingUntil === null || row.renewingUntil <= now);
    if (!isFree || toInstalled(store, row).refreshToken !== refreshToken) return false;
    await tx.installation.update({ where: { id }, data: { renewingUntil: until } });
    return true;
  });
}

/**
 * Keeps the next token in the place of `before`; nothing else about the installation changes. Where it has another one
 * by then, or is gone, nothing does.
 */
export async function saveRenewed(
  store: Store<Db>,
  before: Installed,
  renewed: Installed & { token: string },
): Promise<void> {
  const { id } = before;
  await inTransaction(store.db, async (tx) => {
    const row = await hold(tx, id);
    if (row === null || toInstalled(store, row).refreshToken !== before.refreshToken) return;
    const data = { ...sealed(store, renewed), renewingUntil: null };
    await tx.installation.update({ where: { id }, data });
  });
}

/** Lets another process ask Slack at once. */
export async function releaseRenewal(db: Db, id: string): Promise<void> {
  await db.installation.updateMany({ where: { id }, data: { renewingUntil: null } });
}

async function hold(tx: Tx, id: string): Promise<Row | null> {
  await tx.$queryRaw`SELECT id FROM installation WHERE id = ${id} FOR UPDATE`;
  const row = await tx.installation.findUnique({ where: { id } });
  return row?.removedAt === null ? row : null;
}

/** A workspace of an organisation that has installed Bigplan for all of them. */
export async function joinOrg(db: Db, workspaceId: string, orgId: string, at: Date): Promise<void> {
  await db.installation.upsert({
    where: { id: workspaceId },
    create: { id: workspaceId, viaId: orgId, installedAt: at },
    update: { viaId: orgId, removedAt: null },
  });
}

/**
 * Keeps an installation through Slack; one that was there before is replaced, however it ended. Of an organisation: for
 * its workspaces that were known, too.
 */
export async function saveInstalled(
  store: Store,
  installed: Installed & { token: string },
  at: Date,
): Promise<void> {
  const { db } = store;
  const { id, botId, botUserId } = installed;
  const facts = {
    ...sealed(store, installed),
    botId,
    botUserId,
    installedAt: at,
    removedAt: null,
    renewingUntil: null,
    viaId: null,
    tokenHash: null,
  };
  await db.installation.upsert({ where: { id }, create: { id, ...facts }, update: facts });
  await db.installation.updateMany({ where: { viaId: id }, data: { removedAt: null } });
}

/**
 * Bigplan is no longer welcome there, since `at`: its tokens are let go of at once. What was planned for its people
 * waits until it is installed again. Where that has happened since, nothing changes: Slack may tell late.
 */
export async function removeInstalled(db: Db, id: string, at: Date): Promise<void> {
  await db.installation.updateMany({
    where: {
      OR: [{ id }, { viaId: id }],
      removedAt: null,
      tokenHash: null,
      installedAt: { lte: at },
    },
    data: { removedAt: at, token: null, refreshToken: null, expiresAt: null },
  });
}

/** Which workspace a token was known to be of; null: it is new here. */
export async function workspaceOfHash(db: Db, tokenHash: string): Promise<Installed | null> {
  const row = await db.installation.findFirst({ where: { tokenHash, removedAt: null } });
  return row && { ...plain(row), token: null, refreshToken: null };
}

/**
 * Notes that SLACK_BOT_TOKEN is a workspace's, unless the database belongs to another one already.
 *
 * @returns the workspace that the database belongs to, where that is another; else null.
 */
export async function claimDatabase(
  db: Db,
  { id, tokenHash, botId, botUserId }: Pick<Row, 'id' | 'tokenHash' | 'botId' | 'botUserId'>,
  at: Date,
): Promise<string | null> {
  return inTransaction(
    db,
    async (tx) => {
      const mine = await tx.installation.findFirst({
        where: { tokenHash: { not: null }, id: { not: id } },
      });
      const others = mine ?? (await ownerBefore(tx, id));
      if (others !== null) return others.id;
      const facts = { tokenHash, botId, botUserId, removedAt: null, viaId: null };
      await tx.installation.upsert({
        where: { id },
        create: { id, ...facts, installedAt: at },
        update: facts,
      });
      return null;
    },
    { isolation: 'Serializable', retryUnique: true },
  );
}

/** Of a database from before this was noted: a workspace that was set up there, where `id` never was. */
async function ownerBefore(tx: Tx, id: string): Promise<{ id: string } | null> {
  if ((await tx.installation.count()) > 0) return null;
  const known = await tx.workspace.findMany({
    where: { setUpAt: { not: null } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  });
  return known.some((one) => one.id === id) ? null : (known[0] ?? null);
}

function toInstalled({ encryption }: Store, row: Row): Installed {
  const { id, token, refreshToken } = row;
  return {
    ...plain(row),
    token: token && encryption.decrypt(token, sealedAs(id, TOKEN)),
    refreshToken: refreshToken && encryption.decrypt(refreshToken, sealedAs(id, REFRESH_TOKEN)),
  };
}

function sealed(
  { encryption }: Store,
  { id, token, refreshToken, expiresAt }: Installed & { token: string },
) {
  return {
    token: encryption.encrypt(token, sealedAs(id, TOKEN)),
    refreshToken: refreshToken && encryption.encrypt(refreshToken, sealedAs(id, REFRESH_TOKEN)),
    expiresAt,
  };
}

const plain = ({ id, expiresAt, botId, botUserId }: Row) => ({ id, expiresAt, botId, botUserId });
