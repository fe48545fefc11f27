/** What the runs say of each class of `fault-classes.ts`: a table, from the JSON reports whose paths it is given. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonTestResults } from 'vitest/node';
import { FAULT_CLASSES, type FaultClass } from './fault-classes.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** How often a test tried what it is about; once where left out. */
    tries?: number;
  }
}

type Ran = JsonTestResults['testResults'][number]['assertionResults'][number];

interface Row {
  name: string;
  tries: number;
  result: string;
  held: boolean;
}

/** Whether a title is the one that is meant: `%s` and the like stand for what a table of tests fills in. */
function isTitle(title: string, begins: string): boolean {
  const parts = begins
    .split(/%[sij]/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}`, 's').test(title);
}

function rowOf({ name, none, file, test }: FaultClass, reports: readonly JsonTestResults[]): Row {
  const ran: Ran[] = reports
    .flatMap(({ testResults }) => testResults)
    .filter((one) => relative('.', one.name) === file)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ ancestorTitles, title }) =>
      [...ancestorTitles, title].some((one) => isTitle(one, test)),
    );
  const tries = ran.reduce((sum, { meta }) => sum + (meta.tries ?? 1), 0);
  const broken = ran.find(({ status }) => status !== 'passed');
  if (ran.length === 0) return { name, tries, result: `NOT RUN: ${file}`, held: false };
  if (broken) return { name, tries, result: `FAILED: ${file} > ${broken.fullName}`, held: false };
  return { name, tries, result: `0 ${none}`, held: true };
}

/** The table, a line each, and whether all of it held. */
export function closingTable(
  reports: readonly JsonTestResults[],
  classes: readonly FaultClass[] = FAULT_CLASSES,
): { lines: string[]; held: boolean } {
  const rows = classes.map((one) => rowOf(one, reports));
  const wide = Math.max(...rows.map(({ name }) => name.length));
  const line = (no: string, name: string, tries: string, result: string) =>
    `${no.padStart(3)}  ${name.padEnd(wide)}  ${tries.padStart(7)}  ${result}`;
  const broken = rows.filter(({ held }) => !held).length;
  const tries = rows.reduce((sum, row) => sum + row.tries, 0);
  const end = broken === 0 ? '0 lost, 0 twice, 0 let in, 0 unheard' : `${broken} did not hold`;
  return {
    lines: [
      line('', 'class', 'tries', 'result'),
      ...rows.map((row, at) => line(String(at + 1), row.name, String(row.tries), row.result)),
      line('', `${rows.length} classes`, String(tries), end),
    ],
    held: broken === 0,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')));
  const { lines, held } = closingTable(reports);
  console.log(`\n${lines.join('\n')}`);
  if (!held) process.exitCode = 1;
}
