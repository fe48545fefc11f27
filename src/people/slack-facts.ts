import type { UsersInfoResponse } from '@slack/web-api';

/** What Bigplan keeps of what Slack knows about somebody. */
export interface SlackFacts {
  name: string;
  /** IANA; null where Slack doesn't say. */
  timeZone: string | null;
  /** BCP 47. */
  locale: string;
  slackAdmin: boolean;
  deactivated: boolean;
  /** A guest, or of another company's workspace. */
  outsider: boolean;
  bot: boolean;
}

/** What is assumed of somebody whom Slack could not describe just now. */
export const UNKNOWN_FACTS: SlackFacts = {
  name: 'Somebody',
  timeZone: null,
  locale: 'en-US',
  slackAdmin: false,
  deactivated: false,
  outsider: false,
  bot: false,
};

/** The name that people go by in Slack first, their zone and locale, and whether they are a bot. */
export function slackFacts(user: NonNullable<UsersInfoResponse['user']>): SlackFacts {
  const names = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name];
  return {
    name: names.find((name) => name) ?? UNKNOWN_FACTS.name,
    timeZone: user.tz || null,
    locale: user.locale ?? UNKNOWN_FACTS.locale,
    slackAdmin: Boolean(user.is_admin || user.is_owner || user.is_primary_owner),
    deactivated: Boolean(user.deleted),
    outsider: Boolean(user.is_restricted || user.is_ultra_restricted || user.is_stranger),
    bot: Boolean(user.is_bot || user.id === 'USLACKBOT'),
  };
}
