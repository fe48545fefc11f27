/** The lists of the plan: what is asked of each row, and how it reads in a line. */

import { writePercent } from '../../../input/write-number.ts';
import { WEEKDAY_NAMES } from '../../../people/names-view.ts';
import { choice, count, optional } from '../../../slack/fields.ts';
import { formatDate, formatMoneyShort, formatPercent } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { ListId, StepId } from '../../draft.ts';
import { checkPressureTest, checkRenewalDate, halfLikelihood } from '../../model/checks.ts';
import { PACES } from '../../schemas.ts';
import { takenProblems } from '../../taken-view.ts';
import { capital, VALUES } from '../../values.ts';
import { freeStart, weekOf } from '../../week-rules.ts';
import { levelText, PACE_NAMES } from '../../words.ts';
import { asSentences } from '../section.ts';
import { components } from './components.ts';
import { EXPORT_NAMES } from './export-names.ts';
import { type List, list } from './list.ts';

const lifeGoalFields = {
  label: VALUES.lifeGoals.label.ask({ placeholder: 'House deposit' }),
  amount: VALUES.lifeGoals.amount.ask({ placeholder: '60,000 or 60k' }),
  by: VALUES.lifeGoals.by.ask(),
};

const lifeGoals = list<'lifeGoals', typeof lifeGoalFields>({
  id: 'lifeGoals',
  empty: 'A wedding, a baby, tuition, a house: what the money is for, and when it is needed.',
  fields: () => lifeGoalFields,
  blank: ({ period }) => ({ id: '', label: '', amount: 0, by: period.end }),
  read: ({ label, amount, by }) => (label === '' ? { by } : { label, amount, by }),
  apply: (row, values) => ({ ...row, ...values }),
  line: ({ label, amount, by }, context) =>
    mrkdwn`*${label}* · ${formatMoneyShort(amount, context)} by ${formatDate(by, context.locale, 'date')}`,
  paste: {
    columns: ['label', 'amount', 'by'],
    texts: 1,
    example: 'House deposit, 60000, 2027-09-30',
    names: { label: EXPORT_NAMES.goal, amount: EXPORT_NAMES.amount, by: EXPORT_NAMES.needed },
    money: 'amount',
    identity: ['label', 'amount', 'by'],
    defaults: [],
  },
});

const renewalFields = {
  account: VALUES.renewals.account.ask({
    hint: 'A cross-sell or an added module for the same buying center is a row of its own.',
  }),
  amount: VALUES.renewals.amount.ask({ placeholder: '120,000 or 120k', live: true }),
  date: VALUES.renewals.date.ask(),
  likelihood: VALUES.renewals.likelihood.ask({ placeholder: '80%', live: true }),
  pressureTested: optional(
    VALUES.renewals.pressureTested.ask({
      hint: 'At most half of the agreed likelihood. Leave it empty for exactly half.',
      live: true,
    }),
  ),
  activity: optional(VALUES.renewals.activity.ask()),
  internalRisks: VALUES.renewals.internalRisks.ask({ placeholder: 'Champion left in May' }),
  externalRisks: VALUES.renewals.externalRisks.ask({ placeholder: 'A rival is in the building' }),
  nextActivities: VALUES.renewals.nextActivities.ask({
    hint: 'A renewal is never taken for granted: what happens next, and when?',
  }),
};

