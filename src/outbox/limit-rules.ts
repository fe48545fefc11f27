/** How fast Slack takes the calls of a method from a workspace, before anything is learnt of it (see pace.ts). */

export type PacedMethod = 'chat.postMessage' | 'chat.update';

/** What a bucket begins with, and how far it is trusted. */
export interface SlackLimit {
  /** Calls a minute, to begin with. */
  perMinute: number;
  /** What Slack always takes, whatever it refused, and the fastest that is ever tried. */
  least: number;
  most: number;
  /** Calls at once. */
  burst: number;
  /** How many more at once of those that somebody waits for: the others make up for them after it. */
  urgent: number;
}

export type SlackLimits = Readonly<Record<PacedMethod, SlackLimit>>;

/**
 * As Slack publishes them (docs.slack.dev/apis/web-api/rate-limits): several hundred messages a minute, and fifty and
 * more changes of them (tier 3, “sporadic bursts are welcome”). A little less, since a minute begins anywhere.
 */
export const SLACK_LIMITS: SlackLimits = {
  'chat.postMessage': { perMinute: 285, least: 60, most: 600, burst: 10, urgent: 10 },
  'chat.update': { perMinute: 45, least: 20, most: 300, burst: 20, urgent: 0 },
};

/** For a Slack that has no limits: a second's calls at once, since clocks of two processes differ. */
const NO_LIMIT: SlackLimit = { perMinute: 60e6, least: 60e6, most: 60e6, burst: 1e6, urgent: 0 };
export const UNLIMITED: SlackLimits = { 'chat.postMessage': NO_LIMIT, 'chat.update': NO_LIMIT };
