/** The Web API clients and how they behave when Slack doesn't answer well. */
import { type Logger, WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackSettings } from '../config.ts';
import { workspaceInScope } from '../db/scope.ts';
import { stepAside } from './admission.ts';
import type { Workspaces } from './workspaces/workspaces.ts';

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

/** A client that takes the token with each call. */
export function createPlainClient(settings: SlackSettings, logger: Logger): WebClient {
  return new WebClient(undefined, clientOptions(settings, logger));
}

/**
 * A client that speaks in whatever workspace is in scope, with that one's token. One of its own for each use: people's
 * clicks and deliveries must not wait for each other.
 */
export class ScopedClient extends WebClient {
  readonly #workspaces: Pick<Workspaces, 'credentialsOf'>;

  constructor(workspaces: Pick<Workspaces, 'credentialsOf'>, options: WebClientOptions) {
    super(undefined, options);
    this.#workspaces = workspaces;
  }

  override async apiCall(method: string, options: Record<string, unknown> = {}) {
    stepAside();
    const credentials = await this.#workspaces.credentialsOf(workspaceInScope());
    return super.apiCall(method, { ...options, ...credentials });
  }
}
