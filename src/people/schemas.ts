/** What the forms about people hold, from what Slack sends to checked values. */
import { z } from 'zod';
import { choiceField, orNull } from '../input/schemas.ts';
import { holidayCountries, holidayRegions } from '../time/holidays.ts';
import { WEEKDAYS } from '../time/local-date.ts';
import { currencyNames } from './settings/currencies.ts';
import type { CompanyDays } from './store.ts';

const UserId = z.string().regex(/^[UW][A-Z0-9]{1,20}$/, 'That is nobody in this workspace.');
const ChannelId = z.string().regex(/^[CG][A-Z0-9]{1,20}$/, 'That is no channel.');

/** Nothing picked comes as an empty list or as nothing at all. */
const People = z.preprocess(
  (raw) => raw ?? [],
  z.array(UserId).max(500, 'That is too many: 500 is the most.'),
);

const Currency = choiceField(currencyNames().map(({ code }) => code));
const Country = choiceField(holidayCountries().map(({ code }) => code));
const Region = z.string().max(10);

/** Who does what, and what new plans begin with. */
export const Settings = z
  .object({
    leaders: People,
    managers: People,
    admins: People.refine((admins) => admins.length > 0, {
      error: 'Somebody has to look after the settings: pick at least one person.',
    }),
    currency: Currency,
    workdays: z.preprocess(
      (raw) => raw ?? [],
      z.array(z.enum(WEEKDAYS)).min(1, 'Pick at least one day.'),
    ),
    country: orNull(Country),
    region: orNull(Region).default(null),
  })
  // A region that was picked before the country changed means nothing any more.
  .transform((form) => ({ ...form, region: regionOf(form) }));
export type Settings = z.infer<typeof Settings> & {
  /** The company's own days off; left out where a form doesn't ask for them. */
  companyDays?: CompanyDays[];
};

/** A manager's reps and the channel of their team. */
export const TeamForm = z.object({ reps: People, channel: orNull(ChannelId) });
export type TeamForm = z.infer<typeof TeamForm>;

function regionOf({ country, region }: { country: string | null; region: string | null }) {
  const isKnown = country !== null && holidayRegions(country).some(({ code }) => code === region);
  return isKnown ? region : null;
}
