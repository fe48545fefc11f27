import { amount, choice, text } from '../../slack/fields.ts';
import { formatMoneyShort } from '../../slack/format.ts';
import { mrkdwn } from '../../slack/text.ts';
import { list } from './list.ts';

const fields = {
  account: text({ label: 'Account' }),
  buyingCenter: text({ label: 'Buying center or new product', placeholder: 'EMEA operations' }),
  target: amount({ label: 'Target', placeholder: '80,000 or 80k' }),
  split: choice({ label: 'Spread over' }, [
    { value: 'quarters', label: 'Four quarters' },
    { value: 'halves', label: 'Two halves' },
  ]),
};

export const expansion = list<'expansion', typeof fields>({
  id: 'expansion',
  title: 'Expansion targets',
  one: 'expansion target',
  empty: 'Key accounts with a buying center you haven’t reached, or a product they don’t have yet.',
  fields: () => fields,
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
