import { amount, choice, notes, percent, text } from '../../slack/fields.ts';
import { formatMoneyShort, formatPercent } from '../../slack/format.ts';
import { mrkdwn } from '../../slack/text.ts';
import { RISK_KINDS } from '../words.ts';
import { list } from './list.ts';

const fields = {
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

export const risks = list<'risks', typeof fields>({
  id: 'risks',
  title: 'Risks',
  one: 'risk',
  empty: 'Renewals that slip, an SDR who leaves, a long vacation: named now, they cost half.',
  fields: () => fields,
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
