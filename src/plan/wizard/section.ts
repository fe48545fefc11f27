/** What one step asks of the plan, or one row of a list: its fields, and how they stand for a part of it. */

import type { KnownBlock } from '@slack/types';
import { FieldProblems, type Problem } from '../../input/problem.ts';
import { context } from '../../slack/blocks.ts';
import type { Fields, RawFields, ValuesOf } from '../../slack/fields.ts';
import type { NumberStyle } from '../../slack/format.ts';
import type { SlackText } from '../../slack/text.ts';
import type { PlanDraft } from '../draft.ts';

/** Fields over some part `T` of the plan: a step's section or one row of a list. */
export interface SectionSpec<T, F extends Fields> {
  /** May depend on what is typed: a country decides whether there is a region to choose. */
  fields(draft: PlanDraft, raw: RawFields, style: NumberStyle): F;
  /** What stands in the fields before anybody typed; what has no default is left out. */
  read(part: T, draft: PlanDraft): Partial<ValuesOf<F>>;
  /** The part with these values in it. */
  apply(part: T, values: ValuesOf<F>, draft: PlanDraft): T;
  /** What no field can see alone. Paths are fields' paths. `part` is as it was before. */
  check?(values: ValuesOf<F>, draft: PlanDraft, part: T, style: NumberStyle): Problem[];
  /** In which style what was typed is read; the reader's own where left out. */
  styleOf?(raw: RawFields, style: NumberStyle): NumberStyle;
  /** What is typed in fields read back in words, by the path of the field under which it stands. */
  said?(raw: RawFields, draft: PlanDraft, style: NumberStyle): Said;
}

export type Said = Record<string, SlackText | null>;

type Values = ValuesOf<Fields>;

/** A section whose field types are sealed in, so that those of all kinds go through the same forms. */
export interface Section<T> {
  fields(draft: PlanDraft, raw: RawFields, style: NumberStyle): Fields;
  read(part: T, draft: PlanDraft): Partial<Values>;
  apply(part: T, values: Values, draft: PlanDraft): T;
  check(values: Values, draft: PlanDraft, part: T, style: NumberStyle): Problem[];
  styleOf(raw: RawFields, style: NumberStyle): NumberStyle;
  said(raw: RawFields, draft: PlanDraft, style: NumberStyle): Said;
}

export function wizardSection<T, F extends Fields>(spec: SectionSpec<T, F>): Section<T> {
  return {
    fields: (draft, raw, style) => spec.fields(draft, raw, style),
    read: (part, draft) => spec.read(part, draft),
    apply: (part, values, draft) => spec.apply(part, values as ValuesOf<F>, draft),
    check: (values, draft, part, style) =>
      spec.check?.(values as ValuesOf<F>, draft, part, style) ?? [],
    styleOf: (raw, style) => spec.styleOf?.(raw, style) ?? style,
    said: (raw, draft, style) => spec.said?.(raw, draft, style) ?? {},
  };
}

/** A form's inputs in order, each with what is said under it. */
export function withSaid(inputs: Record<string, KnownBlock[]>, said: Said): KnownBlock[] {
  return Object.entries(inputs).flatMap(([path, blocks]) => {
    const words = said[path];
    return words ? [...blocks, context(words)] : blocks;
  });
}

/** What was typed, as a draft; or what is wrong with which field. */
export type Submitted =
  | { ok: true; draft: PlanDraft }
  | { ok: false; problems: readonly Problem[] };

export function submitted(read: () => PlanDraft): Submitted {
  try {
    return { ok: true, draft: read() };
  } catch (error) {
    if (error instanceof FieldProblems) return { ok: false, problems: error.problems };
    throw error;
  }
}

/** What a shared check found, as a sentence under the field at `path` (or at its own). */
export function asSentences(problems: readonly Problem[], path?: string): Problem[] {
  return problems.map((found) => ({ path: path ?? found.path, problem: `This ${found.problem}.` }));
}

export interface Step {
  /** At most 24 characters: Slack's limit for a modal's title. */
  title: string;
  intro: SlackText;
  /** What it comes to in words, where it is only read. */
  reading?(draft: PlanDraft, style: NumberStyle): SlackText | null;
  /** Null where a step only shows. */
  section: Section<PlanDraft> | null;
}
