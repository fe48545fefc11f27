/** A small source tree that breaks every rule of `.dependency-cruiser.mjs`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const SLICES = ['people', 'plan', 'actuals', 'activity', 'coaching', 'review', 'home'] as const;

/** For each rule, the one violation that it has to name. */
export const PLANTED: Record<string, string> = {
  'people-before-later-slices': 'src/people/save.ts → src/plan/save.ts',
  'plan-before-later-slices': 'src/plan/save.ts → src/home/save.ts',
  'actuals-before-later-slices': 'src/actuals/save.ts → src/home/save.ts',
  'activity-before-later-slices': 'src/activity/save.ts → src/home/save.ts',
  'coaching-before-later-slices': 'src/coaching/save.ts → src/home/save.ts',
  'review-before-later-slices': 'src/review/save.ts → src/home/save.ts',
  'home-before-later-slices': 'src/home/save.ts → src/privacy/save.ts',
  'ground-below-slices': 'src/slack/app.ts → src/people/save.ts',
  'rules-are-pure': 'src/plan/price-rules.ts → src/plan/store.ts',
  'rules-name-no-outside-types': 'src/plan/typed-rules.ts → src/slack/app.ts',
  'views-are-pure': 'src/plan/plan-view.ts → src/plan/store.ts',
  'views-and-rules-do-no-io': 'src/plan/plan-view.ts → fs',
  'listeners-belong-to-main': 'src/home/save.ts → src/plan/slack.ts',
  'main-belongs-to-start': 'src/slack/app.ts → src/main.ts',
  'sandbox-belongs-to-start': 'src/slack/app.ts → src/sandbox/index.ts',
  'sandbox-knows-no-slice': 'src/sandbox/index.ts → src/plan/save.ts',
  'prisma-behind-stores': 'src/plan/save.ts → node_modules/@prisma/client/index.js',
  'slack-clients-behind-slack': 'src/plan/save.ts → node_modules/@slack/web-api/index.js',
  'zones-behind-time': 'src/plan/save.ts → node_modules/dayjs/index.js',
  'development-packages-stay-out': 'src/plan/save.ts → node_modules/esbuild/index.js',
  'source-knows-no-tests': 'src/plan/save.ts → test/support.ts',
  'no-cycles': 'src/plan/store-twin.ts → src/plan/store.ts',
  'no-orphans': 'src/plan/alone.ts → src/plan/alone.ts',
  'everything-resolves': 'src/plan/save.ts → ./missing.ts',
};

const FILES: Record<string, string> = {
  'tsconfig.json': '{}',
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { '@prisma/client': '1', '@slack/web-api': '1', dayjs: '1' },
    devDependencies: { esbuild: '1' },
  }),
  ...Object.fromEntries(
    ['@prisma/client', '@slack/web-api', 'dayjs', 'esbuild'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
      [`node_modules/${name}/index.js`, ''],
    ]),
  ),
  ...Object.fromEntries(
    SLICES.map((slice) => [`src/${slice}/save.ts`, "import '../home/save.ts';"]),
  ),
  'src/people/save.ts': "import type {} from '../plan/save.ts';",
  'src/home/save.ts': "import '../plan/slack.ts';\nimport '../privacy/save.ts';",
  'src/privacy/save.ts': '',
  'src/plan/save.ts': [
    '../home/save.ts',
    '@prisma/client',
    '@slack/web-api',
    'dayjs',
    'esbuild',
    '../../test/support.ts',
    './missing.ts',
  ]
    .map((name) => `import '${name}';`)
    .join('\n'),
  'src/plan/slack.ts': '',
  'src/plan/alone.ts': '',
  'src/plan/store.ts': "import type {} from './store-twin.ts';",
  'src/plan/store-twin.ts': "import type {} from './store.ts';",
  'src/plan/price-rules.ts': "import './store.ts';",
  'src/plan/typed-rules.ts': "import type {} from '../slack/app.ts';",
  'src/plan/plan-view.ts': "import './store.ts';\nimport 'node:fs';",
  'src/slack/app.ts':
    "import '../people/save.ts';\nimport '../main.ts';\nimport '../sandbox/index.ts';",
  'src/main.ts': '',
  'src/sandbox/index.ts': "import '../plan/save.ts';",
  'test/support.ts': '',
};

export async function plant(folder: string): Promise<void> {
  for (const [path, text] of Object.entries(FILES)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
