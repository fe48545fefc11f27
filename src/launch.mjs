/**
 * `node src/launch.mjs src/start.ts …`: runs a script of package.json, compiled. Without a script it only compiles, as
 * the end of an install does, so that whoever runs Bigplan needn't be allowed to write there.
 */
import * as module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from './compile.mjs';
import { inSources } from './stack-traces.mjs';

const [script, ...args] = process.argv.slice(2);
const folder = await compile().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  process.exit(1);
});
if (script) {
  const path = join(folder, script.replace(/\.ts$/, '.js'));
  process.argv = [process.execPath, path, ...args];
  // From Node 22 on, what V8 makes of it is kept as well.
  /** @type {{ enableCompileCache?: (folder: string) => unknown }} */ (module).enableCompileCache?.(
    join(folder, 'v8'),
  );
  Error.prepareStackTrace = inSources;
  await import(pathToFileURL(path).href);
}
