/** What the weekly sync is about, from what Slack sends to checked values. */

/** Who answers for what in the weekly sync. */
export const FUNCTIONS = ['marketing', 'pr', 'sales'] as const;
export type BriefFunction = (typeof FUNCTIONS)[number];

export const ENGAGEMENTS = ['attendance', 'opens', 'contentRead', 'earnedMedia'] as const;
export type Engagement = (typeof ENGAGEMENTS)[number];
