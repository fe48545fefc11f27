/** Every column that holds encrypted text, and whose value each is: what a change of keys has to go through. */

export interface SealedColumn {
  table: string;
  column: string;
  /** SQL of the row `t`: what its value was sealed with (see `EncryptionContext`). */
  workspaceId: string;
  userId: string;
  field: string;
  /** Tables that these are read from besides, joined to `t`. */
  joined?: string;
  /** SQL of which rows are sealed; all that hold something where left out. */
  where?: string;
}

/** Whose a row is; nobody's: the workspace's. */
const OF_PERSON = { workspaceId: 't.workspace_id', userId: 't.person_id' };
const OF_REP = { workspaceId: 't.workspace_id', userId: 't.rep_id' };
const OF_WORKSPACE = { workspaceId: 't.workspace_id', userId: `''` };

const VERSION_PLAN = 'JOIN plan ON plan.id = version.plan_id';
const OF_PLAN = { workspaceId: 'plan.workspace_id', userId: 'plan.rep_id' };
const planVersion = (column: string): SealedColumn => ({
  table: 'plan_version',
  column,
  ...OF_PLAN,
  field: `'${column}:' || t.id`,
  joined: 'JOIN plan ON plan.id = t.plan_id',
});
const planEvent = (column: string, name: string): SealedColumn => ({
  table: 'plan_event',
  column,
  ...OF_PLAN,
  field: `'${name}:' || version.id`,
  joined: `JOIN plan_version AS version ON version.id = t.version_id ${VERSION_PLAN}`,
});
const review = (column: string): SealedColumn => ({
  table: 'review',
  column,
  ...OF_REP,
  field: `'${column}:' || t.id`,
});
const reviewAnswer = (column: string): SealedColumn => ({
  table: 'review_answer',
  column,
  workspaceId: 'review.workspace_id',
  userId: 'review.rep_id',
  field: `'${column}:' || review.id || ':' || t.kpi`,
  joined: 'JOIN review ON review.id = t.review_id',
});
const coachingHour = (column: string): SealedColumn => ({
  table: 'coaching_hour',
  column,
  ...OF_REP,
  field: `'coaching:${column}:' || t.id`,
});
const objection = (column: string): SealedColumn => ({
  table: 'objection',
  column,
  ...OF_REP,
  field: `'objection:${column}:' || t.id`,
});
/** Of messages those that keep what somebody wrote until it is answered. */
const delivery = (kind: string, name: string): SealedColumn => ({
  table: 'delivery',
  column: 'subject',
  ...OF_PERSON,
  field: `'${name}:' || t.key`,
  where: `t.kind = '${kind}'`,
});

const installation = (column: string, field: string): SealedColumn => ({
  table: 'installation',
  column,
  workspaceId: 't.id',
  userId: `''`,
  field: `'${field}'`,
});

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  planVersion('personal'),
  planVersion('words'),
  planVersion('typed'),
  planEvent('comment', 'comment'),
  planEvent('draft', 'proposed'),
  { table: 'nudge_settings', column: 'why', ...OF_PERSON, field: `'why'` },
  { table: 'activity_day', column: 'note', ...OF_PERSON, field: `'note:' || t.date` },
  { table: 'episode', column: 'note', ...OF_PERSON, field: `'episode:' || t.id` },
  { table: 'ask', column: 'text', ...OF_REP, field: `'ask:' || t.id` },
  review('reason'),
  review('asked'),
  review('card'),
  reviewAnswer('words'),
  reviewAnswer('proposal'),
  { table: 'recovery_item', column: 'text', ...OF_REP, field: `'item:' || t.id` },
  { table: 'touch', column: 'subject', ...OF_REP, field: `'touch:' || t.id` },
  { table: 'hand_off_card', column: 'words', ...OF_WORKSPACE, field: `'hand_off_card'` },
  { table: 'commitment', column: 'text', ...OF_WORKSPACE, field: `'commitment:' || t.id` },
  { table: 'engagement_week', column: 'mentions', ...OF_WORKSPACE, field: `'mentions:' || t.week` },
  coachingHour('reason'),
  coachingHour('topic'),
  coachingHour('which'),
  coachingHour('link'),
  coachingHour('heard'),
  coachingHour('tweak'),
  objection('words'),
  objection('answer'),
  { table: 'onboarding_week', column: 'words', ...OF_REP, field: `'onboarding:' || t.week` },
  { table: 'stashed', column: 'what', ...OF_PERSON, field: `'stashed'` },
  installation('token', 'bot_token'),
  installation('refresh_token', 'refresh_token'),
  delivery('words_back', 'words'),
  delivery('dm_answer', 'asked'),
  delivery('person_forgotten', 'forgotten'),
  delivery('manager_forgotten', 'forgotten'),
];
