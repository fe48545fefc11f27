import { inTransaction } from '../../db/transaction.ts';
import type { Actor, PeopleDeps } from '../deps.ts';
import type { Settings } from '../schemas.ts';
import { storeSettings } from '../settings/save-settings.ts';
import {
  findPerson,
  lockWorkspace,
  type Person,
  type SetUpStep,
  saveSetUpStep,
  type Workspace,
} from '../store.ts';

/**
 * Where somebody is to be led before anything else: to the settings while nobody has saved them and
 * they haven't skipped; to their team once they have saved them; `null` where nothing is left to do.
 */
export function needsSetUp(
  workspace: Pick<Workspace, 'setUp'>,
  person: Pick<Person, 'setUpStep'>,
): Exclude<SetUpStep, 'done'> | null {
  if (person.setUpStep === 'team') return 'team';
  return person.setUpStep === 'settings' && !workspace.setUp ? 'settings' : null;
}

/**
 * Stores the first settings, from anybody; everybody named in them must have been met. `late` where
 * somebody else was first: then nothing is stored, and the actor isn't led through the set-up again.
 */
export async function saveFirstSettings(
  { db, clock, scheduler }: Pick<PeopleDeps, 'db' | 'clock' | 'scheduler'>,
  actor: Actor,
  settings: Settings,
): Promise<'saved' | 'late'> {
  return inTransaction(db, async (tx) => {
    const workspace = await lockWorkspace(tx, actor.workspaceId);
    const person = await findPerson(tx, actor.workspaceId, actor.userId);
    const isSecondTry = person?.setUpStep === 'team' && person.admin;
    if (workspace.setUp && !isSecondTry) {
      await saveSetUpStep(tx, actor, 'done');
      return 'late';
    }
    await storeSettings(tx, actor.workspaceId, settings, clock.now());
    await scheduler.rescheduleAll(tx, actor.workspaceId);
    await saveSetUpStep(tx, actor, 'team');
    return 'saved';
  });
}
