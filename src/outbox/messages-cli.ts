/**
 * `npm run --silent messages -- --person U0DANA [--from 2027-03-01 --to 2027-03-31]`: what somebody was sent,
 * by day, with what was held and what was dropped, and their notifications a week. Of no message's words.
 */
import { parseArgs } from 'node:util';
import { beside } from '../db/beside.ts';
import { StartError } from '../errors.ts';
import { addDays, isLocalDate } from '../time/local-date.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import { distributionText, reportLines, weekCounts } from './report-rules.ts';
import { createDeliveryStore } from './store.ts';

const USAGE =
  'Usage: npm run --silent messages -- --person U0DANA [--from 2027-03-01 --to 2027-03-31]';
/** Reported where no dates are named: the last so many days, and what is planned. */
const DAYS = 90;

interface Wish {
  person: string;
  from: string | null;
  to: string | null;
}

/** @throws StartError with the usage. */
function readWish(args: string[]): Wish {
  const text = { type: 'string' } as const;
  let given: { person?: string; from?: string; to?: string };
  try {
    given = parseArgs({ args, options: { person: text, from: text, to: text } }).values;
  } catch {
    throw new StartError(USAGE);
  }
  const { person = '', from = null, to = null } = given;
  const isRead = [from, to].every((date) => date === null || isLocalDate(date));
  if (person === '' || !isRead || (from && to && to < from)) throw new StartError(USAGE);
  return { person, from, to };
}

function print(date: string, lines: ReturnType<typeof reportLines>): void {
  process.stdout.write(`${date}\n`);
  for (const { time, kind, outcome, reason } of lines) {
    process.stdout.write(`  ${time} ${kind} ${outcome}${reason ? ` (${reason})` : ''}\n`);
  }
}

const startOf = (zone: Zone, date: string) => zone.instantAt(date, '00:00');

await beside('messages', async (db) => {
  const { person, from, to } = readWish(process.argv.slice(2));
  const found = await db.person.findMany({
    where: { userId: person },
    select: { workspaceId: true, timeZone: true, ownTimeZone: true },
  });
  if (found.length === 0) throw new StartError(`Nobody is known as ${person}.`);
  for (const { workspaceId, timeZone, ownTimeZone } of found) {
    const zone = zoneOf(ownTimeZone ?? timeZone ?? 'UTC');
    const today = zone.dateAt(new Date());
    const first = from ?? addDays(to ?? today, -DAYS);
    const end = startOf(zone, addDays(to ?? '9998-12-31', 1));
    const who = { workspaceId, userId: person };
    const rows = await createDeliveryStore(db).of(who, startOf(zone, first), end);
    const lines = reportLines(rows, zone);
    process.stdout.write(`${person} (${workspaceId}, ${timeZone})\n`);
    for (const date of new Set(lines.map((line) => line.date))) {
      print(
        date,
        lines.filter((line) => line.date === date),
      );
    }
    process.stdout.write(`\n${distributionText(weekCounts(rows, zone))}\n`);
  }
});
