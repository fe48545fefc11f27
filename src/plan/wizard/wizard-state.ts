/** What a view of the wizard remembers of itself between two requests. */
import { z } from 'zod';
import { LIST_IDS, STEP_IDS } from '../draft.ts';

export const WizardState = z.object({
  versionId: z.uuid(),
  step: z.enum(STEP_IDS),
  /** Goes into the block ids: a new one shows stored values in place of what the client remembers. */
  rev: z.string(),
  /** What the section or row was when it was shown, so that two editors notice each other. */
  base: z.string(),
  /** Page of the step's list, from 0. */
  page: z.int().min(0),
  /** In a row's editor. */
  list: z.enum(LIST_IDS).optional(),
  /** Null where the editor adds a row. */
  rowId: z.string().min(1).max(40).nullable().optional(),
});
/** Never a figure or a name. */
export type WizardState = z.infer<typeof WizardState>;
