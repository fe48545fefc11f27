import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonTestResults } from 'vitest/node';
import { closingTable } from '../../support/closing-table.ts';
import { FAULT_CLASSES, type FaultClass, FIRST_CLASSES } from '../../support/fault-classes.ts';

describe('every class of fault', () => {
  it.each(FAULT_CLASSES)('$name has its test', ({ file, test }) => {
    const source = readFileSync(file, 'utf8');
    expect(["'", '`', '"'].some((quote) => source.includes(`${quote}${test}`))).toBe(true);
  });

  it('is named once, and the first plan’s are all there', () => {
    expect(new Set(FAULT_CLASSES.map(({ name }) => name)).size).toBe(FAULT_CLASSES.length);
    expect(FIRST_CLASSES).toHaveLength(36);
  });
});

const CLASSES: FaultClass[] = [
  { name: 'kills', none: 'twice', file: 'test/a.test.ts', test: 'is %s (once)' },
  { name: 'forgeries', none: 'let in', file: 'test/b.test.ts', test: 'forged' },
];
const ran = (
  file: string,
  tests: { in?: string; title: string; tries?: number; failed?: true }[],
) =>
  ({
    testResults: [
      {
        name: resolve(file),
        assertionResults: tests.map(({ title, tries, failed, ...at }) => ({
          ancestorTitles: at.in === undefined ? [] : [at.in],
          title,
          fullName: title,
          status: failed ? 'failed' : 'passed',
          meta: tries === undefined ? {} : { tries },
        })),
      },
    ],
  }) as unknown as JsonTestResults;

describe('the closing table', () => {
  it('adds up the tries of both runs, and says that nothing was lost', () => {
    const { lines, held } = closingTable(
      [
        ran('test/a.test.ts', [
          { title: 'is sent (once) by two' },
          { title: 'is sent (once)', tries: 20 },
        ]),
        ran('test/b.test.ts', [
          { in: 'forged', title: 'ids' },
          { title: 'something else', failed: true },
        ]),
      ],
      CLASSES,
    );
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['class', 'tries', 'result'],
      ['1', 'kills', '21', '0 twice'],
      ['2', 'forgeries', '1', '0 let in'],
      ['2 classes', '22', '0 lost, 0 twice, 0 let in, 0 unheard'],
    ]);
    expect(held).toBe(true);
  });

  it('says what failed and what never ran', () => {
    const { lines, held } = closingTable(
      [
        ran('test/a.test.ts', [
          { title: 'is lost (once)', failed: true },
          { title: 'Is sent (once)' },
        ]),
      ],
      CLASSES,
    );
    expect(lines.slice(1).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['1', 'kills', '1', 'FAILED: test/a.test.ts > is lost (once)'],
      ['2', 'forgeries', '0', 'NOT RUN: test/b.test.ts'],
      ['2 classes', '1', '2 did not hold'],
    ]);
    expect(held).toBe(false);
  });
});
