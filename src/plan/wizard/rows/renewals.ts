import { writePercent } from '../../../input/write-number.ts';
import { amount, choice, date, notes, optional, percent, text } from '../../../slack/fields.ts';
import { formatDate, formatMoneyShort, formatPercent } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { checkPressureTest, checkRenewalDate, halfLikelihood } from '../../model/checks.ts';
import { ACTIVITY_LEVELS } from '../../words.ts';
import { asSentences } from '../section.ts';
import { list } from './list.ts';

const fields = {
  account: text({
    label: 'Account',
    hint: 'A cross-sell or an added module for the same buying center is a row of its own.',
  }),
  amount: amount({ label: 'Amount', placeholder: '120,000 or 120k', live: true }),
  date: date({ label: 'Renews on' }),
  likelihood: percent({ label: 'Likelihood you both agree on', placeholder: '80%', live: true }),
  pressureTested: optional(
    percent({
      label: 'After the pressure test',
      hint: 'At most half of the agreed likelihood. Leave it empty for exactly half.',
      live: true,
    }),
  ),
  activity: optional(
    choice(
      { label: 'How active have they been lately?' },
      (['low', 'medium', 'high'] as const).map((value) => ({
        value,
        label: ACTIVITY_LEVELS[value],
      })),
    ),
  ),
  internalRisks: notes({ label: 'Risks on their side', placeholder: 'Champion left in May' }),
  externalRisks: notes({ label: 'Risks from outside', placeholder: 'A rival is in the building' }),
  nextActivities: notes({
    label: 'Next selling activities',
    hint: 'A renewal is never taken for granted: what happens next, and when?',
  }),
};

export const renewals = list<'renewals', typeof fields>({
  id: 'renewals',
  title: 'Renewals',
  one: 'renewal',
  empty:
    'Each account that renews in the period, cut to what you could still count on in a bad year.',
  fields: () => fields,
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
  },
});
