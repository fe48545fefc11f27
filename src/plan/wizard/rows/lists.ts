/** All lists of the plan, and those that are too small for a file. */
import { WEEKDAY_NAMES } from '../../../people/names-view.ts';
import {
  amount,
  boxes,
  choice,
  count,
  date,
  notes,
  percent,
  text,
  time,
} from '../../../slack/fields.ts';
import { formatCount, formatDate, formatMoneyShort, formatPercent } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { WEEKDAYS, type Weekday } from '../../../time/local-date.ts';
import type { ListId, StepId } from '../../draft.ts';
import { ACTIVITIES } from '../../schemas.ts';
import { ACTIVITY_NAMES, RISK_KINDS } from '../../words.ts';
import { type List, list } from './list.ts';
import { renewals } from './renewals.ts';

const lifeGoalFields = {
  label: text({ label: 'What is it?', placeholder: 'House deposit' }),
  amount: amount({ label: 'What does it take?', placeholder: '60,000 or 60k' }),
  by: date({ label: 'When is it needed?' }),
};

const lifeGoals = list<'lifeGoals', typeof lifeGoalFields>({
  id: 'lifeGoals',
  title: 'Life goals',
  one: 'life goal',
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
  },
});

const expansionFields = {
  account: text({ label: 'Account' }),
  buyingCenter: text({ label: 'Buying center or new product', placeholder: 'EMEA operations' }),
  target: amount({ label: 'Target', placeholder: '80,000 or 80k' }),
  split: choice({ label: 'Spread over' }, [
    { value: 'quarters', label: 'Four quarters' },
    { value: 'halves', label: 'Two halves' },
  ]),
};

const expansion = list<'expansion', typeof expansionFields>({
  id: 'expansion',
  title: 'Expansion targets',
  one: 'expansion target',
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
  },
});

const callBlockFields = {
  days: boxes<Weekday>(
    { label: 'On which days?' },
    WEEKDAYS.map((value) => ({ value, label: WEEKDAY_NAMES[value] })),
    { atLeastOne: true },
  ),
  start: time({ label: 'From', hint: 'Your local time.' }),
  minutes: count({ label: 'For how many minutes?' }),
};

const callBlocks = list<'callBlocks', typeof callBlockFields>({
  id: 'callBlocks',
  title: 'Call blocks',
  one: 'call block',
  empty: 'The hours that belong to calls. What is in the calendar happens.',
  fields: () => callBlockFields,
  blank: ({ calendar }) => ({ id: '', days: calendar.workdays, start: '09:00', minutes: 90 }),
  read: ({ days, start, minutes }) => ({ days, start, minutes }),
  check: ({ days, minutes }) => [
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

const overrideFields = {
  activity: choice(
    { label: 'Which number?' },
    ACTIVITIES.map((value) => ({ value, label: `${ACTIVITY_NAMES[value]} a day` })),
  ),
  perDay: count({ label: 'How many a day instead?' }),
  reason: text({ label: 'Why?', placeholder: 'Half of the calls are account reviews' }, 500),
};

const overrides = list<'overrides', typeof overrideFields>({
  id: 'overrides',
  title: 'Numbers you two overruled',
  one: 'overruled number',
  empty: 'Where you both know better than the funnel: the number, and why.',
  fields: () => overrideFields,
  blank: () => ({ id: '', activity: 'calls', perDay: 0, reason: '' }),
  read: ({ activity, perDay, reason }) =>
    reason === '' ? { activity } : { activity, perDay, reason },
  check({ activity, perDay }, draft, { id }) {
    const isTaken = draft.overrides.some((row) => row.activity === activity && row.id !== id);
    return [
      ...(isTaken
        ? [{ path: 'activity', problem: 'You have overruled this one already: change that row.' }]
        : []),
      ...(perDay <= 10_000
        ? []
        : [{ path: 'perDay', problem: 'That is more than a day holds: at most 10,000.' }]),
    ];
  },
  apply: (row, values) => ({ ...row, ...values }),
  line: ({ activity, perDay, reason }, { locale }) =>
    mrkdwn`*${ACTIVITY_NAMES[activity]}* · ${formatCount(perDay, locale)} a day · ${reason}`,
  paste: null,
});

const riskFields = {
  label: text({ label: 'What could happen?', placeholder: 'Our SDR leaves' }),
  kind: choice(
    { label: 'Kind' },
    (['renewal_rate', 'sdr_exit', 'vacation', 'other'] as const).map((value) => ({
      value,
      label: RISK_KINDS[value],
    })),
  ),
  probability: percent({ label: 'How likely is it?', placeholder: '30%' }),
  impact: amount({ label: 'What would it cost in bookings?', placeholder: '100,000 or 100k' }),
  trigger: notes({
    label: 'How will you know?',
    placeholder: 'Fewer than six leads two months running',
  }),
  mitigation: notes({
    label: 'What do you do then?',
    placeholder: 'Two more call blocks until the seat is filled',
  }),
};

const risks = list<'risks', typeof riskFields>({
  id: 'risks',
  title: 'Risks',
  one: 'risk',
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
  },
});

export const LISTS: Record<ListId, List> = {
  lifeGoals,
  renewals,
  expansion,
  callBlocks,
  overrides,
  risks,
};

/** The lists that each step shows; the other steps have none. */
export const LISTS_OF: Partial<Record<StepId, readonly ListId[]>> = {
  goal: ['lifeGoals'],
  renewals: ['renewals'],
  expansion: ['expansion'],
  activities: ['callBlocks', 'overrides'],
  insurance: ['risks'],
};
