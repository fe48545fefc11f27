/**
 * The token with which Bigplan speaks in a workspace. One that expires is exchanged for the next in time, by one
 * process for all: Slack takes each refresh token once, and again only for “a short grace period”. So Slack is asked
 * outside of any transaction, and what it has answered is kept and saved for as long as it takes. Where the process
 * dies in between, the next one asks with the same refresh token once its lease is over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Db } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import type { Log } from '../../log.ts';
import {
  claimRenewal,
  findInstalled,
  type Installed,
  releaseRenewal,
  saveRenewed,
} from './store.ts';

/** What Bigplan is as an app, by which Slack gives tokens to whoever installs it. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
}

export interface Renewals {
  /**
   * An installation with a token that is good for a while: that of `id`, exchanged where it is about to expire. A
   * process that finds another one asking waits for it. Where there is no next one yet, the present one is given for
   * as long as it is good.
   *
   * @throws what Slack answers, such as `invalid_refresh_token`: then it has to be installed again.
   */
  renew(id: string): Promise<Installed>;
  /** Resolves once no answer of Slack's is left unsaved, or after some seconds; nothing is tried any more then. */
  stop(): Promise<void>;
}

export interface RenewalParts extends Store<Db> {
  client: WebClient;
  app: OAuthApp;
  log: Log;
}

/** So long before it expires, the next one is asked for: longer than any call takes. */
const EARLY_MS = 30 * 60_000;
/** Longer than Slack is waited for, and short, for the sake of Slack's grace period. */
const LEASE_MS = 15_000;
const LOOK_MS = 100;
/** So long another process that asks is waited for, where the present token is good. */
const PATIENCE_MS = 1_000;
/** The waits between tries to save: they double. */
const SAVE_AGAIN_MS = { first: 100, most: 5_000 };
const DRAIN_MS = 5_000;

/** An answer of Slack's that it would give itself: Bigplan has no token there. */
export const notInstalled = () => new WebAPIPlatformError({ ok: false, error: 'not_installed' });

export const isExpiring = ({ expiresAt }: Installed, now: Date): boolean =>
  expiresAt !== null && expiresAt.getTime() - now.getTime() < EARLY_MS;

const hasExpired = ({ expiresAt }: Installed, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now;

export function createRenewals({ db, encryption, client, app, log }: RenewalParts): Renewals {
  const store = { db, encryption };
  const renewing = new Map<string, Promise<Installed>>();
  /** What Slack has answered and the database doesn't have yet, by the installation's id. */
  const unsaved = new Map<string, { renewed: Installed; isSaved: Promise<void> }>();
  const stopping = new AbortController();

  async function exchange(before: Installed & { refreshToken: string }): Promise<Installed> {
    const at = Date.now();
    const answer = await client.oauth.v2.access({
      client_id: app.clientId,
      client_secret: app.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: before.refreshToken,
    });
    const { access_token: token, refresh_token: refreshToken, expires_in: seconds } = answer;
    if (!token || !refreshToken || !seconds) throw notInstalled();
    const renewed = { ...before, token, refreshToken, expiresAt: new Date(at + seconds * 1_000) };
    const isSaved = save(before, renewed).finally(() => unsaved.delete(before.id));
    unsaved.set(before.id, { renewed, isSaved });
    await atMost(PATIENCE_MS, isSaved);
    return renewed;
  }

  async function save(before: Installed, renewed: Installed & { token: string }): Promise<void> {
    const { first, most } = SAVE_AGAIN_MS;
    for (let wait = first; !stopping.signal.aborted; wait = Math.min(wait * 2, most)) {
      try {
        return await saveRenewed(store, before, renewed);
      } catch (err) {
        log.error({ team: before.id, err }, 'A renewed token could not be saved yet');
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    log.error(
      { team: before.id },
      'A renewed token was not saved: it may have to be installed again',
    );
  }

  async function renew(id: string): Promise<Installed> {
    for (const started = Date.now(); ; ) {
      const known = unsaved.get(id);
      if (known) return known.renewed;
      const installed = await findInstalled(store, id);
      if (installed === null) throw notInstalled();
      const { refreshToken } = installed;
      const now = new Date();
      if (!isExpiring(installed, now) || refreshToken === null) return installed;
      const until = new Date(now.getTime() + LEASE_MS);
      if (await claimRenewal(store, installed, { now, until })) {
        try {
          return await exchange({ ...installed, refreshToken });
        } catch (err) {
          await releaseRenewal(db, id);
          if (hasExpired(installed, new Date())) throw err;
          log.error({ team: id, err }, 'A token that expires soon could not be renewed yet');
          return installed;
        }
      }
      if (Date.now() - started > PATIENCE_MS && !hasExpired(installed, now)) return installed;
      await sleep(LOOK_MS);
    }
  }

  return {
    renew(id) {
      const underWay = renewing.get(id) ?? renew(id).finally(() => renewing.delete(id));
      renewing.set(id, underWay);
      return underWay;
    },
    async stop() {
      const all = Promise.all([...unsaved.values()].map(({ isSaved }) => isSaved));
      await atMost(DRAIN_MS, all);
      stopping.abort();
      await all;
    },
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(ms, undefined, { ref: false })]);
}
