/**
 * `npm run capacity`: the table of ARCHITECTURE's “What breaks first”; with the file that `npm run --silent bench -- --json`
 * printed, the same with that machine's costs.
 */
import { readFileSync } from 'node:fs';
import { peakDay, type Scale } from './capacity-model.ts';
import type { Figure } from './figure.ts';
import { type Costs, MEASURED } from './measured-costs.ts';

/** Which of the bench's figures says what costs. */
const FIGURES: Record<keyof Costs, string> = {
  tap: 'one tap, 1 at once: processor',
  command: 'modal open, 1 at once: processor',
  home: 'Home published, 1 at once: processor',
  delivery: 'one delivery: processor',
  due: 'one who is due: processor',
  databaseTap: 'one tap, 1 at once: database’s processor',
  databaseCommand: 'modal open, 1 at once: database’s processor',
  databaseHome: 'Home published, 1 at once: database’s processor',
  databaseDelivery: 'one delivery: database’s processor',
  databaseDue: 'one who is due: database’s processor',
};

const SCALES: Record<string, Scale> = {
  '1,000 in one workspace': { people: 1e3, workspaces: 1, processes: 1, databaseCores: 1 },
  '10,000 in one': { people: 1e4, workspaces: 1, processes: 1, databaseCores: 1 },
  '10,000 in 100': { people: 1e4, workspaces: 100, processes: 1, databaseCores: 1 },
  '… two processes': { people: 1e4, workspaces: 100, processes: 2, databaseCores: 2 },
  '100,000 in one': { people: 1e5, workspaces: 1, processes: 1, databaseCores: 1 },
  '100,000 in 1,000': { people: 1e5, workspaces: 1e3, processes: 1, databaseCores: 1 },
  '… 16 processes': { people: 1e5, workspaces: 1e3, processes: 16, databaseCores: 16 },
  '1,000,000 in 10,000': { people: 1e6, workspaces: 1e4, processes: 1, databaseCores: 1 },
  '… 64 processes': { people: 1e6, workspaces: 1e4, processes: 64, databaseCores: 64 },
};

function costs(file: string | undefined): Costs {
  if (file === undefined) return MEASURED;
  const figures = JSON.parse(readFileSync(file, 'utf8')) as Figure[];
  const own = Object.entries(FIGURES).flatMap(([cost, name]) => {
    const found = figures.find((one) => one.name === name);
    return found ? [[cost, found.ours]] : [];
  });
  return { ...MEASURED, ...Object.fromEntries(own) };
}

const percent = (share: number) => `${Math.round(share * 100).toLocaleString('en')} %`;
const time = (minute: number) =>
  `${Math.floor(minute / 60) % 24}:${String(minute % 60).padStart(2, '0')}`;
const lateness = (minutes: number) =>
  minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;

const used = costs(process.argv[2]);
console.log('| People | Slack | processor | database | full first | last check-in | clicks late |');
console.log('|---|---|---|---|---|---|---|');
for (const [name, scale] of Object.entries(SCALES)) {
  const day = peakDay(scale, used);
  const full = day.first === null ? 'none' : `${day.first}, ${time(day.at ?? 0)}`;
  const shares = [day.slack, day.processor, day.database].map(percent);
  const last = day.lastCheckIn === 0 ? 'in time' : `+${lateness(day.lastCheckIn)}`;
  console.log(
    `| ${[name, ...shares, full, last, day.clicksLate.toLocaleString('en')].join(' | ')} |`,
  );
}
