import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const postgres = ['test/support/db-server.ts'];
/** What is waited for comes late on a busy machine; one second is no promise of anything. */
const expectPatience = { poll: { timeout: 10_000 } };

export default defineConfig({
  test: {
    // Also on two cores, where Vitest would take one: these tests wait for others more than they work.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        // Pure: no database, no Slack.
        test: {
          name: 'unit',
          include: ['test/{unit,views}/**/*.test.{ts,tsx}'],
          // Properties take their time where others work beside them.
          testTimeout: 60_000,
        },
      },
      {
        // The real app on a real PostgreSQL.
        test: {
          name: 'app',
          expect: expectPatience,
          include: ['test/{db,slack,journeys}/**/*.test.ts'],
          globalSetup: postgres,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // `npm run bench`: what Bigplan costs beside the least that would do.
        test: {
          name: 'bench',
          expect: expectPatience,
          include: ['test/bench/**/*.bench.ts'],
          globalSetup: postgres,
          testTimeout: 120_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          expect: expectPatience,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
