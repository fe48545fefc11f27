import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { CODE_MEANINGS, toMend } from '../../../src/slack/error-codes.ts';
import { classifySlackError, type SlackFailure } from '../../../src/slack/errors.ts';

const platform = (error: string) => new WebAPIPlatformError({ ok: false, error });
const request = (code: string) =>
  new WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }),
  );
const http = (status: number) => new WebAPIHTTPError(status, '', {}, '');

describe('a failed call', () => {
  it.each<[unknown, SlackFailure]>([
    [new WebAPIRateLimitedError(7), { kind: 'rate_limited', retryAfterMs: 7000 }],
    [new WebAPIRateLimitedError(0), { kind: 'rate_limited', retryAfterMs: 1000 }],
    [new Error('Retry header did not contain…'), { kind: 'rate_limited', retryAfterMs: 30_000 }],
    [platform('ratelimited'), { kind: 'rate_limited', retryAfterMs: 30_000 }],
    ...[
      'channel_not_found',
      'is_archived',
      'not_in_channel',
      'user_not_found',
      'user_disabled',
      'cannot_dm_bot',
      'msg_too_long',
      'invalid_blocks',
    ].map((code): [unknown, SlackFailure] => [platform(code), { kind: 'permanent', code }]),
    ...[
      'invalid_auth',
      'not_authed',
      'account_inactive',
      'token_revoked',
      'token_expired',
      'not_allowed_token_type',
      'team_access_not_granted',
      'enterprise_is_restricted',
      'ekm_access_denied',
      'accesslimited',
      'org_login_required',
      'messages_tab_disabled',
      'missing_scope',
    ].map((code): [unknown, SlackFailure] => [
      platform(code),
      { kind: 'refused', code, scope: null },
    ]),
    [
      new WebAPIPlatformError({ ok: false, error: 'missing_scope', needed: 'chat:write' } as never),
      { kind: 'refused', code: 'missing_scope', scope: 'chat:write' },
    ],
    [platform('rate_limited'), { kind: 'rate_limited', retryAfterMs: 30_000 }],
    [platform('message_limit_exceeded'), { kind: 'rate_limited', retryAfterMs: 30_000 }],
    [platform('nobody_has_heard_of'), { kind: 'permanent', code: 'nobody_has_heard_of' }],
    [http(404), { kind: 'permanent', code: 'http_404' }],
    [http(500), { kind: 'ambiguous', code: 'http_500' }],
    [http(503), { kind: 'ambiguous', code: 'http_503' }],
    [platform('internal_error'), { kind: 'ambiguous', code: 'internal_error' }],
    [platform('<html>Bad gateway'), { kind: 'ambiguous', code: 'unreadable_answer' }],
    [platform(''), { kind: 'ambiguous', code: 'unreadable_answer' }],
    [request('ECONNRESET'), { kind: 'ambiguous', code: 'ECONNRESET' }],
    [request('UND_ERR_SOCKET'), { kind: 'ambiguous', code: 'UND_ERR_SOCKET' }],
    [
      new WebAPIRequestError(new DOMException('timed out', 'TimeoutError')),
      { kind: 'ambiguous', code: 'timeout' },
    ],
    [new TypeError('terminated'), { kind: 'ambiguous', code: 'connection_lost' }],
    ['what', { kind: 'ambiguous', code: 'connection_lost' }],
    [request('ECONNREFUSED'), { kind: 'not_sent', code: 'ECONNREFUSED' }],
    [request('ENOTFOUND'), { kind: 'not_sent', code: 'ENOTFOUND' }],
    [request('UND_ERR_CONNECT_TIMEOUT'), { kind: 'not_sent', code: 'UND_ERR_CONNECT_TIMEOUT' }],
    [
      new WebAPIRequestError(
        new TypeError('fetch failed', {
          cause: new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]),
        }),
      ),
      { kind: 'not_sent', code: 'ECONNREFUSED' },
    ],
    [platform('service_unavailable'), { kind: 'not_sent', code: 'service_unavailable' }],
  ])('%s', (error, failure) => {
    expect(classifySlackError(error)).toEqual(failure);
  });
});

describe('the table of Slack’s errors', () => {
  it('gives each code the meaning with which it is sorted', () => {
    expect(CODE_MEANINGS.size).toBeGreaterThan(90);
    for (const [code, meaning] of CODE_MEANINGS) {
      expect([code, classifySlackError(platform(code)).kind]).toEqual([code, meaning]);
      expect(code).toMatch(/^[a-z_]+$/);
    }
  });

  it('says what to mend of each refusal', () => {
    expect(toMend('token_revoked', null)).toBe('SLACK_BOT_TOKEN');
    expect(toMend('missing_scope', 'im:write')).toMatch(/scopes .*: im:write$/);
    expect(toMend('messages_tab_disabled', null)).toMatch(/Messages tab/);
  });
});
