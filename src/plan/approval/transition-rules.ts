/** The road of a version to its two signatures (spec A2), as a table of who may move when. */
import type { VersionStatus } from '../store.ts';

export type Transition =
  | 'edit'
  | 'propose'
  | 'take_back'
  | 'ask_for_changes'
  | 'agree'
  | 'start_change'
  | 'drop'
  | 'bring_back'
  | 'close';

export interface Position {
  status: VersionStatus;
  /** Who proposed it last; null where nobody has. */
  proposedBy: string | null;
  repId: string;
  managerId: string | null;
}

/** Why a move cannot be made; each has its own words in on-version.ts. */
export type TransitionRefusal =
  | 'already_proposed'
  | 'already_agreed'
  | 'over'
  | 'not_proposed'
  | 'own_proposal'
  | 'not_own_proposal'
  | 'proposer_left'
  | 'no_manager'
  | 'not_agreed'
  | 'dropped'
  | 'not_dropped';

/** Null where the move may be made by `actorId`, who is known to be one of the pair. */
export function refusal(move: Transition, at: Position, actorId: string): TransitionRefusal | null {
  if (at.status === 'superseded' || at.status === 'closed') return 'over';
  if (at.status === 'dropped') return move === 'bring_back' ? null : 'dropped';
  const proposerStays = at.proposedBy === at.repId || at.proposedBy === at.managerId;
  switch (move) {
    case 'edit':
    case 'propose':
      if (at.status === 'agreed') return 'already_agreed';
      if (at.status === 'proposed') return 'already_proposed';
      return move === 'propose' && at.managerId === null ? 'no_manager' : null;
    case 'take_back':
      if (at.status === 'agreed') return 'already_agreed';
      if (at.status !== 'proposed') return 'not_proposed';
      return at.proposedBy === actorId || !proposerStays ? null : 'not_own_proposal';
    case 'ask_for_changes':
    case 'agree':
      if (at.status === 'agreed') return 'already_agreed';
      if (at.status !== 'proposed') return 'not_proposed';
      if (!proposerStays) return 'proposer_left';
      return at.proposedBy === actorId ? 'own_proposal' : null;
    case 'start_change':
      return at.status === 'agreed' ? null : 'not_agreed';
    case 'drop':
      if (at.status === 'agreed') return 'already_agreed';
      return at.status === 'proposed' ? 'already_proposed' : null;
    case 'bring_back':
      return 'not_dropped';
    case 'close':
      return null;
  }
}
