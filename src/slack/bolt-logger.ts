/** Bolt's and the Web API client's own words in Bigplan's log. */
import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../log.ts';

/**
 * Only warnings and errors: what Slack's libraries say at the lower levels holds message texts and
 * OAuth codes. Their objects are left out for the same reason.
 */
export function boltLogger(log: Log): Logger {
  const say = (words: unknown[]) =>
    words
      .map((word) => (word instanceof Error ? word.message : word))
      .filter((word) => typeof word === 'string')
      .join(' ');
  return {
    debug() {},
    info() {},
    warn: (...words) => log.warn({ source: 'bolt' }, say(words)),
    error: (...words) => log.error({ source: 'bolt' }, say(words)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}
