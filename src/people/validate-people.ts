/** Whether those who were picked as rep, manager, leader or admin can be. */
import { FieldProblems } from '../input/problem.ts';
import { truncate } from '../slack/truncate.ts';
import { type MeetDeps, meetPeople } from './meet-person.ts';

const SHOWN = 3;
const NAME = 40;

/**
 * Meets everybody who was picked in some fields.
 * @throws FieldProblems at the fields in which somebody was picked who can't answer.
 */
export async function validatePeople(
  deps: MeetDeps,
  workspaceId: string,
  picks: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const people = await meetPeople(deps, workspaceId, Object.values(picks).flat());
  const problems = Object.entries(picks).flatMap(([path, ids]) => {
    const problem = pickProblem(people.filter(({ userId }) => ids.includes(userId)));
    return problem === null ? [] : [{ path, problem }];
  });
  if (problems.length > 0) throw new FieldProblems(problems);
}

/** Words for the field where they were picked, or `null` where everybody will do. */
export function pickProblem(
  picked: readonly { name: string; deactivated: boolean; outsider: boolean }[],
): string | null {
  const gone = picked.filter(({ deactivated }) => deactivated);
  const outside = picked.filter(({ outsider }) => outsider);
  if (gone.length > 0) {
    return gone.length === 1
      ? `${listed(gone)} is an app or a deactivated account: pick somebody who can answer.`
      : `${listed(gone)} are apps or deactivated accounts: pick people who can answer.`;
  }
  if (outside.length === 0) return null;
  return outside.length === 1
    ? `${listed(outside)} is a guest here: pick a full member of the workspace.`
    : `${listed(outside)} are guests here: pick full members of the workspace.`;
}

function listed(people: readonly { name: string }[]): string {
  const gone = people.map(({ name }) => truncate(name, NAME));
  const more = gone.length - SHOWN;
  const names = more > 0 ? [...gone.slice(0, SHOWN), `${more} more`] : gone;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
