/**
 * Where people stand in the database: of every table, which rows are somebody's own, and which of its columns name
 * whoever did something to a row. What a person's export holds and what forgetting them takes away follow from it.
 */

export interface PersonalTable {
  table: string;
  /** What its rows are, in an export. */
  title: string;
  /** SQL: which rows `t` are the person's own (`$1` the workspace, `$2` the person); null: none are. */
  own: string | null;
  /** Columns that name people in rows which are somebody else's, and what they did there. */
  named: Readonly<Record<string, string>>;
  /** SQL: which rows an export holds; those that are the person's own where left out. */
  told?: string;
  /** SQL: which rows `t` are of the workspace `$1`. */
  inWorkspace: string;
  /** Its money: minor units of its plan's currency. */
  money: readonly string[];
  /** What of it an export holds; all that says something to people where left out. */
  only?: readonly string[];
}

const of = (column: string) => `t.workspace_id = $1 AND t.${column} = $2`;
const ofOneOf = (...columns: string[]) =>
  `t.workspace_id = $1 AND $2 IN (${columns.map((one) => `t.${one}`).join(', ')})`;
const ofPlan = (column: string) =>
  `t.${column} IN (SELECT id FROM plan WHERE workspace_id = $1 AND rep_id = $2)`;
const ofVersion =
  't.version_id IN (SELECT version.id FROM plan_version AS version JOIN plan ON plan.id = version.plan_id WHERE plan.workspace_id = $1 AND plan.rep_id = $2)';
const ofReview = 't.review_id IN (SELECT id FROM review WHERE workspace_id = $1 AND rep_id = $2)';
const ofProspect =
  't.prospect_id IN (SELECT id FROM prospect WHERE workspace_id = $1 AND rep_id = $2)';

const table = (
  name: string,
  title: string,
  own: string | null,
  {
    named = {},
    money = [],
    inWorkspace = 't.workspace_id = $1',
    only,
    told,
  }: Partial<PersonalTable> = {},
): PersonalTable => ({
  table: name,
  title,
  own,
  named,
  money,
  inWorkspace,
  ...(only && { only }),
  ...(told && { told }),
});

const ENTERED = { added_by: 'entered' };
const SETTLED = { done_by: 'ticked', created_by: 'written' };

