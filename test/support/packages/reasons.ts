import { readFileSync } from 'node:fs';

/** Why each dependency is there, by its name: the table in CONTRIBUTING.md. */
export function dependencyReasons(): Map<string, string> {
  const section = readFileSync('CONTRIBUTING.md', 'utf8').split(/^## Dependencies$/m)[1] ?? '';
  const rows = (section.split(/^## /m)[0] ?? '').matchAll(/^\| (`[^|]+`) \| ([^|]+) \|$/gm);
  return new Map(
    [...rows].flatMap(([, names = '', reason = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, reason.trim()] as const),
    ),
  );
}
