/** What is valid of coaching hours, objections and recognition: the codes that are kept. */
import { z } from 'zod';

/** The kinds of call that a coaching hour reviews. */
export const REVIEWED = [
  'cold_call',
  'first_meeting',
  'demo',
  'proposal',
  'negotiation',
  'written',
  'role_play',
] as const;
export type Reviewed = (typeof REVIEWED)[number];

/** What a follow-up measures: a step of the funnel by its rate, or an activity by its count. */
export const METRICS = [
  'callToVisit',
  'visitToDemo',
  'demoToProposal',
  'proposalToContract',
  'calls',
  'visits',
  'demos',
  'proposals',
  'contracts',
] as const;
export type Metric = (typeof METRICS)[number];

/** Counts of one stretch of logged days. Of a stage `n` are tries and `k` what came of them; of an activity planned and done. */
const CountedStretch = z.object({
  days: z.int().min(0),
  n: z.number().min(0),
  k: z.number().min(0),
});
export type CountedStretch = z.infer<typeof CountedStretch>;

const CHANGES = ['better', 'worse', 'chance', 'few'] as const;
/** What a metric did since a tweak: beyond chance, within it, or too little to say. */
export const FollowUp = z.object({
  outcome: z.enum(CHANGES),
  before: CountedStretch,
  since: CountedStretch,
});
export type FollowUp = z.infer<typeof FollowUp>;

/** What prospects object to. */
export const OBJECTION_GROUPS = [
  'price',
  'timing',
  'need',
  'trust',
  'authority',
  'competitor',
  'product',
  'effort',
  'contract',
  'other',
] as const;
export type ObjectionGroup = (typeof OBJECTION_GROUPS)[number];

/** Where an objection was logged. */
export const OBJECTION_SOURCES = ['check_in', 'touch', 'coaching', 'command'] as const;
export type ObjectionSource = (typeof OBJECTION_SOURCES)[number];

/** What a rep may want told. */
export const RECOGNISED = ['conversion', 'sharing', 'wins'] as const;
export type Recognised = (typeof RECOGNISED)[number];