const renewals = list<'renewals', typeof renewalFields>({
  id: 'renewals',
  empty:
    'Each account that renews in the period, cut to what you could still count on in a bad year.',
  fields: () => renewalFields,
  blank: ({ period }) => ({
    id: '',
    account: '',
    amount: 0,
    date: period.end,
    likelihood: 0.8,
    pressureTested: 0.4,
    activity: null,
    internalRisks: '',
    externalRisks: '',
    nextActivities: '',
  }),
  read({ id, account, amount, ...row }) {
    const pressureTested =
      row.pressureTested === halfLikelihood(row.likelihood) ? null : row.pressureTested;
    const rest = { ...row, pressureTested };
    return account === '' ? rest : { account, amount, ...rest };
  },
  check: ({ date, likelihood, pressureTested }, { period }, _row, { locale }) => {
    const half = halfLikelihood(likelihood);
    const cut = pressureTested ?? half;
    const most = `At most half of the agreed likelihood: ${writePercent(half, locale)} would do.`;
    return [
      ...asSentences(checkRenewalDate({ date }, period)),
      ...checkPressureTest({ likelihood, pressureTested: cut }).map(({ path }) => ({
        path,
        problem: most,
      })),
    ];
  },
  apply: (row, { pressureTested, ...values }) => ({
    ...row,
    ...values,
    pressureTested: pressureTested ?? halfLikelihood(values.likelihood),
  }),
  line: ({ account, amount, date, likelihood, pressureTested, nextActivities }, context) =>
    mrkdwn`*${account}* · ${formatMoneyShort(amount, context)} · ${formatDate(date, context.locale, 'day')} · ${formatPercent(likelihood, context.locale)} → *${formatPercent(pressureTested, context.locale)}*${nextActivities === '' ? ' · no next step yet' : ''}`,
  preview: ({ amount, likelihood, pressureTested }, context) =>
    mrkdwn`${formatPercent(likelihood, context.locale)} agreed, cut to *${formatPercent(pressureTested, context.locale)}*: ${formatMoneyShort(Math.round(amount * pressureTested), context)} of ${formatMoneyShort(amount, context)} to count on.`,
  paste: {
    columns: ['account', 'amount', 'date', 'likelihood'],
    texts: 1,
    example: 'Acme, 120000, 2027-03-31, 80%',
    names: {
      account: EXPORT_NAMES.account,
      amount: EXPORT_NAMES.amount,
      date: EXPORT_NAMES.date,
      likelihood: EXPORT_NAMES.likelihood,
      nextActivities: EXPORT_NAMES.nextActivities,
      internalRisks: EXPORT_NAMES.risks,
      externalRisks: EXPORT_NAMES.externalRisks,
    },
    money: 'amount',
    identity: ['account', 'amount', 'date'],
    defaults: ['likelihood'],
  },
});

const expansionFields = {
  account: VALUES.expansion.account.ask(),
  buyingCenter: VALUES.expansion.buyingCenter.ask({ placeholder: 'EMEA operations' }),
  target: VALUES.expansion.target.ask({ placeholder: '80,000 or 80k' }),
  split: VALUES.expansion.split.ask(),
};

const expansion = list<'expansion', typeof expansionFields>({
  id: 'expansion',
  empty: 'Key accounts with a buying center you haven’t reached, or a product they don’t have yet.',
  fields: () => expansionFields,
  blank: () => ({ id: '', account: '', buyingCenter: '', target: 0, split: 'quarters' }),
  read: ({ id, ...row }) => (row.account === '' ? { split: row.split } : row),
  apply: (row, values) => ({ ...row, ...values }),
  line: ({ account, buyingCenter, target, split }, context) =>
    mrkdwn`*${account}*, ${buyingCenter} · ${formatMoneyShort(target, context)} in ${split}`,
  paste: {
    columns: ['account', 'buyingCenter', 'target'],
    texts: 2,
    example: 'Globex, EMEA operations, 80000',
    names: {
      account: EXPORT_NAMES.account,
      buyingCenter: EXPORT_NAMES.buyingCenter,
      target: EXPORT_NAMES.target,
    },
    money: 'target',
    identity: ['account', 'buyingCenter', 'target'],
    defaults: [],
  },
});

const callBlockFields = {
  days: VALUES.callBlocks.days.ask(),
  start: VALUES.callBlocks.start.ask({ hint: 'Your local time.' }),
  minutes: VALUES.callBlocks.minutes.ask(),
};

const callBlocks = list<'callBlocks', typeof callBlockFields>({
  id: 'callBlocks',
  empty: 'The hours that belong to calls. What is in the calendar happens.',
  fields: () => callBlockFields,
  blank(draft) {
    const usual = { days: draft.calendar.workdays, start: '09:00', minutes: 90 };
    return { id: '', ...usual, start: freeStart(usual, weekOf(draft)) ?? usual.start };
  },
  read: ({ days, start, minutes }) => ({ days, start, minutes }),
  check: ({ days, start, minutes }, draft, { id, ...before }) => [
    ...takenProblems('start', { days, start, minutes }, before, {
      isNew: id === '',
      parts: weekOf(draft).filter((part) => !(part.kind === 'block' && part.id === id)),
    }),
    ...(days.length > 0 ? [] : [{ path: 'days', problem: 'Choose at least one day.' }]),
    ...(minutes >= 5 && minutes <= 720
      ? []
      : [{ path: 'minutes', problem: 'A block lasts between 5 minutes and 12 hours.' }]),
  ],
  apply: (row, values) => ({ ...row, ...values }),
  line: ({ days, start, minutes }) =>
    mrkdwn`*${days.map((day) => WEEKDAY_NAMES[day].slice(0, 3)).join(', ')}* · ${start} · ${minutes} min`,
  paste: null,
});

