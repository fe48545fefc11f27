/** Who does what and what new plans begin with: what the settings and the set-up's first step ask. */

import type { KnownBlock, ModalView } from '@slack/types';
import { data } from 'currency-codes';
import { z } from 'zod';
import { handOffOpen } from '../../coaching/hand-off/ids.ts';
import { briefOpen } from '../../review/brief/ids.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import {
  boxes,
  choice,
  type Field,
  firing,
  textLines as linesField,
  optional,
  type RawFields,
  users,
} from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { countryName, holidayCountries, holidayRegions } from '../../time/holidays.ts';
import { WEEKDAYS } from '../../time/local-date.ts';
import { countryPicked, ownSettingsOpened } from '../ids.ts';
import { mentions, WEEKDAY_NAMES, weekdayList } from '../names-view.ts';
import type { CompanyDays, Settings } from '../store.ts';
import { companyDaysSchema, writeCompanyDays } from './company-days.ts';

interface CurrencyName {
  /** ISO 4217. */
  code: string;
  name: string;
}

const written = new Set(Intl.supportedValuesOf('currency'));

/** Codes with X are metals and units of account, but for those that several countries share. */
const isMoney = ({ code, countries }: (typeof data)[number]) =>
  written.has(code) && (!code.startsWith('X') || countries.length > 1);

const names: CurrencyName[] = data
  .filter(isMoney)
  .map(({ code, currency }) => ({ code, name: currency.trim() }));

/** The currencies that a workspace can have, by code: those of ISO 4217 that people are paid in. */
export function currencyNames(): readonly CurrencyName[] {
  return names;
}

/** No form about people asks for money: of a style only the language is looked at. */
export const styleWithoutMoney = (locale: string): NumberStyle => ({
  locale,
  currency: 'USD',
  digits: 2,
});

/** What the forms about the settings are named with, so that showing one again keeps what was picked. */
export const SETTINGS_REV = 'settings';

/** Empty, as the metadata of these forms were before they had any. */
export const NoSubject = z.preprocess((raw) => (raw === '' ? {} : raw), z.object({}));
export type NoSubject = z.infer<typeof NoSubject>;

const choicesOf = (places: readonly { code: string; name: string }[]) =>
  places.map(({ code, name }) => ({ value: code, label: name }));

/** What both forms ask, with the regions of the country that is picked. */
export function settingsFields(_style: NumberStyle, { country }: RawFields) {
  return {
    leaders: users({
      label: 'Who leads?',
      hint: 'Heads of sales. They see teams and causes, and nobody’s personal goal.',
      placeholder: 'Nobody yet',
    }),
    managers: users({
      label: 'Who manages reps?',
      hint: 'Reps they pick join at once. Anybody else can manage too; each rep is asked first.',
      placeholder: 'Nobody yet',
    }),
    admins: users(
      {
        label: 'Who looks after these settings?',
        hint: 'Besides the admins of this Slack workspace, who always can.',
      },
      { atLeastOne: 'Somebody has to look after the settings: pick at least one person.' },
    ),
    currency: choice(
      { label: 'Currency of new plans' },
      currencyNames().map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
    ),
    workdays: boxes(
      { label: 'Working days' },
      WEEKDAYS.map((day) => ({ value: day, label: WEEKDAY_NAMES[day] })),
      { atLeastOne: 'Pick at least one day.' },
    ),
    country: firing(
      optional(
        choice(
          {
            label: 'Country',
            hint: 'Its public holidays are no selling days. Leave it empty to count none.',
            placeholder: 'No public holidays',
          },
          choicesOf(holidayCountries()),
        ),
      ),
      countryPicked,
    ),
    region: regionOf(typeof country === 'string' ? country : null),
  };
}

/** Asked where the country has some. One that was picked before the country changed means nothing any more. */
function regionOf(country: string | null): Field<string | null> {
  const regions = country === null ? [] : holidayRegions(country);
  const asked = {
    label: 'Region',
    hint: 'Some holidays are only kept here.',
    placeholder: 'The whole country',
  };
  const field = optional(choice(asked, choicesOf(regions)));
  return {
    ...field,
    input: (place, initial) =>
      regions.length === 0
        ? null
        : field.input({ ...place, rev: `${place.rev}-${country}` }, initial),
    schema: () =>
      z.unknown().transform((raw) => regions.find(({ code }) => code === raw)?.code ?? null),
  };
}

const MONTHS = Array.from({ length: 12 }, (_, at) => ({
  value: String(at + 1),
  label: monthOfYear(at + 1),
}));

