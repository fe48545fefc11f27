/** The page of a team's due dates, and when somebody joined. */
import type { Context } from '../../context.ts';
import { recordSeen } from '../../db/audit.ts';
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
import { formatDate } from '../../slack/format.ts';
import type { SlackText } from '../../slack/text.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import type { PlanHooks } from '../hooks.ts';
import { duesOpen, joinedOpen } from '../ids.ts';
import { planDues } from './dues.ts';
import { duesView, joinedForm, joinedText, joinedView } from './dues-view.ts';
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
    const shows = { kind: 'standing_seen', repIds: rows.map(({ userId }) => userId) } as const;
    await recordSeen(context.db, actor, shows, clock.now());
    return duesView(rows, { locale: reader.locale, today, page: at, notice: notice?.(rows) });
  }

  async function ownDueView(actor: PersonRef, viewer: { locale: string; today: string }) {
    const due = (await planDues(context, actor.workspaceId, [actor.userId])).get(actor.userId);
    if (!due) throw new UserError('plan_gone', 'That is no longer here.');
    return joinedView({ userId: actor.userId, name: 'You', due }, viewer);
  }

  on.click(duesOpen, async ({ actor, value: at, by, showOver, showInstead }) => {
    const show = by === '' ? showOver : showInstead;
    await show(() => page(actor, at));
  });

  on.click(joinedOpen, async ({ actor, value: repId, showInstead, showOver }) => {
    const isOwn = repId === actor.userId;
    // What is typed in one's own settings stays under it.
    const show = isOwn ? showOver : showInstead;
    await show(async () => {
      const { locale } = await meetPerson(context, actor);
      const { name, joinedOn } = await mustSay(context.db, actor, repId);
      const style = styleWithoutMoney(locale);
      return joinedForm.view({ about: repId, style, raw: { joinedOn }, rev: repId, name, isOwn });
    });
  });

  on.submit(joinedForm, async ({ actor, about: repId, read }) => {
    const { locale, timeZone } = await meetPerson(context, actor);
    const { joinedOn } = read(styleWithoutMoney(locale));
    const today = localDateIn(timeZone, clock.now());
    if (joinedOn !== null && joinedOn > addDays(today, MOST_AHEAD)) throw new FieldProblems([FAR]);
    await sayJoined(context, actor, repId, joinedOn);
    changed(repId, actor);
    if (repId === actor.userId) return { update: await ownDueView(actor, { locale, today }) };
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
 * The same, where it may be said: by a rep of themselves once, while nobody has said it.
 * @throws UserError `said` where it was, and as `mustManage`.
 */
async function mustSay(db: Db | Tx, actor: PersonRef, repId: string): Promise<Person> {
  const rep = await mustManage(db, actor, repId);
  const isKnown = rep.joinedOn !== null || rep.wasHere;
  if (!isKnown || repId !== actor.userId) return rep;
  const when =
    rep.joinedOn === null
      ? 'you were here before'
      : `you joined on ${formatDate(rep.joinedOn, rep.locale, 'date')}`;
  throw new UserError(
    'said',
    `That was said already: ${when}. Your manager can change it: \`/bigplan team\`, then _Due dates_.`,
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
    const { wasHere, ...said } = await mustManage(tx, actor, repId);
    // Of a form that comes twice.
    if (said.joinedOn === joinedOn && (joinedOn !== null || wasHere)) return;
    await mustSay(tx, actor, repId);
    await saveJoined(tx, rep, joinedOn);
    await context.scheduler.reschedule(tx, rep);
  });
}