const PACE_CHOICES = PACES.map((value) => ({ value, label: PACE_NAMES[value] }));

const overrideFields = {
  activity: VALUES.overrides.activity.ask(),
  count: count({ label: VALUES.overrides.level.question }),
  per: choice({ label: VALUES.overrides.level.name }, PACE_CHOICES),
  reason: VALUES.overrides.reason.ask({ placeholder: 'Half of the calls are account reviews' }),
};

const overrides = list<'overrides', typeof overrideFields>({
  id: 'overrides',
  empty: 'Where you both know better than the funnel: the number, and why.',
  fields: () => overrideFields,
  blank: () => ({ id: '', activity: 'calls', level: { count: 0, per: 'day' }, reason: '' }),
  read: ({ activity, level: { count, per }, reason }) =>
    reason === '' ? { activity, per } : { activity, count, per, reason },
  check({ activity, count }, draft, { id }) {
    const isTaken = draft.overrides.some((row) => row.activity === activity && row.id !== id);
    return [
      ...(isTaken
        ? [{ path: 'activity', problem: 'You have overruled this one already: change that row.' }]
        : []),
      ...(count <= 10_000
        ? []
        : [{ path: 'count', problem: 'That is more than anybody can do: at most 10,000.' }]),
    ];
  },
  apply: (row, { count, per, ...values }) => ({ ...row, ...values, level: { count, per } }),
  line: ({ activity, level, reason }, { locale }) =>
    mrkdwn`*${capital(levelText(activity, level, locale))}* · ${reason}`,
  paste: null,
});

const riskFields = {
  label: VALUES.risks.label.ask({ placeholder: 'Our SDR leaves' }),
  kind: VALUES.risks.kind.ask(),
  probability: VALUES.risks.probability.ask({ placeholder: '30%' }),
  impact: VALUES.risks.impact.ask({ placeholder: '100,000 or 100k' }),
  trigger: VALUES.risks.trigger.ask({ placeholder: 'Fewer than six leads two months running' }),
  mitigation: VALUES.risks.mitigation.ask({
    placeholder: 'Two more call blocks until the seat is filled',
  }),
};

const risks = list<'risks', typeof riskFields>({
  id: 'risks',
  empty: 'Renewals that slip, an SDR who leaves, a long vacation: named now, they cost half.',
  fields: () => riskFields,
  blank: () => ({
    id: '',
    label: '',
    kind: 'other',
    probability: 0,
    impact: 0,
    trigger: '',
    mitigation: '',
  }),
  read: ({ id, ...row }) =>
    row.label === '' ? { kind: row.kind, trigger: '', mitigation: '' } : row,
  apply: (row, values) => ({ ...row, ...values }),
  line: ({ label, probability, impact }, context) =>
    mrkdwn`*${label}* · ${formatPercent(probability, context.locale)} × ${formatMoneyShort(impact, context)}`,
  paste: {
    columns: ['label', 'probability', 'impact'],
    texts: 1,
    example: 'Our SDR leaves, 30%, 100000',
    names: {
      label: EXPORT_NAMES.risk,
      probability: EXPORT_NAMES.probability,
      impact: EXPORT_NAMES.impact,
    },
    money: 'impact',
    identity: ['label', 'probability', 'impact'],
    defaults: [],
  },
});

export const LISTS: Record<ListId, List> = {
  lifeGoals,
  components,
  renewals,
  expansion,
  callBlocks,
  overrides,
  risks,
};

/** The lists that each step shows; the other steps have none. */
export const LISTS_OF: Partial<Record<StepId, readonly ListId[]>> = {
  goal: ['lifeGoals'],
  compensation: ['components'],
  renewals: ['renewals'],
  expansion: ['expansion'],
  activities: ['callBlocks', 'overrides'],
  insurance: ['risks'],
};
