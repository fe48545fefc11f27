import type { Compensation } from '../schemas.ts';
import type { BookingsFigures } from './bookings-figures.ts';
import { type BookingsKey, type Explanation, explanation, money, number } from './explanation.ts';
import type { IncomeFigures } from './income-figures.ts';
import { splitTotal } from './required-bookings.ts';

export function explainBookings(
  bookings: BookingsFigures,
  income: IncomeFigures,
  compensation: Compensation,
): Record<BookingsKey, Explanation> {
  const { known, required, atQuota, target, attainment, reachable } = bookings;
  const quota = { 'quota in the period': money(income.quota) };
  const uncredited = known.uncredited.equals(0)
    ? {}
    : { 'bookings that don’t count towards quota': money(known.uncredited) };
  const fullQuota = known.uncredited.equals(0) ? {} : { '100 % of quota': money(atQuota) };
  const { rates, cap } = compensation;

  return {
    'bookings.required': reachable
      ? explanation(
          'the least bookings whose commission, rates and accelerators counted, brings what is needed',
          {
            'commission needed': money(income.variableNeeded),
            'expected renewals': money(known.renewal),
            'expansion targets': money(known.expansion),
            'rate on renewals': number('fraction', rates.renewal),
            'rate on expansion': number('fraction', rates.expansion),
            'rate on new business': number('fraction', rates.newBusiness),
            ...quota,
            'commission on these bookings': money(
              income.commission.pay(splitTotal(required, known)),
            ),
          },
          money(required),
        )
      : explanation(
          'no bookings bring the commission needed, so quota stands in',
          {
            'commission needed': money(income.variableNeeded),
            'cap on commission': income.commission.cap && money(income.commission.cap),
            'rate on new business': cap === null ? number('fraction', rates.newBusiness) : null,
            ...quota,
            ...uncredited,
          },
          money(required),
        ),
    'bookings.target': explanation(
      'the larger of quota and the bookings that earn the goal',
      {
        ...quota,
        ...uncredited,
        ...fullQuota,
        'bookings that earn the goal': money(required),
      },
      money(target),
    ),
    'bookings.attainment': explanation(
      'bookings that count towards quota ÷ quota in the period',
      { target: money(target), ...uncredited, ...quota },
      number('fraction', attainment),
    ),
  };
}
