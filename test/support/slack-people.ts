/** The people of the fake workspace. */
export const TEAM = 'T0TEAM';
export const BOT = { userId: 'U0BIGPLAN', botId: 'B0BIGPLAN', appId: 'A0BIGPLAN' };

export interface Person {
  id: string;
  name: string;
  tz: string;
  locale: string;
  deleted: boolean;
  isBot: boolean;
  isAdmin: boolean;
  isOwner: boolean;
}

export function person(id: string, facts: Partial<Person> = {}): Person {
  return {
    id,
    name: id.replace(/^U0?/, '').toLowerCase(),
    tz: 'America/New_York',
    locale: 'en-US',
    deleted: false,
    isBot: false,
    isAdmin: false,
    isOwner: false,
    ...facts,
  };
}

/** As `users.info` tells them. */
export function userInfo(one: Person) {
  return {
    id: one.id,
    team_id: TEAM,
    name: one.name.toLowerCase(),
    real_name: one.name,
    deleted: one.deleted,
    is_bot: one.isBot,
    is_admin: one.isAdmin,
    is_owner: one.isOwner,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    tz: one.tz,
    tz_label: one.tz,
    tz_offset: 0,
    locale: one.locale,
    profile: { real_name: one.name, display_name: one.name },
  };
}
