/** What the documents promise by name is there. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(path, 'utf8');
const readme = await read('README.md');
const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'OPERATIONS.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
];
const documents = (await Promise.all(DOCUMENTS.map(read))).join('\n');

/** The first cells of the table under a heading, without their backticks. */
function firstCells(heading: string): string[] {
  const section = readme.split(new RegExp(`^##+ ${heading}$`, 'm'))[1]?.split(/^##+ /m)[0] ?? '';
  const cells = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

test('every setting is explained, here and in .env.example', async () => {
  const schema = (await read('src/config.ts')).split('const Environment = z.object({')[1] ?? '';
  const settings = [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name).sort();
  expect(settings).toContain('SLACK_BOT_TOKEN');
  expect(firstCells('Settings').sort()).toEqual(settings);
  const example = await read('.env.example');
  const explained = [...example.matchAll(/^# .+\n#([A-Z_]+)=/gm)].map(([, name = '']) => name);
  expect(explained.sort()).toEqual(settings);
});

test('every scope has its reason', async () => {
  const { oauth_config } = JSON.parse(await read('manifests/http.json'));
  expect(firstCells('Why each permission')).toEqual(oauth_config.scopes.bot);
});

test('every script that it names exists', async () => {
  const { scripts } = JSON.parse(await read('package.json'));
  const named = [...documents.matchAll(/\bnpm (?:run (?:--silent )?)?(\w+(?::\w+)?)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !['install', 'ci'].includes(name));
  expect(new Set(named).size).toBeGreaterThan(4);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

test('the map shows all of src and nothing else', async () => {
  const map = (await read('ARCHITECTURE.md')).split('\nsrc/\n')[1]?.split('```')[0] ?? '';
  const shown = [...map.matchAll(/^ {2}([\w.-]+)\/? /gm)].map(([, name = '']) => name);
  expect(shown.sort()).toEqual((await readdir('src')).sort());
});

test('the README is short enough to be read', () => {
  expect(readme.split('\n').length).toBeLessThan(250);
});

test('every file that it points to exists', () => {
  const paths = [...documents.matchAll(/\]\(((?!http|#)[^)]+)\)/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(3);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

test('the flows go through files that are there', async () => {
  const [, flows = ''] = (await read('ARCHITECTURE.md')).split('## Five flows');
  const named = [...flows.matchAll(/`([\w/-]+\.ts)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((path) => !existsSync(`src/${path}`))).toEqual([]);
});

test('what breaks first is as it is computed', async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'test/bench/what-breaks.ts']);
  expect(await read('ARCHITECTURE.md')).toContain(stdout.trim());
});
