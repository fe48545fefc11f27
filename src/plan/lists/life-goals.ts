import { amount, date, text } from '../../slack/fields.ts';
import { formatDate, formatMoneyShort } from '../../slack/format.ts';
import { mrkdwn } from '../../slack/text.ts';
import { list } from './list.ts';

const fields = {
  label: text({ label: 'What is it?', placeholder: 'House deposit' }),
  amount: amount({ label: 'What does it take?', placeholder: '60,000 or 60k' }),
  by: date({ label: 'When is it needed?' }),
};

export const lifeGoals = list<'lifeGoals', typeof fields>({
  id: 'lifeGoals',
  title: 'Life goals',
  one: 'life goal',
  empty: 'A wedding, a baby, tuition, a house: what the money is for, and when it is needed.',
  fields: () => fields,
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
