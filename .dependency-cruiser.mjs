/**
 * The layers, as rules. What a file may use follows from its suffix, wherever it lies:
 * `rules.ts` and `*-rules.ts` (and plan/model/) are pure, `view.ts` and `*-view.ts` turn data into Block
 * Kit, `ids.ts` names buttons and forms, `store.ts` knows the database, `slack.ts` listens to Slack.
 * Type-only imports count: a layer that names another's types knows of it. Where only running code
 * matters, a rule says `dependencyTypesNot: ['type-only']`.
 * What is reached through others is checked in test/unit/architecture.test.ts.
 */

/** A slice may use those before it, never those after it. */
const SLICES = ['people', 'plan', 'actuals', 'activity', 'coaching', 'review', 'home', 'privacy'];
const SLICE = `^src/(${SLICES.join('|')})/`;
const IDS = '/ids\\.ts$';
const RULES = '^src/.*[/-]rules\\.ts$|^src/plan/model/';
const VIEWS = '^src/.*[/-]view\\.ts$';
const LISTENERS = '/slack\\.ts$';

const sliceOrder = SLICES.slice(0, -1).map((slice, index) => ({
  name: `${slice}-before-later-slices`,
  comment: 'What a button is called may be known everywhere: ids cross slices.',
  severity: 'error',
  from: { path: `^src/${slice}/` },
  to: { path: `^src/(${SLICES.slice(index + 1).join('|')})/`, pathNot: IDS },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...sliceOrder,
    {
      name: 'ground-below-slices',
      comment: 'What every slice stands on knows none of them.',
      severity: 'error',
      from: {
        path: '^src/(slack|input|db|time|outbox|scheduler|charts)/|^src/(config|context|errors|log)\\.ts$',
      },
      to: { path: SLICE },
    },
    {
      name: 'rules-are-pure',
      comment: 'Rules know rules, the schemas and the calendar; their numbers are exact.',
      severity: 'error',
      from: { path: RULES },
      to: {
        pathNot: [
          RULES,
          '[/-](schemas|draft)\\.ts$',
          '^src/time/(local-date|part-of-day|time-of-day|working-days)\\.ts$',
          '^node_modules/fraction\\.js/',
          '^node_modules/currency-codes/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'rules-name-no-outside-types',
      severity: 'error',
      from: { path: RULES },
      to: {
        path: '^src/(db|outbox|scheduler|slack|sandbox)/|^src/[^/]+\\.ts$|^node_modules/(@slack|@prisma)/',
      },
    },
    {
      name: 'views-are-pure',
      comment: 'Data in, Block Kit out. A type of the store may name what comes in.',
      severity: 'error',
      from: { path: `${VIEWS}|${IDS}` },
      to: {
        path: [
          '^src/(db|outbox|scheduler|sandbox)/',
          '^src/slack/(app|bolt-logger|clients|commands|deliver|error-answer|errors|http-server|identity|incoming|metrics|on|recent|repeats|request-guard|views|socket|socket-connection|supervised-app|text-file|upload-image)\\.ts$',
          '^src/[^/]+\\.ts$',
          'store\\.ts$',
          '^node_modules/(@slack/(bolt|socket-mode|web-api)|@prisma|pg|pino|dayjs)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'views-and-rules-do-no-io',
      severity: 'error',
      from: { path: `${VIEWS}|${RULES}|${IDS}` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'listeners-belong-to-main',
      comment: 'Only the composition root plugs a slice in.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/main\\.ts$|${LISTENERS}` },
      to: { path: LISTENERS },
    },
    {
      name: 'main-belongs-to-start',
      severity: 'error',
      from: { pathNot: '^src/(start|start-sandbox|tick)\\.ts$' },
      to: { path: '^src/(main|start|tick)\\.ts$' },
    },
    {
      name: 'sandbox-belongs-to-start',
      severity: 'error',
      from: { pathNot: '^src/(start-sandbox\\.ts$|sandbox/)' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'sandbox-knows-no-slice',
      comment: 'It speaks to Bigplan over HTTP, as Slack does.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: `${SLICE}|^src/(slack|db|outbox|scheduler)/|^src/[^/]+\\.ts$` },
    },
    {
      name: 'prisma-behind-stores',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(db|outbox|scheduler)/|/store\\.ts$' },
      to: { path: '^src/db/generated/|^node_modules/(@prisma|pg)/' },
    },
    {
      name: 'slack-clients-behind-slack',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/slack/' },
      to: {
        path: '^node_modules/@slack/(bolt|socket-mode|web-api)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'zones-behind-time',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/time/' },
      to: { path: '^node_modules/(dayjs|date-holidays)/' },
    },
    {
      name: 'development-packages-stay-out',
      comment:
        'Bigplan in Slack runs without them; the sandbox and migration-making are for a checkout.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sandbox|db/dev)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'source-knows-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/db/generated/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/' },
      to: {},
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['^node_modules/', '^src/db/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // `types` last, for packages that give `import type` nothing else.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
