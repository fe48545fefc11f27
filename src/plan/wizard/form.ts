import {
  type Checked,
  type Fields,
  readFields,
  type ValuesOf,
  writeFields,
} from '../../slack/fields.ts';
import type { NumberStyle } from '../../slack/format.ts';
import type { SlackText } from '../../slack/text.ts';
import type { PlanDraft } from '../draft.ts';
import type { Problem } from '../model/checks.ts';
import type { RawFields } from '../store.ts';

/** A set of fields over some part `T` of the plan: a step's section or one row of a list. */
export interface Form<T, F extends Fields = Fields> {
  /** May depend on what is typed: a country decides whether there is a region to choose. */
  fields(draft: PlanDraft, raw: RawFields): F;
  /** What stands in the fields before anybody typed; what has no default is left out. */
  read(part: T, draft: PlanDraft): Partial<ValuesOf<F>>;
  /** The part with these values in it. */
  apply(part: T, values: ValuesOf<F>, draft: PlanDraft): T;
  /** What no field can see alone. Paths are fields' paths. `part` is as it was before. */
  check?(values: ValuesOf<F>, draft: PlanDraft, part: T, context: NumberStyle): Problem[];
}

/** A form whose field types are sealed in, so that forms of all kinds go through the same code. */
export interface AnyForm<T> {
  fields(draft: PlanDraft, raw: RawFields): Fields;
  /** The stored values as they would be typed. */
  initial(part: T, draft: PlanDraft, context: NumberStyle): RawFields;
  /** The part with what was typed in it, or what is wrong with which field. */
  submit(part: T, raw: RawFields, draft: PlanDraft, context: NumberStyle): Submitted<T>;
}

export type Submitted<T> = { ok: true; part: T } | { ok: false; problems: Problem[] };

export function form<T, F extends Fields>(spec: Form<T, F>): AnyForm<T> {
  return {
    fields: (draft, raw) => spec.fields(draft, raw),
    initial(part, draft, context) {
      const values = spec.read(part, draft);
      const fields = spec.fields(draft, {});
      const known = Object.fromEntries(
        Object.entries(fields).filter(([path]) => values[path] !== undefined),
      );
      return writeFields(known, values as ValuesOf<Fields>, context);
    },
    submit(part, raw, draft, context) {
      const read: Checked<F> = readFields(spec.fields(draft, raw), raw, context);
      if (!read.ok) return read;
      const problems = spec.check?.(read.values, draft, part, context) ?? [];
      if (problems.length > 0) return { ok: false, problems };
      return { ok: true, part: spec.apply(part, read.values, draft) };
    },
  };
}

/** What a shared check found, as a sentence under the field at `path` (or at its own). */
export function asSentences(problems: readonly Problem[], path?: string): Problem[] {
  return problems.map((found) => ({ path: path ?? found.path, problem: `This ${found.problem}.` }));
}

export interface Step {
  /** At most 24 characters: Slack's limit for a modal's title. */
  title: string;
  intro: SlackText;
  /** Null where a step only shows. */
  form: AnyForm<PlanDraft> | null;
}
