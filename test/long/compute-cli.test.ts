/** The `compute` script as a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { leastFile, shortForm, specFile } from '../support/terms.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

// Every test starts a process, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-compute-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function compute(args: readonly string[], input = '') {
  const launch = join(root, 'src/launch.mjs');
  const script = 'src/plan/file/compute-cli.ts';
  const child = spawn(process.execPath, [launch, script, ...args], { cwd: folder });
  child.stdin.end(input);
  const closed = new Promise<number | null>((done) => child.once('close', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { out, err, code };
}

test('a plan in a file is computed, in major units and with the specified keys', async () => {
  await writeFile(join(folder, 'plan.json'), JSON.stringify(specFile()));
  const { out, err, code } = await compute(['plan.json']);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  const plan = JSON.parse(out);
  expect(Object.keys(plan)).toEqual([
    'income',
    'bookings',
    'compensation',
    'pipeline',
    'layers',
    'guarantee',
    'sellingDays',
    'activities',
    'baseActivities',
    'milestones',
    'warnings',
  ]);
  expect(plan.income).toEqual({ target: 250000, variableNeeded: 150000 });
  expect(plan.bookings).toEqual({
    required: 1333333.33,
    quota: 1000000,
    target: 1333333.33,
    attainment: 1.33333333,
  });
  expect(plan.compensation).toEqual([
    {
      name: 'Commission',
      quota: 1000000,
      credit: 1333333.33,
      attainment: 1.33333333,
      pay: 150000,
    },
  ]);
  // 120,000 + (1,333,333.33 − 48,000) × 3 or × 3.25.
  expect(plan.pipeline).toEqual({
    xFactor: 3,
    required: 3975999.99,
    insured: 4297333.32,
    impliedXFactor: 1 / 0.33,
  });
  // Of the 300,000 that are open 33 % close: 99,000. To create: 1,106,333.33 × 3 ÷ 25,000.
  expect(plan.layers).toEqual({
    renewal: { pipeline: 120000, expected: 48000, cut: 48000 },
    expansion: { pipeline: 240000, target: 80000 },
    newBusiness: {
      pipeline: 3615999.99,
      target: 1205333.33,
      opening: 99000,
      uncovered: 0,
      deals: 48.2133332,
      opportunities: 132.7599996,
      sdrSupply: 618 / 13,
      gap: expect.closeTo(132.7599996 - 618 / 13, 8),
    },
  });
  expect(plan.guarantee).toEqual({ total: 0, topUps: 0 });
  expect(plan.sellingDays).toBe(206);
  // Insured: 1,205,333.33 + 30,000 − 300,000 ÷ 3.25 to create, × 3.25 ÷ 25,000 = 148.593 demos, of which
  // 68.0076 % are the rep's own: ÷ 0.6 ÷ 0.05 = 3,368.5 calls, 16.35 on each of 206 days.
  expect(plan.activities.calls).toEqual({
    total: 3369,
    perDay: 17,
    perWeek: 82,
    perMonth: 355,
    shown: { count: 17, per: 'day' },
  });
  expect(Object.keys(plan.baseActivities)).toEqual([
    'calls',
    'visits',
    'demos',
    'proposals',
    'contracts',
  ]);
  // All of the opening pipeline, and of what is created the 20 of 206 days up to 30 January; open are the 43
  // days since, at 3X, and of expansion what falls due by July.
  expect(plan.milestones[2]).toEqual({
    month: '2027-03',
    bookings: { total: 274411, renewal: 48000, expansion: 20000, newBusiness: 206411 },
    qualifiedPipeline: {
      total: 752800.97,
      renewal: 0,
      expansion: 60000,
      newBusiness: 692800.97,
    },
  });
  expect(plan.warnings).toEqual([]);
});

test('the short form of earlier files comes to the same', async () => {
  const { out } = await compute(['-'], JSON.stringify(specFile()));
  const short = { ...specFile(), compensation: shortForm() };
  expect(await compute(['-'], JSON.stringify(short))).toEqual({ out, err: '', code: 0 });
});

test('a warning has its words', async () => {
  const thin = { ...leastFile(), pipeline: { winRate: 0.25 } };
  const { out } = await compute(['-'], JSON.stringify(thin));
  expect(JSON.parse(out).warnings).toContainEqual({
    code: 'x_factor_thin',
    message: expect.stringContaining('25% win rate'),
  });
});

test('a plan from standard input is computed', async () => {
  const { out, code } = await compute(['-'], JSON.stringify(leastFile()));
  expect(code).toBe(0);
  expect(JSON.parse(out).bookings.required).toBe(1500000);
});

test('a bad plan is answered with its problems, one a line, and nothing else', async () => {
  const bad = { ...leastFile(), pipeline: { winRate: 1.2, x: 1 }, currency: 'GOLD' };
  const { out, err, code } = await compute(['-'], JSON.stringify(bad));
  expect({ out, code }).toEqual({ out: '', code: 1 });
  expect(err.split('\n')).toEqual([
    'currency: must be the code of a currency in ISO 4217, in capitals: "USD" would do',
    'pipeline.winRate: must be above 0 and at most 1: write 0.3 for 30 %',
    'pipeline.x: is not known here; known are xFactor, winRate, opening, coverage',
    '',
  ]);
});

test.each([
  [
    'no file named',
    [],
    'compute: one file is needed: npm run --silent compute -- plan.json (or -)\n',
  ],
  ['no such file', ['nowhere.json'], /^compute: cannot read .*nowhere\.json: no such file\n$/],
  ['a folder', ['.'], /^compute: cannot read .*: it is a folder\n$/],
])('%s: one line, exit 1', async (_, args, message) => {
  const { out, err, code } = await compute(args);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  if (typeof message === 'string') expect(err).toBe(message);
  else expect(err).toMatch(message);
});
