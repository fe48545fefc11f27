import type { NumberStyle } from '../../slack/format.ts';
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatPercent,
} from '../../slack/format.ts';
import type { Quantity } from '../rules/explanation.ts';

/** A quantity of an explanation, exact, as the reader writes it. */
export function quantityText(quantity: Quantity, viewer: NumberStyle): string {
  switch (quantity.unit) {
    case 'money':
      return formatMoney(quantity.value, viewer);
    case 'fraction':
      return formatPercent(quantity.value, viewer.locale, 2);
    case 'factor':
      return formatFactor(quantity.value, viewer.locale);
    case 'count':
      return formatCount(quantity.value, viewer.locale, 2);
    case 'days':
      return `${formatCount(quantity.value, viewer.locale, 2)} days`;
    case 'date':
      return formatDate(quantity.value, viewer.locale, 'date');
  }
}
