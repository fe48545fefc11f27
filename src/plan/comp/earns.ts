/** What somebody earns, in one field: an amount a year, or a commission rate. */
import { readAmount, readCount, readPercent } from '../../input/number.ts';
import { problem, type Read, value } from '../../input/read.ts';
import { writeAmount, writePercent } from '../../input/write-number.ts';
import { formatMoney, type NumberStyle } from '../../slack/format.ts';
import type { Minor } from '../schemas.ts';

export type Earns = { rate: number } | { amount: Minor };

/** A plain number up to here is a percentage; nobody earns so little in a year. */
const MOST_PERCENT = 100;

/** `10%`, `0.1` and `10` as a rate; `$200k` and `200,000` as an amount. */
export function readEarns(text: string, style: NumberStyle): Read<Earns> {
  const { locale, digits } = style;
  const asRate = (): Read<Earns> => {
    const read = readPercent(text, { locale, bare: 'rate' });
    return read.ok ? value({ rate: read.value }) : problem(read.problem);
  };
  if (/%|percent/i.test(text)) return asRate();
  const plain = readCount(text, { locale, decimals: true, max: Number.MAX_VALUE });
  if (plain.ok && plain.value <= MOST_PERCENT) return asRate();
  const read = readAmount(text, style);
  if (read.ok) return value({ amount: read.value });
  if (plain.ok || /\d/.test(text)) return problem(read.problem);
  const example = formatMoney(200_000 * 10 ** digits, style);
  return problem(
    `That is neither an amount nor a rate: try ${example} or ${writePercent(0.1, locale)}.`,
  );
}

export function writeEarns(earns: Earns, { locale, digits }: NumberStyle): string {
  return 'rate' in earns
    ? writePercent(earns.rate, locale)
    : writeAmount(earns.amount, { locale, digits });
}
