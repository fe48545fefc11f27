/** Which workspace SLACK_BOT_TOKEN is of: Slack is asked at each start, and what it said is known from the one before. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Db } from '../../db/client.ts';
import type { Log } from '../../log.ts';
import { classifySlackError, isSlackError } from '../errors.ts';
import { claimDatabase, type Installed, workspaceOfHash } from './store.ts';

export interface OwnToken {
  token: string;
  /** The workspace, asked for where it isn't known. Null: Slack doesn't say within a second, or refuses it. */
  whose(): Promise<Installed | null>;
  /** Asks Slack where it hasn't answered yet. Never throws. */
  confirm(): Promise<void>;
  /** One line where the database belongs to another workspace than the token; else null. */
  wrongDatabase(): string | null;
  /** The code with which Slack refuses the token, as far as it was asked. */
  refused(): string[];
  /** What the last question ended with; null: nothing went wrong. */
  problem(): unknown;
}

const RETRY_MS = 30_000;
/** A click can't wait for longer. */
const PATIENCE_MS = 1_000;

export function createOwnToken(
  { client, db, log }: { client: WebClient; db: Db; log: Log },
  token: string,
): OwnToken {
  const tokenHash = createHash('sha256').update(token).digest('hex');
  let known: Installed | null = null;
  let isConfirmed = false;
  let wrong: string | null = null;
  let asking: Promise<void> | null = null;
  let askAgainAt = 0;
  let refusal: string | null = null;
  let problem: unknown = null;

  async function ask(): Promise<void> {
    try {
      const answer = await client.auth.test({ token });
      refusal = null;
      const { team_id: id, bot_id: botId = null, user_id: botUserId = null } = answer;
      if (!id) throw new Error('auth.test names no workspace');
      const owner = await claimDatabase(db, { id, tokenHash, botId, botUserId }, new Date());
      isConfirmed = true;
      if (owner === null) {
        known = { id, botId, botUserId, token: null, refreshToken: null, expiresAt: null };
        return;
      }
      wrong = `This database belongs to the workspace ${owner}, and SLACK_BOT_TOKEN is of ${id}: set the token of ${owner}, or another DATABASE_URL (or BIGPLAN_DATA_DIR)`;
      known = null;
      log.fatal({ team: id }, wrong);
    } catch (error) {
      askAgainAt = Date.now() + RETRY_MS;
      noteProblem(error);
    }
  }

  function noteProblem(error: unknown): void {
    problem = error;
    if (!isSlackError(error)) {
      log.error({ err: error }, 'Whose token SLACK_BOT_TOKEN is could not be noted');
      return;
    }
    const failure = classifySlackError(error);
    const code = failure.kind === 'rate_limited' ? failure.kind : failure.code;
    const isKnown = failure.kind === 'refused' && refusal === code;
    refusal = failure.kind === 'refused' ? code : null;
    if (isKnown) return;
    log.error({ code, method: 'auth.test' }, `Slack does not confirm SLACK_BOT_TOKEN (${code})`);
  }

  async function confirm(): Promise<void> {
    if (isConfirmed || Date.now() < askAgainAt) return;
    asking ??= ask().finally(() => {
      asking = null;
    });
    await asking;
  }

  return {
    token,
    confirm,
    async whose() {
      if (known === null && wrong === null) known = await workspaceOfHash(db, tokenHash);
      if (known === null) await Promise.race([confirm(), sleep(PATIENCE_MS)]);
      return known;
    },
    wrongDatabase: () => wrong,
    refused: () => (refusal === null ? [] : [refusal]),
    problem: () => problem,
  };
}
