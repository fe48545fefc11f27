/**
 * Schemas for what forms and pasted rows hold: from the text as typed to a value, with messages in plain
 * words. An empty input is refused as missing unless the field is wrapped in `orNull`.
 */
import { z } from 'zod';
import { readTime } from './date.ts';
import { readDateOrTime } from './date-time.ts';
import {
  type AmountOptions,
  type CountOptions,
  type PercentOptions,
  readAmount,
  readCount,
  readFactor,
  readPercent,
} from './number.ts';
import type { Read } from './read.ts';

const MISSING = 'Please fill this in.';

interface Bounds {
  locale: string;
  /** Refuses zero. */
  positive?: boolean | undefined;
  /** The largest value that makes sense. */
  max?: number | undefined;
}

/** Integer minor units. */
export function amountField(
  options: AmountOptions & { positive?: boolean | undefined },
): z.ZodType<number> {
  return typed((text) => above(options, readAmount(text, options)));
}

/** A fraction; at most 1 (100 %) unless `max` says otherwise. */
export function percentField({
  positive,
  ...options
}: PercentOptions & { positive?: boolean | undefined }): z.ZodType<number> {
  return typed((text) => above({ positive }, readPercent(text, options)));
}

export function factorField({ locale, positive, max = 1000 }: Bounds): z.ZodType<number> {
  return typed((text) => above({ positive }, readFactor(text, { locale, max })));
}

export function countField(options: CountOptions): z.ZodType<number> {
  return typed((text) => readCount(text, options));
}

/** `YYYY-MM-DD`, from a date picker, typed, or from an export. */
export function dateField(options: {
  locale: string;
  /** The local date of an instant, where exports say it in UTC. */
  dateAt?: ((at: Date) => string) | undefined;
}): z.ZodType<string> {
  return typed((text) => readDateOrTime(text, options));
}

/** `HH:mm`, from a time picker or typed. */
export function timeField(): z.ZodType<string> {
  return typed(readTime);
}

/** Trimmed text. NUL and lone surrogates, which the database can't keep, are refused. */
export function textField({ max }: { max: number }): z.ZodType<string> {
  return typed((text) => {
    if (/[\0\p{Surrogate}]/u.test(text)) {
      return { ok: false, problem: "There is a character in it that can't be kept: type it anew." };
    }
    if (text.length > max) {
      return { ok: false, problem: `That is ${text.length} characters: ${max} is the most.` };
    }
    return { ok: true, value: text };
  });
}

export function choiceField<const Value extends string>(
  values: readonly Value[],
): z.ZodType<Value> {
  return typed((text) => {
    const choice = values.find((each) => each === text);
    return choice === undefined
      ? { ok: false, problem: 'Please pick one of the choices.' }
      : { ok: true, value: choice };
  });
}

/** The same field where nothing may be filled in: that is `null`. */
export function orNull<T>(field: z.ZodType<T>): z.ZodType<T | null> {
  return z.preprocess((raw) => (isEmpty(raw) ? null : raw), field.nullable());
}

function typed<T>(read: (text: string) => Read<T>): z.ZodType<T> {
  return z.unknown().transform((raw, context) => {
    const result: Read<T> =
      typeof raw === 'string' && !isEmpty(raw) ? read(raw.trim()) : { ok: false, problem: MISSING };
    if (result.ok) return result.value;
    context.addIssue({
      code: 'custom',
      message: result.problem,
      params: { isOpen: result.readings !== undefined },
    });
    return z.NEVER;
  });
}

/** Whether a text was refused only since it can be read in more than one way. */
export const isOpenQuestion = ({ issues }: z.ZodError): boolean =>
  issues.length > 0 &&
  issues.every((issue) => issue.code === 'custom' && issue.params?.isOpen === true);

function above({ positive }: { positive?: boolean | undefined }, read: Read<number>): Read<number> {
  return positive && read.ok && read.value === 0
    ? { ok: false, problem: 'It has to be above zero.' }
    : read;
}

function isEmpty(raw: unknown): boolean {
  return raw === null || raw === undefined || (typeof raw === 'string' && raw.trim() === '');
}
