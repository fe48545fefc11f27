/** What Bigplan says by itself about plans that are due. */
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { findPerson, managerOf, type Person, teamLedBy } from '../../people/store.ts';
import { localDateIn } from '../../time/zone.ts';
import { DUE, TEAM_DUE } from './due-keys.ts';
import type { PlanDue } from './due-rules.ts';
import { planDues } from './dues.ts';
import { type DueRow, dueMessage, teamDueMessage } from './dues-view.ts';

interface Told {
  reader: Person;
  /** Local date of the reader. */
  today: string;
}

export const dueMessages = (context: Context): MessageKind[] => [
  ownDueKind(context),
  teamDueKind(context),
];

const isOpen = ({ state }: PlanDue) => state === 'soon' || state === 'overdue';

/** To a rep: what remains until their plan is signed. Their next one has a message of its own. */
const ownDueKind = (context: Context) =>
  messageKind<Told & { due: PlanDue; managerId: string | null }>({
    kind: DUE,
    weight: 'timely',
    isKept: true,
    async load({ reader, key }) {
      const { db, clock } = context;
      const person = await findPerson(db, reader);
      const due = (await planDues(context, reader.workspaceId, [reader.userId])).get(reader.userId);
      if (!person || person.deactivated || due?.dueOn !== key) return null;
      const manager = await managerOf(db, reader);
      const today = localDateIn(person.timeZone, clock.now());
      return { reader: person, today, due, managerId: manager?.userId ?? null };
    },
    isDue: ({ due, managerId }) => isOpen(due) && managerId !== null,
    render: ({ due, managerId, reader: { userId, locale }, today }) =>
      dueMessage(due, { userId, managerId, locale, today }),
  });

/** To a manager: whose plans are due on a date, and what remains of each. */
const teamDueKind = (context: Context) =>
  messageKind<Told & { dueOn: string; rows: DueRow[] }>({
    kind: TEAM_DUE,
    weight: 'timely',
    isKept: true,
    async load({ reader, key: dueOn }) {
      const person = await findPerson(context.db, reader);
      if (!person || person.deactivated) return null;
      const rows = (await teamDues(context, person)).filter(({ due }) => due.dueOn === dueOn);
      const today = localDateIn(person.timeZone, context.clock.now());
      return rows.length > 0 ? { reader: person, today, dueOn, rows } : null;
    },
    isDue: ({ rows }) => rows.some(({ due }) => isOpen(due)),
    shows: ({ rows }) => ({ kind: 'standing_seen', repIds: rows.map(({ userId }) => userId) }),
    render: ({ rows, dueOn, today, reader: { locale } }) =>
      teamDueMessage(rows, { dueOn, today, locale }),
  });

/** The plans that are due of those whom somebody manages. */
export async function teamDues(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  manager: Person,
): Promise<DueRow[]> {
  const team = await teamLedBy(db, manager);
  const reps = (team?.members ?? []).filter(({ deactivated }) => !deactivated);
  const ids = reps.map(({ userId }) => userId);
  const dues = await planDues({ db, clock }, manager.workspaceId, ids);
  return reps.flatMap(({ userId, name }) => {
    const due = dues.get(userId);
    return due ? [{ userId, name, due }] : [];
  });
}
