/**
 * Forms: declared once, with their fields, what no field can see alone, and how they are arranged. Shown as
 * a modal, read from what Slack sends, every problem back at its input.
 */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { FieldProblems, type Problem } from '../input/problem.ts';
import { type Codec, json } from './codec.ts';
import { type Fields, type RawFields, readFields, type ValuesOf, writeFields } from './fields.ts';
import type { NumberStyle } from './format.ts';
import { modal } from './surfaces.ts';

/**
 * What a form is shown with. `about` rides in its metadata: what it is about, never a figure or a name.
 * `raw`: what stands in the fields, as typed; `rev`: another one shows these values in place of what Slack
 * remembers of a field.
 */
export interface Shown<About, Style> {
  about: About;
  style: Style;
  raw: RawFields;
  rev: string;
  /** The submission's, where the form is shown again; left out, one is minted when it is opened. */
  submissionId?: string | undefined;
}

interface Frame {
  title: string;
  /** Left out where nothing can be submitted now. */
  submit?: string | undefined;
  close?: string | undefined;
  /** Fires `view_closed`, without what was typed: Slack doesn't say. */
  notifyOnClose?: boolean | undefined;
}

interface FormSpec<About, Style, F extends Fields, Value, Screen> {
  /** Its callback id. */
  id: string;
  about: z.ZodType<About>;
  /** May depend on what is typed, as where a choice brings another field with it. */
  fields(style: Style, raw: RawFields): F;
  /** What no field can see alone. Paths are fields' paths. */
  check?(values: ValuesOf<F>, style: Style): Problem[];
  /** What the values come to; the values themselves where left out. */
  apply?(values: ValuesOf<F>, style: Style): Value;
  frame(screen: Screen): Frame;
  /** The inputs, by field path, with what stands around them; the inputs alone where left out. */
  arrange?(inputs: { [Path in keyof F]: KnownBlock[] }, screen: Screen): KnownBlock[];
  /** The id of the action that its live fields fire, with their path behind it. */
  live?: string;
  /** The id of the action that its other fields fire; where it is given, all fire while they are typed in. */
  kept?: string;
}

export interface Form<About, Style, Value, Screen> {
  id: string;
  metadata: Codec<FormMetadata<About>>;
  view(screen: Screen): ModalView;
  /** Values as they would be typed, for `raw`; what is left out stays empty. */
  write(values: Record<string, unknown>, style: Style): RawFields;
  /** @throws FieldProblems naming every field that can't be taken as it is. */
  read(raw: RawFields, style: Style): Value;
}

/** `submissionId` null: to be minted when the view goes out, or of a form of a former version. */
interface FormMetadata<About> {
  submissionId: string | null;
  about: About;
}

/** Declares a form. Its id is what `on.submit` listens to. */
export function form<
  About,
  Style extends NumberStyle,
  F extends Fields,
  Value = ValuesOf<F>,
  Screen extends Shown<About, Style> = Shown<About, Style>,
>(spec: FormSpec<About, Style, F, Value, Screen>): Form<About, Style, Value, Screen> {
  const metadata = metadataCodec(spec.about);
  return {
    id: spec.id,
    metadata,
    view(screen) {
      const { about, style, raw, rev, submissionId = null } = screen;
      const inputs = Object.entries(spec.fields(style, raw)).map(([path, field]) => {
        const { live = null, kept = null } = spec;
        const block = field.input({ path, rev, live, kept }, raw[path]);
        return [path, block === null ? [] : [block]] as const;
      });
      const blocks = spec.arrange?.(
        Object.fromEntries(inputs) as unknown as { [Path in keyof F]: InputBlock[] },
        screen,
      );
      return modal({
        ...spec.frame(screen),
        callbackId: spec.id,
        privateMetadata: metadata.write({ submissionId, about }),
        blocks: blocks ?? inputs.flatMap(([, input]) => input),
      });
    },
    write(values, style) {
      const known = Object.entries(spec.fields(style, {})).filter(
        ([path]) => values[path] !== undefined,
      );
      return writeFields(Object.fromEntries(known), values, style);
    },
    read(raw, style) {
      const read = readFields(spec.fields(style, raw) as F, raw, style);
      if (!read.ok) throw new FieldProblems(read.problems);
      const problems = spec.check?.(read.values, style) ?? [];
      if (problems.length > 0) throw new FieldProblems(problems);
      return spec.apply ? spec.apply(read.values, style) : (read.values as unknown as Value);
    },
  };
}

