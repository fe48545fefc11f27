import type { Problem } from '../../../input/problem.ts';
import {
  amount,
  count,
  optional,
  type RawFields,
  radio,
  textLines,
  type ValuesOf,
} from '../../../slack/fields.ts';
import { formatMoney, formatPercent, type NumberStyle } from '../../../slack/format.ts';
import { lines, mrkdwn, type SlackText } from '../../../slack/text.ts';
import { type Basis, baseRate, PERIODS_A_YEAR } from '../../comp/basis.ts';
import { readEarns } from '../../comp/earns.ts';
import { readOtherPay, writeOtherPay } from '../../comp/other-pay.ts';
import { furtherAtTarget } from '../../comp/target-pay.ts';
import type { PlanDraft } from '../../draft.ts';
import { componentKey } from '../../model/checks.ts';
import { toMinor, toNumber } from '../../model/exact.ts';
import { componentWords, layersWords } from '../../reading/component-words.ts';
import type { Guarantee, Minor } from '../../schemas.ts';
import { ONLY_COMPONENT } from '../../short-form.ts';
import { PARTS, VALUES } from '../../values.ts';
import {
  BLANK_COMPONENT,
  checkComponentValues,
  componentFields,
  componentOf,
  earnsField,
  linesSaid,
  paysIn,
  reads,
  typedBasis,
  typedComponent,
  valuesIn,
} from '../component-fields.ts';
import { type Step, wizardSection } from '../section.ts';

const asked = VALUES.compensation;

const baseSalary = asked.baseSalary.ask({ placeholder: '100,000 or 100k', live: true });
const earns = earnsField({
  label: asked.first.pays.question,
  placeholder: '200,000 or 10%',
  hint: 'On-target earnings: base and all variable pay at quota. Either will do.',
  live: true,
});
const name = optional(
  asked.first.name.ask({ hint: 'Where the letter has several components.', live: true }),
);
const otherPay = textLines(
  {
    label: asked.otherPay.question,
    placeholder: 'MBO 10,000',
    hint: 'One a line: what comes beside salary and commission, such as an MBO.',
    live: true,
  },
  { schema: reads(readOtherPay), write: writeOtherPay },
);
const guarantee = {
  'guarantee.perMonth': optional(
    amount({ label: `${asked.guarantee.question}: how much a month?`, live: true }),
  ),
  'guarantee.months': optional(
    count({ label: 'For how many months from the start?', live: true }, { max: 60 }),
  ),
  'guarantee.kind': radio<'kept' | 'advance'>({ label: 'What becomes of it?', live: true }, [
    { value: 'kept', label: 'A guarantee: it is yours to keep' },
    { value: 'advance', label: 'A recoverable draw: later commission pays it back' },
  ]),
};

function fields(draft: PlanDraft, raw: RawFields, style: NumberStyle) {
  const basis = basisIn(draft, raw, style);
  const { main, lines, questions, more } = componentFields(draft, raw, style, basis);
  return { baseSalary, earns, ...main, lines, ...questions, ...more, name, otherPay, ...guarantee };
}

type StepValues = ValuesOf<ReturnType<typeof fields>>;

/** What on-target earnings leave the first component a year at quota; null where they leave it nothing. */
function ownPay(base: Minor, draft: PlanDraft) {
  return (onTarget: Minor) => {
    const own = onTarget - base - furtherAtTarget(draft);
    return own > 0 ? own : null;
  };
}

/** The base salary that is typed; nothing where it can't be read. */
const typedBase = (raw: RawFields, style: NumberStyle): Minor | undefined =>
  baseSalary.schema(style).safeParse(raw.baseSalary ?? null).data;

function basisIn(draft: PlanDraft, raw: RawFields, style: NumberStyle): Basis {
  const base = typedBase(raw, style);
  return typedBasis(raw, style, base === undefined ? () => null : ownPay(base, draft));
}

