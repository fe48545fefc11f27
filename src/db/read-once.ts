/** For screens, whose parts ask for the same people and plans: each question goes to the database once. */
import type { Db } from './client.ts';

const READS: ReadonlySet<string> = new Set([
  'findUnique',
  'findFirst',
  'findMany',
  'groupBy',
  'aggregate',
  'count',
  '$queryRaw',
]);

/**
 * The database through a handle that keeps what it has read, for as long as nothing is written through it. For one
 * screen of one moment: what others write meanwhile isn't seen.
 */
export function readOnce(db: Db): Db {
  const answers = new Map<string, Promise<unknown>>();
  const reading = db.$extends({
    query: {
      $allOperations({ model, operation, args, query }) {
        if (!READS.has(operation)) {
          answers.clear();
          return query(args);
        }
        const question = JSON.stringify([model, operation, args], (_, value) =>
          typeof value === 'bigint' ? String(value) : value,
        );
        const known = answers.get(question);
        if (known) return known;
        const answer = query(args);
        answers.set(question, answer);
        return answer;
      },
    },
  });
  return reading as unknown as Db;
}
