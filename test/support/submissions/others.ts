/** Other people in the workspace, one of each role, and what a form of somebody else's comes to in their hands. */

import type { TestApp } from '../app.ts';
import { TEAM } from '../slack.ts';
import type { World } from './state.ts';

/** By role: each has nothing to do with whoever opened the form, but for what their role allows. */
export const OTHERS = {
  colleague: 'U0OTHERREP',
  manager: 'U0OTHERMANAGER',
  leader: 'U0OTHERLEADER',
  admin: 'U0OTHERADMIN',
  guest: 'U0OTHERGUEST',
} as const;
export type Other = keyof typeof OTHERS;
export const ROLES = Object.keys(OTHERS) as Other[];

/** Adds them to the workspace, known to Slack and to Bigplan. */
export async function addOthers({ slack, db, clock }: TestApp): Promise<void> {
  for (const [role, userId] of Object.entries(OTHERS)) {
    const isGuest = role === 'guest';
    slack.addPerson(userId, { name: `Other ${role}`, isGuest });
    await db.person.create({
      data: {
        workspaceId: TEAM,
        userId,
        name: `Other ${role}`,
        timeZone: 'America/New_York',
        locale: 'en-US',
        outsider: isGuest,
        admin: role === 'admin',
        leader: role === 'leader',
        manager: role === 'manager',
        setUpStep: 'done',
        refreshedAt: clock.now(),
      },
    });
  }
  await db.team.create({ data: { workspaceId: TEAM, managerId: OTHERS.manager } });
}

/** What is noted of requests, screens and messages on their way, and when to look next at what somebody gets. */
const OF_SCREENS = new Set([
  'request_claim',
  'stashed',
  'home_shown',
  'agenda',
  'audit_log',
  'slack_pace',
]);

/** Whether more is otherwise than that somebody was there, which is in nobody's way. */
export function isOther(before: World, after: World): boolean {
  const [then, now] = [before, after].map(({ rows }) =>
    JSON.stringify([...rows].filter(([table]) => !OF_SCREENS.has(table) && table !== 'person')),
  );
  return then !== now;
}

/** The rows that `userId` has changed, made or deleted which are not theirs alone. */
export function touched(before: World, after: World, userId: string): string[] {
  return [...after.rows]
    .filter(([table]) => !OF_SCREENS.has(table))
    .flatMap(([table, rows]) => {
      const known = new Set(tellingOf(table, before.rows.get(table) ?? []));
      const now = new Set(tellingOf(table, rows));
      const made = [...now].filter((row) => !known.has(row));
      const gone = [...known].filter((row) => !now.has(row));
      return [...made, ...gone]
        .filter((row) => !isOwn(row, userId))
        .map((row) => `${table}: ${row}`);
    });
}

/**
 * Of people what they may do: that Bigplan has met somebody is nobody's doing. Of a workspace not how many of it are
 * asked, which is counted daily.
 */
function tellingOf(table: string, rows: readonly string[]): readonly string[] {
  if (table === 'workspace') {
    return rows.map((row) => {
      const { asked: _, asked_counted_at: __, ...settings } = JSON.parse(row);
      return JSON.stringify(settings);
    });
  }
  if (table !== 'person') return rows;
  return rows.flatMap((row) => {
    const { user_id, admin, leader, manager, team_id } = JSON.parse(row);
    const may = { admin, leader, manager, team_id };
    return Object.values(may).some(Boolean) ? [JSON.stringify({ user_id, ...may })] : [];
  });
}

/** Whether a row names nobody but them; one that names nobody is everybody's. */
function isOwn(row: string, userId: string): boolean {
  const named = new Set(row.match(/\bU0\w+/g) ?? []);
  return named.size === 1 && named.has(userId);
}

const MEMBERS: readonly Other[] = ['colleague', 'manager', 'leader', 'admin'];

/**
 * Who may submit which form, beside those of whom it is: of the workspace as a whole, of their own team (whoever
 * they pick is asked), and about themselves.
 */
const FOR: Record<string, readonly Other[]> = {
  brief_form: ['leader', 'admin'],
  commitment_form: ['leader', 'admin'],
  forget_me: ROLES,
  hand_off_keepers_form: ['leader', 'admin'],
  people_settings: ['admin'],
  people_team: MEMBERS,
  people_welcome: ['admin'],
  people_welcome_team: MEMBERS,
};

/** `form role`, sorted. */
export const whatIsFor = (): string[] =>
  Object.entries(FOR)
    .flatMap(([form, roles]) => roles.map((role) => `${form} ${role}`))
    .sort();

export const isFor = (form: string, role: Other): boolean => FOR[form]?.includes(role) ?? false;

/** Takes from everybody what they were, and from every team its people: as where it changes while a form is open. */
export async function unmakeRoles({ slack, db }: TestApp): Promise<void> {
  for (const [id, person] of slack.people) slack.addPerson(id, { ...person, isAdmin: false });
  await db.person.updateMany({
    data: { admin: false, slackAdmin: false, leader: false, manager: false, teamId: null },
  });
  await db.handOffOwner.deleteMany();
}

/** Forms about somebody's own plan, team or data, which stay theirs whatever they are no longer. */
export const OF_ONES_OWN: readonly string[] = [
  'forget_me',
  'pace_hours',
  'people_team',
  'people_welcome_team',
  'plan_paste',
  'plan_row',
  'plan_step',
  'prospect_form',
  'renewal_later',
  'review_answers',
  'review_move',
];
