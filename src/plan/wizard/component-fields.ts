/** What is asked of a component of the comp plan: of the first in its step, of a further one in its row. */
import { z } from 'zod';
import type { Problem } from '../../input/problem.ts';
import type { Read } from '../../input/read.ts';
import { percentField } from '../../input/schemas.ts';
import { writePercent } from '../../input/write-number.ts';
import {
  type Asked,
  boxes,
  choice,
  type Field,
  noSpeck,
  optional,
  type RawFields,
  radio,
  text,
  textLines,
  type ValuesOf,
} from '../../slack/fields.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { lines as joined, type SlackText } from '../../slack/text.ts';
import { monthsBetween } from '../../time/local-date.ts';
import { type Basis, basisOf, paysOf, ratesApart } from '../comp/basis.ts';
import { type Earns, readEarns, writeEarns } from '../comp/earns.ts';
import { readLayerRates, writeLayerRates } from '../comp/layer-rates.ts';
import { type CompLines, type CompLinesRead, NO_LINES, readCompLines } from '../comp/read-lines.ts';
import { writeLines } from '../comp/write-lines.ts';
import type { PlanDraft } from '../draft.ts';
import { bonusesWords, quotaStartWords, tiersWords } from '../reading/component-words.ts';
import { type Component, LAYERS, type Layer, type Minor, type Pays } from '../schemas.ts';
import { VALUES } from '../values.ts';
import { fingerprint } from './typed.ts';

const asked = VALUES.compensation.first;

/** A schema of text that `read` makes something of. */
export const reads =
  <T>(read: (typed: string, style: NumberStyle) => Read<T>) =>
  (style: NumberStyle) =>
    z.string().transform((typed, issues) => {
      const found = read(typed, style);
      if (found.ok) return found.value;
      issues.addIssue({ code: 'custom', message: found.problem });
      return z.NEVER;
    });

/** An amount a year, or a commission rate. */
export function earnsField(shown: Asked): Field<Earns> {
  const field = text(shown, 40);
  const { input } = field;
  const schema = (style: NumberStyle) => field.schema(style).pipe(reads(readEarns)(style));
  return { input, schema, write: writeEarns };
}

const earns = earnsField({ label: '' });
const quota = asked.quota.ask({ placeholder: '1,000,000 or 1m', live: true });
const quotaPeriod = asked.quotaPeriod.ask({ live: true });
const cap = optional(asked.cap.ask({ hint: 'Leave it empty where there is no cap.', live: true }));

const credits = boxes<Layer>(
  { label: asked.credits.question, live: true },
  [
    { value: 'renewal', label: 'Renewals' },
    { value: 'expansion', label: 'Expansion' },
    { value: 'newBusiness', label: 'New business' },
  ],
  { atLeastOne: 'Something has to count towards it: tick at least one.' },
);

const rates = textLines(
  {
    label: 'Rates that differ',
    placeholder: 'Renewals 5%',
    hint: 'One a line. What doesn’t count towards quota can earn a rate of its own, too.',
    live: true,
  },
  { schema: reads(readLayerRates), write: writeLayerRates },
);

const ramp = textLines<number[]>(
  {
    label: asked.ramp.question,
    placeholder: '25%, 50%, 75%',
    hint: 'Each month’s share of its quota: the first months of a new hire, or all of a season. Later months are 100%.',
    live: true,
  },
  {
    schema: ({ locale }) =>
      z.string().transform((typed, issues) => {
        const parts = typed.split(/[;\n]|,\s+|(?<=%)\s*,?\s*/u).map((part) => part.trim());
        const share = noSpeck(percentField({ locale, max: 3 }));
        const read = z.array(share).safeParse(parts.filter(Boolean));
        if (read.success) return read.data;
        const message = `${read.error.issues[0]?.message} Write shares like “25%, 50%, 75%”.`;
        issues.addIssue({ code: 'custom', message });
        return z.NEVER;
      }),
    write: (shares, { locale }) => {
      const last = shares.findLastIndex((share) => share !== 1);
      return shares
        .slice(0, last + 1)
        .map((share) => writePercent(share, locale))
        .join('; ');
    },
  },
);

