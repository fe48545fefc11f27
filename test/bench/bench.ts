/**
 * `npm run bench`: what Bigplan costs beside the least that would do the same, as a table; `--json` for JSON.
 * The ratios mean something elsewhere, the milliseconds don't. With words after it only the files of those names, such
 * as `npm run bench -- clicks`; `--full` at sizes that take an hour.
 */
import { parseArgs } from 'node:util';
import type { Reporter, TestCase } from 'vitest/node';
import { startVitest } from 'vitest/node';
import type { Figure } from './figure.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
});
if (values.full) process.env.BENCH_FULL = '1';

const figures: Figure[] = [];
const tell = (errors: readonly { message: string; stack?: string }[] = []) => {
  for (const { message, stack = '' } of errors) console.error(`${message}\n${stack}`);
};
const collector: Reporter = {
  onTestCaseResult(test: TestCase) {
    figures.push(...(test.meta().figures ?? []));
    const { state, errors } = test.result();
    console.error(`${state}  ${test.fullName}`);
    tell(errors);
  },
  onTestSuiteResult: (suite) => tell(suite.errors()),
  onTestModuleEnd: (module) => tell(module.errors()),
  onTestRunEnd: (_, errors) => tell(errors),
};
const vitest = await startVitest(
  'test',
  positionals.map((part) => `test/bench/${part}.bench.ts`),
  { project: ['bench'], watch: false, fileParallelism: false, reporters: [collector] },
);
await vitest.close();

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));
const said = (value: number | null, unit = '') =>
  value === null ? '' : `${number(value)}${unit && ` ${unit}`}`;
const rowOf = ({ name, unit, ours, bare, ratio, spread, goal, met }: Figure): string[] => [
  name,
  said(ours, unit),
  said(bare, unit),
  said(ratio),
  spread ? spread.map((value) => said(value)).join('–') : '',
  goal ? `${goal.is === 'at most' ? '≤' : '≥'} ${goal.than}` : '',
  met === null ? '' : met ? 'met' : 'NOT MET',
];

if (values.json) console.log(JSON.stringify(figures, null, 2));
else {
  const rows = [['', 'ours', 'bare', 'ratio', 'spread', 'goal', ''], ...figures.map(rowOf)];
  const wide = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  for (const row of rows) {
    const cells = row.map((cell, at) =>
      at === 0 ? cell.padEnd(wide(at)) : cell.padStart(wide(at)),
    );
    console.log(cells.join('  ').trimEnd());
  }
}
