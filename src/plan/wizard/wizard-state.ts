/** What a view of the wizard remembers of itself between two requests. */
import { z } from 'zod';
import { STEP_IDS } from '../draft.ts';
import { LIST_IDS } from './rows/list.ts';

const WizardState = z.object({
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
/** What a view of the wizard remembers of itself. Never a figure or a name. */
export type WizardState = z.infer<typeof WizardState>;

export function writeWizardState(state: WizardState): string {
  return JSON.stringify(state);
}

/** Null where the metadata is not of a wizard (a view of an older release). */
export function readWizardState(privateMetadata: string): WizardState | null {
  try {
    return WizardState.parse(JSON.parse(privateMetadata));
  } catch {
    return null;
  }
}
