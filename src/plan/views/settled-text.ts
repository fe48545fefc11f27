import type { NumberStyle } from '../../slack/format.ts';
import { formatDate, formatMoneyShort } from '../../slack/format.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { PlanDraft } from '../draft.ts';

/** What has become of a renewal of the plan; money in minor units. */
export interface SettledRenewal {
  /** The row's id. */
  renewalId: string;
  outcome: 'won' | 'lost';
  amount: number;
  /** Local date. */
  date: string;
}

/** Settled renewals that a summary names; more are counted. */
const NAMED = 3;

/** `won $118 k on 3 Mar`. */
function outcomeText({ outcome, amount, date }: SettledRenewal, viewer: NumberStyle): string {
  const day = formatDate(date, viewer.locale, 'day');
  return `${outcome} ${formatMoneyShort(amount, viewer)} on ${day}`;
}

/** ` · settled: won $118 k on 3 Mar`, behind a renewal's line; nothing while it is open. */
export function settledNote(
  renewalId: string,
  settled: readonly SettledRenewal[],
  viewer: NumberStyle,
): Mrkdwn {
  const found = settled.find((one) => one.renewalId === renewalId);
  return found ? mrkdwn` · settled: *${outcomeText(found, viewer)}*` : mrkdwn``;
}

/** `Settled 2 of 5: Acme won $118 k on 3 Mar · Globex lost $40 k on 5 Mar`; null while none is. */
export function settledLine(
  { renewals }: PlanDraft,
  settled: readonly SettledRenewal[],
  viewer: NumberStyle,
): Mrkdwn | null {
  const known = settled.flatMap((one) => {
    const row = renewals.find(({ id }) => id === one.renewalId);
    return row ? [{ ...one, account: row.account }] : [];
  });
  if (known.length === 0) return null;
  const named = known
    .slice(-NAMED)
    .reverse()
    .map((one) => `${one.account} ${outcomeText(one, viewer)}`);
  const more = known.length - named.length;
  const all = [...named, ...(more > 0 ? [`${more} more`] : [])].join(' · ');
  return mrkdwn`*Settled* ${known.length} of ${renewals.length} renewals: ${all}`;
}
