import { type MeetDeps, meetPeople } from './meet-person.ts';
import { choiceProblem } from './validate-people.ts';

/**
 * Meets everybody who was picked in some fields. Returns what is wrong, by field path; nothing where
 * everybody will do.
 */
export async function checkPeople(
  deps: MeetDeps,
  workspaceId: string,
  picks: Readonly<Record<string, readonly string[]>>,
): Promise<Record<string, string>> {
  const people = await meetPeople(deps, workspaceId, Object.values(picks).flat());
  return Object.fromEntries(
    Object.entries(picks).flatMap(([path, ids]) => {
      const problem = choiceProblem(people.filter(({ userId }) => ids.includes(userId)));
      return problem === null ? [] : [[path, problem]];
    }),
  );
}
