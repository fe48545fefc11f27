/** The scripts of package.json, compiled as an install does, for the tests that start and kill them. */
import type { TestProject } from 'vitest/node';
import { compile } from '../../src/compile.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with `src/start.js` and the other scripts; not there where a project compiles none. */
    compiled?: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('compiled', await compile());
}
