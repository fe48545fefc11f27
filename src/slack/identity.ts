/** Which bot the token belongs to, asked once and kept. */
import type { WebClient } from '@slack/web-api';
import type { Log } from '../log.ts';
import { classifySlackError } from './errors.ts';

interface Identity {
  teamId?: string;
  botId?: string;
  botUserId?: string;
}

export interface IdentityCard {
  /** What is known by now: nothing before the first answer, so no request waits for it. */
  current(): Identity;
  /** Asks Slack where it hasn't answered yet. Never throws. */
  refresh(): Promise<void>;
  /** The code with which Slack refuses the token, as far as it was asked: the next answer is on its way then. */
  refused(): string[];
}

const RETRY_MS = 30_000;

export function createIdentity(client: WebClient, log: Log): IdentityCard {
  let known: Identity | null = null;
  let asking: Promise<void> | null = null;
  let askAgainAt = 0;
  let refusal: string | null = null;

  async function ask(): Promise<void> {
    try {
      const { team_id: teamId, bot_id: botId, user_id: botUserId } = await client.auth.test();
      refusal = null;
      known = {
        ...(teamId && { teamId }),
        ...(botId && { botId }),
        ...(botUserId && { botUserId }),
      };
    } catch (error) {
      askAgainAt = Date.now() + RETRY_MS;
      const failure = classifySlackError(error);
      const code = failure.kind === 'rate_limited' ? failure.kind : failure.code;
      const isKnown = failure.kind === 'refused' && refusal === code;
      refusal = failure.kind === 'refused' ? code : null;
      if (isKnown) return;
      log.error({ code, method: 'auth.test' }, `Slack does not confirm SLACK_BOT_TOKEN (${code})`);
    }
  }

  async function refresh(): Promise<void> {
    if (known !== null || Date.now() < askAgainAt) return;
    asking ??= ask().finally(() => {
      asking = null;
    });
    await asking;
  }

  return {
    current() {
      void refresh();
      return known ?? {};
    },
    refresh,
    refused() {
      void refresh();
      return refusal === null ? [] : [refusal];
    },
  };
}
