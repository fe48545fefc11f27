/** From a view's state to a checked value, and from zod's issues back to the inputs they belong to. */
import type { z } from 'zod';

/** What was filled in, by field path: `null` where empty, a list where several can be picked. */
export interface FormState {
  values: Record<string, string | string[] | null>;
  /** Path → block id, to put a message under its input. */
  blockIds: Record<string, string>;
}

/** Messages by block id (for `response_action: 'errors'`), and those that belong to no input. */
export interface FormErrors {
  errors: Record<string, string>;
  rest: string[];
}

export type FormResult<T> = { ok: true; value: T } | ({ ok: false } & FormErrors);

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

/** Checks what was filled in against a schema; `rates.renewal` is the schema's `rates: { renewal }`. */
export function parseForm<T>(schema: z.ZodType<T>, state: FormState): FormResult<T> {
  const result = schema.safeParse(nest(state.values));
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, ...fieldErrors(result.error.issues, state.blockIds) };
}

/**
 * An issue lands on the input of its path or of the nearest parent's; the first of several on one input
 * is shown. `rest` holds those with no input, each once.
 */
export function fieldErrors(
  issues: readonly z.core.$ZodIssue[],
  blockIds: Record<string, string>,
): FormErrors {
  const errors: Record<string, string> = {};
  const rest = new Set<string>();
  for (const { path, message } of issues) {
    const blockId = nearestBlock(path, blockIds);
    if (blockId === undefined) rest.add(message);
    else errors[blockId] ??= message;
  }
  return { errors, rest: [...rest] };
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

type Nested = { [segment: string]: Nested | string | string[] | null };

function nest(values: FormState['values']): unknown {
  const root: Nested = {};
  for (const [path, value] of Object.entries(values)) {
    const segments = path.split('.');
    const last = segments.pop() ?? path;
    let node = root;
    for (const segment of segments) {
      const child = Object.hasOwn(node, segment) ? node[segment] : undefined;
      if (typeof child === 'object' && child !== null && !Array.isArray(child)) node = child;
      else {
        const created: Nested = {};
        node[segment] = created;
        node = created;
      }
    }
    node[last] = value;
  }
  return withArrays(root);
}

/** Objects whose keys are 0, 1, 2 … become arrays, so that `blocks.0.start` fits a `z.array`. */
function withArrays(node: Nested | string | string[] | null): unknown {
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return node;
  const entries = Object.entries(node).map(([key, child]) => [key, withArrays(child)] as const);
  const isList = entries.length > 0 && entries.every(([key], i) => key === String(i));
  return isList ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}