/** `January` of 1. */
function monthOfYear(month: number): string {
  const date = new Date(Date.UTC(2027, month - 1, 1));
  return new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' }).format(date);
}

export interface SettingsScreen extends Shown<NoSubject, NumberStyle> {
  /** What has happened meanwhile. */
  notice?: string;
}

/** `/bigplan settings`, for admins. */
export const settingsForm = form({
  id: 'people_settings',
  about: NoSubject,
  fields: (style: NumberStyle, raw) => ({
    ...settingsFields(style, raw),
    cycleMonth: optional(
      choice(
        {
          label: 'Plans begin every year in',
          hint: 'On the first of the month, as your fiscal year does: by then both should have signed.',
        },
        MONTHS,
      ),
    ),
    companyDays: linesField(
      {
        label: 'The company’s own days off',
        hint: 'Besides public holidays, a line each: nobody is asked anything then, and plans shrink with them.',
        placeholder: '24 Dec 2027 – 31 Dec 2027, Closed for the holidays',
      },
      {
        schema: ({ locale }) => companyDaysSchema(locale),
        write: (days, { locale }) => writeCompanyDays(days, locale),
      },
    ),
  }),
  frame: () => ({ title: 'Settings', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs, { notice }: SettingsScreen) => [
    ...(notice ? [section(mrkdwn`*${notice}*`)] : []),
    section(mrkdwn`*What concerns you alone:* when Bigplan asks you, and about what.`, {
      accessory: button('My settings', ownSettingsOpened.with()),
    }),
    section('New plans begin with these. Plans under way keep what they have.'),
    ...Object.values(inputs).flat(),
    section(
      mrkdwn`*Kept for everybody beside this:* who keeps the hand-off card, and where the weekly sync’s brief goes.`,
    ),
    actions([
      button('Hand-off card…', {
        ...handOffOpen.with(),
        spoken: 'The hand-off card, and who keeps it',
      }),
      button('Weekly sync…', {
        ...briefOpen.with(),
        spoken: 'Settings of the weekly sync’s brief',
      }),
    ]),
  ],
});

/** For somebody who may not change them any more. */
export const settingsRefusedView = (why: SlackText) =>
  modal({ title: 'Settings', close: 'Done', blocks: [section(why)] });

const SHOWN_DAYS = 5;

/** What saving the settings changed, one line each. */
export function settingsSavedView(before: Settings, after: Settings): ModalView {
  const changes = [
    ...moved('Leads', 'No longer leads', before.leaders, after.leaders),
    ...moved('Manages', 'No longer manages by appointment', before.managers, after.managers),
    ...moved('Looks after the settings', 'No longer does', before.admins, after.admins),
    ...changed('Currency', before.currency, after.currency),
    ...changed('Working days', weekdayList(before.workdays), weekdayList(after.workdays)),
    ...changed('Holidays', placeName(before), placeName(after)),
    ...(before.cycleMonth && after.cycleMonth
      ? changed('Plans begin in', monthOfYear(before.cycleMonth), monthOfYear(after.cycleMonth))
      : []),
    ...(after.companyDays
      ? changed('Company days off', daysText(before.companyDays), daysText(after.companyDays))
      : []),
  ];
  const blocks: KnownBlock[] =
    changes.length === 0
      ? [section('✓ Everything was so already: nothing has changed.')]
      : [
          section(lines(mrkdwn`✓ *Saved.*`, ...changes)),
          section('Plans under way keep what they have, and teams stay as they are.'),
        ];
  return modal({ title: 'Settings', close: 'Done', blocks });
}

function moved(gained: string, lost: string, before: string[], after: string[]): Mrkdwn[] {
  const added = after.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !after.includes(id));
  return [
    ...(added.length > 0 ? [mrkdwn`${gained}: ${mentions(added)}`] : []),
    ...(removed.length > 0 ? [mrkdwn`${lost}: ${mentions(removed)}`] : []),
  ];
}

function changed(label: string, before: string, after: string): Mrkdwn[] {
  return before === after ? [] : [mrkdwn`${label}: ${before} → *${after}*`];
}

function daysText(days: readonly CompanyDays[] = []): string {
  if (days.length === 0) return 'none';
  const shown = days
    .slice(0, SHOWN_DAYS)
    .map(({ from, to }) => (from === to ? from : `${from} – ${to}`));
  const more = days.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function placeName({ country, region }: Pick<Settings, 'country' | 'region'>): string {
  if (!country) return 'none';
  const name = countryName(country);
  if (!region) return name;
  return `${name}, ${holidayRegions(country).find(({ code }) => code === region)?.name ?? region}`;
}
