/** How the open pipeline reads where it isn't judged, and of when it is. */
import { formatDate, formatMoneyShort, formatPercent, type NumberStyle } from '../slack/format.ts';
import { lastDayOfMonth } from '../time/local-date.ts';
import type { Scorecard } from './schemas.ts';
import { isLately } from './scorecard/verdict-rules.ts';

type Said = Pick<Scorecard, 'month' | 'span' | 'pipeline'>;

/** `, as on 20 Dec 2027`, where it was said before the span began; else nothing. */
export function asOnText({ span, pipeline: { asOf } }: Said, locale: string): string {
  if (asOf === null || asOf >= span.from) return '';
  const isOtherYear = asOf.slice(0, 4) !== span.from.slice(0, 4);
  return `, as on ${formatDate(asOf, locale, isOtherYear ? 'date' : 'day')}`;
}

/** Of expansion and new business, as far as something was said of them, in minor units; null: nothing was. */
function openNow({ pipeline: { asOf, layers } }: Said) {
  const said = [layers.expansion, layers.newBusiness].filter(({ actual }) => actual !== null);
  return asOf === null || said.length === 0
    ? null
    : {
        asOf,
        actual: said.reduce((sum, { actual }) => sum + (actual ?? 0), 0),
        target: said.reduce((sum, { target }) => sum + target, 0),
      };
}

/** A sentence for the rep, where coverage is not judged: in a plan's first month, or since nothing was said lately. */
export function unjudgedPipelineText(card: Said, style: NumberStyle): string {
  const { locale } = style;
  const open = openNow(card);
  if (!open) return 'Open pipeline: not entered yet.';
  if (!isLately(open.asOf, card.span.to)) {
    return `Open pipeline: last said on ${formatDate(open.asOf, locale, 'date')}, too long ago to go by.`;
  }
  const by = formatDate(lastDayOfMonth(`${card.month}-01`), locale, 'day');
  const asked =
    open.target > 0 ? ` of the ${formatMoneyShort(open.target, style)} asked by ${by}` : '';
  return `Open pipeline ${formatMoneyShort(open.actual, style)}${asked}${asOnText(card, locale)}.`;
}

/** The same as a share, for the line that others read too; null: there is nothing to say. */
export function unjudgedPipelineShare(card: Said, locale: string): string | null {
  const open = openNow(card);
  if (!open || open.target <= 0 || !isLately(open.asOf, card.span.to)) return null;
  const by = formatDate(lastDayOfMonth(`${card.month}-01`), locale, 'day');
  const share = formatPercent(open.actual / open.target, locale);
  return `open pipeline ${share} of what is asked by ${by}${asOnText(card, locale)}`;
}
