/**
 * The kinds of field that forms are made of. A field knows how it is asked, how what was typed is read, and
 * how a stored value is written back, so that a form lists its fields once.
 */
import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import type { BareNumber } from '../input/number.ts';
import type { Problem } from '../input/problem.ts';
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
import type { Choice } from './blocks.ts';
import type { NumberStyle } from './format.ts';
import {
  channelInput,
  checkboxesInput,
  dateInput,
  fileInput,
  multiSelectInput,
  multiUsersInput,
  radioInput,
  selectInput,
  textInput,
  timeInput,
  userInput,
} from './inputs.ts';

/** What was typed or chosen in one field: null where nothing. */
export type Raw = string | string[] | null;
/** The same of a whole form, by field path. */
export type RawFields = Record<string, Raw>;

/** Where an input stands. */
interface Place {
  path: string;
  /** Another one shows the initial value in place of what Slack remembers. */
  rev: string;
  /** The id of the action that a live field fires, before its path; null: none does. */
  live: string | null;
  /** That which the others fire; where it is given, all fire while they are typed in. */
  kept?: string | null;
}

export interface Field<T> {
  /** Null where the field is not asked just now. */
  input(place: Place, initial: Raw | undefined): InputBlock | null;
  schema(context: NumberStyle): z.ZodType<T>;
  write(value: T, context: NumberStyle): Raw;
}

export type Fields = Record<string, Field<unknown>>;
export type ValuesOf<F extends Fields> = {
  [Path in keyof F]: F[Path] extends Field<infer T> ? T : never;
};

export interface Asked {
  label: string;
  hint?: string;
  placeholder?: string;
  /** It fires when it changes, so that what depends on it is shown anew. */
  live?: boolean;
  /** The id of the action that a live field fires, where that isn't its form's. */
  action?: string;
}

function common(
  { path, rev, live, kept = null }: Place,
  { label, hint, placeholder, live: isLive, action }: Asked,
) {
  const own = isLive ? action : undefined;
  const fired = isLive ? (live ?? kept) : kept;
  const dispatch = own !== undefined || (fired !== null && (kept === null || ('typing' as const)));
  const actionId = own ?? (fired === null ? path : `${fired}.${path}`);
  return { path, rev, label, hint, placeholder, dispatch, actionId };
}

const one = (raw: Raw | undefined) => (typeof raw === 'string' ? raw : null);
const many = (raw: Raw | undefined) => (Array.isArray(raw) ? raw : []);

/** Slack doesn't send a form in which nothing is picked where something has to be; others might. */
const someOf = <T>(schema: z.ZodType<T[]>, atLeastOne: boolean | string): z.ZodType<T[]> =>
  typeof atLeastOne === 'string'
    ? schema.refine((picked) => picked.length > 0, atLeastOne)
    : schema;

type Written<T> = Pick<Field<T>, 'schema' | 'write'>;

/** A billionth: less is a slip of the finger, and no plan can be computed or signed with it. */
const LEAST = 1e-9;

/** Refuses what is next to nothing. Zero and below is for each field's own range. */
export const noSpeck = (schema: z.ZodType<number>): z.ZodType<number> =>
  schema.refine(
    (value) => value <= 0 || value >= LEAST,
    'That is too small to mean anything: check the zeros.',
  );

/** Most characters in one input of Slack's. */
const INPUT_MAX = 3000;

function typedText<T>(
  asked: Asked,
  more: { multiline?: boolean; maxLength?: number },
  how: Written<T>,
): Field<T> {
  return {
    ...how,
    input: (place, initial) =>
      textInput({
        ...common(place, asked),
        ...more,
        // Slack refuses a view whose field holds more than it may: what was said elsewhere can be longer.
        initial: one(initial)?.slice(0, more.maxLength),
      }),
  };
}

const asOptional = (block: InputBlock | null) => block && { ...block, optional: true };

/** The same field, with nothing in it allowed: null. */
export function optional<T>(field: Field<T>): Field<T | null> {
  return {
    input: (place, initial) => asOptional(field.input(place, initial)),
    schema: (context) => orNull(field.schema(context)),
    write: (value, context) => (value === null ? null : field.write(value, context)),
  };
}

