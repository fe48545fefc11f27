/** What picking and removing reps comes to, and where a question to one of them stands. */
import type { JoinRequest, Person } from '../store.ts';

export interface TeamChange {
  /** Reps who join at once. */
  join: string[];
  /** Reps who have to say yes first. */
  ask: string[];
  /** Reps who leave the team. */
  leave: string[];
}

/**
 * A manager who was appointed takes in reps without a team at once. Everybody else is asked: those of
 * a manager whom nobody appointed, and those who plan with somebody else now. Reps who are in the team
 * or were asked already are left alone, as are those removed who had left before.
 */
export function teamChange(
  { teamId, appointed, asked }: { teamId: string; appointed: boolean; asked: readonly string[] },
  added: readonly { userId: string; teamId: string | null }[],
  removed: readonly { userId: string; teamId: string | null }[],
): TeamChange {
  const ids = (people: readonly { userId: string }[]) => people.map(({ userId }) => userId);
  const newcomers = added.filter((rep) => rep.teamId !== teamId);
  const isFree = (rep: { teamId: string | null }) => appointed && rep.teamId === null;
  return {
    join: ids(newcomers.filter(isFree)),
    ask: ids(newcomers.filter((rep) => !isFree(rep) && !asked.includes(rep.userId))),
    leave: ids(removed.filter((rep) => rep.teamId === teamId)),
  };
}

/** Where a question to a rep stands, whoever presses one of its buttons. */
export type Standing =
  | 'pending'
  | 'joined'
  | 'declined'
  /** Taken back by the manager, or moot because the rep chose a team meanwhile. */
  | 'withdrawn'
  /** The manager can't answer any more. */
  | 'manager_left';

/** Of a question, with the team that the rep is in and the manager who asked, null where unknown. */
export function standingOf(
  { status, teamId }: Pick<JoinRequest, 'status' | 'teamId'>,
  rep: Pick<Person, 'teamId'> | null,
  manager: Pick<Person, 'deactivated'> | null,
): Standing {
  switch (status) {
    case 'pending':
    case 'declined':
      return status;
    case 'accepted':
      return rep?.teamId === teamId ? 'joined' : 'withdrawn';
    case 'withdrawn':
      return manager && !manager.deactivated ? 'withdrawn' : 'manager_left';
  }
}
