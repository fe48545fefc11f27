/** Fixed pay beside the salary, as lines such as `MBO: $10,000`. */
import { readAmount } from '../../input/number.ts';
import { problem, type Read, value } from '../../input/read.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { truncate } from '../../slack/truncate.ts';
import { OtherPay } from '../schemas.ts';
import { writeMoney } from './write-lines.ts';

/** As many as the plan's schema takes. */
const MOST = 100;

export function readOtherPay(text: string, style: NumberStyle): Read<OtherPay[]> {
  const rows: OtherPay[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const read = readOne(line, style);
    if (!read.ok) return problem(`“${truncate(line, 60)}”: ${read.problem}`);
    rows.push(read.value);
  }
  return rows.length > MOST ? problem(`At most ${MOST} lines fit in here.`) : value(rows);
}

/** The name and the amount: parted by the last colon where there is one, else the longest amount at the end. */
function readOne(line: string, style: NumberStyle): Read<OtherPay> {
  const colon = line.lastIndexOf(':');
  const words = line.split(/\s+/u);
  const cuts =
    colon > 0
      ? [[line.slice(0, colon), line.slice(colon + 1)] as const]
      : words
          .slice(1)
          .map(
            (_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')] as const,
          );
  for (const [name, much] of cuts) {
    const amount = readAmount(much.trim(), style);
    if (!amount.ok && amount.readings) return problem(amount.problem);
    if (!amount.ok) continue;
    const row = OtherPay.safeParse({ label: name.trim(), amount: amount.value });
    if (row.success) return value(row.data);
    return problem('give it a short name, such as “MBO”.');
  }
  const [only = ''] = words;
  if (words.length === 1 && readAmount(only, style).ok)
    return problem('what is it? Write a line like “MBO 10,000”.');
  return problem('write a line like “MBO 10,000”.');
}

export function writeOtherPay(rows: readonly OtherPay[], style: NumberStyle): string {
  return rows.map(({ label, amount }) => `${label}: ${writeMoney(amount, style)}`).join('\n');
}
