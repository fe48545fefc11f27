/**
 * The token with which Bigplan speaks in a workspace. One that expires is exchanged for the next in time, by one
 * process for all: Slack takes each refresh token once.
 */
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Db } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { holdInstalled, type Installed, saveRenewed } from './store.ts';

/** What Bigplan is as an app, by which Slack gives tokens to whoever installs it. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
}

/** So long before it expires, the next one is asked for: longer than any call takes. */
const EARLY_MS = 30 * 60_000;

/** An answer of Slack's that it would give itself: Bigplan has no token there. */
export const notInstalled = () => new WebAPIPlatformError({ ok: false, error: 'not_installed' });

export const isExpiring = ({ expiresAt }: Installed, now: Date): boolean =>
  expiresAt !== null && expiresAt.getTime() - now.getTime() < EARLY_MS;

/**
 * Exchanges a token that is about to expire, while its row is held.
 *
 * @throws what Slack answers, such as `invalid_refresh_token`: then it has to be installed again.
 */
export async function renewToken(
  store: Store<Db>,
  { client, app }: { client: WebClient; app: OAuthApp },
  id: string,
): Promise<Installed> {
  return inTransaction(store.db, async (tx) => {
    const held = { ...store, db: tx };
    const installed = await holdInstalled(held, id);
    if (installed === null) throw notInstalled();
    const now = new Date();
    if (!isExpiring(installed, now) || installed.refreshToken === null) return installed;
    const answer = await client.oauth.v2.access({
      client_id: app.clientId,
      client_secret: app.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: installed.refreshToken,
    });
    const { access_token: token, refresh_token: refreshToken, expires_in: seconds } = answer;
    if (!token || !refreshToken || !seconds) throw notInstalled();
    const expiresAt = new Date(now.getTime() + seconds * 1_000);
    const renewed = { ...installed, token, refreshToken, expiresAt };
    await saveRenewed(held, renewed);
    return renewed;
  });
}
