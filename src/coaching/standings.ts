/** How coaching stands with any number of reps: who and when, never what was said. */
import type { Deps } from '../context.ts';
import { coachOf, hoursNow } from './hour/hours-now.ts';
import type { HourStanding, HourTime } from './hour/week-rules.ts';

export interface CoachingStanding {
  /** Of this week's hour. */
  standing: HourStanding;
  /** When it is, on the manager's clocks; null: this week has none. */
  at: HourTime | null;
  isMoved: boolean;
  /** Nobody has said yet whether there are hours, and when. */
  isUnasked: boolean;
  /** Slack's user ids: of the manager, and of whoever holds the hours today. Null: nobody manages the rep. */
  managerId: string | null;
  coachId: string | null;
  /** The local date of the last one that was held, and days since; null: none was. */
  lastHeldOn: string | null;
  /** Today on the manager's clocks, to count from. */
  today: string;
}

/** This week's coaching hour by rep, in a few statements for any number of them. Who is gone isn't in it. */
export async function coachingStandings(
  deps: Pick<Deps, 'db' | 'encryption' | 'clock'>,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, CoachingStanding>> {
  const hours = await hoursNow(deps, workspaceId, repIds, deps.clock.now());
  return new Map(
    hours.map((one) => [
      one.rep.userId,
      {
        standing: one.standing,
        at: one.at,
        isMoved: Boolean(one.hour?.moved),
        isUnasked: one.manager !== null && one.rhythm === null,
        managerId: one.manager?.userId ?? null,
        coachId: coachOf(one),
        lastHeldOn: one.lastHeldOn,
        today: one.today,
      },
    ]),
  );
}
