/** What the form of a commitment is about, as its metadata and buttons hold it. */
import { z } from 'zod';
import { CAUSES } from '../../activity/schemas.ts';
import { FUNCTIONS } from '../brief/schemas.ts';

export const MOST_IN_A_COMMITMENT = 300;

export const CommitmentAbout = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cause'), cause: z.enum(CAUSES), month: z.string() }),
  z.object({ kind: z.literal('sync'), function: z.enum(FUNCTIONS) }),
  /** One that is there. */
  z.object({ kind: z.literal('one'), id: z.string() }),
]);
export type CommitmentAbout = z.infer<typeof CommitmentAbout>;
