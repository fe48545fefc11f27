/**
 * How deep properties go: `npm test` takes a small share of their runs, `npm run test:all` a larger one, and
 * `npm run test:explore` all of them.
 */
import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The share of its runs that each property gets: at most 1. */
    propertyShare: number;
    /** What random plans are drawn from, so that a tree passes or fails whenever it is tried; null draws anew. */
    propertySeed: number | null;
  }
}

const LEAST = 20;
const USUAL = 100;

/** What stands in for `numRuns`: all of them, or a share that is never below 20. */
export function runs(all: number): number {
  return Math.min(all, Math.max(LEAST, Math.round(all * inject('propertyShare'))));
}

/** A set-up file: all properties get their seed here, and those that name no number of runs theirs. */
const seed = inject('propertySeed');
fc.configureGlobal({ numRuns: runs(USUAL), ...(seed === null ? {} : { seed }) });
