/** What is wrong at a dotted path such as `renewals.3.amount`, and what would do. */
export interface Problem {
  path: string;
  problem: string;
}

/** The same problems seen from the outside: each path with `prefix.` before it. */
export function under(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path, problem }) => ({ path: `${prefix}.${path}`, problem }));
}
