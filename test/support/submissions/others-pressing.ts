/** What others' presses come to: who may do what with whose buttons, in one table; and in which scenes they stand. */
import type { Other } from './others.ts';

const LEADERS = ['leader', 'admin'] as const;

/**
 * Who may change what isn't theirs by which button, beside those of whom it is: of the workspace as a whole. Nobody else
 * changes anything, whatever they press.
 */
export const MAY_PRESS: Record<string, readonly Other[]> = {
  commitment_done: LEADERS,
  commitment_menu: LEADERS,
  commitment_put_back: LEADERS,
  commitment_undone: LEADERS,
  engagement_put_back: LEADERS,
  engagement_undo: LEADERS,
  hand_off_true: LEADERS,
  // A first plan, of their own.
  home_start: ['colleague', 'manager', 'leader', 'admin'],
};

/** Who is shown of others what they didn't see where they pressed: leaders, what somebody took on before others. */
export const MAY_READ: Record<string, readonly Other[]> = {
  commitment_open: LEADERS,
};

/** By the scenario that leads to it: what can be pressed before its form is submitted, and after. */
export const SCENES: Record<string, readonly ('before' | 'after')[]> = {
  'the first settings': ['before', 'after'],
  'the first team of an appointed manager': ['after'],
  'the workspace’s settings': ['before'],
  'an appointed manager’s rep joins': ['after'],
  'somebody’s rep is asked': ['after'],
  'when a rep joined': ['after'],
  'the first step, which begins the plan’s figures': ['before', 'after'],
  'a row is added': ['before', 'after'],
  'the review, which proposes the plan': ['before', 'after'],
  'a deal is recorded': ['before', 'after'],
  'pipeline is recorded': ['after'],
  'leads are recorded': ['after'],
  'a day is logged': ['before', 'after'],
  'a day is logged from its check-in': ['before', 'after'],
  'a call block is skipped': ['before', 'after'],
  'a sync is skipped': ['before'],
  'a block’s calls are counted into its day': ['before'],
  'a rep enters time off': ['after'],
  'a manager enters their rep’s time off': ['before'],
  'what is in the way': ['before'],
  'what would help is asked of the manager': ['after'],
  'what a new hire’s week is about': ['after'],
  'the hand-off card is written': ['after'],
  'a touch is noted': ['after'],
  'touches are pasted': ['after'],
  'a prospect is changed': ['before'],
  'an hour is logged from the list': ['before', 'after'],
  'a rep says what to talk about': ['before'],
  'somebody is asked to stand in': ['after'],
  'an objection is logged': ['after'],
  'engagement is said': ['after'],
  'a leader answers a cause': ['after'],
  'the answers are sent, which opens the review': ['before', 'after'],
  'a 1:1 is moved from the schedule': ['before'],
  'a 1:1 is skipped': ['after'],
  'something is agreed on': ['before', 'after'],
};

/** `rep`: whose scene it is. */
type Written = (carried: string, rep: string) => string;
const same: Written = (carried) => carried;
const first = (carried: string) => carried.split(':')[0] ?? '';
const second = (carried: string) => carried.split(':')[1] ?? '';
const ofRep: Written = (_, rep) => rep;
const nothing: Written = () => '';
const page: Written = () => '0';
const json =
  (write: (rep: string) => object): Written =>
  (_, rep) =>
    JSON.stringify(write(rep));
const ID = '01932f6e-0000-7000-8000-000000000009';
const NONE = { kind: null, renewal: null, account: null, amount: null, date: null };
const TOUCH = { name: 'Initech', kind: 'call', subject: null, date: '2027-03-01' };