const WITH_PLAN = 'plan';
const IS_MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** In which month quota periods begin; null: with the plan. */
function quotaStartField({ period }: PlanDraft, raw: RawFields, { locale }: NumberStyle) {
  const [first = '', ...later] = monthsBetween(period)
    .slice(0, 12)
    .map(({ month }) => month);
  const kept = typeof raw.quotaStart === 'string' && IS_MONTH.test(raw.quotaStart);
  const months = new Set(kept ? [...later, String(raw.quotaStart)] : later);
  const field = choice({ label: asked.quotaStart.question, live: true }, [
    { value: WITH_PLAN, label: `With the plan: ${quotaStartWords(first, { locale })}` },
    ...[...months].map((month) => ({ value: month, label: quotaStartWords(month, { locale }) })),
  ]);
  const found: Field<string | null> = {
    input: field.input,
    schema: (style) =>
      field.schema(style).transform((month) => (month === WITH_PLAN ? null : month)),
    write: (month) => month ?? WITH_PLAN,
  };
  return found;
}

/** Lines as they stand in the field, with what they refer to. */
interface LinesValue extends CompLines {
  basis: Basis;
}

function linesField(basis: Basis, answers: readonly (string | null)[]): Field<LinesValue> {
  return textLines<LinesValue>(
    {
      label: asked.tiers.question,
      placeholder: '100% 1.5x',
      hint: 'One a line, as the letter has it: “100% 1.5x”, “over 120% 15%”, “from $1.2M 15%”, “50% 1x on everything”, “100% $10,000”.',
      live: true,
    },
    {
      schema: reads((typed, style): Read<LinesValue> => {
        const read = readCompLines(typed, { basis, style }, answers);
        return read.ok ? { ok: true, value: { ...read.lines, basis } } : read;
      }),
      write: (lines, style) => writeLines(lines, lines.basis, style),
    },
  );
}

/** Where the answer to the n-th question about the lines stands: a part of the lines’ own path. */
const questionPath = (n: number) => `lines.${n}`;

function answersIn(raw: RawFields): (string | null)[] {
  return Array.from({ length: 10 }, (_, n) => {
    const answer = raw[questionPath(n)];
    return typeof answer === 'string' ? answer : null;
  });
}

/** A choice between the readings of a line, for each that has more than one. */
function questionFields(read: CompLinesRead): Record<string, Field<string>> {
  if (!read.ok) return {};
  return Object.fromEntries(
    read.questions.map(({ question, options }, n) => {
      const field = radio(
        { label: question, live: true },
        options.map(({ value, words }) => ({ value, label: words })),
      );
      const readings = options.map(({ value }) => value);
      const shown: Field<string> = {
        ...field,
        // Another line's readings are another input: what was picked among the former's is none here.
        input: (place, picked) =>
          field.input({ ...place, rev: `${place.rev}-${fingerprint(readings.join())}` }, picked),
        schema: () => z.enum(readings, `${question} Say which is meant.`),
      };
      return [questionPath(n), shown];
    }),
  );
}

/** What an amount in `earns` leaves a component a year at quota; null where it leaves nothing. */
type OwnPay = (amount: Minor) => Minor | null;

/** How a component pays by its fields; null where what it earns leaves it nothing. */
export function paysIn(
  values: Pick<ComponentValues, 'earns' | 'rates' | 'credits'>,
  ownPay: OwnPay,
): Pays | null {
  if ('rate' in values.earns) return paysOf(values.earns.rate, values.rates, values.credits);
  const own = ownPay(values.earns.amount);
  return own === null ? null : { atTarget: own };
}

/** What is typed so far; null where it isn't sound yet, and everything credited where that isn't. */
export function typedComponent(raw: RawFields, style: NumberStyle) {
  const typed = <T>(field: Field<T>, path: string): T | null =>
    field.schema(style).safeParse(raw[path] ?? null).data ?? null;
  return {
    quota: typed(quota, 'quota') || null,
    quotaPeriod: typed(quotaPeriod, 'quotaPeriod'),
    earns: typed(earns, 'earns'),
    credits: typed(credits, 'credits') ?? [...LAYERS],
    rates: typed(rates, 'rates') ?? {},
  };
}

/** What the lines refer to, as far as it is typed. */
export function typedBasis(raw: RawFields, style: NumberStyle, ownPay: OwnPay): Basis {
  const { quota, quotaPeriod, earns, ...rest } = typedComponent(raw, style);
  const pays = earns && paysIn({ ...rest, earns }, ownPay);
  if (!quota || !quotaPeriod || !pays) return { quota, rates: [] };
  return basisOf({ quota, quotaPeriod, credits: rest.credits, pays });
}

