/** The list of promises, read anew each time. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { managerOf, teamLedBy } from '../../people/store.ts';
import { localDateIn } from '../../time/zone.ts';
import { type PairIds, promisesFor, promisesOf } from './promises.ts';
import type { PromisesScreen } from './view.ts';

/**
 * What somebody sees of their promises. `of`: of one of their reps alone, by user id.
 * @throws UserError `not_yours` where that is nobody whom they manage.
 */
export async function promisesScreen(
  context: Context,
  actor: PersonRef,
  of: string | null,
): Promise<PromisesScreen> {
  const reader = await meetPerson(context, actor);
  const { workspaceId, timeZone } = reader;
  const manager = await managerOf(context.db, actor);
  const managerId = manager?.deactivated ? null : (manager?.userId ?? null);
  const team = await teamLedBy(context.db, actor);
  const members = (team?.members ?? []).filter(({ deactivated }) => !deactivated);
  const rep = of === null ? null : members.find(({ userId }) => userId === of);
  if (of !== null && of !== actor.userId && !rep) {
    throw new UserError(
      'not_yours',
      'What a rep and their manager promise each other is between the two of them.',
    );
  }
  const led = (rep ? [rep] : members).map(
    ({ userId }): PairIds => ({ repId: userId, managerId: actor.userId }),
  );
  const pairs = rep ? led : [{ repId: actor.userId, managerId }, ...led];
  return {
    reader: {
      userId: actor.userId,
      locale: reader.locale,
      today: localDateIn(timeZone, context.clock.now()),
    },
    promises: rep
      ? await promisesOf(context, workspaceId, pairs, timeZone)
      : await promisesFor(context, reader, pairs),
    ask: rep
      ? { repId: rep.userId, name: rep.name }
      : managerId !== null
        ? { repId: actor.userId, name: manager?.name ?? '' }
        : null,
    leads: members.length > 0,
    of: rep?.userId ?? null,
  };
}
