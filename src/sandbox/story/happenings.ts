/** What the team does beside its days, and when: hours, promises, touches, objections, a brief, a card. */
import { addDays, type Weekday } from '../../time/local-date.ts';
import { coachedHours } from './coached-hours.ts';
import {
  beginFirstWeeks,
  callOffHour,
  holdHour,
  logObjections,
  pickDay,
  wantItTold,
  wishForHour,
} from './coaching.ts';
import type { CastName, Moment } from './moment.ts';
import {
  answerCause,
  firstSync,
  keepCard,
  lastSync,
  secondSync,
  setBrief,
  thirdSync,
} from './sync.ts';

export interface Happening {
  /** Before the story's last week, whose last day is a Wednesday. There are eight in any story. */
  weeksLeft: number;
  on: Weekday;
  at: 'morning' | 'evening';
  live(moment: Moment): Promise<void>;
}

const touches: readonly { who: CastName; weeksLeft: number; on: Weekday; words: string }[] = [
  {
    who: 'dana',
    weeksLeft: 5,
    on: 'mon',
    words: 'Vantor Tools call pricing for 40 seats, Quill Press email case study',
  },
  {
    who: 'dana',
    weeksLeft: 5,
    on: 'thu',
    words: 'Vantor Tools email comparison with Velora, Ridgeline Mills call',
  },
  {
    who: 'dana',
    weeksLeft: 4,
    on: 'tue',
    words: 'Vantor Tools visit plant tour, Quill Press call',
  },
  { who: 'dana', weeksLeft: 3, on: 'tue', words: 'Vantor Tools demo scheduling' },
  { who: 'tom', weeksLeft: 3, on: 'tue', words: 'Fenwick call audit date' },
  { who: 'june', weeksLeft: 3, on: 'tue', words: 'Larkspur Schools call yearly minimum' },
  { who: 'dana', weeksLeft: 2, on: 'mon', words: 'Quill Press email pricing' },
  { who: 'dana', weeksLeft: 0, on: 'mon', words: 'Marrow Glass call pricing' },
];

export const happenings: readonly Happening[] = [
  { weeksLeft: 8, on: 'tue', at: 'evening', live: beginFirstWeeks },
  { weeksLeft: 8, on: 'tue', at: 'evening', live: pickDay },
  {
    weeksLeft: 8,
    on: 'tue',
    at: 'evening',
    live: async ({ aisha }) => aisha.press(await aisha.sent('sync_accept'), 'sync_accept'),
  },
  { weeksLeft: 8, on: 'wed', at: 'morning', live: keepCard },
  { weeksLeft: 8, on: 'wed', at: 'evening', live: wantItTold },
  ...coachedHours.map(
    (hour): Happening => ({
      weeksLeft: hour.weeksLeft,
      on: 'wed',
      at: 'evening',
      live: (moment) => holdHour(moment, hour),
    }),
  ),
  { weeksLeft: 4, on: 'wed', at: 'evening', live: callOffHour },
  { weeksLeft: 0, on: 'tue', at: 'evening', live: wishForHour },
  ...touches.map(
    ({ who, words, ...when }): Happening => ({
      ...when,
      at: 'evening',
      live: (moment) => moment[who].command(`touch ${words}`),
    }),
  ),
  {
    weeksLeft: 3,
    on: 'fri',
    at: 'evening',
    async live({ once }) {
      once({
        who: 'dana',
        action: 'prospect_settle',
        words: 'Ridgeline Mills',
        withinDays: 8,
        answer: (message, { dana }) =>
          dana.press(message, 'prospect_settle', { beside: 'Ridgeline Mills', choice: 'Lost' }),
      });
    },
  },
  {
    weeksLeft: 3,
    on: 'mon',
    at: 'evening',
    live: ({ tom }) =>
      logObjections(tom, [
        {
          about: 'price',
          handled: 'yes',
          words: 'You are a third over what we pay now.',
          answer: 'What did the last audit cost you? Then the year looks different.',
        },
        {
          about: 'price',
          handled: 'yes',
          words: 'There is no budget until spring.',
          answer: 'Two teams now, the others in spring, at this year’s price.',
        },
      ]),
  },
  {
    weeksLeft: 2,
    on: 'tue',
    at: 'evening',
    live: ({ tom }) =>
      logObjections(tom, [
        {
          about: 'price',
          handled: 'yes',
          words: 'Procurement wants a tenth off.',
          answer: 'For a case study with their name on it.',
        },
      ]),
  },
  {
    weeksLeft: 3,
    on: 'thu',
    at: 'evening',
    live: ({ june }) =>
      logObjections(june, [
        { about: 'price', handled: 'no', words: 'We buy by the school, not by the district.' },
      ]),
  },
  {
    weeksLeft: 3,
    on: 'thu',
    at: 'morning',
    async live({ dana, today }) {
      const yesterday = await dana.sent('objection_open', { words: addDays(today, -1) });
      await dana.press(yesterday, 'objection_open');
      await dana.submit({
        about: 'competitor',
        handled: 'no',
        words: 'Velora does that for half the price.',
      });
      await dana.close();
    },
  },
  {
    weeksLeft: 6,
    on: 'tue',
    at: 'evening',
    async live({ dana, today }) {
      await dana.command('promises');
      await dana.pressInForm('promise_ask_open');
      await dana.submit({
        text: 'A quarter of an hour with finance about the renewal of Globex',
        owner: 'manager',
        due: addDays(today, 9),
      });
      await dana.close();
    },
  },
  {
    weeksLeft: 5,
    on: 'fri',
    at: 'evening',
    async live({ max }) {
      const asked = await max.sent('promise_tick', { words: 'Globex' });
      await max.press(asked, 'promise_tick');
    },
  },
  {
    weeksLeft: 1,
    on: 'thu',
    at: 'evening',
    async live({ max, idOf, today }) {
      await max.command(`promises <@${idOf('june')}>`);
      await max.pressInForm('promise_ask_open');
      await max.submit({
        text: 'The ten districts that you want to see before summer, with who decides',
        owner: 'rep',
        due: addDays(today, 5),
      });
      await max.close();
    },
  },
  { weeksLeft: 4, on: 'thu', at: 'morning', live: setBrief },
  { weeksLeft: 3, on: 'wed', at: 'morning', live: firstSync },
  { weeksLeft: 2, on: 'wed', at: 'morning', live: secondSync },
  { weeksLeft: 1, on: 'wed', at: 'morning', live: thirdSync },
  { weeksLeft: 0, on: 'mon', at: 'morning', live: answerCause },
  { weeksLeft: 0, on: 'wed', at: 'morning', live: lastSync },
];
