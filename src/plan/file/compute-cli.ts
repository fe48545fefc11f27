/** `npm run --silent compute -- plan.json` (or `-` for standard input): the computed plan as JSON. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { computePlan } from '../model/compute.ts';
import { parsePlanFile } from './plan-file.ts';
import { planJson } from './plan-json.ts';

function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}

/** What stands in the way of reading a file, in words. */
function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'no permission to read it';
  return error instanceof Error ? error.message : String(error);
}

async function main(args: readonly string[]): Promise<void> {
  const [path] = args;
  if (path === undefined || args.length > 1) {
    return fail(['compute: one file is needed: npm run --silent compute -- plan.json (or -)']);
  }
  let source: string;
  try {
    source = path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    return fail([`compute: cannot read ${resolve(path)}: ${whyUnreadable(error)}`]);
  }
  const plan = parsePlanFile(source);
  if (!plan.ok) return fail(plan.problems.map(({ path, problem }) => `${path}: ${problem}`));
  const json = planJson(computePlan(plan.terms), plan.terms.currency);
  process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
}

await main(process.argv.slice(2));
