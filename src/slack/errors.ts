/** What a failed call to Slack's Web API says about whether it took effect and what to do. */
import {
  SlackError,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { CODE_MEANINGS } from './error-codes.ts';

export type SlackFailure =
  /** Refused for now; `retryAfterMs` is Slack's own wish, or a guess where it gave none. */
  | { kind: 'rate_limited'; retryAfterMs: number }
  /**
   * Slack refuses the whole workspace until somebody mends that; nothing was done. `scope`: what the token may not do,
   * as in `chat:write`; null where Slack names none.
   */
  | { kind: 'refused'; code: string; scope: string | null }
  /** Refused, and it would be refused again. `code` is Slack's word, such as `channel_not_found`. */
  | { kind: 'permanent'; code: string }
  /** It may have taken effect: the answer was lost. */
  | { kind: 'ambiguous'; code: string }
  /** It certainly did not reach Slack, or Slack said to try again. */
  | { kind: 'not_sent'; code: string };

const DEFAULT_RETRY_MS = 30_000;

/** Troubles of the connection's beginning: no request has left. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Sorts what a `WebClient` call threw. Anything unforeseen counts as ambiguous. */
export function classifySlackError(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'rate_limited', retryAfterMs: Math.max(1, error.retryAfter) * 1000 };
  }
  if (error instanceof WebAPIPlatformError) return classifyAnswer(error.data);
  if (error instanceof WebAPIHTTPError) {
    const code = `http_${error.statusCode}`;
    return error.statusCode >= 500 || error.statusCode === 408
      ? { kind: 'ambiguous', code }
      : { kind: 'permanent', code };
  }
  if (error instanceof WebAPIRequestError) {
    const code = connectionCode(error.original);
    return NOT_CONNECTED.has(code) ? { kind: 'not_sent', code } : { kind: 'ambiguous', code };
  }
  if (isBare429(error)) {
    return { kind: 'rate_limited', retryAfterMs: DEFAULT_RETRY_MS };
  }
  return { kind: 'ambiguous', code: connectionCode(error) };
}

/** Whether a Web API call threw this, rather than our own code. */
export function isSlackError(error: unknown): boolean {
  return error instanceof SlackError || isBare429(error);
}

/** What Slack said where it refuses the whole workspace; null: it was another error. */
export function refusalIn(error: unknown): Extract<SlackFailure, { kind: 'refused' }> | null {
  const failure = isSlackError(error) ? classifySlackError(error) : null;
  return failure?.kind === 'refused' ? failure : null;
}

/** Whether Slack said `code` to this call, as in `isSlackCode(error, 'view_not_found')`. */
export function isSlackCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(error.data.error);
}

/** What the client throws for a 429 without a Retry-After. */
function isBare429(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Retry header');
}

function classifyAnswer(data: { error: string; needed?: unknown }): SlackFailure {
  const { error: code, needed } = data;
  // An answer that was no JSON comes as the code: a proxy's page, a torn body.
  if (!/^[a-z0-9_]{1,80}$/.test(code)) return { kind: 'ambiguous', code: 'unreadable_answer' };
  const kind = CODE_MEANINGS.get(code) ?? 'permanent';
  if (kind === 'rate_limited') return { kind, retryAfterMs: DEFAULT_RETRY_MS };
  if (kind === 'refused') {
    return { kind, code, scope: code === 'missing_scope' ? scopesIn(needed) : null };
  }
  return { kind, code };
}

function scopesIn(needed: unknown): string | null {
  return typeof needed === 'string' && /^[a-z:.,_ ]{1,200}$/.test(needed) ? needed : null;
}

/** fetch wraps the socket's error, sometimes in a list of one for each address tried. */
function connectionCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    const { code, errors } = at as Error & { code?: unknown; errors?: unknown };
    if (typeof code === 'string' && !code.startsWith('slack_')) return code;
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    if (at.name === 'TimeoutError') return 'timeout';
    at = first ?? at.cause;
  }
  return 'connection_lost';
}
