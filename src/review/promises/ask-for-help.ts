/** A rep asks their manager for help from where they say what is in the way. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { DatedStore, PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { readerOf } from '../../plan/access.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { ownersDays } from '../recovery/change-items.ts';
import { nextWorkedOn } from '../recovery/rules.ts';
import type { ItemOwner } from '../store.ts';
import { askingPair, makeAsk } from './ask.ts';
import { promisesScreen } from './show-promises.ts';
import { promisesView } from './view.ts';

/** So many days from today something is due where nobody says otherwise. */
const USUAL_DAYS = 7;

/** The local date by which it is due: one that its owner works. */
export async function usualDue(
  store: DatedStore,
  { actor, repId, owner }: { actor: PersonRef; repId: string; owner: ItemOwner },
): Promise<string> {
  const { timeZone } = readerOf(await askingPair(store.db, actor, repId));
  const { calendars } = await ownersDays(store, { ...actor, userId: repId });
  const today = localDateIn(timeZone, store.clock.now());
  return nextWorkedOn(calendars[owner], addDays(today, USUAL_DAYS));
}

/**
 * Asks, once for each id; the manager hears of it as of anything they are asked for. Returns the list, in which
 * it can be taken back.
 * @throws UserError `no_manager` at `help`.
 */
export async function askForHelp(
  context: Context,
  rep: PersonRef,
  { id, text }: { id: string; text: string },
): Promise<ModalView> {
  const repId = rep.userId;
  const { pair } = await askingPair(context.db, rep, repId);
  if (!pair.manager) {
    const problem = 'Nobody manages you at the moment, so nobody can be asked: leave this empty.';
    throw new UserError('no_manager', problem, 'help');
  }
  const due = await usualDue(context, { actor: rep, repId, owner: 'manager' });
  await makeAsk(context, rep, { id, repId }, { text, owner: 'manager', due });
  return promisesView(await promisesScreen(context, rep, null), 0);
}
