/** The Web API clients and how they behave when Slack doesn't answer well. */
import { type Logger, WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackSettings } from '../config.ts';

const TIMEOUT_MS = 10_000;

/**
 * Options of every client. Nothing is retried behind our back: a call whose answer was lost may
 * have taken effect. A 429 fails at once instead of freezing the client for everybody.
 */
export function clientOptions(settings: SlackSettings, logger: Logger): WebClientOptions {
  return {
    ...(settings.apiUrl === null ? {} : { slackApiUrl: settings.apiUrl }),
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
  };
}

/** A client of its own: people's clicks and deliveries must not wait for each other. */
export function createClient(settings: SlackSettings, logger: Logger): WebClient {
  return new WebClient(settings.botToken, clientOptions(settings, logger));
}
