/** How many reps make quota, month by month and quarter by quarter: counts, never who. */
import type { MonthStanding } from '../schemas.ts';

/** Of those who had something due in it. */
export interface AtQuota {
  /** `2027-03`, or `2027-Q1`. */
  span: string;
  reached: number;
  of: number;
}

interface Part {
  month: string;
  due: number;
  booked: number;
}

type Booked = MonthStanding['months'][number]['actual'];

/** In all; null: not yet. */
function bookedIn(actual: Booked): number | null {
  if (actual === null || typeof actual === 'number') return actual;
  return actual.renewal + actual.expansion + actual.newBusiness;
}

/** What each month that is over asked for and brought; minor units. */
function monthsOver({ months, month: current, asOf }: MonthStanding): Part[] {
  return months.flatMap(({ month, target, actual: cumulative }, at) => {
    const before = months[at - 1];
    const actual = bookedIn(cumulative);
    const isOver = month < current || (month === current && asOf === null);
    if (!isOver || actual === null) return [];
    return [
      {
        month,
        due: target - (before?.target ?? 0),
        booked: actual - (bookedIn(before?.actual ?? null) ?? 0),
      },
    ];
  });
}

const quarterOf = (month: string) =>
  `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

const MONTHS_A_QUARTER = 3;

function counted(reps: readonly (readonly { span: string; due: number; booked: number }[])[]) {
  const spans = new Map<string, AtQuota>();
  for (const { span, due, booked } of reps.flat()) {
    if (due <= 0) continue;
    const { reached, of } = spans.get(span) ?? { reached: 0, of: 0 };
    spans.set(span, { span, reached: reached + (booked >= due ? 1 : 0), of: of + 1 });
  }
  return [...spans.values()].sort((a, b) => (a.span < b.span ? 1 : -1));
}

/** The newest first. Each rep counts where a month (or all three of a quarter) asked for bookings at quota. */
export function shareAtQuota(cards: readonly MonthStanding[]): {
  months: AtQuota[];
  quarters: AtQuota[];
} {
  const reps = cards.map(monthsOver);
  return {
    months: counted(
      reps.map((parts) => parts.map(({ month: span, ...part }) => ({ span, ...part }))),
    ),
    quarters: counted(
      reps.map((parts) => {
        const names = [...new Set(parts.map(({ month }) => quarterOf(month)))];
        return names.flatMap((span) => {
          const own = parts.filter(({ month }) => quarterOf(month) === span);
          if (own.length < MONTHS_A_QUARTER) return [];
          const sum = (of: (part: Part) => number) => own.reduce((all, part) => all + of(part), 0);
          return [{ span, due: sum(({ due }) => due), booked: sum(({ booked }) => booked) }];
        });
      }),
    ),
  };
}
