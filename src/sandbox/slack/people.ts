/** The people of a workspace, and how `users.info` tells of them. */

export interface SlackPerson {
  id: string;
  /** As it is shown: `Dana Reyes`. */
  name: string;
  title: string;
  /** Null: Slack doesn't say. */
  tz: string | null;
  locale: string;
  deleted: boolean;
  isBot: boolean;
  isAdmin: boolean;
  isOwner: boolean;
  /** One of few channels, or of another company's workspace. */
  isGuest?: boolean;
  isStranger?: boolean;
}

export function slackPerson(id: string, facts: Partial<SlackPerson> = {}): SlackPerson {
  return {
    id,
    name: handleOf(id),
    title: '',
    tz: 'America/New_York',
    locale: 'en-US',
    deleted: false,
    isBot: false,
    isAdmin: false,
    isOwner: false,
    ...facts,
  };
}

/** The name that somebody goes by in payloads. */
export function handleOf(id: string): string {
  return id.replace(/^U0?/, '').toLowerCase();
}

export function userInfo(one: SlackPerson, teamId: string) {
  return {
    id: one.id,
    team_id: teamId,
    name: handleOf(one.id),
    real_name: one.name,
    deleted: one.deleted,
    is_bot: one.isBot,
    is_admin: one.isAdmin,
    is_owner: one.isOwner,
    is_primary_owner: one.isOwner,
    is_restricted: one.isGuest ?? false,
    is_stranger: one.isStranger ?? false,
    is_ultra_restricted: false,
    is_app_user: false,
    ...(one.tz !== null && {
      tz: one.tz,
      tz_label: zoneName(one.tz, 'long'),
      tz_offset: offsetSeconds(one.tz),
    }),
    locale: one.locale,
    profile: { title: one.title, real_name: one.name, display_name: one.name },
  };
}

function zoneName(timeZone: string, style: 'long' | 'longOffset'): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: style }).formatToParts();
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

function offsetSeconds(timeZone: string): number {
  const [, sign, hours, minutes] =
    /GMT([+-])(\d\d):(\d\d)/.exec(zoneName(timeZone, 'longOffset')) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return sign === '-' ? -seconds : seconds;
}
