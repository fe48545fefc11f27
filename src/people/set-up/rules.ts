/** Whom the set-up is for, and what it offers before anybody has said anything. */
import type { Person, SetUpStep, Workspace } from '../store.ts';
import { zonesOfCountry } from '../zone/zone-rules.ts';

/**
 * Where somebody is to be led before anything else: an admin to the settings while nobody has saved them and
 * they haven't skipped, and so is whoever may be one as far as is known; to their team once they have saved them;
 * `null` where nothing is left to do.
 */
export function needsSetUp(
  workspace: Pick<Workspace, 'setUp'>,
  person: Pick<Person, 'setUpStep' | 'admin' | 'refreshedAt'>,
): Exclude<SetUpStep, 'done'> | null {
  if (person.setUpStep === 'team') return 'team';
  const mayBeAdmin = person.admin || !isLookedUp(person);
  return person.setUpStep === 'settings' && !workspace.setUp && mayBeAdmin ? 'settings' : null;
}

/** Whether Slack has told of somebody by now. */
export const isLookedUp = ({ refreshedAt }: Pick<Person, 'refreshedAt'>): boolean =>
  refreshedAt.getTime() > 0;

/** Whether nobody is named who would plan with a rep or answer for what is in the way. */
export function hasNobody({
  leaders,
  managers,
}: Record<'leaders' | 'managers', string[]>): boolean {
  return leaders.length + managers.length === 0;
}

/** The people whose role another one is. */
export function rolesMoved(
  before: Record<'admins' | 'leaders' | 'managers', readonly string[]>,
  after: Record<'admins' | 'leaders' | 'managers', readonly string[]>,
): string[] {
  const moved = (['admins', 'leaders', 'managers'] as const).flatMap((role) => [
    ...after[role].filter((id) => !before[role].includes(id)),
    ...before[role].filter((id) => !after[role].includes(id)),
  ]);
  return [...new Set(moved)];
}

const FALLBACK_CURRENCY = 'USD';

/** Countries that pay in euros; everyone else's currency begins with the country's own code. */
const EURO = new Set(
  'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK'.split(' '),
);

/**
 * The country of the locale (ISO 3166-1 alpha-2), where it is believable: most people leave Slack in
 * US English, so the time zone has to be one of that country's. `null` where it isn't.
 */
export function homeCountry(locale: string, timeZone: string): string | null {
  try {
    const country = new Intl.Locale(locale).maximize().region;
    if (!country) return null;
    const { timeZone: zone } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
    return zonesOfCountry(country).includes(zone) ? country : null;
  } catch {
    return null;
  }
}

/**
 * The currency of a country, out of `codes` (ISO 4217, whose first two letters are the country's); US
 * dollars where it has none of its own.
 */
export function homeCurrency(country: string | null, codes: readonly string[]): string {
  if (!country) return FALLBACK_CURRENCY;
  if (EURO.has(country)) return 'EUR';
  return codes.find((code) => code.startsWith(country)) ?? FALLBACK_CURRENCY;
}
