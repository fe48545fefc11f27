/** Quota and activity of a new hire in words: now, and once ramped up. Both of the pair read the same. */
import type { KnownBlock } from '@slack/types';
import { planOpened } from '../../people/ids.ts';
import { activityCount } from '../../plan/words.ts';
import { button, section } from '../../slack/blocks.ts';
import { formatCount, formatMoneyShort, type NumberStyle } from '../../slack/format.ts';
import { dateFormat } from '../../slack/locale.ts';
import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import type { QuotaRamp, Ramp } from './ramp-rules.ts';

/** A ramp with how its figures are written; null: both have signed no plan yet. */
export type ShownRamp = { ramp: Ramp; style: NumberStyle } | null;

const MOST = { components: 3, months: 6, name: 60 };

/** A block on the page of the first weeks, with the way to the plan. */
export function rampBlock(shown: ShownRamp, repId: string): KnownBlock {
  const isEntered = shown !== null && shown.ramp.quotas.length > 0;
  const accessory = button('Open the plan', {
    ...planOpened.with(repId),
    spoken: 'Open the plan, in which the ramp stands',
  });
  return section(rampText(shown), isEntered ? {} : { accessory });
}

export function rampText(shown: ShownRamp): Mrkdwn {
  if (!shown) {
    return mrkdwn`*What grows:* the quota and activity of each month stand here once you have both signed the plan.`;
  }
  const { ramp, style } = shown;
  if (ramp.quotas.length === 0) {
    return lines(
      mrkdwn`*No ramp is entered:* the comp plan asks for the full quota from its first month on.`,
      activityText(ramp, style),
      mrkdwn`Does the letter say less at first? *Change it* on the plan’s page, then *Ramp or season* in the comp plan.`,
    );
  }
  const named = ramp.quotas.length > 1;
  return lines(
    ...ramp.quotas.slice(0, MOST.components).map((quota) => quotaText(quota, ramp, style, named)),
    activityText(ramp, style),
  );
}

/** `*Quota* $21k in March, $42k from April, $83k from June, ramped up.` */
function quotaText(
  { name, now, full, ahead }: QuotaRamp,
  { month }: Ramp,
  style: NumberStyle,
  isNamed: boolean,
): Mrkdwn {
  const money = (minor: number) => formatMoneyShort(minor, style);
  const head = isNamed ? mrkdwn`*Quota, ${truncate(name, MOST.name)}*` : mrkdwn`*Quota*`;
  const shown = ahead.slice(0, MOST.months);
  const steps = [
    `${money(now)} in ${nameOf(month, style)}`,
    ...shown.map((step) => `${money(step.quota)} from ${nameOf(step.month, style)}`),
  ].join(', ');
  const last = shown.at(-1)?.quota ?? now;
  const whole = last === full ? '' : `; ${money(full)} a month in full`;
  return mrkdwn`${head} ${steps}${whole}`;
}

/** `*Activity* 40 calls, 3 demos a week in March; 135 calls, 9 demos at full ramp`. */
function activityText({ activities, month }: Ramp, style: NumberStyle): Mrkdwn | null {
  if (activities.length === 0) return null;
  const { locale } = style;
  const all = (which: 'now' | 'full') =>
    activities
      .map((one) => activityCount(one.activity, one[which], formatCount(one[which], locale)))
      .join(', ');
  const isFull = activities.every(({ now, full }) => now === full);
  return isFull
    ? mrkdwn`*Activity* ${all('full')} a week, in full`
    : mrkdwn`*Activity* ${all('now')} a week in ${nameOf(month, style)}; ${all('full')} once ramped up`;
}

const nameOf = (month: string, { locale }: NumberStyle) =>
  dateFormat(locale, { month: 'long' }).format(Date.parse(`${month}-01T00:00:00Z`));
