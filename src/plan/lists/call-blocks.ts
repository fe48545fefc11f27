import { WEEKDAY_NAMES } from '../../people/views/words.ts';
import { boxes, count, time } from '../../slack/fields.ts';
import { mrkdwn } from '../../slack/text.ts';
import { WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import { list } from './list.ts';

const fields = {
  days: boxes<Weekday>(
    { label: 'On which days?' },
    WEEKDAYS.map((value) => ({ value, label: WEEKDAY_NAMES[value] })),
    { atLeastOne: true },
  ),
  start: time({ label: 'From', hint: 'Your local time.' }),
  minutes: count({ label: 'For how many minutes?' }),
};

export const callBlocks = list<'callBlocks', typeof fields>({
  id: 'callBlocks',
  title: 'Call blocks',
  one: 'call block',
  empty: 'The hours that belong to calls. What is in the calendar happens.',
  fields: () => fields,
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
