import { CAUSES, type Cause } from '../../activity/schemas.ts';

/** The cause that a rep named for most of what was missed; of several the first in the list. */
export function causeOf(answers: readonly { causes: readonly Cause[] }[]): Cause | null {
  let found: Cause | null = null;
  let most = 0;
  for (const cause of CAUSES) {
    const count = answers.filter(({ causes }) => causes.includes(cause)).length;
    if (count > most) {
      most = count;
      found = cause;
    }
  }
  return found;
}
