/** The further components of a comp plan: each with a name, what it pays and a quota of its own. */
import type { Problem } from '../../../input/problem.ts';
import { type Field, notAsked, type RawFields, radio } from '../../../slack/fields.ts';
import { formatMoney, formatPercent, type NumberStyle } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { type Earns, readEarns, writeEarns } from '../../comp/earns.ts';
import { furtherAtTarget, keepTarget, variableAtTarget } from '../../comp/target-pay.ts';
import type { PlanDraft } from '../../draft.ts';
import { componentKey } from '../../model/checks.ts';
import { exact, toMinor } from '../../model/exact.ts';
import { componentWords } from '../../reading/component-words.ts';
import type { Component, Minor } from '../../schemas.ts';
import { VALUES } from '../../values.ts';
import {
  BLANK_COMPONENT,
  type ComponentValues,
  checkComponentValues,
  componentFields,
  componentOf,
  earnsField,
  linesSaid,
  paysIn,
  typedBasis,
  valuesIn,
} from '../component-fields.ts';
import { list } from './list.ts';

/** As many as the plan's schema takes, the first among them. */
const MOST = 20;

const earns = earnsField({
  label: 'What it pays a year at quota, or its rate',
  placeholder: '30,000 or 2%',
  hint: 'An amount is part of your on-target earnings: what is left of them is the first component’s.',
  live: true,
});
const name = VALUES.components.name.ask({ placeholder: 'Renewals' });

type ShareOf = 'bookings' | 'variable';

const shareOf = (variable: Minor, rate: number): Minor => toMinor(exact(variable).mul(exact(rate)));

/** The rate that is typed; null where it is an amount, or nothing yet. */
function rateIn(raw: RawFields, style: NumberStyle): number | null {
  const read = typeof raw.earns === 'string' ? readEarns(raw.earns, style) : null;
  return read?.ok && 'rate' in read.value ? read.value.rate : null;
}

/** `30%` beside on-target earnings: of what is booked, or of the variable pay? */
function shareField(draft: PlanDraft, raw: RawFields, style: NumberStyle): Field<ShareOf | null> {
  const rate = rateIn(raw, style);
  const variable = variableAtTarget(draft);
  if (variable === null || rate === null) return notAsked;
  const percent = formatPercent(rate, style.locale, 2);
  const pay = formatMoney(shareOf(variable, rate), style);
  const field = radio<ShareOf>({ label: `${percent} of what?`, live: true }, [
    { value: 'bookings', label: `A commission: ${percent} of the bookings it credits` },
    { value: 'variable', label: `${percent} of your variable pay: ${pay} a year at quota` },
  ]);
  return {
    schema: field.schema,
    // Another percentage is another question: what was picked for the former is no answer here.
    input: (place, picked) => field.input({ ...place, rev: `${place.rev}-${rate}` }, picked),
    write: (of) => of,
  };
}

type RowValues = ComponentValues & { name: string; 'earns.of': ShareOf | null };

/** What it earns: a share of the variable pay is an amount. */
function earnsOf(values: Pick<RowValues, 'earns' | 'earns.of'>, draft: PlanDraft): Earns {
  const variable = variableAtTarget(draft);
  const { earns } = values;
  return values['earns.of'] === 'variable' && 'rate' in earns && variable !== null
    ? { amount: shareOf(variable, earns.rate) }
    : earns;
}

const itself = (amount: Minor) => amount;

/** What is typed of it so far, as lines refer to it. */
function basisIn(draft: PlanDraft, raw: RawFields, style: NumberStyle) {
  const share = raw['earns.of'] === 'variable' ? rateIn(raw, style) : null;
  const variable = variableAtTarget(draft);
  if (share === null || variable === null) return typedBasis(raw, style, itself);
  const pay = { amount: shareOf(variable, share) };
  return typedBasis({ ...raw, earns: writeEarns(pay, style) }, style, itself);
}

function fields(draft: PlanDraft, raw: RawFields, style: NumberStyle) {
  const basis = basisIn(draft, raw, style);
  const { main, lines, questions, more } = componentFields(draft, raw, style, basis);
  const of = shareField(draft, raw, style);
  return { name, earns, 'earns.of': of, ...main, lines, ...questions, ...more };
}

function check(
  values: RowValues,
  draft: PlanDraft,
  row: Component & { id: string },
  style: NumberStyle,
): Problem[] {
  const problems = checkComponentValues(values, draft);
  const others = draft.components.filter(({ id }) => id !== row.id);
  const key = componentKey(values.name);
  const named = draft.compensation ? [draft.compensation.first, ...others] : others;
  if (named.some((one) => componentKey(one.name) === key)) {
    problems.push({
      path: 'name',
      problem: 'Another component is called that: give it a name of its own.',
    });
  }
  if (others.length + 2 > MOST) {
    problems.push({ path: 'name', problem: `A comp plan holds at most ${MOST} components.` });
  }
  const variable = variableAtTarget(draft);
  const earns = earnsOf(values, draft);
  if (variable !== null && 'amount' in earns) {
    const left = variable - furtherAtTarget({ components: others });
    if (earns.amount >= left) {
      const problem = `Your on-target earnings leave ${formatMoney(left, style)} above base and other components: it has to be less than that.`;
      problems.push({ path: 'earns', problem });
    }
  }
  return problems;
}

export const components = list<'components', ReturnType<typeof fields>>({
  id: 'components',
  empty: 'Where the letter pays renewals, expansion or a product by a quota of its own.',
  fields,
  blank: () => ({ id: '', ...BLANK_COMPONENT }),
  read({ id, ...row }) {
    const values = valuesIn(row, itself);
    const { earns, quota, ...rest } = values;
    if (row.name === '') return rest;
    return { ...values, name: row.name, 'earns.of': 'rate' in earns ? 'bookings' : null };
  },
  check,
  apply(row, { name, ...values }, draft) {
    const all = { ...values, earns: earnsOf(values, draft) };
    const pays = paysIn(all, itself) ?? row.pays;
    return { id: row.id, ...componentOf(row, name, all, pays, draft) };
  },
  settle: keepTarget,
  said: (raw, draft, style) => ({ lines: linesSaid(raw, style, basisIn(draft, raw, style)) }),
  line: ({ id, ...row }, style) =>
    mrkdwn`*${row.name}* · ${componentWords(row, style).join(' · ')}`,
  paste: null,
});