/** What the four fields come to: `10% of everything you book is $100,000 a year at quota`. */
function earnsSaid(raw: RawFields, draft: PlanDraft, style: NumberStyle): SlackText | null {
  const base = typedBase(raw, style);
  const typed = readEarns(typeof raw.earns === 'string' ? raw.earns : '', style);
  const basis = basisIn(draft, raw, style);
  const rate = baseRate(basis);
  const { quotaPeriod, credits } = typedComponent(raw, style);
  if (base === undefined || !typed.ok || basis.quota === null || !rate || !quotaPeriod) return null;
  const money = (minor: Minor) => formatMoney(minor, style);
  const atQuota = toMinor(rate.mul(basis.quota).mul(PERIODS_A_YEAR[quotaPeriod]));
  const share = formatPercent(toNumber(rate), style.locale, 2);
  const of = layersWords(credits);
  if ('rate' in typed.value) {
    const all = draft.components.length > 0 ? '' : `, ${money(base + atQuota)} with your base`;
    return mrkdwn`*${share}* of ${of} is ${money(atQuota)} a year at quota${all}.`;
  }
  const further = furtherAtTarget(draft);
  const parts = [
    `${money(base)} of base`,
    ...(further > 0 ? [`${money(further)} from the components below`] : []),
    `${money(atQuota)} at quota`,
  ];
  return mrkdwn`${money(typed.value.amount)} is ${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}: *${share}* of ${of}.`;
}

const REST = 'A simple plan needs no more. What follows is for letters that say more.';

function check(values: StepValues, draft: PlanDraft, style: NumberStyle): Problem[] {
  const problems = checkComponentValues(values, draft);
  const { earns, baseSalary: base, name: typedName } = values;
  if ('amount' in earns && ownPay(base, draft)(earns.amount) === null) {
    const further = furtherAtTarget(draft);
    const more = further > 0 ? ` and ${formatMoney(further, style)} of further components` : '';
    const problem = `On-target earnings hold the base of ${formatMoney(base, style)}${more}: they have to be more than that.`;
    problems.push({ path: 'earns', problem });
  }
  const called = componentKey(typedName ?? ONLY_COMPONENT);
  if (draft.components.some((one) => componentKey(one.name) === called)) {
    const problem = 'Another component is called that: give this one a name of its own.';
    problems.push({ path: 'name', problem });
  }
  const { 'guarantee.perMonth': perMonth, 'guarantee.months': months } = values;
  if (perMonth !== null && !months) {
    problems.push({ path: 'guarantee.months', problem: 'For how many months? 1 at least.' });
  }
  if (months !== null && !perMonth) {
    problems.push({ path: 'guarantee.perMonth', problem: 'How much is it a month?' });
  }
  return problems;
}

function guaranteeIn(values: StepValues): Guarantee | null {
  const { 'guarantee.perMonth': perMonth, 'guarantee.months': months } = values;
  if (!perMonth || !months) return null;
  return { perMonth, months, recoverable: values['guarantee.kind'] === 'advance' };
}

export const compensationStep: Step = {
  title: PARTS.compensation,
  reading: ({ compensation }, style) =>
    compensation && mrkdwn`_${componentWords(compensation.first, style).join(' · ')}_`,
  intro: mrkdwn`How your work becomes income. The figures are in your offer or comp letter; only you and your manager see them.`,
  section: wizardSection<PlanDraft, ReturnType<typeof fields>>({
    fields,
    read(draft) {
      const { compensation } = draft;
      const first = compensation?.first ?? BLANK_COMPONENT;
      const base = compensation?.baseSalary ?? 0;
      const { earns, quota, ...values } = valuesIn(
        first,
        (atTarget) => base + atTarget + furtherAtTarget(draft),
      );
      const { perMonth = null, months = null, recoverable } = compensation?.guarantee ?? {};
      return {
        ...(compensation && { baseSalary: base, earns, quota }),
        ...values,
        name: compensation ? first.name : ONLY_COMPONENT,
        otherPay: compensation?.otherPay ?? [],
        'guarantee.perMonth': perMonth,
        'guarantee.months': months,
        'guarantee.kind': recoverable ? 'advance' : 'kept',
      };
    },
    check: (values, draft, _part, style) => check(values, draft, style),
    apply(draft, values) {
      const { baseSalary, otherPay, name: typedName } = values;
      const before = draft.compensation?.first ?? null;
      const pays = paysIn(values, ownPay(baseSalary, draft)) ?? { atTarget: 0 };
      const first = componentOf(before, typedName ?? ONLY_COMPONENT, values, pays, draft);
      return {
        ...draft,
        compensation: { baseSalary, first, otherPay, guarantee: guaranteeIn(values) },
      };
    },
    said: (raw, draft, style) => ({
      quotaPeriod: lines(earnsSaid(raw, draft, style), REST),
      lines: linesSaid(raw, style, basisIn(draft, raw, style)),
    }),
  }),
};
