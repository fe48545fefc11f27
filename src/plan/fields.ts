/**
 * The kinds of field that forms of the plan are made of. A field knows how it is asked, how what was
 * typed is read, and how a stored value is written back, so that a step lists its fields once.
 */
import type { InputBlock } from '@slack/types';
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
} from '../input/schemas.ts';
import { writeAmount, writeCount, writeFactor, writePercent } from '../input/write-number.ts';
import type { Choice } from '../slack/blocks.ts';
import {
  checkboxesInput,
  dateInput,
  selectInput,
  textInput,
  timeInput,
  userInput,
} from '../slack/inputs.ts';
import type { Problem } from './rules/problem.ts';
import { type Minor, readable } from './schemas.ts';
import type { RawFields } from './store.ts';

export type Raw = RawFields[string];

/** How the one who is typing writes numbers, and in what currency. */
export interface FieldContext {
  /** BCP 47. */
  locale: string;
  currency: string;
  /** Decimals of the currency. */
  digits: number;
}

export interface Field<T> {
  /** Null where the field is not asked just now. */
  input(path: string, rev: string, initial: Raw | undefined): InputBlock | null;
  schema(context: FieldContext): z.ZodType<T>;
  write(value: T, context: FieldContext): Raw;
}

export type Fields = Record<string, Field<unknown>>;
export type ValuesOf<F extends Fields> = {
  [Path in keyof F]: F[Path] extends Field<infer T> ? T : never;
};

export interface Asked {
  label: string;
  hint?: string;
  placeholder?: string;
  /** The figures on the step are refreshed when this field changes. */
  live?: boolean;
}

/** The prefix of the action that a live field fires; the listeners know fields by it. */
export const FIELD_ACTION = 'plan_field.';

const common = (path: string, rev: string, { label, hint, placeholder, live }: Asked) => ({
  path,
  rev,
  label,
  hint,
  placeholder,
  dispatch: live,
  actionId: FIELD_ACTION + path,
});

const one = (raw: Raw | undefined) => (typeof raw === 'string' ? raw : null);

type Written<T> = Pick<Field<T>, 'schema' | 'write'>;

/** Refuses what is next to nothing, which no plan can be computed or signed with. */
export const noSpeck = (schema: z.ZodType<number>): z.ZodType<number> =>
  schema.refine(readable, 'That is too small to mean anything: check the zeros.');

/** Most characters in one input of Slack's. */
const INPUT_MAX = 3000;

function typedText<T>(
  asked: Asked,
  more: { multiline?: boolean; maxLength?: number },
  how: Written<T>,
): Field<T> {
  return {
    ...how,
    input: (path, rev, initial) =>
      textInput({ ...common(path, rev, asked), ...more, initial: one(initial) }),
  };
}

const asOptional = (block: InputBlock | null) => block && { ...block, optional: true };

/** The same field, with nothing in it allowed: null. */
export function optional<T>(field: Field<T>): Field<T | null> {
  return {
    input: (path, rev, initial) => asOptional(field.input(path, rev, initial)),
    schema: (context) => orNull(field.schema(context)),
    write: (value, context) => (value === null ? null : field.write(value, context)),
  };
}

/** Money in minor units. */
export const amount = (asked: Asked): Field<Minor> =>
  typedText(
    asked,
    { maxLength: 40 },
    {
      schema: ({ locale, digits, currency }) => amountField({ locale, digits, currency }),
      write: (value, { locale, digits }) => writeAmount(value, { locale, digits }),
    },
  );

/** A fraction, asked as a percentage. */
export const percent = (asked: Asked): Field<number> =>
  typedText(
    asked,
    { maxLength: 20 },
    {
      schema: ({ locale }) => noSpeck(percentField({ locale })),
      write: (value, { locale }) => writePercent(value, locale),
    },
  );

/** A multiple such as 3X. */
export const factor = (asked: Asked): Field<number> =>
  typedText(
    asked,
    { maxLength: 20 },
    {
      schema: ({ locale }) => noSpeck(factorField({ locale })),
      write: (value, { locale }) => writeFactor(value, locale),
    },
  );

export const count = (
  asked: Asked,
  { decimals = false, max }: { decimals?: boolean; max?: number } = {},
): Field<number> =>
  typedText(
    asked,
    { maxLength: 20 },
    {
      schema: ({ locale }) => noSpeck(countField({ locale, decimals, max })),
      write: (value, { locale }) => writeCount(value, locale),
    },
  );