/** The fields of a component behind those that say what it is called and what it earns. */
export function componentFields(
  draft: PlanDraft,
  raw: RawFields,
  style: NumberStyle,
  basis: Basis,
) {
  const answers = answersIn(raw);
  return {
    main: { quota, quotaPeriod },
    lines: linesField(basis, answers),
    /** Of lines that have more than one reading: the form asks which, and keeps what is picked as a line. */
    questions: questionFields(readCompLines(typedLines(raw), { basis, style }, answers)),
    more: { credits, rates, cap, ramp, quotaStart: quotaStartField(draft, raw, style) },
  };
}

const typedLines = ({ lines }: RawFields) => (typeof lines === 'string' ? lines : '');

type AskedFields = ReturnType<typeof componentFields>;
export type ComponentValues = ValuesOf<AskedFields['main'] & AskedFields['more']> & {
  earns: Earns;
  lines: LinesValue;
};

/** A component that isn't there yet; its quota is yet to be said. */
export const BLANK_COMPONENT: Component = {
  name: '',
  credits: [...LAYERS],
  quota: 0,
  quotaPeriod: 'year',
  quotaStart: null,
  pays: { rate: 0 },
  ...NO_LINES,
  cap: null,
  ramp: null,
};

/** A component as it stands in its fields. `amountOf`: the amount that its pay at quota is said by. */
export function valuesIn(
  component: Omit<Component, 'name'>,
  amountOf: (atTarget: Minor) => Minor,
): ComponentValues {
  const { quota, quotaPeriod, quotaStart, credits, cap, pays, ramp, tiers, bonuses } = component;
  const { rate, others } = 'rates' in pays ? ratesApart(pays, credits) : { rate: 0, others: {} };
  return {
    earns: 'atTarget' in pays ? { amount: amountOf(pays.atTarget) } : { rate, ...pays },
    quota,
    quotaPeriod,
    quotaStart,
    credits,
    cap,
    rates: others,
    lines: { tiers, bonuses, basis: basisOf(component) },
    ramp: ramp ?? [],
  };
}

/** A component by its fields. `before` is as it was: rates that say the same stay as they are. */
export function componentOf(
  before: Component | null,
  name: string,
  values: ComponentValues,
  pays: Pays,
  { period }: PlanDraft,
): Component {
  const { quota, quotaPeriod, quotaStart, credits, cap, lines, ramp } = values;
  const shares = monthsBetween(period).map((_, month) => ramp[month] ?? 1);
  return {
    name,
    credits,
    quota,
    quotaPeriod,
    quotaStart,
    pays: before && isSamePay(before.pays, pays, credits) ? before.pays : pays,
    tiers: lines.tiers,
    bonuses: lines.bonuses,
    cap,
    ramp: shares.every((share) => share === 1) ? null : shares,
  };
}

function isSamePay(before: Pays, after: Pays, credits: readonly Layer[]): boolean {
  if (!('rates' in before) || !('rate' in after)) return false;
  const { rate, others } = ratesApart(before, credits);
  return Object.keys(others).length === 0 && rate === after.rate;
}

/** What no field of a component can see alone. */
export function checkComponentValues(values: ComponentValues, { period }: PlanDraft): Problem[] {
  const months = monthsBetween(period).length;
  const { ramp, quota, rates, earns } = values;
  const found: (Problem | false)[] = [
    quota === 0 && { path: 'quota', problem: 'A quota has to be over 0.' },
    'amount' in earns &&
      Object.keys(rates).length > 0 && {
        path: 'rates',
        problem:
          'Rates by layer go with a commission rate above. Where that is an amount, what pays differently is a component of its own, below.',
      },
    ramp.length > months && {
      path: 'ramp',
      problem: `The plan has ${months} months, and there are ${ramp.length} shares here.`,
    },
    ramp.length === months &&
      ramp.every((share) => share === 0) && {
        path: 'ramp',
        problem: 'At least one month has to carry some quota.',
      },
  ];
  return found.filter((problem) => problem !== false);
}

/** The lines read back in words; null where there is nothing to say, or not yet. */
export function linesSaid(raw: RawFields, style: NumberStyle, basis: Basis): SlackText | null {
  const read = readCompLines(typedLines(raw), { basis, style }, answersIn(raw));
  if (!read.ok || read.open) return null;
  const period = quotaPeriod.schema(style).safeParse(raw.quotaPeriod ?? null).data ?? 'year';
  const said = [
    ...tiersWords(read.lines.tiers, basis, style),
    ...bonusesWords(read.lines.bonuses, period, basis, style),
    ...read.notes,
  ];
  return said.length === 0 ? null : joined(...said);
}
