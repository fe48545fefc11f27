/** What can be pressed about what somebody takes on. */
import { z } from 'zod';
import { action } from '../../slack/action.ts';
import { json, one, parts } from '../../slack/codec.ts';
import { CommitmentAbout } from './schemas.ts';

const Id = one(z.string());

/** The form: a new one about something, or one that is there. */
export const commitmentOpen = action('commitment_open', json(CommitmentAbout));
export const commitmentDone = action('commitment_done', Id);
export const commitmentUndone = action('commitment_undone', Id);
export const commitmentPutBack = action('commitment_put_back', Id);
/** The `⋯` of one among others. */
export const commitmentMenu = action(
  'commitment_menu',
  parts(z.object({ what: z.enum(['done', 'undone', 'edit', 'remove']), id: z.string() })),
);
