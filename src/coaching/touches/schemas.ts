/** What a touch can be, and how far a prospect has come. */
import { z } from 'zod';

export const TOUCH_KINDS = [
  'call',
  'email',
  'social',
  'content',
  'event',
  'visit',
  'meeting',
  'demo',
  'proposal',
  'contract',
  'other',
] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

/** How far a prospect has come, in order. */
export const PROSPECT_STAGES = ['visit', 'demo', 'proposal', 'contract'] as const;
export type ProspectStage = (typeof PROSPECT_STAGES)[number];

export const PROSPECT_STATES = ['open', 'done', 'lost'] as const;
export type ProspectState = (typeof PROSPECT_STATES)[number];

/** As long as a deal's account. */
export const MOST_IN_A_PROSPECT = 200;
export const MOST_IN_A_SUBJECT = 300;

/** Touches said in one go, as a button carries them: the words, and what was picked where they were in doubt. */
export const TouchBatch = z.object({
  /** Each touch's id follows from it: however often it comes, it enters them once. */
  id: z.uuid(),
  /** Slack's user id of the rep. */
  rep: z.string(),
  text: z.string(),
  /** By a line's place, from 0: a prospect's id, or `NEW_PROSPECT`. */
  picks: z.record(z.string(), z.string()).default({}),
});
export type TouchBatch = z.infer<typeof TouchBatch>;

/** Picked where a name is near one that is known: it is another. */
export const NEW_PROSPECT = 'new';

/** What stands in the fields of a touch's form, as typed; null: nothing. */
export const TouchValues = z.object({
  /** Slack's user id. */
  rep: z.string(),
  name: z.string().nullable(),
  kind: z.enum(TOUCH_KINDS).nullable(),
  subject: z.string().nullable(),
  date: z.iso.date().nullable(),
});
export type TouchValues = z.infer<typeof TouchValues>;

/** A touch as a button carries it, to put back what was undone. */
export const KeptTouch = z.object({
  id: z.uuid(),
  rep: z.string(),
  name: z.string().min(1).max(MOST_IN_A_PROSPECT),
  kind: z.enum(TOUCH_KINDS),
  subject: z.string().max(MOST_IN_A_SUBJECT).nullable(),
  date: z.iso.date(),
});
export type KeptTouch = z.infer<typeof KeptTouch>;

/** What was pasted and undone, as a button stands for it, to put all of it back. */
export const KeptPaste = z.object({
  /** The submission's, which pasted it. */
  id: z.uuid(),
  /** Slack's user id. */
  rep: z.string(),
  touches: z.array(
    z.object({
      id: z.uuid(),
      prospectId: z.uuid(),
      kind: z.enum(TOUCH_KINDS),
      subject: z.string().nullable(),
      date: z.iso.date(),
      addedBy: z.string(),
      createdAt: z.coerce.date(),
    }),
  ),
  /** Whom it named, as they stood, with the local dates on which they came to a stage. */
  prospects: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      pasteId: z.uuid().nullable(),
      stage: z.enum(PROSPECT_STAGES).nullable(),
      snoozedUntil: z.string().nullable(),
      createdAt: z.coerce.date(),
      steps: z.array(z.object({ stage: z.enum(PROSPECT_STAGES), date: z.iso.date() })),
    }),
  ),
});
export type KeptPaste = z.infer<typeof KeptPaste>;

/** Which prospects a list shows. */
export const PROSPECT_LISTS = ['open', 'snoozed', 'done', 'lost', 'archived', 'all'] as const;
export type ProspectList = (typeof PROSPECT_LISTS)[number];