/** What stands somewhere at another time, pressed beside another button that carries the same thing, or leads to it. */
export const BESIDE: Record<string, readonly [beside: string, write: Written]> = {
  actuals_same: ['actuals_update', same],
  away_cancel_days: ['away_cancel', (id) => `${id}:2027-03-01:2027-03-31`],
  away_enter: [
    'away_cancel',
    json((person) => ({
      person,
      days: [{ from: '2027-05-03', to: '2027-05-04', share: 1, hours: null }],
    })),
  ],
  away_open: ['away_cancel', nothing],
  charts_open: ['deal_edit', ofRep],
  coach_move_open: ['coach_log_open', same],
  coach_none: ['coach_log_open', nothing],
  coach_own_open: ['coach_log_open', nothing],
  coach_page: ['coach_menu', page],
  coach_reopen: ['coach_log_open', same],
  coach_skip_open: ['coach_log_open', same],
  command_again: ['deal_edit', () => 'status'],
  commitment_menu: ['commitment_done', (id) => `remove:${id}`],
  commitment_put_back: ['commitment_done', same],
  commitment_undone: ['commitment_done', same],
  day_log_read: ['day_log', same],
  deal_add: ['deal_edit', ofRep],
  deal_list: ['deal_edit', (_, rep) => `${rep}:0`],
  deal_menu: ['deal_edit', (id, rep) => `undo:${id}:${rep}:0`],
  deal_open: ['deal_edit', json((rep) => ({ rep, values: NONE }))],
  deal_put_back: ['deal_undo', same],
  engagement_put_back: ['engagement_undo', same],
  hand_off_leave: ['hand_off_true', nothing],
  home_leader_page: ['home_start', page],
  home_team_page: ['home_start', page],
  leads_add: ['leads_edit', ofRep],
  leads_put_back: ['leads_undo', same],
  nudge_resume: ['nudge_pause', nothing],
  objection_menu: ['objection_remove', (id) => `remove:${id}`],
  objection_put_back: ['objection_remove', same],
  onboarding_confirm: ['onboarding_week', same],
  onboarding_look: ['onboarding_week', (carried) => `${first(carried)}:30`],
  onboarding_look_undo: ['onboarding_week', (carried) => `${first(carried)}:30`],
  onboarding_reopen: ['onboarding_week', same],
  pace_catch_up_stop: ['pace_catch_up', same],
  pace_changed_open: ['pace_catch_up', same],
  pace_keep: ['pace_catch_up', same],
  pace_tell_manager: ['pace_catch_up', same],
  people_page: ['people_take_back', page],
  people_zone: ['day_log', () => 'Europe/Berlin'],
  people_zone_open: ['day_log', nothing],
  pipeline_add: ['pipeline_edit', ofRep],
  pipeline_put_back: ['pipeline_undo', same],
  plan_bring_back: ['plan_agree', same],
  plan_change: ['plan_agree', same],
  plan_close: ['plan_agree', same],
  plan_compare: ['plan_agree', first],
  plan_drop: ['plan_agree', same],
  plan_drop_typed: ['plan_go_to', nothing],
  plan_next: ['plan_agree', same],
  plan_page: ['plan_go_to', page],
  plan_use_x: ['plan_go_to', () => '4'],
  privacy_seen: ['day_log', nothing],
  promises_page: ['promise_tick ask', page],
  prospect_restore: ['prospect_menu done', (carried) => `${second(carried)}:lost:0`],
  prospect_settle: ['prospect_menu done', (carried) => `lost:${second(carried)}:2027-03-05`],
  prospects_page: ['prospect_menu done', page],
  recovery_add_this: ['recovery_add', same],
  recovery_page: ['recovery_add', page],
  recovery_put_back: ['recovery_done', same],
  recovery_undone: ['recovery_done', same],
  renewal_later_open: ['actuals_update', (carried) => `${first(carried)}:acme`],
  renewal_lost: ['actuals_update', (carried) => `${first(carried)}:acme`],
  renewal_won: ['actuals_update', (carried) => `${first(carried)}:acme`],
  review_answer_use: ['review_answer_go', same],
  review_causes: ['review_month_menu move', page],
  review_pick_rep: ['review_month_menu move', ofRep],
  review_read_whys: ['recovery_open', same],
  review_reopen: ['recovery_open', same],
  send_again: ['recovery_open', () => ID],
  silence_keep: ['nudge_pause', nothing],
  silence_pause: ['nudge_pause', nothing],
  touch_batch: ['touch_edit', json((rep) => ({ id: ID, rep, text: 'Initech, call', picks: {} }))],
  touch_menu: ['touch_edit', (id) => `undo:${id}`],
  touch_open: ['touch_edit', json((rep) => ({ ...TOUCH, rep }))],
  touch_paste_put_back: [
    'touch_paste_undo',
    (id, rep) => JSON.stringify({ id, rep, touches: [], prospects: [] }),
  ],
  touch_put_back: ['touch_edit', (id, rep) => JSON.stringify({ ...TOUCH, id, rep })],
  worth_asked: ['deal_edit', json(() => ({ amount: 1, layer: null, account: null, date: null }))],
};
