/** How a section of a plan file is described: money in major units, checks across fields. */
import { z } from 'zod';
import type { Problem } from '../../input/problem.ts';
import { minorFromMajor } from '../model/money.ts';
import { MAX_MINOR } from '../schemas.ts';

/** A check across fields, which runs once those that it reads (`needs`) are sound. */
export function checked<Schema extends z.ZodType, Needs extends z.ZodType>(
  schema: Schema,
  needs: Needs,
  check: (value: z.output<Needs>) => Problem[],
): Schema {
  return schema.superRefine(
    (value, context) => {
      for (const { path, problem } of check(needs.parse(value))) {
        context.addIssue({ code: 'custom', path: path.split('.'), message: problem });
      }
    },
    { when: ({ value }) => needs.safeParse(value).success },
  );
}

type Shape = Record<string, z.ZodType>;
type SameOutput<S extends Shape> = { [Key in keyof S]: z.ZodType<z.output<S[Key]>> };

/** Whether a field holds money: `Minor`, one above 0, or null. */
function isMoney(schema: z.ZodType): boolean {
  const itself = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
  return itself instanceof z.ZodNumber && itself.maxValue === MAX_MINOR;
}

/**
 * The fields of a part as a file has them: money in major units of a currency with so many decimals.
 * Money that may be null may be left out.
 */
export function inMajorUnits<S extends Shape>(shape: S, digits: number): SameOutput<S> {
  const major = z.number().transform((amount, context): unknown => {
    const result = minorFromMajor(amount, digits);
    if (result.ok) return result.minor;
    context.issues.push({ code: 'custom', message: result.problem, input: amount });
    return z.NEVER;
  });
  const money = (minor: z.ZodType) =>
    minor instanceof z.ZodNullable ? major.nullable().pipe(minor).default(null) : major.pipe(minor);
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, isMoney(schema) ? money(schema) : schema]),
  ) as SameOutput<S>;
}