/** One line of text. */
export const text = (asked: Asked, maxLength = 200): Field<string> =>
  typedText(
    asked,
    { maxLength },
    {
      schema: () => textField({ max: maxLength }),
      write: (value) => value,
    },
  );

/** Lines of text. Empty is an empty text, never null. */
export function notes(asked: Asked, maxLength = INPUT_MAX): Field<string> {
  const required = typedText<string>(
    asked,
    { multiline: true, maxLength },
    {
      schema: () => textField({ max: maxLength }),
      write: (value) => value,
    },
  );
  const free = optional(required);
  return {
    ...required,
    input: free.input,
    schema: (context) => free.schema(context).transform((value) => value ?? ''),
  };
}

/** Lines of text that are read by `schema`, such as accelerators or time off. */
export function lines<T>(
  asked: Asked,
  how: {
    schema: (context: FieldContext) => z.ZodType<T>;
    write: (value: T, context: FieldContext) => string;
  },
): Field<T> {
  const field = typedText<T>(asked, { multiline: true, maxLength: INPUT_MAX }, how);
  const tooLong = 'That is more than fits in here: put some of the lines together.';
  return {
    ...field,
    input: (path, rev, initial) => asOptional(field.input(path, rev, initial)),
    // Short forms (1/2/27) are shown again written out, and have to fit then too.
    schema: (context) =>
      (z.preprocess((raw) => raw ?? '', how.schema(context)) as z.ZodType<T>).refine(
        (value) => how.write(value, context).length <= INPUT_MAX,
        tooLong,
      ),
  };
}

/** A local date. */
export const date = (asked: Asked): Field<string> => ({
  input: (path, rev, initial) => dateInput({ ...common(path, rev, asked), initial: one(initial) }),
  schema: ({ locale }) => dateField({ locale }),
  write: (value) => value,
});

/** A local wall time, `HH:mm`. */
export const time = (asked: Asked): Field<string> => ({
  input: (path, rev, initial) => timeInput({ ...common(path, rev, asked), initial: one(initial) }),
  schema: () => timeField(),
  write: (value) => value,
});

export const choice = <Value extends string>(
  asked: Asked,
  choices: readonly Choice<Value>[],
): Field<Value> => ({
  input: (path, rev, initial) =>
    selectInput({ ...common(path, rev, asked), choices, initial: one(initial) }),
  schema: () => choiceField(choices.map(({ value }) => value)),
  write: (value) => value,
});

/** Any number of the boxes; none where `atLeastOne` doesn't ask for one. */
export const boxes = <Value extends string>(
  asked: Asked,
  choices: readonly Choice<Value>[],
  { atLeastOne = false }: { atLeastOne?: boolean } = {},
): Field<Value[]> => ({
  input: (path, rev, initial) => ({
    ...checkboxesInput({
      ...common(path, rev, asked),
      choices,
      initial: Array.isArray(initial) ? initial : [],
    }),
    optional: !atLeastOne,
  }),
  // In the order of the boxes, however they were ticked.
  schema: () =>
    z.unknown().transform((raw) => {
      const ticked: readonly unknown[] = Array.isArray(raw) ? raw : [];
      return choices.map(({ value }) => value).filter((value) => ticked.includes(value));
    }),
  write: (value) => value,
});

/** A field that is not asked: null, whatever was typed before. */
export const notAsked: Field<null> = {
  input: () => null,
  schema: () => z.unknown().transform(() => null),
  write: () => null,
};

/** Slack's id of a person. */
export const user = (asked: Asked): Field<string> => ({
  input: (path, rev, initial) => userInput({ ...common(path, rev, asked), initial: one(initial) }),
  schema: () => z.string(),
  write: (value) => value,
});

export type Checked<F extends Fields> =
  | { ok: true; values: ValuesOf<F> }
  | { ok: false; problems: Problem[] };

/** Reads what was typed into each field; every field that can't be read is named. */
export function readFields<F extends Fields>(
  fields: F,
  raw: RawFields,
  context: FieldContext,
): Checked<F> {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  for (const [path, field] of Object.entries(fields)) {
    const result = field.schema(context).safeParse(raw[path] ?? null);
    if (result.success) values[path] = result.data;
    else problems.push({ path, problem: result.error.issues[0]?.message ?? 'That can’t be read.' });
  }
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, values: values as ValuesOf<F> };
}

/** Stored values as they would be typed. */
export function writeFields<F extends Fields>(
  fields: F,
  values: ValuesOf<F>,
  context: FieldContext,
): RawFields {
  return Object.fromEntries(
    Object.entries(fields).map(([path, field]) => [
      path,
      field.write(values[path as keyof F], context),
    ]),
  );
}
