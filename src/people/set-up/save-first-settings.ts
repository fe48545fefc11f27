import type { Deps } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { storeSettings } from '../settings/save-settings.ts';
import { findPerson, lockWorkspace, type Settings, saveSetUpStep } from '../store.ts';

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
