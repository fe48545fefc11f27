/** Deals won or lost, a line each, as somebody writes them into the form. */
import { z } from 'zod';
import { readDeal, type SaidDeal } from '../won/read-deal.ts';
import type { Reader } from '../words-view.ts';

/** A deal with the line that said it, and which one that was. */
export interface SaidLine {
  deal: SaidDeal;
  line: string;
  /** From 1, of those in the box. */
  number: number;
}

const MOST_LINES = 20;

/** What stands in the box, or what is wrong with its first line that can't be taken. */
export function readDealLines(reader: Reader): z.ZodType<SaidLine[]> {
  return z.string().transform((text, issues) => {
    const rows = text
      .split('\n')
      .map((line, at) => ({ line: line.trim(), number: at + 1 }))
      .filter(({ line }) => line !== '');
    const said: SaidLine[] = [];
    const wrong = (problem: string) => {
      issues.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    };
    if (rows.length > MOST_LINES) return wrong(`That is more than ${MOST_LINES} deals at once.`);
    for (const { line, number } of rows) {
      const read = readDeal(line, reader);
      if (!read.ok) return wrong(`Line ${number}: ${read.problem}`);
      if (read.person !== null) return wrong(`Line ${number}: without a name of Slack’s, please.`);
      if (read.kind !== 'deal') return wrong(`Line ${number}: such as “Acme 24k new”.`);
      const same = said.find((one) => one.line === line);
      if (same) {
        return wrong(
          `Line ${number} is the same as line ${same.number}: write one of them differently if both are meant.`,
        );
      }
      said.push({ deal: read.deal, line, number });
    }
    return said;
  });
}
