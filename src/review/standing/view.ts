/** How a rep stands, in two lines: as their manager reads it, and they themselves. */
import { dayInWords } from '../../activity/words-view.ts';
import { currencyDigits } from '../../plan/model/currencies.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { asOnText, unjudgedPipelineShare } from '../pipeline-view.ts';
import type { MonthStanding } from '../schemas.ts';
import {
  bookingsLine,
  HEALTH_NAMES,
  healthText,
  lineText,
  loggedText,
  weekdayText,
} from '../words-view.ts';
import type { StandingNow } from './standings.ts';

const HEALTH_MARKS: Record<MonthStanding['standing'], string> = {
  off_track: '✗',
  at_risk: '≈',
  on_track: '✓',
  too_early: '–',
};

const cardStyle = ({ currency }: MonthStanding, locale: string): NumberStyle => ({
  locale,
  currency,
  digits: currencyDigits(currency),
});

/**
 * `✗ *@dana* · *at risk*: bookings 63% (new business 41%), coverage 2.4X of 3.25X, calls on plan`, and under it
 * `9 of 10 days logged, last on Tuesday · 4 days in a row · back on Mon, 8 Mar`. Shares and counts alone: what
 * somebody else reads over a shoulder holds no sum.
 */
export function standingText(standing: StandingNow, locale: string): Mrkdwn {
  return lines(standingHead(standing, locale), aroundText(standing, locale));
}

/** The first of the two lines. */
export function standingHead({ userId, card, plan, begins }: StandingNow, locale: string): Mrkdwn {
  const who = mention(userId);
  if (card === null) {
    const begun = begins === null ? '' : `, begins on ${formatDate(begins, locale, 'date')}`;
    return mrkdwn`*${who}* · ${plan === null ? 'no plan yet' : `plan: ${lowerFirst(plan)}${begun}`}`;
  }
  const { standing: health } = card;
  return mrkdwn`${HEALTH_MARKS[health]} *${who}* · *${HEALTH_NAMES[health]}*: ${healthText(card, cardStyle(card, locale))}`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** The work, the pipeline where the reason leaves it out, a plan that changes, days off; null: nothing is known. */
function aroundText(standing: StandingNow, locale: string): string | null {
  const { card, plan, unanswered, streak, backOn, today, lastLog } = standing;
  const days = card && card.days.counted > 0 ? loggedText(card.days, locale) : null;
  // That each is logged says so already.
  const isEachLogged = card?.days.unlogged === 0 && streak <= card.days.counted;
  const last = lastLog !== null && today !== null ? dayInWords(lastLog, today, locale) : null;
  const logs =
    unanswered !== null
      ? `not logging: ${unanswered} check-ins unanswered`
      : [days, last && `last ${isNamed(last) ? 'on ' : ''}${last}`].filter(Boolean).join(', ');
  const parts = [
    card && pipelineAside(card, locale),
    logs || null,
    streak > 1 && !isEachLogged ? `${streak} days in a row` : null,
    card && plan !== null && !plan.startsWith('Agreed') ? `plan: ${lowerFirst(plan)}` : null,
    backOn === null ? null : `away, back on ${weekdayText(backOn, locale)}`,
  ].filter((part) => part !== null);
  const text = parts.join(' · ');
  return text === '' ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const isNamed = (day: string) => day !== 'today' && day !== 'yesterday';

/** The open pipeline, where the reason says nothing of it: bookings are met, or it isn’t asked for yet. */
function pipelineAside(card: MonthStanding, locale: string): string | null {
  const line = card.lines.find(({ kpi }) => kpi === 'coverage');
  if (!line || line.verdict === 'missed') return null;
  if (line.target !== null && bookingsLine(card).verdict !== 'met') return null;
  if (line.actual === null) {
    return line.verdict === 'met' ? null : unjudgedPipelineShare(card, locale);
  }
  return `${lowerFirst(lineText(line, cardStyle(card, locale)))}${asOnText(card, locale)}`;
}
