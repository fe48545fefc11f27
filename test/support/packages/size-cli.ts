/**
 * `npm run size`: how many packages and megabytes a production install has here, and why each of the ten largest
 * is there. Reads what is installed, so a development install does.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { productionPackages } from './installed.ts';
import { dependencyReasons } from './reasons.ts';

const LARGEST = 10;

/** Bytes of a package without those within it. */
const bytesOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + bytesOf(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
const installed = productionPackages().filter(({ path }) => existsSync(path));
const sizes = installed
  .map((one) => ({ ...one, bytes: bytesOf(one.path) }))
  .toSorted((a, b) => b.bytes - a.bytes);
const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${sizes.length} packages, ${megabytes(all)} MB`);
const reasons = dependencyReasons();
for (const { name, bytes, because } of sizes.slice(0, LARGEST)) {
  const [named = name] = because;
  const way = because.length > 1 ? `by ${because.slice(0, -1).join(' → ')}: ` : '';
  console.log(`${megabytes(bytes).padStart(7)} MB  ${name}: ${way}${reasons.get(named) ?? '?'}`);
}
