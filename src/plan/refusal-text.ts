import { UserError } from '../errors.ts';
import type { Refusal } from './rules/moves.ts';

const TEXTS: Record<Refusal, string> = {
  already_proposed:
    'This version is proposed and waits for the second signature. Take it back to change it.',
  already_agreed: 'You have both signed this version already. To change it, start a new version.',
  over: 'That version has been replaced by a newer one. `/bigplan` opens the one that counts.',
  not_proposed:
    'That proposal is no longer open: it was taken back or answered. `/bigplan` shows where it stands.',
  own_proposal: 'You proposed this one, so the other signature has to come from the other side.',
  not_own_proposal:
    'Only the person who proposed it can take it back. You can ask for changes instead.',
  proposer_left:
    'Whoever proposed this is no longer part of the pair. Take it back, look it over and propose it again.',
  no_manager: 'There is nobody to agree it with yet. Choose your manager in the last step.',
  not_agreed: 'This version is still open, so just change it: nothing new is needed.',
};

/** @throws UserError in words for the person, where there is a refusal. */
export function refuse(refusal: Refusal | null): void {
  if (refusal) throw new UserError(refusal, TEXTS[refusal]);
}
