/**
 * What `npm install` makes first: the database client in `src/db/generated`, from schema.prisma.
 *
 * Prisma's CLI, which writes it, is for development. Where it isn't installed (`npm ci --omit=dev`) it is
 * installed apart, in the versions of package-lock.json, for this moment; or not at all where a client is there
 * already, as in the second stage of an image.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = 'prisma-cli';
const CLIENT = 'src/db/generated';
const root = fileURLToPath(new URL('../../../', import.meta.url));

try {
  if (existsSync(join(root, 'node_modules', CLI))) generateIn(root);
  else if (!(await isOfSchema())) await generateApart();
} catch (error) {
  console.error(`The database client could not be made: ${String(error)}`);
  process.exitCode = 1;
}

/** @param {string} folder */
function generateIn(folder) {
  run(folder, process.execPath, [`node_modules/${CLI}/build/index.js`, 'generate', '--no-hints']);
}

/** Whether the client that is there was made from the present schema: it holds the whole of it. */
async function isOfSchema() {
  const client = await readFile(join(root, CLIENT, 'internal/class.ts'), 'utf8').catch(() => '');
  const schema = await readFile(join(root, 'prisma/schema.prisma'), 'utf8');
  return client.includes(`"inlineSchema": ${JSON.stringify(schema)}`);
}

async function generateApart() {
  const apart = await mkdtemp(join(tmpdir(), 'bigplan-client-'));
  try {
    const { dependencies, devDependencies } = JSON.parse(
      await readFile(join(root, 'package.json'), 'utf8'),
    );
    const needed = {
      '@prisma/client': dependencies['@prisma/client'],
      [CLI]: devDependencies[CLI],
    };
    const manifest = { private: true, type: 'module', dependencies: needed };
    await writeFile(join(apart, 'package.json'), JSON.stringify(manifest));
    for (const path of ['package-lock.json', '.npmrc', 'prisma.config.ts', 'prisma']) {
      await cp(join(root, path), join(apart, path), { recursive: true });
    }
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    run(apart, npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']);
    generateIn(apart);
    await rm(join(root, CLIENT), { recursive: true, force: true });
    await cp(join(apart, CLIENT), join(root, CLIENT), { recursive: true });
  } finally {
    await rm(apart, { recursive: true, force: true });
  }
}

/**
 * @param {string} cwd
 * @param {string} command
 * @param {readonly string[]} args
 * @throws Error where the command fails, which says why on standard error.
 */
function run(cwd, command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} failed`);
}
