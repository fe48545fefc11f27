/** When what remains of a due plan is said to rep and manager: once each, in a message that changes. */
import type { Deps } from '../../context.ts';
import { findPerson, managerOf } from '../../people/store.ts';
import type { Planner } from '../../scheduler/scheduler.ts';
import { addDays } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';
import { dueDelivery, dueSubject, refreshTeamDues, teamDueDelivery } from './due-keys.ts';
import { dueDays } from './due-rules.ts';
import { planDues } from './dues.ts';

/** The scheduler's name for it. */
export const ROUND = 'plan_round';

const MORNING = '09:00';
/** So many days after the last one a word about it still helps. */
const LATE_DAYS = 14;

export function roundPlanner({ outbox }: Deps): Planner {
  return async (tx, who, { after, now }) => {
    const rep = await findPerson(tx, who);
    const manager = rep && !rep.deactivated ? await managerOf(tx, who) : null;
    if (!rep || !manager || manager.deactivated) return null;
    const clock = { now: () => now };
    const due = (await planDues({ db: tx, clock }, who.workspaceId, [who.userId])).get(who.userId);
    if (!due) return null;
    const zone = zoneOf(rep.timeZone);
    const days = dueDays(due);
    const at = (date: string) => zone.instantAt(date, MORNING);
    const sendBy = at(addDays(due.lastDay, LATE_DAYS));
    if (due.state !== 'signed' && now <= sendBy) {
      const isTime = (date: string) => at(date) <= now;
      if (isTime(due.tellOn))
        await outbox.enqueue(tx, { ...dueDelivery(who, due), dueAt: now, sendBy });
      if (isTime(days.manager)) {
        await outbox.enqueue(tx, { ...teamDueDelivery(manager, due), dueAt: now, sendBy });
      }
      if (days.all.some((date) => at(date) > after && at(date) <= now)) {
        await outbox.refresh(tx, { workspaceId: who.workspaceId, subject: dueSubject(who.userId) });
        await refreshTeamDues(outbox, tx, manager);
      }
    }
    const next = days.all.find((date) => at(date) > now);
    return next === undefined ? null : at(next);
  };
}
