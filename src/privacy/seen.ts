import type { ModalView } from '@slack/types';
import type { Context } from '../context.ts';
import type { PersonRef } from '../db/store.ts';
import { meetPerson } from '../people/meet-person.ts';
import { localDateIn, wallTimeIn } from '../time/zone.ts';
import { type SeenDay, seenView } from './seen-view.ts';
import { looksAt } from './store.ts';

/** A modal holds so many with room to spare. */
const MOST_DAYS = 40;

/** Who has seen what is the actor's own, grouped by person and day of theirs. */
export async function whoHasSeen(context: Context, actor: PersonRef): Promise<ModalView> {
  const { timeZone, locale, metAt } = await meetPerson(context, actor);
  const days = new Map<string, SeenDay>();
  for (const { actorId: userId, kind, at } of await looksAt(context.db, actor)) {
    const { date, time } = wallTimeIn(timeZone, at);
    const key = `${date}:${userId}`;
    const known = days.get(key) ?? {
      userId,
      date,
      first: time,
      last: time,
      plan: false,
      standing: false,
    };
    days.set(key, {
      ...known,
      // They come newest first.
      first: time,
      plan: known.plan || kind === 'plan_seen',
      standing: known.standing || kind === 'standing_seen',
    });
  }
  const all = [...days.values()];
  const since = localDateIn(timeZone, metAt);
  return seenView(all.slice(0, MOST_DAYS), { locale, since, more: all.length > MOST_DAYS });
}
