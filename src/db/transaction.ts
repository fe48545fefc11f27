/** Transactions that try again where PostgreSQL says that another one got in between. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db, Tx } from './client.ts';
import { Prisma } from './generated/client.ts';

interface Options {
  /** `Serializable` for rules that span rows which no lock names. */
  isolation?: 'ReadCommitted' | 'RepeatableRead' | 'Serializable';
  /** Also try again where a unique row was inserted meanwhile: for find-or-create. */
  retryUnique?: boolean;
}

const ATTEMPTS = 5;
const TIMEOUT_MS = 10_000;
const WAIT_MS = 5_000;
const BACKOFF_MS = 20;

/**
 * Runs `work` in one transaction, committed when it returns. It runs again, at most five times, when
 * it was a serialization failure's or a deadlock's victim: it must do nothing but database work.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  options: Options = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work, {
        timeout: TIMEOUT_MS,
        maxWait: WAIT_MS,
        ...(options.isolation ? { isolationLevel: options.isolation } : {}),
      });
    } catch (error) {
      const again = isConflict(error) || (options.retryUnique === true && isUniqueViolation(error));
      if (!again || attempt === ATTEMPTS) throw error;
      await sleep(Math.random() * BACKOFF_MS * 2 ** attempt);
    }
  }
}

/** A row that must be unique was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** A lock was waited for as long as one is. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && /\b55P03\b/.test(error.message);
}

/** Another transaction got in between, and running it again may do. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  // Prisma's own code, or PostgreSQL's from a raw query: 40001 serialization, 40P01 deadlock.
  return code === 'P2034' || /\b(40001|40P01)\b|TransactionWriteConflict/.test(error.message);
}
