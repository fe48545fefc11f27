import { choice, count, text } from '../../slack/fields.ts';
import { formatCount } from '../../slack/format.ts';
import { mrkdwn } from '../../slack/text.ts';
import { ACTIVITIES } from '../schemas.ts';
import { ACTIVITY_NAMES } from '../words.ts';
import { list } from './list.ts';

const fields = {
  activity: choice(
    { label: 'Which number?' },
    ACTIVITIES.map((value) => ({ value, label: `${ACTIVITY_NAMES[value]} a day` })),
  ),
  perDay: count({ label: 'How many a day instead?' }),
  reason: text({ label: 'Why?', placeholder: 'Half of the calls are account reviews' }, 500),
};

export const overrides = list<'overrides', typeof fields>({
  id: 'overrides',
  title: 'Numbers you two overruled',
  one: 'overruled number',
  empty: 'Where you both know better than the funnel: the number, and why.',
  fields: () => fields,
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
