/**
 * The layers hold, and the check that says so can fail: it has seen every file, and every rule
 * catches what was planted for it.
 */
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLANTED, plant } from '../support/planted-layers.ts';

const CRUISE_MS = 120_000;

/** `baseDir` needs a tsconfig.json and the packages it imports. */
async function cruiseSource(baseDir = process.cwd()): Promise<ICruiseResult> {
  const options = await extractDepcruiseOptions('./.dependency-cruiser.mjs');
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir },
    options.enhancedResolveOptions,
    { tsConfig: extractTSConfig(join(baseDir, 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new TypeError('No result but a report');
  return output;
}

const violationsOf = ({ summary }: ICruiseResult) =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

/** As .dependency-cruiser.mjs names them. */
const PURE = /^src\/.*[/-](rules|view)\.ts$|^src\/plan\/model\/|^src\/[^/]+\/(rules|views)\//;

/** A declaration that is exported and its name, or a list of names. */
const EXPORTED =
  /^export (?:(?:async )?(?:function\*?|const|class|interface|type) (\w+)|(?:type )?\{ (.+) \};$)/;

/** Written by hand: what Prisma generates is not. */
const sourceFiles = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith('src/db/generated/'))
  .sort();

describe('the layers', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruiseSource();
  }, CRUISE_MS);

  test('every source file was seen', () => {
    const seen = result.modules
      .map(({ source }) => source)
      .filter((source) => /^src\/(?!db\/generated\/)/.test(source))
      .sort();
    expect(seen).toEqual(sourceFiles);
    expect(seen.length).toBeGreaterThan(250);
    expect(result.summary.totalDependenciesCruised).toBeGreaterThan(1_000);
  });

  test('no rule is broken', () => {
    expect(violationsOf(result)).toEqual([]);
  });

  test('rules and views reach nothing that acts, through no detour', () => {
    const acting =
      /^src\/(db|outbox|scheduler|sandbox)\/|^src\/slack\/(app|clients|commands|deliver|on|views|socket|supervised-app)\.ts$|^src\/[^/]+\.ts$|store\.ts$|^node_modules\/(@slack\/(bolt|web-api)|@prisma|pg|pino|dayjs)\/|^(fs|http|https|net|child_process|timers)\b/;
    const pure = sourceFiles.filter((path) => PURE.test(path));
    expect(pure.length).toBeGreaterThan(50);
    const detours = pure.flatMap((path) =>
      [...reachedWhenRun(result.modules, path)]
        .filter((reached) => acting.test(reached))
        .map((reached) => `${path} ⇒ ${reached}`),
    );
    expect(detours).toEqual([]);
  });
});

describe('a planted violation', () => {
  let folder: string;
  let result: ICruiseResult;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigplan-layers-'));
    await plant(folder);
    result = await cruiseSource(folder);
  }, CRUISE_MS);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is caught, one for each rule', () => {
    const rules = result.summary.ruleSetUsed?.forbidden?.map(({ name }) => name);
    expect(Object.keys(PLANTED).sort()).toEqual(rules?.sort());
    expect(violationsOf(result).sort()).toEqual(
      Object.entries(PLANTED)
        .map(([rule, violation]) => `${rule}: ${violation}`)
        .sort(),
    );
  });
});

describe('what imports do not show', () => {
  /** Lines of code (comments left out) in `paths` that match. */
  async function linesWith(pattern: RegExp, paths: string[]): Promise<string[]> {
    const found: string[] = [];
    for (const path of paths) {
      const lines = (await readFile(path, 'utf8')).split('\n');
      for (const line of lines) {
        if (!/^\s*(\*|\/\/|\/\*)/.test(line) && pattern.test(line)) {
          found.push(`${path}: ${line.trim()}`);
        }
      }
    }
    return found;
  }

  test('only the settings read the environment', async () => {
    expect(await linesWith(/\bprocess\.env\b|\bloadEnvFile\b/, sourceFiles)).toEqual([
      'src/config.ts: process.loadEnvFile();',
      'src/config.ts: return process.env;',
      // Given to the page's bundle as a constant.
      `src/sandbox/bundle.ts: define: { 'process.env.NODE_ENV': '"production"' },`,
      // Written, never read.
      "src/start.ts: process.env.TZ = 'UTC';",
      "src/tick.ts: process.env.TZ = 'UTC';",
    ]);
  });

  test('an exported name is exported once, so that a search finds the one thing it means', async () => {
    const homes = new Map<string, Set<string>>();
    for (const path of sourceFiles) {
      const lines = (await readFile(path, 'utf8')).split('\n');
      for (const line of lines.filter((line) => /^export (?!.* from ')/.test(line))) {
        const names = EXPORTED.exec(line)?.slice(1).find(Boolean)?.split(', ');
        if (!names) throw new TypeError(`${path} exports in a way not known here: ${line}`);
        for (const name of names) homes.set(name, (homes.get(name) ?? new Set()).add(path));
      }
    }
    expect(homes.size).toBeGreaterThan(1_000);
    const shared = [...homes].filter(([, paths]) => paths.size > 1);
    expect(shared.map(([name, paths]) => `${name}: ${[...paths].join(', ')}`)).toEqual([]);
  });

  test('rules and views have no clock, no chance and no world around them', async () => {
    const pure = sourceFiles.filter((path) => PURE.test(path));
    const world =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bprocess\.|\bfetch\(|\bset(Timeout|Interval|Immediate)\b|\bcrypto\.|\bconsole\.|\bawait\b/;
    expect(await linesWith(world, pure)).toEqual([]);
  });

  test('only stores, outbox, scheduler and the database’s own files ask the database', async () => {
    const schema = await readFile('prisma/schema.prisma', 'utf8');
    const models = [...schema.matchAll(/^model (\w)(\w*)/gm)].map(
      ([, first = '', rest = '']) => first.toLowerCase() + rest,
    );
    expect(models.length).toBeGreaterThan(5);
    // Of the scheduler there is a row, and the part of Bigplan that keeps them.
    const methods = '(find|create|update|upsert|delete|count|aggregate|groupBy)';
    const asks = new RegExp(
      `\\.(${models.join('|')})\\s*\\.${methods}\\w*\\(|\\$(query|execute)Raw`,
    );
    const stores = /^src\/(db|outbox|scheduler)\/|store\.ts$/;
    expect(
      await linesWith(
        asks,
        sourceFiles.filter((path) => stores.test(path)),
      ),
    ).not.toEqual([]);
    expect(
      await linesWith(
        asks,
        sourceFiles.filter((path) => !stores.test(path)),
      ),
    ).toEqual([]);
  });
});

/** Every module that runs because `start` does; types alone make nothing run. */
function reachedWhenRun(modules: IModule[], start: string): Set<string> {
  const bySource = new Map(modules.map((module) => [module.source, module]));
  const reached = new Set<string>();
  const waiting = [start];
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    for (const { resolved, dependencyTypes } of bySource.get(source)?.dependencies ?? []) {
      if (dependencyTypes.includes('type-only') || reached.has(resolved)) continue;
      reached.add(resolved);
      waiting.push(resolved);
    }
  }
  return reached;
}
