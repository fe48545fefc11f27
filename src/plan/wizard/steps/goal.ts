import type { Problem } from '../../../input/problem.ts';
import { optional, type RawFields } from '../../../slack/fields.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { publicHolidays } from '../../../time/holidays.ts';
import { monthsBetween } from '../../../time/local-date.ts';
import { amountsIn } from '../../currency.ts';
import { PlanDraft } from '../../draft.ts';
import { checkPeriod, under } from '../../model/checks.ts';
import { currencyDigits, isCurrency } from '../../model/currencies.ts';
import type { Component, Period } from '../../schemas.ts';
import { PARTS, VALUES } from '../../values.ts';
import { asSentences, type Step, wizardSection } from '../section.ts';

const { period, currency, goal } = VALUES;

const fields = {
  'period.start': period.start.ask({ live: true }),
  'period.end': period.end.ask({ live: true }),
  currency: currency.ask({ hint: 'Its three letters, such as USD, EUR or JPY.', live: true }),
  'goal.income': optional(
    goal.income.ask({
      placeholder: '250,000 or 250k',
      hint: 'Before tax, base salary included. Leave it empty to work from living costs and life goals.',
      live: true,
    }),
  ),
  'goal.livingCosts': optional(
    goal.livingCosts.ask({
      hint: 'Before tax too. With life goals below, Bigplan says on which date the plan pays for each.',
      live: true,
    }),
  ),
};

/** The plan moved to another period: its holidays and its ramps follow. */
function withPeriod(draft: PlanDraft, period: Period): PlanDraft {
  const holidays = publicHolidays(draft.calendar, period.start, period.end);
  const { compensation, components } = draft;
  const months = monthsBetween(period);
  const fitted = <C extends Component>(component: C): C => {
    const { ramp } = component;
    return { ...component, ramp: ramp && months.map((_, month) => ramp[month] ?? 1) };
  };
  return {
    ...draft,
    period,
    calendar: { ...draft.calendar, holidays },
    compensation: compensation && { ...compensation, first: fitted(compensation.first) },
    components: components.map(fitted),
  };
}

/** Amounts are read in the currency that stands in the same form. */
function typedStyle(raw: RawFields, style: NumberStyle): NumberStyle {
  const currency = typeof raw.currency === 'string' ? raw.currency.trim().toUpperCase() : '';
  return isCurrency(currency) ? { ...style, currency, digits: currencyDigits(currency) } : style;
}

const goalSection = wizardSection<PlanDraft, typeof fields>({
  styleOf: typedStyle,
  fields: () => fields,
  read: ({ period, currency, goal }) => ({
    'period.start': period.start,
    'period.end': period.end,
    currency,
    'goal.income': goal?.income ?? null,
    'goal.livingCosts': goal?.livingCosts ?? null,
  }),
  check(values, draft) {
    const problems: Problem[] = [];
    const currency = values.currency.toUpperCase();
    if (!isCurrency(currency)) {
      const problem = `${values.currency} isn’t a currency’s code: try USD, EUR or JPY.`;
      problems.push({ path: 'currency', problem });
    } else if (!PlanDraft.safeParse(amountsIn(draft, currency)).success) {
      const problem = `Some amount in the plan is too large to be written in ${currency}: check its zeros.`;
      problems.push({ path: 'currency', problem });
    }
    const period = { start: values['period.start'], end: values['period.end'] };
    problems.push(...asSentences(under('period', checkPeriod(period))));
    if (values['goal.income'] === null && values['goal.livingCosts'] === null) {
      const problem = 'Give an income here, or living costs below and life goals to add to them.';
      problems.push({ path: 'goal.income', problem });
    }
    return problems;
  },
  apply(draft, values) {
    const currency = values.currency.toUpperCase();
    const period = { start: values['period.start'], end: values['period.end'] };
    const rescaled = amountsIn(draft, currency);
    const moved =
      period.start === draft.period.start && period.end === draft.period.end
        ? rescaled
        : withPeriod(rescaled, period);
    return {
      ...moved,
      currency,
      goal: { income: values['goal.income'], livingCosts: values['goal.livingCosts'] },
    };
  },
});

export const goalStep: Step = {
  title: PARTS.goal,
  intro: mrkdwn`*What is it for?* Start with what you need to earn. Only you and your manager ever see this.`,
  section: goalSection,
};
