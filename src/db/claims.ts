/** What acts once, whichever process gets it and after a restart: requests that may come again, each by its key. */
import type { Log } from '../log.ts';
import { within } from '../time/within.ts';
import type { Db } from './client.ts';
import { acrossWorkspaces } from './scope.ts';

export interface Claims {
  /**
   * True for whoever claims a key first. Also where the database doesn't answer at once: what this process
   * remembers has to do then, and nobody waits.
   */
  claim(key: string): Promise<boolean>;
  /** Whether anything can be written: false where the database says that its disk is full, or that it is read only. */
  canWrite(): Promise<boolean>;
  /** Forgets what can't come again by now. */
  sweep(): Promise<void>;
}

/** Of the three seconds that Slack waits. */
const PATIENCE_MS = 1_000;
/** So long nothing is asked of a database that didn't answer. */
const REST_MS = 5_000;
/** Signatures are good for five minutes, and Slack's last repeat of an event comes six after the first. */
const KEPT_MS = 20 * 60_000;

const PROBE = 'probe';

export function createClaims(db: Db, log: Log): Claims {
  let restUntil = 0;

  async function insert(key: string): Promise<boolean> {
    const rows = await acrossWorkspaces(
      () => db.$executeRaw`
        INSERT INTO request_claim (key, at) VALUES (${key}, ${new Date()}) ON CONFLICT DO NOTHING`,
    );
    return rows === 1;
  }

  return {
    async claim(key) {
      if (performance.now() < restUntil) return true;
      const made = insert(key).catch(() => undefined);
      const isFirst = await within(PATIENCE_MS, made);
      if (isFirst !== undefined) return isFirst;
      restUntil = performance.now() + REST_MS;
      log.warn({}, 'The database didn’t say whether a request came before');
      return true;
    },
    async canWrite() {
      try {
        await acrossWorkspaces(
          () => db.$executeRaw`
            INSERT INTO request_claim (key, at) VALUES (${PROBE}, ${new Date()})
            ON CONFLICT (key) DO UPDATE SET at = excluded.at`,
        );
        return true;
      } catch (error) {
        // Anything else says itself where it is read.
        return !/\b(53100|25006)\b/.test(String(error));
      }
    },
    async sweep() {
      await db.requestClaim.deleteMany({ where: { at: { lt: new Date(Date.now() - KEPT_MS) } } });
    },
  };
}
