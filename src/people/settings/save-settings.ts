import { isDeepStrictEqual } from 'node:util';
import type { Deps } from '../../context.ts';
import { recordAct } from '../../db/audit.ts';
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { FieldProblems } from '../../input/problem.ts';
import { adminsWords } from '../names-view.ts';
import { hasNobody, isLookedUp } from '../set-up/rules.ts';
import {
  findPerson,
  lockWorkspace,
  type Roles,
  rolesOf,
  type Settings,
  saveDefaults,
  saveRoles,
  saveSetUpStep,
  workspaceOf,
} from '../store.ts';
import { tellNewLeaders } from './messages.ts';

/** The settings as they stand. */
export async function settingsOf(db: Db | Tx, workspaceId: string): Promise<Settings> {
  const { id: _, setUp: __, asked: ___, ...defaults } = await workspaceOf(db, workspaceId);
  return { ...(await rolesOf(db, workspaceId)), ...defaults };
}

/**
 * Somebody's right to the settings, looked up now.
 * @throws UserError `not_admin`, saying who the admins are; `not_known` while Slack hasn't told who they are.
 */
async function mustBeAdmin(db: Db | Tx, { workspaceId, userId }: PersonRef): Promise<void> {
  const person = await findPerson(db, { workspaceId, userId });
  if (person?.admin) return;
  if (person && !isLookedUp(person)) throw new UserError('not_known', NOT_KNOWN);
  const { admins } = await rolesOf(db, workspaceId);
  throw new UserError('not_admin', adminsWords(admins).mrkdwn);
}

/**
 * Stores the settings; everybody named in them must have been met. Returns how they were before.
 * @throws UserError `not_admin`; FieldProblems where they would leave nobody who leads or manages.
 */
export async function saveSettings(
  deps: SaveDeps,
  actor: PersonRef,
  settings: Settings,
): Promise<Settings> {
  return inTransaction(deps.db, async (tx) => {
    await lockWorkspace(tx, actor.workspaceId);
    await mustBeAdmin(tx, actor);
    const before = await settingsOf(tx, actor.workspaceId);
    if (hasNobody(settings) && !hasNobody(before)) throw new FieldProblems([LEFT_WITH_NOBODY]);
    await storeSettings(deps, tx, actor, { before, settings });
    return before;
  });
}

const NOT_KNOWN =
  'Slack hasn’t told Bigplan yet whether you are an admin here. Submit once more in a moment.';

type SaveDeps = Pick<Deps, 'db' | 'clock' | 'scheduler' | 'outbox'>;

const LEFT_WITH_NOBODY = {
  path: 'managers',
  problem: 'That leaves nobody who leads or manages: keep at least one person.',
};

async function storeSettings(
  { clock, scheduler, outbox }: SaveDeps,
  tx: Tx,
  actor: PersonRef,
  { before, settings }: { before: Roles; settings: Settings },
) {
  const { workspaceId } = actor;
  const { leaders, managers, admins, ...defaults } = settings;
  const at = clock.now();
  const by = { workspaceId, actorId: actor.userId, at };
  const was = await settingsOf(tx, workspaceId);
  await saveDefaults(tx, workspaceId, defaults, at);
  await saveRoles(tx, workspaceId, { leaders, managers, admins });
  await tellNewLeaders(outbox, tx, actor, { before: before.leaders, after: leaders, at });
  // Saved twice is changed once.
  if (!isDeepStrictEqual(was, await settingsOf(tx, workspaceId))) {
    await recordAct(tx, ...rolesChanged(before, settings).map((act) => ({ ...act, ...by })), {
      kind: 'settings_changed',
      ...by,
    });
  }
  await scheduler.rescheduleAll(tx, workspaceId);
}

const ROLES = { admins: 'admin', leaders: 'leader', managers: 'manager' } as const;

/** Who was given a role, and from whom one was taken. */
function rolesChanged(before: Roles, after: Roles) {
  return Object.entries(ROLES).flatMap(([list, role]) => {
    const [was, is] = [before[list as keyof Roles], after[list as keyof Roles]];
    return [
      ...is
        .filter((id) => !was.includes(id))
        .map((subjectId) => ({ kind: `${role}_given` as const, subjectId })),
      ...was
        .filter((id) => !is.includes(id))
        .map((subjectId) => ({ kind: `${role}_taken` as const, subjectId })),
    ];
  });
}

/**
 * Stores the first settings, from an admin of Slack's or one named where Bigplan is run; everybody named in them must
 * have been met. `late` where somebody else was first: then nothing is stored, and the actor isn't led through the
 * set-up again.
 * @throws UserError `not_admin`, `not_known`.
 */
export async function saveFirstSettings(
  deps: SaveDeps,
  actor: PersonRef,
  settings: Settings,
): Promise<'saved' | 'late'> {
  return inTransaction(deps.db, async (tx) => {
    const workspace = await lockWorkspace(tx, actor.workspaceId);
    const person = await findPerson(tx, actor);
    if (workspace.setUp && person?.setUpStep !== 'team') {
      await saveSetUpStep(tx, actor, 'done');
      return 'late';
    }
    // Theirs once more: whoever made somebody else the admin has no say in it by now.
    if (workspace.setUp && !person?.admin) return 'saved';
    await mustBeAdmin(tx, actor);
    const before = await rolesOf(tx, actor.workspaceId);
    await storeSettings(deps, tx, actor, { before, settings });
    await saveSetUpStep(tx, actor, 'team');
    return 'saved';
  });
}
