/** What a button, a choice or a form's metadata carries: written and read in one place. It carries ids (see `stashed`). */
import { z } from 'zod';

export interface Codec<T> {
  write(value: T): string;
  /** Null where the text is none of this codec's: of a former version, or nobody's. */
  read(text: string): T | null;
  /** Whether what it writes is kept aside on its way to Slack (see stashed.ts); not where left out. */
  isStashed?: true;
}

/** A whole number, as it is carried. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** Nothing at all. */
export const nothing: Codec<void> = { write: () => '', read: () => undefined };

/** One text, checked by `schema`. */
export function one<Schema extends z.ZodType<unknown, string>>(
  schema: Schema,
): Codec<z.output<Schema>> {
  return {
    write: (value) => String(value),
    read: (text) => checked(schema, text),
  };
}

/**
 * Several texts, `2027-03-02:block:18`, in the order of the shape. The last one takes what is left, so only
 * that may hold a colon; one that isn't there is undefined.
 */
export function parts<Schema extends z.ZodObject>(schema: Schema): Codec<z.output<Schema>> {
  const names = Object.keys(schema.shape);
  return {
    write(value) {
      const texts = names.map((name) => (value as Record<string, unknown>)[name]);
      const last = texts.findLastIndex((text) => text !== undefined);
      return texts
        .slice(0, last + 1)
        .map((text) => String(text ?? ''))
        .join(':');
    },
    read(text) {
      const texts = text.split(':');
      const rest = texts.splice(names.length - 1);
      if (rest.length > 0) texts.push(rest.join(':'));
      return checked(schema, Object.fromEntries(texts.map((part, at) => [names[at], part])));
    },
  };
}

/** Anything, as JSON. */
export function json<Schema extends z.ZodType>(schema: Schema): Codec<z.output<Schema>> {
  return {
    write: (value) => JSON.stringify(value),
    read(text) {
      try {
        return checked(schema, JSON.parse(text));
      } catch {
        return null;
      }
    },
  };
}

/** Stands before what is stashed, until that goes out. */
export const MARK = 'stash:';

/**
 * A codec whose text is stashed on its way out; where `isPlain` says so of a text, it holds ids alone and stays. It
 * reads texts of a former version too, which weren't.
 */
export function stashed<T>(codec: Codec<T>, isPlain?: (text: string) => boolean): Codec<T> {
  return {
    isStashed: true,
    write(value) {
      const text = codec.write(value);
      return isPlain?.(text) ? text : `${MARK}${text}`;
    },
    read: (text) => codec.read(text.startsWith(MARK) ? text.slice(MARK.length) : text),
  };
}

function checked<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> | null {
  const result = schema.safeParse(raw);
  return result.success ? result.data : null;
}
