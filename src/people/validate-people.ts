/** Why somebody can't be picked as rep, manager, leader or admin. */
import { truncate } from '../slack/truncate.ts';

const SHOWN = 3;
const NAME = 40;

/** A message for the field where they were picked, or `null` where everybody will do. */
export function choiceProblem(
  picked: readonly { name: string; deactivated: boolean }[],
): string | null {
  const gone = picked
    .filter(({ deactivated }) => deactivated)
    .map(({ name }) => truncate(name, NAME));
  if (gone.length === 0) return null;
  const more = gone.length - SHOWN;
  const names = more > 0 ? [...gone.slice(0, SHOWN), `${more} more`] : gone;
  const listed = new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
  return gone.length === 1
    ? `${listed} is an app or a deactivated account: pick somebody who can answer.`
    : `${listed} are apps or deactivated accounts: pick people who can answer.`;
}
