/**
 * Stack traces in the lines of the sources. Node's own way (`--enable-source-maps`) keeps 30 MB of maps from the start
 * on; here they are read when the first trace is wanted.
 */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Wherever `node_modules` really is. */
const COMPILED = '/node_modules/.cache/bigplan/';

/** By the compiled file; null: it has none. @type {Map<string, SourceMap | null>} */
const maps = new Map();

/**
 * What `Error.prepareStackTrace` may be.
 *
 * @param {Error} error
 * @param {NodeJS.CallSite[]} frames
 */
export function inSources(error, frames) {
  return [String(error), ...frames.map((frame) => `    at ${inSource(frame)}`)].join('\n');
}

/** @param {NodeJS.CallSite} frame */
function inSource(frame) {
  const said = String(frame);
  const file = frame.getFileName();
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (!file?.includes(COMPILED) || line === null || column === null) return said;
  const entry = mapOf(file)?.findEntry(line - 1, column - 1);
  if (!entry || !('originalSource' in entry)) return said;
  const { originalSource, originalLine, originalColumn } = entry;
  const source = new URL(originalSource, file).href;
  return said.replace(
    `${file}:${line}:${column}`,
    `${source}:${originalLine + 1}:${originalColumn + 1}`,
  );
}

/** @param {string} file */
function mapOf(file) {
  let map = maps.get(file);
  if (map === undefined) {
    try {
      map = new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, 'utf8')));
    } catch {
      map = null;
    }
    maps.set(file, map);
  }
  return map;
}
