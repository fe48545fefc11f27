/** What people have typed and not submitted yet: under which keys it is kept, and what comes between. */
import { createHash } from 'node:crypto';
import type { RawFields } from '../../slack/fields.ts';
import { type ListId, STEP_IDS, type StepId } from '../draft.ts';
import type { Typed, TypedEntry } from '../store.ts';

/** Under which key somebody's typing is kept: each person's is their own. */
export const typedKey = {
  step: (userId: string, step: StepId) => `${userId}/${step}`,
  row: (userId: string, list: ListId, rowId: string | null) =>
    `${userId}/${list}/${rowId ?? 'new'}`,
  paste: (userId: string, list: ListId) => `${userId}/${list}/paste`,
  /** The forms that are done with, and how each left what it was about. */
  done: (userId: string) => `${userId}/done`,
};

/** A short fingerprint of fields as they are stored, to notice that somebody else changed them. */
export function baseOf(stored: RawFields): string {
  return fingerprint(JSON.stringify(stored));
}

export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** What is typed with `entry` under `key`; null forgets what is there. */
export function withTyped(typed: Typed, key: string, entry: TypedEntry | null): Typed {
  const { [key]: _, ...others } = typed;
  return entry === null ? others : { ...others, [key]: entry };
}

/** Forms that somebody is done with and that are remembered; a request is never late by more. */
const DONE_MAX = 20;

/** Remembers that a form is done with: it left what it was about as `mark` says. */
export function withDone(typed: Typed, userId: string, formId: string, mark: string): Typed {
  const key = typedKey.done(userId);
  const { [formId]: _, ...others } = typed[key]?.raw ?? {};
  const recent = Object.entries(others).slice(1 - DONE_MAX);
  return { ...typed, [key]: { raw: { ...Object.fromEntries(recent), [formId]: mark }, base: '' } };
}

/** The mark with which the form was done; null where it isn't. */
export function doneMark(typed: Typed, userId: string, formId: string | null): string | null {
  const mark = formId === null ? null : typed[typedKey.done(userId)]?.raw[formId];
  return typeof mark === 'string' ? mark : null;
}

/** The steps in which this person has typed something that isn't saved yet. */
export function unfinishedSteps(typed: Typed, userId: string): Set<StepId> {
  return new Set(STEP_IDS.filter((step) => typedKey.step(userId, step) in typed));
}
