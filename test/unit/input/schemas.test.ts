import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  amountField,
  choiceField,
  countField,
  dateField,
  factorField,
  orNull,
  percentField,
  textField,
  timeField,
} from '../../../src/input/schemas.ts';

const locale = 'en-US';
const form = z.object({
  amount: amountField({ locale, digits: 2, positive: true }),
  percent: percentField({ locale }),
  factor: factorField({ locale, positive: true }),
  count: countField({ locale, max: 100 }),
  date: dateField({ locale }),
  time: timeField(),
  text: textField({ max: 5 }),
  choice: choiceField(['low', 'high']),
  extra: orNull(amountField({ locale, digits: 2 })),
});
const typed = {
  amount: ' $1.2k ',
  percent: '80%',
  factor: '3x',
  count: '25',
  date: '2027-03-31',
  time: '9',
  text: ' Acme ',
  choice: 'low',
  extra: '5',
};
const problems = (input: object) =>
  Object.fromEntries(
    form.safeParse(input).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [],
  );

describe('the fields', () => {
  it('read what was typed', () => {
    expect(form.parse(typed)).toEqual({
      amount: 120_000,
      percent: 0.8,
      factor: 3,
      count: 25,
      date: '2027-03-31',
      time: '09:00',
      text: 'Acme',
      choice: 'low',
      extra: 500,
    });
  });

  it.each([[''], ['  '], [null], [undefined]])(
    'take %o for null where it may be missing',
    (extra) => {
      expect(form.parse({ ...typed, extra }).extra).toBeNull();
    },
  );

  it('ask for what is missing, whether empty or not there', () => {
    const missing = 'Please fill this in.';
    const { extra: _, ...required } = Object.fromEntries(
      Object.keys(typed).map((key) => [key, missing]),
    );
    expect(problems({})).toEqual(required);
    expect(problems(Object.fromEntries(Object.keys(typed).map((key) => [key, ' '])))).toEqual(
      required,
    );
  });

  it('say what is wrong', () => {
    expect(
      problems({
        amount: '0',
        percent: '120',
        factor: '0x',
        count: '101',
        date: '31 Feb 2027',
        time: 'noon',
        text: 'Acme Inc',
        choice: 'medium',
        extra: 'none',
      }),
    ).toEqual({
      amount: 'It has to be above zero.',
      percent: 'It has to be between 0 and 100%.',
      factor: 'It has to be above zero.',
      count: "It can't be over 100.",
      date: "That isn't a date: try 2027-03-31 or 31 Mar 2027.",
      time: "That isn't a time: try 9:00 or 2pm.",
      text: 'That is 8 characters: 5 is the most.',
      choice: 'Please pick one of the choices.',
      extra: "That isn't an amount: try 1,200.50 or 1.2k.",
    });
  });

  it.each(['a\0b', 'a\ud800', '\udc00a'])('refuse text that can’t be kept: %j', (text) => {
    expect(problems({ ...typed, text }).text).toMatch(/character in it/);
  });

  it('keep any other text', () => {
    expect(form.parse({ ...typed, text: '👍é<' }).text).toBe('👍é<');
  });
});
