/** By which rule the rows of each table end, or why they stay: a table that isn't here has neither. */

/** One row a person, team or workspace, or as many as somebody sets up: as many days as go by, it doesn't grow. */
const BOUNDED = 'one for each of those whom it is about';
/** What people enter or sign, and look back on: theirs until they or their workspace are forgotten. */
const HISTORY = 'history, until its person is forgotten';
const YEAR = '400 days (privacy/retention.ts)';

export const TABLE_ENDS: Readonly<Record<string, string>> = {
  ...over(BOUNDED, [
    ...['workspace', 'person', 'team', 'join_request', 'agenda', 'slack_pause', 'slack_pace'],
    ...['nudge_settings', 'home_shown', 'sync_consent', 'review_settings', 'brief_settings'],
    ...['coaching_rhythm', 'coaching_stand_in', 'recognition_settings', 'hand_off_card'],
    ...['hand_off_owner', 'catch_up', 'renewal_wait', 'installation', 'encryption_key'],
  ]),
  ...over(HISTORY, [
    ...['plan', 'plan_version', 'plan_event', 'time_off', 'activity_day', 'call_block_day'],
    ...['sdr_sync', 'episode', 'deal', 'pipeline_snapshot', 'leads_received', 'ask', 'review'],
    ...['review_ahead', 'review_answer', 'recovery_item', 'prospect', 'touch', 'prospect_step'],
    ...['commitment', 'engagement_week', 'coaching_hour', 'objection', 'onboarding_week'],
    ...['onboarding_look'],
  ]),
  delivery: YEAR,
  audit_log: YEAR,
  stashed: '100 days after it was shown last (db/stash.ts)',
  request_claim: '20 minutes (db/claims.ts)',
  slack_removal: 'once Slack has deleted it (privacy/removals.ts)',
  job: 'once it has run; what will never run is removed each tick (outbox/job-queue.ts)',
  _prisma_migrations: 'one for each migration',
};

function over(rule: string, tables: readonly string[]): Record<string, string> {
  return Object.fromEntries(tables.map((table) => [table, rule]));
}