/** What a form of a former version carried was `about` alone, as JSON or as a text: read without an id. */
function metadataCodec<About>(about: z.ZodType<About>): Codec<FormMetadata<About>> {
  const now = json(z.object({ submissionId: z.uuid().nullable(), about })) as Codec<
    FormMetadata<About>
  >;
  const former = json(about);
  return {
    write: now.write,
    read(text) {
      const found = now.read(text);
      if (found !== null) return found;
      const known = former.read(text) ?? about.safeParse(text).data ?? null;
      return known === null ? null : { submissionId: null, about: known };
    },
  };
}

const Unminted = z.object({ submissionId: z.null() }).loose();

/** The view with an id for its submission, where it is a form that has none yet. */
export function withSubmissionId<V extends { private_metadata?: string | undefined }>(
  view: V,
  mint: () => string,
): V {
  const unminted = json(Unminted).read(view.private_metadata ?? '');
  if (unminted === null) return view;
  return { ...view, private_metadata: JSON.stringify({ ...unminted, submissionId: mint() }) };
}

/**
 * Slack's answer to a submission with problems: each at its own input, at the nearest above, or at the
 * first there is; the first of several on one input is shown. Null where there is no input.
 */
export function problemsAnswer(
  problems: readonly Problem[],
  { blockIds }: Pick<FormState, 'blockIds'>,
): { response_action: 'errors'; errors: Record<string, string> } | null {
  const errors: Record<string, string> = {};
  const [first] = Object.values(blockIds);
  for (const { path, problem } of problems) {
    const blockId = nearestBlock(path.split('.'), blockIds) ?? first;
    if (blockId !== undefined) errors[blockId] ??= problem;
  }
  return first === undefined ? null : { response_action: 'errors', errors };
}

/** What was filled in, by field path: `null` where empty, a list where several can be picked. */
export interface FormState {
  values: RawFields;
  /** Path → block id, to put a message under its input. */
  blockIds: Record<string, string>;
}

/** The parts of Bolt's view state that are read here. */
interface StateValue {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_conversation?: string | null;
  selected_date?: string | null;
  selected_time?: string | null;
  files?: { id: string }[];
}

type StateValues = Record<string, Record<string, StateValue>>;

/** Segments that would reach an object's prototype. */
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/** Reads `view.state.values`. Block ids are `path:rev`; a block that is not so named is no field. */
export function readState(stateValues: StateValues): FormState {
  const state: FormState = { values: {}, blockIds: {} };
  for (const [blockId, byAction] of Object.entries(stateValues)) {
    const path = blockId.slice(0, Math.max(0, blockId.lastIndexOf(':')));
    const [input] = Object.values(byAction);
    if (!path || !input || path.split('.').some((segment) => FORBIDDEN.has(segment))) continue;
    state.values[path] = readInput(input);
    state.blockIds[path] = blockId;
  }
  return state;
}

function readInput(input: StateValue): string | string[] | null {
  if (input.selected_options) return input.selected_options.map(({ value }) => value);
  if (input.selected_users) return input.selected_users;
  if (input.files) return input.files.map(({ id }) => id);
  return (
    input.value ??
    input.selected_option?.value ??
    input.selected_user ??
    input.selected_conversation ??
    input.selected_date ??
    input.selected_time ??
    null
  );
}

function nearestBlock(
  path: readonly PropertyKey[],
  blockIds: Record<string, string>,
): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).map(String).join('.');
    if (Object.hasOwn(blockIds, key)) return blockIds[key];
  }
  return undefined;
}
