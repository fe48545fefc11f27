import type { ApiResult } from './emulated-slack.ts';
import { findPerson } from './team.ts';

/** Adds what the emulator leaves out of its users: time zone, locale, roles. */
export function withUserFacts(method: string, result: ApiResult): ApiResult {
  if (!method.startsWith('users.')) return result;
  const { user, members } = result;
  return {
    ...result,
    ...(isUser(user) ? { user: withFacts(user) } : {}),
    ...(Array.isArray(members) ? { members: members.filter(isUser).map(withFacts) } : {}),
  };
}

function withFacts(user: { id: string }) {
  const person = findPerson(user.id);
  const timeZone = person?.timeZone ?? 'America/Los_Angeles';
  return {
    ...user,
    tz: timeZone,
    tz_label: zoneName(timeZone, 'long'),
    tz_offset: offsetSeconds(timeZone),
    locale: person?.locale ?? 'en-US',
    is_owner: person?.isAdmin ?? false,
    is_primary_owner: person?.isAdmin ?? false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_app_user: false,
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

function isUser(value: unknown): value is { id: string } {
  return (
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
  );
}
