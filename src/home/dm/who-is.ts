import type { Context } from '../../context.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import { findOwnPlan } from '../../plan/open-plan.ts';

/** What somebody is here; nothing of it: nobody yet. */
export interface ReaderRoles {
  rep: boolean;
  manager: boolean;
  leader: boolean;
  admin: boolean;
}

export async function whoIs(
  deps: Pick<Context, 'db' | 'encryption' | 'clock'>,
  person: Person,
): Promise<ReaderRoles> {
  const team = await teamLedBy(deps.db, person);
  return {
    rep: (await findOwnPlan(deps, person)) !== null,
    manager: person.manager || (team?.members.length ?? 0) > 0,
    leader: person.leader,
    admin: person.admin,
  };
}
