import type { KnownBlock, ModalView } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { holidayCountries, holidayRegions } from '../../time/holidays.ts';
import { mentions, weekdays } from '../names-view.ts';
import type { CompanyDays, Settings } from '../store.ts';

const SHOWN_DAYS = 5;

/** What saving the settings changed, one line each. */
export function settingsSavedView(before: Settings, after: Settings): ModalView {
  const changes = [
    ...moved('Leads', 'No longer leads', before.leaders, after.leaders),
    ...moved('Manages', 'No longer manages by appointment', before.managers, after.managers),
    ...moved('Looks after the settings', 'No longer does', before.admins, after.admins),
    ...changed('Currency', before.currency, after.currency),
    ...changed('Working days', weekdays(before.workdays), weekdays(after.workdays)),
    ...changed('Holidays', placeName(before), placeName(after)),
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
  const name = holidayCountries().find(({ code }) => code === country)?.name ?? country;
  if (!region) return name;
  return `${name}, ${holidayRegions(country).find(({ code }) => code === region)?.name ?? region}`;
}
