import type { Deps } from '../../context.ts';
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { adminsWords } from '../names-view.ts';
import {
  findPerson,
  lockWorkspace,
  rolesOf,
  type Settings,
  saveDefaults,
  saveRoles,
  saveSetUpStep,
  workspaceOf,
} from '../store.ts';

/** The settings as they stand. */
export async function settingsOf(db: Db | Tx, workspaceId: string): Promise<Settings> {
  const { id: _, setUp: __, ...defaults } = await workspaceOf(db, workspaceId);
  return { ...(await rolesOf(db, workspaceId)), ...defaults };
}

/**
 * Somebody's right to the settings, looked up now.
 * @throws UserError `not_admin`, saying who the admins are.
 */
async function mustBeAdmin(db: Db | Tx, { workspaceId, userId }: PersonRef): Promise<void> {
  const person = await findPerson(db, { workspaceId, userId });
  if (person?.admin) return;
  const { admins } = await rolesOf(db, workspaceId);
  throw new UserError('not_admin', adminsWords(admins).mrkdwn);
}

/**
 * Stores the settings; everybody named in them must have been met. Returns how they were before.
 * @throws UserError `not_admin`.
 */
export async function saveSettings(
  { db, clock, scheduler }: Pick<Deps, 'db' | 'clock' | 'scheduler'>,
  actor: PersonRef,
  settings: Settings,
): Promise<Settings> {
  return inTransaction(db, async (tx) => {
    await lockWorkspace(tx, actor.workspaceId);
    await mustBeAdmin(tx, actor);
    const before = await settingsOf(tx, actor.workspaceId);
    await storeSettings(tx, actor.workspaceId, settings, clock.now());
    await scheduler.rescheduleAll(tx, actor.workspaceId);
    return before;
  });
}

async function storeSettings(tx: Tx, workspaceId: string, settings: Settings, now: Date) {
  const { leaders, managers, admins, ...defaults } = settings;
  const roles = { leaders, managers, admins };
  await saveDefaults(tx, workspaceId, defaults, now);
  await saveRoles(tx, workspaceId, roles);
}

/**
 * Stores the first settings, from anybody; everybody named in them must have been met. `late` where
 * somebody else was first: then nothing is stored, and the actor isn't led through the set-up again.
 */
export async function saveFirstSettings(
  { db, clock, scheduler }: Pick<Deps, 'db' | 'clock' | 'scheduler'>,
  actor: PersonRef,
  settings: Settings,
): Promise<'saved' | 'late'> {
  return inTransaction(db, async (tx) => {
    const workspace = await lockWorkspace(tx, actor.workspaceId);
    const person = await findPerson(tx, actor);
    if (workspace.setUp && person?.setUpStep !== 'team') {
      await saveSetUpStep(tx, actor, 'done');
      return 'late';
    }
    // Theirs once more: whoever made somebody else the admin has no say in it by now.
    if (workspace.setUp && !person?.admin) return 'saved';
    await storeSettings(tx, actor.workspaceId, settings, clock.now());
    await scheduler.rescheduleAll(tx, actor.workspaceId);
    await saveSetUpStep(tx, actor, 'team');
    return 'saved';
  });
}
