/** What people type after `/bigplan leads`: `6 inbound 4 outbound`, `in 6, out 4`, `no leads yesterday`. */

import { readCount } from '../../input/number.ts';
import { tidy } from '../../input/read.ts';
import { type DealContext, partsOf } from '../said-parts.ts';
import { readWords } from '../said-words.ts';
import { MOST_LEADS } from '../schemas.ts';

type Direction = 'inbound' | 'outbound';

export type LeadsRead =
  | { ok: true; kind: 'form'; person: string | null }
  | {
      ok: true;
      kind: 'leads';
      inbound: number;
      outbound: number;
      /** Local date; null: not said. */
      date: string | null;
      person: string | null;
    }
  /** What is wrong in plain words, and what was understood. */
  | {
      ok: false;
      problem: string;
      understood: Record<Direction, number | null> & { date: string | null };
      person: string | null;
    };

const DIRECTIONS: Record<Direction, RegExp> = {
  inbound: /^(?:in|inbound|inb|ib|i)$/,
  outbound: /^(?:out|outbound|outb|ob|o)$/,
};
const NONE = /^(?:no|none|nothing|zero|nil)$/;
const SILENT =
  /^(?:and|&|\+|-|–|—|=|:|\/|\||·|leads?|viable|of|we|i|got|had|have|from|sdrs?|more|came|new|the|were|today's)$/;
const EXAMPLE = 'try “6 inbound 4 outbound”, or “no leads”.';

/** `6in` is two words. */
const WORD = /^-?\p{Nd}[\p{Nd}.,'٬]*|\p{Nd}[\p{Nd}.,'٬]*|[^\s\p{Nd}]+/gu;

export function readLeads(
  text: string,
  context: Omit<DealContext, 'currency' | 'digits'>,
): LeadsRead {
  const said = readWords(text);
  const { person } = said;
  const found: Record<Direction, number | null> = { inbound: null, outbound: null };
  if (!said.ok) {
    return { ok: false, problem: said.problem, understood: { ...found, date: null }, person };
  }
  if (said.words.length === 0) return { ok: true, kind: 'form', person };
  const { dates } = partsOf(said.words, { ...context, currency: 'USD', digits: 2 });
  const [day] = dates;
  const date = day?.date ?? null;
  const bad = (problem: string): LeadsRead => {
    return { ok: false, problem, understood: { ...found, date }, person };
  };
  if (dates.length > 1) return bad('One day at a time, please.');
  const left = said.words.filter((_, at) => !day || at < day.from || at >= day.to);
  const tokens = left
    .flatMap((word) => tidy(word.text).toLowerCase().match(WORD) ?? [])
    .map((token) => token.replace(/[.!,;]+$/, ''))
    .filter((token) => token !== '' && !SILENT.test(token));

  if (tokens.length === 1 && NONE.test(tokens[0] ?? ''))
    return { ok: true, kind: 'leads', inbound: 0, outbound: 0, date, person };
  const directionOf = (token = '') =>
    (['inbound', 'outbound'] as const).find((one) => DIRECTIONS[one].test(token));
  // A number before its direction, or after it: the line goes on as it begins.
  const isNameFirst = directionOf(tokens[0]) !== undefined;
  if (tokens.length % 2 === 1 && !tokens.some(directionOf))
    return bad(`Inbound or outbound? Write it like that: ${EXAMPLE}`);
  for (let at = 0; at < tokens.length; at += 2) {
    const pair = [tokens[at], tokens[at + 1]];
    const [written = '', name] = isNameFirst ? pair.toReversed() : pair;
    const direction = directionOf(name);
    if (!direction || found[direction] !== null) return bad(`I can't tell the leads: ${EXAMPLE}`);
    const read = NONE.test(written)
      ? { ok: true as const, value: 0 }
      : readCount(written, { locale: context.locale, max: MOST_LEADS });
    if (!read.ok) return bad(`“${written}”: ${read.problem}`);
    found[direction] = read.value;
  }
  if (tokens.length === 0) return bad(`How many? For instance: ${EXAMPLE}`);
  const { inbound, outbound } = found;
  return { ok: true, kind: 'leads', inbound: inbound ?? 0, outbound: outbound ?? 0, date, person };
}
