/** The page of a team's due dates, and when somebody joined. */
import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { FieldProblems } from '../../input/problem.ts';
import { findManagedRep } from '../../people/find-managed-rep.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { type Person, saveJoined } from '../../people/store.ts';
import type { SlackText } from '../../slack/text.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import type { PlanHooks } from '../hooks.ts';
import { duesOpen, joinedOpen } from '../ids.ts';
import { duesView, joinedForm, joinedText } from './dues-view.ts';
import { teamDues } from './messages.ts';

export function listenToDues(context: Context, { changed }: Pick<PlanHooks, 'changed'>): void {
  const { on, clock } = context;

  async function page(
    actor: PersonRef,
    at: number,
    notice?: (rows: Rows) => SlackText | undefined,
  ) {
    const reader = await meetPerson(context, actor);
    const rows = await teamDues(context, reader);
    const today = localDateIn(reader.timeZone, clock.now());
    return duesView(rows, { locale: reader.locale, today, page: at, notice: notice?.(rows) });
  }

  on.click(duesOpen, async ({ actor, value: at, by, showOver, showInstead }) => {
    const show = by === '' ? showOver : showInstead;
    await show(() => page(actor, at));
  });

  on.click(joinedOpen, async ({ actor, value: repId, showInstead }) => {
    await showInstead(async () => {
      const { locale } = await meetPerson(context, actor);
      const { name, joinedOn } = await mustManage(context.db, actor, repId);
      const style = styleWithoutMoney(locale);
      return joinedForm.view({ about: repId, style, raw: { joinedOn }, rev: repId, name });
    });
  });

  on.submit(joinedForm, async ({ actor, about: repId, read }) => {
    const { locale, timeZone } = await meetPerson(context, actor);
    const { joinedOn } = read(styleWithoutMoney(locale));
    const today = localDateIn(timeZone, clock.now());
    if (joinedOn !== null && joinedOn > addDays(today, MOST_AHEAD)) throw new FieldProblems([FAR]);
    await sayJoined(context, actor, repId, joinedOn);
    changed(repId, actor);
    return {
      update: await page(actor, 0, (rows) => {
        const row = rows.find(({ userId }) => userId === repId);
        return row && joinedText(row, { locale, today });
      }),
    };
  });
}

type Rows = Awaited<ReturnType<typeof teamDues>>;

/** Somebody may be said to join so many days from now at most. */
const MOST_AHEAD = 180;
const FAR = {
  path: 'joinedOn',
  problem: 'That is over half a year ahead: say it once it is nearer.',
};

/** @throws UserError `not_yours` where they neither are the actor nor plan with them. */
async function mustManage(db: Db | Tx, actor: PersonRef, repId: string): Promise<Person> {
  const rep = await findManagedRep(db, actor, repId);
  if (rep) return rep;
  throw new UserError(
    'not_yours',
    'Only the manager whom they plan with can say when they joined.',
  );
}

/**
 * Keeps when a rep joined (a local date; null: they were here before); what is due of them follows from it.
 * @throws UserError `not_yours`.
 */
async function sayJoined(
  context: Context,
  actor: PersonRef,
  repId: string,
  joinedOn: string | null,
): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const rep = { workspaceId: actor.workspaceId, userId: repId };
    await lockPerson(tx, rep);
    await mustManage(tx, actor, repId);
    await saveJoined(tx, rep, joinedOn);
    await context.scheduler.reschedule(tx, rep);
  });
}
