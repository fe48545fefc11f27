import { z } from 'zod';
import { LIST_IDS } from '../lists/list.ts';
import { STEP_IDS } from '../step-id.ts';

const CaptureState = z.object({
  versionId: z.uuid(),
  step: z.enum(STEP_IDS),
  /** Goes into the block ids: a new one shows stored values in place of what the client remembers. */
  rev: z.string(),
  /** What the step's section was when it was shown, so that two editors notice each other. */
  base: z.string(),
  /** Page of the step's list, from 0. */
  page: z.int().min(0),
  /** In a row's editor. */
  list: z.enum(LIST_IDS).optional(),
  /** Null where the editor adds a row. */
  rowId: z.string().nullable().optional(),
});
/** What a view of the capture remembers of itself. Never a figure or a name. */
export type CaptureState = z.infer<typeof CaptureState>;

export function writeState(state: CaptureState): string {
  return JSON.stringify(state);
}

/** Null where the metadata is not of a capture (a view of an older release). */
export function readCaptureState(privateMetadata: string): CaptureState | null {
  try {
    return CaptureState.parse(JSON.parse(privateMetadata));
  } catch {
    return null;
  }
}
