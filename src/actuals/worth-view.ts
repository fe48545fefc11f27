/** What a deal pays, in words: for the rep alone. */
import type { DealWorth, NextThreshold } from '../plan/model/deal-worth.ts';
import type { Period } from '../plan/schemas.ts';
import { formatDate, formatMoney, formatMoneyShort } from '../slack/format.ts';
import { type Mrkdwn, mrkdwn } from '../slack/text.ts';
import { monthsBetween } from '../time/local-date.ts';
import type { Reader } from './words-view.ts';

/** `pays $2,400; from $1.0M on each such deal pays $3,600`: the rest of a sentence, without its end. */
export function worthWords(worth: DealWorth, reader: Reader): Mrkdwn {
  const next = worth.next && nextWords(worth.next, reader);
  return next ? mrkdwn`${paysWords(worth, reader)}; ${next}` : paysWords(worth, reader);
}

function paysWords({ pays, once, capped }: DealWorth, reader: Reader): Mrkdwn {
  if (pays < 0) return mrkdwn`takes ${formatMoney(-pays, reader)} off your pay`;
  if (pays === 0) {
    return capped ? mrkdwn`pays nothing more: your cap is reached` : mrkdwn`pays nothing by itself`;
  }
  const money = mrkdwn`pays ${formatMoney(pays, reader)}`;
  if (capped) return mrkdwn`${money}, and your cap holds back the rest`;
  if (once > 0 && once < pays) {
    return mrkdwn`${money}, ${formatMoney(once, reader)} of it for what it reaches`;
  }
  return money;
}

function nextWords(next: NextThreshold, reader: Reader): Mrkdwn {
  const { each, once, changes, moves } = next;
  const at = mrkdwn`${formatMoneyShort(next.from, reader)}${quotaPeriodText(next, reader)}`;
  const lump = mrkdwn`reaching ${changes ? 'it' : at} pays ${formatMoney(once, reader)} at once`;
  if (!changes) return lump;
  const money = mrkdwn`${moves ? 'about ' : ''}${formatMoney(each, reader)}`;
  const then =
    each === 0
      ? mrkdwn`from ${at} on such deals pay nothing`
      : mrkdwn`from ${at} on each such deal pays ${money}`;
  return once > 0 ? mrkdwn`${then}, and ${lump}` : then;
}

/** ` of New business this quarter`: nothing where there is one component with one quota. */
export function quotaPeriodText(
  { component, within }: Pick<NextThreshold, 'component' | 'within'>,
  reader: Reader,
): Mrkdwn {
  const whose = component === null ? mrkdwn`` : mrkdwn` of ${component}`;
  return within === null ? whose : mrkdwn`${whose} ${spanText(within, reader)}`;
}

const SPANS: Record<number, string> = { 1: 'month', 3: 'quarter', 6: 'half-year', 12: 'year' };

/** `this quarter`, or its days where that is past or to come. */
function spanText({ start, end }: Period, { today, locale }: Reader): string {
  const name = SPANS[monthsBetween({ start, end }).length];
  if (name && start <= today && today <= end) return `this ${name}`;
  return `(${formatDate(start, locale, 'day')} – ${formatDate(end, locale, 'day')})`;
}
