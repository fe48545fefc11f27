/** `npm run licences`: the licences of what production installs; exit code 1 where one isn't allowed. */
import { type InstalledPackage, productionPackages } from './installed.ts';
import { notAllowed } from './licences.ts';

const packages = productionPackages();
const counts = new Map<string, number>();
for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
for (const [licence, count] of [...counts].toSorted(([, a], [, b]) => b - a)) {
  console.log(`${String(count).padStart(5)}  ${licence || 'none'}`);
}
const told = ({ name, version, licence, because }: InstalledPackage) =>
  `${name} ${version}: ${licence || 'no licence'} (${because.join(' → ')})`;
const others = notAllowed(packages);
for (const one of others) console.error(`not allowed: ${told(one)}`);
console.log(`${packages.length} packages, ${others.length} not allowed`);
if (others.length > 0) process.exitCode = 1;