/** In the order in which they are taken away: what hangs on a row before it. */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  table('plan_event', 'What happened with your plans', ofVersion, {
    named: { actor_id: 'signed, proposed or changed in a plan' },
    inWorkspace:
      't.version_id IN (SELECT version.id FROM plan_version AS version JOIN plan ON plan.id = version.plan_id WHERE plan.workspace_id = $1)',
  }),
  table('plan_version', 'Your plans, version by version', ofPlan('plan_id')),
  table('renewal_wait', 'Renewals that you want to be asked about later', ofPlan('plan_id')),
  table('review_answer', 'What you answered before your 1:1s', ofReview),
  table(
    'review_ahead',
    '1:1s that you were told of',
    `(t.workspace_id = $1 AND t.manager_id = $2) OR ${ofReview}`,
  ),
  table('recovery_item', 'Your recovery plans', of('rep_id'), { named: SETTLED }),
  table('review', 'Your 1:1s', of('rep_id'), {
    named: { moved_by: 'moved a 1:1', skipped_by: 'skipped a 1:1', closed_by: 'closed a 1:1' },
  }),
  table('review_settings', 'How your 1:1s are prepared', of('rep_id')),
  table('deal', 'Deals that you entered', of('rep_id'), { named: ENTERED, money: ['amount'] }),
  table('pipeline_snapshot', 'Your pipeline', of('rep_id'), {
    named: ENTERED,
    money: ['renewal', 'expansion', 'new_business'],
  }),
  table('leads_received', 'Leads that came to you', of('rep_id'), { named: ENTERED }),
  table('ask', 'What you and your manager asked of each other', of('rep_id'), { named: SETTLED }),
  table('plan', 'Your plans', of('rep_id')),
  table('prospect_step', 'How far your prospects came', ofProspect),
  table('touch', 'Your touches', of('rep_id'), { named: ENTERED }),
  table('prospect', 'Your prospects', of('rep_id')),
  table('objection', 'Objections that you logged', of('rep_id'), { named: ENTERED }),
  table('coaching_hour', 'Your coaching hours', of('rep_id'), {
    named: { settled_by: 'held a coaching hour, or said what became of it' },
  }),
  table('coaching_rhythm', 'When you are coached', of('rep_id'), {
    named: { picked_by: 'picked a coaching day' },
  }),
  table('coaching_stand_in', 'Who stands in for whom', ofOneOf('manager_id', 'stand_in_id')),
  table('onboarding_week', 'Your first weeks', of('rep_id'), {
    named: { confirmed_by: 'confirmed a new hire’s week' },
  }),
  table('onboarding_look', 'The looks back on your first days', of('rep_id'), {
    named: { held_by: 'held a look back with a new hire' },
  }),
  table('activity_day', 'What you did each day', of('person_id')),
  table('call_block_day', 'Your call blocks', of('person_id')),
  table('sdr_sync', 'Your syncs with SDRs', of('rep_id'), {
    named: { settled_by: 'said what became of a sync' },
  }),
  table('sync_consent', 'Who syncs with whom', ofOneOf('rep_id', 'partner_id')),
  table('time_off', 'Your time off', of('person_id'), { named: ENTERED }),
  table('episode', 'Notes about your pace', of('person_id')),
  table('catch_up', 'Your catch-up plans', of('person_id')),
  table('commitment', 'What you took on before others', of('owner_id'), { named: SETTLED }),
  table('hand_off_owner', 'That you keep the hand-off card', of('person_id')),
  table('hand_off_card', 'The hand-off card', null, {
    named: { updated_by: 'changed the hand-off card' },
  }),
  table('engagement_week', 'Engagement of a week', null, {
    named: { added_by: 'entered engagement' },
  }),
  table('brief_settings', 'The weekly sync brief', null, {
    named: {
      set_by: 'set up the weekly sync brief',
      marketing: 'answers for marketing',
      pr: 'answers for PR',
      sales: 'answers for sales',
    },
  }),
  table('recognition_settings', 'What may be told of your successes', of('person_id')),
  table('audit_log', 'Who did what about you, and what you did', null, {
    named: { actor_id: 'did something that is noted', subject_id: 'was meant by what is noted' },
    told: ofOneOf('actor_id', 'subject_id'),
  }),
  table('nudge_settings', 'How you want to be asked', of('person_id')),
  table('home_shown', 'Your Home', of('person_id')),
  table('stashed', 'What buttons of yours stand for', of('person_id')),
  table('agenda', 'When Bigplan looks what you should get', of('person_id')),
  table('delivery', 'Messages to you', of('person_id'), {
    only: ['kind', 'state', 'due_at', 'notified_at', 'problem', 'subject'],
  }),
  table(
    'join_request',
    'Who asked whom to plan together',
    '(t.workspace_id = $1 AND t.rep_id = $2) OR t.team_id IN (SELECT id FROM team WHERE workspace_id = $1 AND manager_id = $2)',
  ),
  table('team', 'Your team', of('manager_id')),
  table('person', 'You', of('user_id')),
];

/** What stands where somebody did something who was forgotten. */
export const FORGOTTEN = 'somebody who was forgotten';

/** Columns that say nothing to people: ids, and what Bigplan keeps for its own bookkeeping. */
const TECHNICAL: readonly string[] = [
  ...['id', 'workspace_id', 'person_id', 'rep_id', 'user_id', 'plan_id', 'version_id', 'review_id'],
  ...['prospect_id', 'paste_id', 'team_id', 'block_id', 'failures', 'retry_at', 'hash', 'digest'],
  ...['name_key', 'charts', 'refreshed_at', 'revision'],
];

/** What a column is called in an export; null where it stays out. */
export const columnTitle = (column: string): string | null =>
  TECHNICAL.includes(column) ? null : column.replaceAll('_', ' ');

/** Minor units as `24000.50 USD`. */
export function moneyText(minor: number, currency: string, digits: number): string {
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}
