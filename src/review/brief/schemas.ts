/** What the weekly sync is about, from what Slack sends to checked values. */
import { z } from 'zod';
import type { NumberStyle } from '../../slack/format.ts';

/** Who answers for what in the weekly sync. */
export const FUNCTIONS = ['marketing', 'pr', 'sales'] as const;
export type BriefFunction = (typeof FUNCTIONS)[number];

export const ENGAGEMENTS = ['attendance', 'opens', 'contentRead', 'earnedMedia'] as const;
export type Engagement = (typeof ENGAGEMENTS)[number];
/** Counts of a week; null: not said. */
export type EngagementCounts = Record<Engagement, number | null>;

/** Something of earned media. */
export const Mention = z.object({
  /** Its outlet and title. */
  title: z.string(),
  link: z.string().nullable(),
});
export type Mention = z.infer<typeof Mention>;

/** What is said of a week, by its Monday. */
export interface SaidWeek {
  week: string;
  counts: EngagementCounts;
  mentions: Mention[];
}

const Said = z.object({
  counts: z.record(z.enum(ENGAGEMENTS), z.int().nullable()),
  mentions: Mention.array(),
});

/** Weeks that were said, as a button stands for them, to bring each back to how it was. Null: nothing was said of it. */
export const KeptWeeks = z.array(
  z.object({ week: z.iso.date(), was: Said.nullable(), is: Said.nullable() }),
);
export type KeptWeeks = z.infer<typeof KeptWeeks>;

/** With what is pasted is read: whose clocks the days of an export go by. */
export interface EngagementStyle extends NumberStyle {
  /** The local date of an instant. */
  dateAt(at: Date): string;
}
