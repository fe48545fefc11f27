/**
 * Days of many people, lived with the clock moved from one due instant to the next: a third taps, a third types, a third
 * answers nothing. Bigplan is a process of its own, so that its memory is measured alone; Slack forgets.
 */
import type { ChildProcess } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { rolesOf, saveRoles } from '../../src/people/store.ts';
import { addDays, weekdayOf } from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { ask, endChild, startChild } from '../bench/children.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { joinTeam, mintPerson } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';
import { TABLE_ENDS } from './table-ends.ts';
import { unended } from './unended.ts';

const PEOPLE = Number(process.env.SOAK_PEOPLE);
const DAYS = Number(process.env.SOAK_DAYS);
const TEAM_OF = 8;
const LEADER = 'U0LEA';
/** 1:1s are on each month's first Tuesday: a week later, so that all there is has been loaded by the second half. */
const FIRST = '2027-01-25';
/** So many messages Slack still has: the last days' at the least. */
const KEPT_BY_SLACK = 40_000;
/** Heap (MB a day) that the second half may gain: what collecting leaves behind by chance. */
const FLAT = 0.25;
/** Under that, what is loaded first hides all else. */
const DAYS_TO_JUDGE = 24;

const zone = zoneOf('America/New_York');
const reps = Array.from({ length: PEOPLE }, (_, n) => `U0P${n}`);
const managerOf = (n: number) => `U0M${Math.floor(n / TEAM_OF)}`;

interface Day {
  heap: number;
  resident: number;
  rows: Record<string, number>;
}

let app: DayApp;
let child: ChildProcess;
let client: pg.Client;
let until: Date;
const lived: Day[] = [];

beforeAll(async () => {
  app = await startDayApp();
  await mintPerson(app, LEADER);
  await inTransaction(app.db, async (tx) =>
    saveRoles(tx, TEAM, { ...(await rolesOf(tx, TEAM)), leaders: [LEADER] }),
  );
  const draft = everyDayDraft({
    period: { start: FIRST, end: '2027-12-31' },
    reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
  });
  for (const [n, rep] of reps.entries()) {
    const manager = managerOf(n);
    if (n % TEAM_OF === 0) await mintPerson(app, manager);
    await mintPerson(app, rep);
    await joinTeam(app, rep, manager);
    await agreePlanOf(app, rep, draft);
  }
  await app.db.nudgeSettings.updateMany({ data: { digest: true } });
  await app.bigplan.stop();
  client = new pg.Client({ connectionString: app.config.databaseUrl ?? '' });
  await client.connect();
  until = zone.instantAt(FIRST, '00:00');
  child = await startChild('../soak/app.ts', JSON.stringify(app.config), until.toISOString());
  app.slack.connect(String(await ask(child, 'url')));
}, 7_200_000);
afterAll(async () => {
  if (child) await endChild(child);
  await client?.end();
  await app?.stop();
});

async function to(date: string, time: string): Promise<void> {
  until = zone.instantAt(date, time);
  await ask(child, until.toISOString());
}

async function answers(day: number): Promise<void> {
  for (const [n, rep] of reps.entries()) {
    const way = (n + day) % 3;
    if (way === 1) await app.slack.command('/bigplan', 'log 20 calls 1 visit', { user: rep });
    const asked = app.slack.dm(rep).findLast(({ text }) => /how did it go/.test(text));
    if (way !== 0 || !asked || !JSON.stringify(asked.blocks).includes('day_as_planned')) continue;
    await app.slack.action({ user: rep, actionId: 'day_as_planned', message: asked });
  }
  await ask(child, 'settled');
}

async function rowsOf(): Promise<Record<string, number>> {
  const { rows: tables } = await client.query<{ name: string; place: string }>(`
    SELECT tablename AS name, quote_ident(schemaname) || '.' || quote_ident(tablename) AS place
    FROM pg_tables WHERE schemaname = 'public'
    UNION ALL SELECT 'job', 'graphile_worker._private_jobs' ORDER BY 1`);
  const counts: Record<string, number> = {};
  for (const { name, place } of tables) {
    const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${place}`);
    counts[name] = rows[0]?.n ?? 0;
  }
  return counts;
}

it('is lived', { timeout: 0 }, async () => {
  for (let day = 0; day < DAYS; day++) {
    const date = addDays(FIRST, day);
    await to(date, '17:00');
    if (!['sat', 'sun'].includes(weekdayOf(date))) await answers(day);
    await to(date, '23:30');
    app.slack.forget(KEPT_BY_SLACK);
    const memory = (await ask(child, 'memory')) as Pick<Day, 'heap' | 'resident'>;
    lived.push({ ...memory, rows: await rowsOf() });
    console.log(`${date}: heap ${memory.heap.toFixed(1)} MB, RSS ${memory.resident.toFixed(0)} MB`);
  }
  const { rows } = await client.query<{ kind: string; state: string; n: number }>(
    'SELECT kind, state::text, count(*)::int AS n FROM delivery GROUP BY 1, 2 ORDER BY 1, 2',
  );
  console.log(rows.map(({ kind, state, n }) => `${kind} ${state}: ${n}`).join('\n'));
  expect(lived).toHaveLength(DAYS);
});

it('no row is without an end', async () => {
  const at = [DAYS / 3, (2 * DAYS) / 3, DAYS].map((day) => Math.max(0, Math.round(day) - 1));
  const last = lived.at(-1)?.rows ?? {};
  const lines = Object.entries(last).flatMap(([table, count]) => {
    if (count === 0) return [];
    const counts = at.map((day) => lived[day]?.rows[table] ?? 0);
    const grown = (count - (lived[0]?.rows[table] ?? 0)) / (PEOPLE * Math.max(1, DAYS - 1));
    const growth = `${grown.toFixed(3)} a person and day`;
    return [`${table}: ${counts.join(', ')}; ${growth}; ends: ${TABLE_ENDS[table] ?? 'NEVER'}`];
  });
  console.log(`Rows at a third, two thirds and the end:\n${lines.join('\n')}`);
  expect(Object.keys(last).filter((table) => !TABLE_ENDS[table])).toEqual([]);
  expect(await unended(client, until)).toEqual([]);
});

it('memory is flat', () => {
  const half = Math.floor(DAYS / 2);
  const heaps = lived.map(({ heap }) => heap);
  const slopes = [slope(heaps.slice(0, half)), slope(heaps.slice(half))];
  console.log(
    `Heap, MB a day: ${slopes.map((one) => one.toFixed(3)).join(' in the first half, ')} in the second`,
  );
  if (DAYS < DAYS_TO_JUDGE) console.log(`Judged from ${DAYS_TO_JUDGE} days on.`);
  else expect(slopes[1], 'MB a day').toBeLessThan(FLAT);
});

/** Of the straight line nearest to them. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const along = values.reduce((sum, value, n) => sum + (n - middle) * (value - mean), 0);
  return along / values.reduce((sum, _, n) => sum + (n - middle) ** 2, 0);
}
