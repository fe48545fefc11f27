import { expect, test } from 'vitest';
import { datesMeant } from '../../../src/activity/day-meant-rules.ts';

const wednesday = {
  named: null,
  date: '2027-03-10',
  before: '2027-03-09',
  time: '14:00',
  isBeforeOpen: false,
  asked: null,
};
const open = { isBeforeOpen: true, asked: '2027-03-09' };

test.each([
  ['in the afternoon', {}, ['2027-03-10']],
  ['in the afternoon, yesterday’s question open', open, ['2027-03-10']],
  ['in the morning', { time: '09:00' }, ['2027-03-10']],
  [
    'in the morning, yesterday’s question open',
    { time: '09:00', ...open },
    ['2027-03-09', '2027-03-10'],
  ],
  [
    'in the morning, Friday’s question open',
    { time: '11:59', asked: '2027-03-05' },
    ['2027-03-05', '2027-03-10'],
  ],
  ['after midnight, yesterday open', { time: '00:30', isBeforeOpen: true }, ['2027-03-09']],
  ['after midnight, yesterday logged', { time: '00:30' }, ['2027-03-09', '2027-03-10']],
  ['at six', { time: '06:00' }, ['2027-03-10']],
  ['a day named', { named: '2027-03-08', time: '00:30', ...open }, ['2027-03-08']],
  [
    'today named after midnight',
    { named: '2027-03-10', time: '00:30' },
    ['2027-03-09', '2027-03-10'],
  ],
  ['today named in the morning', { named: '2027-03-10', time: '09:00', ...open }, ['2027-03-10']],
])('%s', (_, facts, dates) => {
  expect(datesMeant({ ...wednesday, ...facts })).toEqual(dates);
});