/** The same field, which reads nothing as `fallback`: in a form that was opened before it had the field. */
export const orElse = <T>(field: Field<T>, fallback: Raw): Field<T> => ({
  ...field,
  schema: (context) =>
    z
      .unknown()
      .transform((raw): unknown => raw ?? fallback)
      .pipe(field.schema(context)),
});

/** Money in minor units. */
export const amount = (asked: Asked): Field<number> =>
  typedText(
    asked,
    { maxLength: 40 },
    {
      schema: ({ locale, digits, currency }) => amountField({ locale, digits, currency }),
      write: (value, { locale, digits }) => writeAmount(value, { locale, digits }),
    },
  );

const percentOf =
  (bare: BareNumber) =>
  (asked: Asked): Field<number> =>
    typedText(
      asked,
      { maxLength: 20 },
      {
        schema: ({ locale }) => noSpeck(percentField({ locale, bare })),
        write: (value, { locale }) => writePercent(value, locale),
      },
    );
/** A fraction, asked as a percentage. */
export const percent = percentOf('share');
/** A fraction, asked as so many of a hundred. */
export const ofHundred = percentOf('ofHundred');

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

/** One line of text, or several. */
export const text = (
  asked: Asked,
  maxLength = 200,
  { multiline = false }: { multiline?: boolean } = {},
): Field<string> =>
  typedText(
    asked,
    { maxLength, multiline },
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
export function textLines<T>(
  asked: Asked,
  how: {
    schema: (context: NumberStyle) => z.ZodType<T>;
    write: (value: T, context: NumberStyle) => string;
  },
): Field<T> {
  const field = typedText<T>(asked, { multiline: true, maxLength: INPUT_MAX }, how);
  const tooLong = 'That is more than fits in here: put some of the lines together.';
  return {
    ...field,
    input: (place, initial) => asOptional(field.input(place, initial)),
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
  input: (place, initial) => dateInput({ ...common(place, asked), initial: one(initial) }),
  schema: ({ locale }) => dateField({ locale }),
  write: (value) => value,
});

/** A local wall time, `HH:mm`. */
export const time = (asked: Asked): Field<string> => ({
  input: (place, initial) => timeInput({ ...common(place, asked), initial: one(initial) }),
  schema: () => timeField(),
  write: (value) => value,
});

export const choice = <Value extends string>(
  asked: Asked,
  choices: readonly Choice<Value>[],
): Field<Value> => choiceOf(asked, () => choices);

/** One of what is listed as the form is shown, or read. */
export const choiceOf = <Value extends string>(
  asked: Asked,
  choices: () => readonly Choice<Value>[],
): Field<Value> => ({
  input: (place, initial) =>
    selectInput({ ...common(place, asked), choices: choices(), initial: one(initial) }),
  schema: () => choiceField(choices().map(({ value }) => value)),
  write: (value) => value,
});

/** One of up to ten, all in sight. */
export const radio = <Value extends string>(
  asked: Asked,
  choices: readonly Choice<Value>[],
): Field<Value> => ({
  ...choice(asked, choices),
  input: (place, initial) =>
    radioInput({ ...common(place, asked), choices, initial: one(initial) }),
});

/** Any number of the boxes; with `atLeastOne` some are asked for, in its words where it has any. */
export const boxes = <Value extends string>(
  asked: Asked,
  choices: readonly Choice<Value>[],
  { atLeastOne = false }: { atLeastOne?: boolean | string } = {},
): Field<Value[]> => ({
  input: (place, initial) => ({
    ...checkboxesInput({ ...common(place, asked), choices, initial: many(initial) }),
    optional: atLeastOne === false,
  }),
  // In the order of the boxes, however they were ticked.
  schema: () =>
    someOf(
      z.unknown().transform((raw) => {
        const ticked: readonly unknown[] = Array.isArray(raw) ? raw : [];
        return choices.map(({ value }) => value).filter((value) => ticked.includes(value));
      }),
      atLeastOne,
    ),
  write: (value) => value,
});

/** A field that is not asked: null, whatever was typed before. */
export const notAsked: Field<null> = {
  input: () => null,
  schema: () => z.unknown().transform(() => null),
  write: () => null,
};

/** Dropped files, by Slack's ids; none where nothing was dropped. */
export const files = (asked: Asked, filetypes: string[]): Field<string[]> => ({
  input: (place) => fileInput({ ...common(place, asked), filetypes, optional: true }),
  schema: () => z.array(z.string()).catch([]),
  write: () => [],
});

/** Slack's id of a person. */
export const user = (asked: Asked): Field<string> => ({
  input: (place, initial) => userInput({ ...common(place, asked), initial: one(initial) }),
  schema: () => z.string(),
  write: (value) => value,
});

const UserId = z.string().regex(/^[UW][A-Z0-9]{1,20}$/, 'That is nobody in this workspace.');
const ChannelId = z.string().regex(/^[CG][A-Z0-9]{1,20}$/, 'That is no channel.');
const MOST_USERS = 500;

/** Slack's ids of people, up to 500; with `atLeastOne` some are asked for, in its words where it has any. */
export const users = (
  asked: Asked,
  { atLeastOne = false }: { atLeastOne?: boolean | string } = {},
): Field<string[]> => ({
  input: (place, initial) => ({
    ...multiUsersInput({ ...common(place, asked), initial: many(initial) }),
    optional: atLeastOne === false,
  }),
  schema: () =>
    someOf(
      // Nothing picked comes as an empty list or as nothing at all.
      z.preprocess(
        (raw) => raw ?? [],
        z.array(UserId).max(MOST_USERS, `That is too many: ${MOST_USERS} is the most.`),
      ),
      atLeastOne,
    ),
  write: (value) => value,
});

/** Slack's id of a channel of this workspace alone. */
export const channel = (asked: Asked): Field<string> => ({
  input: (place, initial) => channelInput({ ...common(place, asked), initial: one(initial) }),
  schema: () => ChannelId,
  write: (value) => value,
});

/** The same field, which fires an action of its own when it changes. */
export const firing = <T>(field: Field<T>, { id }: { id: string }): Field<T> => ({
  ...field,
  input(place, initial) {
    const block = field.input(place, initial);
    return (
      block && { ...block, dispatch_action: true, element: { ...block.element, action_id: id } }
    );
  },
});

export type Checked<F extends Fields> =
  | { ok: true; values: ValuesOf<F> }
  | { ok: false; problems: Problem[] };

/** Reads what was typed into each field; every field that can't be read is named. */
export function readFields<F extends Fields>(
  fields: F,
  raw: RawFields,
  context: NumberStyle,
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
  context: NumberStyle,
): RawFields {
  return Object.fromEntries(
    Object.entries(fields).map(([path, field]) => [
      path,
      field.write(values[path as keyof F], context),
    ]),
  );
}

/** Lines of text, of which there have to be some. */
export const paragraph = (asked: Asked, maxLength = INPUT_MAX): Field<string> =>
  typedText(
    asked,
    { multiline: true, maxLength },
    { schema: () => textField({ max: maxLength }), write: (value) => value },
  );

/** A live text that fires at every stroke, since Enter begins a new line in it. */
export const whileTyping = <T>(field: Field<T>): Field<T> => ({
  ...field,
  input(place, initial) {
    const block = field.input(place, initial);
    if (block?.element.type !== 'plain_text_input') return block;
    const typing = { trigger_actions_on: ['on_character_entered' as const] };
    return { ...block, element: { ...block.element, dispatch_action_config: typing } };
  },
});

/** Some of a list; `atLeastOne`: what is said where none is picked. Left out, none may be. */
export const several = <Value extends string>(
  asked: Asked,
  choices: readonly Choice<Value>[],
  atLeastOne?: string,
): Field<Value[]> => ({
  input: (place, initial) =>
    multiSelectInput({
      ...common(place, asked),
      choices,
      initial: many(initial),
      optional: atLeastOne === undefined,
    }),
  schema() {
    const picked = z.array(z.enum(choices.map(({ value }) => value))).max(choices.length);
    return z.preprocess(
      (raw) => raw ?? [],
      atLeastOne === undefined ? picked : picked.min(1, atLeastOne),
    );
  },
  write: (value) => value,
});
