/** When a manager hears on Mondays how their team stands: planned with each rep whose plan runs, sent once. */
import { managerInForce, planInForce } from '../../activity/plan-in-force.ts';
import type { Deps } from '../../context.ts';
import { keyFor } from '../../outbox/delivery.ts';
import type { Planner } from '../../scheduler/scheduler.ts';
import { addDays, mondayOf } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';

/** The scheduler's name for it. */
export const DIGEST = 'digest';
export const DIGEST_DELIVERY = 'team_digest';

const MORNING = '08:30';
/** Until then it is worth sending. */
const EVENING = '17:00';

export function digestPlanner(deps: Deps): Planner {
  return async (tx, rep, { after, now }) => {
    const store = { db: tx, encryption: deps.encryption, clock: deps.clock };
    const manager = await managerInForce(store, rep);
    const plan = manager && (await planInForce(store, rep));
    if (!manager || !plan || plan.zone.dateAt(now) > plan.work.period.end) return null;
    const zone = zoneOf(manager.timeZone);
    const monday = mondayOf(zone.dateAt(now));
    const at = zone.instantAt(monday, MORNING);
    if (at > now) return at;
    if (at > after) {
      const key = keyFor(manager, DIGEST_DELIVERY, monday);
      const sendBy = zone.instantAt(monday, EVENING);
      await deps.outbox.enqueue(tx, { ...key, subject: monday, dueAt: at, sendBy });
    }
    return zone.instantAt(addDays(monday, 7), MORNING);
  };
}
