import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const postgres = ['test/support/db-server.ts'];
/** What is waited for comes late on a busy machine; one second is no promise of anything. */
const patient = {
  expect: { poll: { timeout: 30_000 } },
  testTimeout: 300_000,
  hookTimeout: 300_000,
};
const talkative = { setupFiles: ['test/support/what-was-logged.ts'] };
/** Files share their process, so that Bigplan is loaded once and not once a file. */
const shared = { isolate: false };

const pure = ['test/{unit,views}/**/*.test.{ts,tsx}'];
const propertyFiles = readdirSync('test/unit', { recursive: true, encoding: 'utf8' })
  .map((path) => `test/unit/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('fc.assert('));
/** Of the runs that a property asks for, the share that it gets. */
const properties = (propertyShare: number, propertySeed: number | null = 1954) => ({
  setupFiles: ['test/support/property-runs.ts'],
  provide: { propertyShare, propertySeed },
});

export default defineConfig({
  test: {
    // More than Vitest would take on two cores: these tests wait for others as much as they work.
    maxWorkers: Math.max(3, availableParallelism()),
    projects: [
      {
        // Pure: no database, no Slack.
        test: { name: 'unit', include: pure, ...shared, ...patient, ...properties(0.05) },
      },
      {
        // The real app on a real PostgreSQL.
        test: {
          name: 'app',
          include: ['test/{db,slack,journeys}/**/*.test.ts'],
          globalSetup: postgres,
          ...shared,
          ...patient,
          ...talkative,
        },
      },
      {
        // `npm run test:all` has these too: properties at depth (`npm run test:explore` goes deeper still) …
        test: { name: 'deep', include: propertyFiles, ...shared, ...patient, ...properties(0.2) },
      },
      {
        // `npm run test:explore`: the same on plans that nobody drew before.
        test: {
          name: 'explore',
          include: propertyFiles,
          ...shared,
          ...patient,
          ...properties(1, null),
        },
      },
      {
        // … and what takes long: weeks and a whole year, many people and kills, replicas, real processes.
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          globalSetup: [...postgres, 'test/support/compiled.ts'],
          ...shared,
          ...patient,
          ...talkative,
        },
      },
      {
        // `npm run test:install`: a production install, from the registry.
        test: { name: 'install', include: ['test/install/**/*.test.ts'], ...patient },
      },
      {
        // `npm run bench`: what Bigplan costs beside the least that would do.
        test: {
          name: 'bench',
          expect: patient.expect,
          include: ['test/bench/**/*.bench.ts'],
          globalSetup: postgres,
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
        },
      },
      {
        // `npm run soak`: many people's days, for what never ends.
        test: {
          name: 'soak',
          include: ['test/soak/**/*.soak.ts'],
          globalSetup: postgres,
          ...patient,
        },
      },
      {
        test: {
          name: 'browser',
          expect: patient.expect,
          include: ['test/browser/**/*.test.ts'],
          setupFiles: ['test/support/what-was-shown.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
