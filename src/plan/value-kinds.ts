/** The kinds of value that a plan is made of: how each is asked for in a form, and written in a line. */
import { WEEKDAY_NAMES, weekdayList } from '../people/names-view.ts';
import type { Choice } from '../slack/blocks.ts';
import * as fields from '../slack/fields.ts';
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatPercent,
  type NumberStyle,
} from '../slack/format.ts';
import { mention, type SlackText } from '../slack/text.ts';
import { countryName, holidayCountries } from '../time/holidays.ts';
import { WEEKDAYS, type Weekday } from '../time/local-date.ts';
import type { Level } from './draft.ts';
import {
  bonusesAlone,
  guaranteeWords,
  layersWords,
  otherPayWords,
  paysWords,
  quotaStartWords,
  rampWords,
  tiersAlone,
} from './reading/component-words.ts';
import type { Bonus, Guarantee, Layer, OtherPay, Pays, Tier } from './schemas.ts';
import { PACE_NAMES } from './words.ts';

/** An amount in minor units as it becomes another; it may be no less than `least`. */
export type ChangeMoney = (minor: number, least: number) => number;

export interface Value<T> {
  /** What it is called in a line. */
  name: string;
  /** What a form asks: the name itself where that is question enough. */
  question: string;
  say: (value: T, style: NumberStyle) => SlackText;
  /** Of money: the least that it may be, in minor units. */
  money?: { least: 0 | 1 };
  /** The value with each of the amounts in it changed. */
  withMoney?: (value: T, change: ChangeMoney) => T;
}

type More = Omit<fields.Asked, 'label'>;

/** A value that one field of a form holds as it is. */
export interface FieldValue<T> extends Value<T> {
  ask(more?: More): fields.Field<T>;
}

const ofField =
  <T>(field: (asked: fields.Asked) => fields.Field<T>, say: Value<T>['say']) =>
  (name: string, question = name): FieldValue<T> => ({
    name,
    question,
    say,
    ask: (more = {}) => field({ label: question, ...more }),
  });

const asItIs = (value: string) => value;

const moneyFrom =
  <Least extends 0 | 1>(least: Least) =>
  (name: string, question = name) => ({
    ...ofField(fields.amount, formatMoney)(name, question),
    money: { least },
  });
/** Money in minor units. */
export const moneyValue = moneyFrom(0);
/** Money of which there has to be some. */
export const someMoneyValue = moneyFrom(1);

const sharedAs = (field: typeof fields.percent) =>
  ofField(field, (value, { locale }) => formatPercent(value, locale, 2));
/** A fraction, as a percentage. */
export const shareValue = sharedAs(fields.percent);
/** A fraction, asked for as so many of a hundred. */
export const ofHundredValue = sharedAs(fields.ofHundred);
/** A multiple such as 3X. */
export const factorValue = ofField(fields.factor, (value, { locale }) =>
  formatFactor(value, locale),
);
/** A local date. */
export const dateValue = ofField(fields.date, (value, { locale }) =>
  formatDate(value, locale, 'date'),
);
/** A local wall time. */
export const timeValue = ofField(fields.time, asItIs);
/** Lines of text. */
export const notesValue = ofField((asked) => fields.notes(asked), asItIs);
export const personValue = ofField(fields.user, mention);

export const countValue = (
  name: string,
  question = name,
  range?: Parameters<typeof fields.count>[1],
) =>
  ofField<number>(
    (asked) => fields.count(asked, range),
    (value, { locale }) => formatCount(value, locale, 4),
  )(name, question);

export const textValue = (name: string, question = name, maxLength?: number) =>
  ofField<string>((asked) => fields.text(asked, maxLength), asItIs)(name, question);

/** One of several, each with its words. */
export function choiceValue<Code extends string>(
  name: string,
  question: string,
  words: Record<Code, string>,
): FieldValue<Code> & { choices: readonly Choice<Code>[] } {
  const choices = (Object.keys(words) as Code[]).map((value) => ({ value, label: words[value] }));
  const kind = ofField<Code>(
    (asked) => fields.choice(asked, choices),
    (value) => words[value],
  );
  return { ...kind(name, question), choices };
}

/** One of the countries whose holidays are known, by its code. */
export const countryValue = ofField<string>(
  (asked) =>
    fields.choiceOf(asked, () =>
      holidayCountries().map(({ code, name }) => ({ value: code, label: name })),
    ),
  countryName,
);

export const weekdayValue = (name: string, question = name) =>
  choiceValue(name, question, WEEKDAY_NAMES);

export const weekdaysValue = ofField<Weekday[]>(
  (asked) =>
    fields.boxes(
      asked,
      WEEKDAYS.map((value) => ({ value, label: WEEKDAY_NAMES[value] })),
      { atLeastOne: true },
    ),
  (days) => weekdayList(days),
);

/** One of two, both in sight. */
export const yesNoValue = (
  name: string,
  question: string,
  { yes, no }: Record<'yes' | 'no', string>,
): FieldValue<boolean> => {
  const choices = [
    { value: 'yes' as const, label: yes },
    { value: 'no' as const, label: no },
  ];
  return {
    name,
    question,
    say: (value) => (value ? yes : no),
    ask(more = {}) {
      const field = fields.radio({ label: question, ...more }, choices);
      return {
        input: field.input,
        schema: (context) => field.schema(context).transform((value) => value === 'yes'),
        write: (value, context) => field.write(value ? 'yes' : 'no', context),
      };
    },
  };
};

/** A list that is too much to be said in a line: how many there are. */
export const entriesValue = <T>(name: string, question = name): Value<T[]> => ({
  name,
  question,
  say: ({ length }) => (length === 1 ? 'one entry' : `${length} entries`),
});

/** Parts of a comp plan, each said in words: which field of which form asks for them differs. */
const saidValue =
  <T>(say: Value<T>['say'], withMoney?: NonNullable<Value<T>['withMoney']>) =>
  (name: string, question = name): Value<T> => ({
    name,
    question,
    say,
    ...(withMoney && { withMoney }),
  });

/** So many in a stretch of time. */
export const levelValue = saidValue<Level>(
  ({ count, per }, { locale }) => `${formatCount(count, locale)} ${PACE_NAMES[per]}`,
);
export const layersValue = saidValue<Layer[]>(layersWords);
/** A month, `YYYY-MM`. */
export const monthValue = saidValue<string>(quotaStartWords);
export const rampValue = saidValue<number[]>(rampWords);
export const tiersValue = saidValue<Tier[]>(tiersAlone);
export const paysValue = saidValue<Pays>(paysWords, (pays, change) =>
  'atTarget' in pays ? { atTarget: change(pays.atTarget, 0) } : pays,
);
export const bonusesValue = saidValue<Bonus[]>(bonusesAlone, (rows, change) =>
  rows.map((row) => ({ ...row, amount: change(row.amount, 0) })),
);
export const otherPayValue = saidValue<OtherPay[]>(otherPayWords, (rows, change) =>
  rows.map((row) => ({ ...row, amount: change(row.amount, 0) })),
);
export const guaranteeValue = saidValue<Guarantee>(guaranteeWords, (guarantee, change) => ({
  ...guarantee,
  perMonth: change(guarantee.perMonth, 1),
}));
