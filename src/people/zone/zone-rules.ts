/** The time zones that people choose from. */

/** IANA names, in order. */
const ZONES: readonly string[] = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** `New York (America)`, `Indiana / Knox (America)`. */
export function zoneName(timeZone: string): string {
  const [region = timeZone, ...places] = timeZone.replaceAll('_', ' ').split('/');
  return places.length === 0 ? region : `${places.join(' / ')} (${region})`;
}

export const ZONE_CHOICES = [...new Set(ZONES)]
  .map((value) => ({ value, label: zoneName(value) }))
  .sort((a, b) => (a.label < b.label ? -1 : 1));

export const isZone = (text: string): boolean => ZONES.includes(text);

/** So many are offered as buttons. */
const MOST_OFFERED = 3;

/** Where somebody may be whose locale says their country, if that has few zones. */
export function likelyZones(locale: string): string[] {
  const zones = zonesOfCountry(countryOf(locale)).filter(isZone);
  return zones.length <= MOST_OFFERED ? zones : [];
}

function countryOf(locale: string): string | null {
  try {
    return new Intl.Locale(locale).region ?? null;
  } catch {
    return null;
  }
}

/** An accessor in older engines, a method in newer ones; TypeScript's library knows neither. */
type WithTimeZones = Intl.Locale & { timeZones?: string[]; getTimeZones?(): string[] | undefined };

/** IANA names, of a country (ISO 3166-1 alpha-2). */
export function zonesOfCountry(country: string | null): string[] {
  if (country === null) return [];
  const locale: WithTimeZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
