/** Which licences may come with Bigplan, and which packages say theirs in words of their own. */
import type { InstalledPackage } from './installed.ts';

/** Permissive, or binding the file alone (MPL-2.0); by their SPDX names. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
]);

/** Read by hand: what is written is no SPDX name. */
const READ_BY_HAND: Record<string, { written: string; licence: string }> = {
  // The fonts: Bitstream Vera's licence, Arev's alike; free to use and pass on.
  'dejavu-fonts-ttf': { written: 'SEE LICENSE IN README.md AND LICENSE', licence: 'MIT' },
  nub: { written: 'MIT/X11', licence: 'MIT' },
};

/** Whether an SPDX expression allows what Bigplan does: all of what is joined by AND, one of what is by OR. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, ' ').trim();
  return plain
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => ALLOWED.has(licence.trim())));
}

/** The packages whose licence is missing or isn't allowed. */
export function notAllowed(packages: readonly InstalledPackage[]): InstalledPackage[] {
  return packages.filter(({ name, licence }) => {
    const read = READ_BY_HAND[name];
    return !isAllowed(read?.written === licence ? read.licence : licence);
  });
}
