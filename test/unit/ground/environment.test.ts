import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, readEnvironment } from '../../../src/config.ts';

const home = process.cwd();
const before = { ...process.env };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-env-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  process.env = { ...before };
  await rm(folder, { recursive: true });
});

describe('.env', () => {
  it('adds to the environment, which wins', async () => {
    await writeFile('.env', 'PORT=4001\nLOG_LEVEL=debug\n');
    process.env.LOG_LEVEL = 'error';
    expect(loadConfig(readEnvironment())).toMatchObject({ port: 4001, logLevel: 'error' });
  });

  it('may be missing', () => {
    expect(readEnvironment().PORT).toBe(before.PORT);
  });

  it('has an example that names every variable, none of them set', async () => {
    const example = await readFile(join(home, '.env.example'), 'utf8');
    const config = await readFile(join(home, 'src/config.ts'), 'utf8');
    const names = (text: string, pattern: RegExp) =>
      [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
    expect(names(example, /^#([A-Z_]+)=/gm)).toEqual(names(config, /^ {2}([A-Z_]+): /gm));
    expect(example).not.toMatch(/^[A-Z]/m);
  });
});
