/** A company too large for Slack to take everybody's check-in in one minute. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spreadTime } from '../../src/activity/spread-rules.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { mintPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const zone = zoneOf('America/New_York');
let app: DayApp;
const reps: string[] = [];
beforeAll(async () => {
  app = await startDayApp();
  for (let n = 0; n < 3; n++) {
    const { rep } = await mintPair(app);
    await agreePlanOf(app, rep, everyDayDraft());
    reps.push(rep);
  }
  await app.to('2027-01-04', '12:00');
}, 60_000);
afterAll(() => app.stop());

const counted = () => app.db.workspace.findUniqueOrThrow({ where: { id: TEAM } });

/** As if so many were counted, which lasts a day. */
const grow = (asked: number) =>
  app.db.workspace.update({
    where: { id: TEAM },
    data: { asked, askedCountedAt: app.clock.now() },
  });

async function askedAt(rep: string, date: string): Promise<string> {
  const { dueAt } = await app.db.delivery.findFirstOrThrow({
    where: { personId: rep, kind: 'check_in', key: date },
  });
  return zone.timeAt(dueAt);
}

it('those who are asked are counted once a day', async () => {
  expect((await counted()).asked).toBe(3);
  await grow(10_000);
  await app.bigplan.tick();
  expect((await counted()).asked).toBe(10_000);
});

it('each is asked at a minute of their own, and not after the time that they chose', async () => {
  await grow(10_000);
  await app.to('2027-01-04', '17:00');
  for (const rep of reps) {
    const at = spreadTime('16:30', rep, 10_000);
    expect(await askedAt(rep, '2027-01-04')).toBe(at);
  }
  const times = await Promise.all(reps.map((rep) => askedAt(rep, '2027-01-04')));
  expect(new Set(times).size).toBe(reps.length);
});

it('which their settings say before they choose, and after', async () => {
  await grow(10_000);
  const [rep = ''] = reps;
  await app.slack.command('/bigplan', 'settings', { user: rep });
  expect(JSON.stringify(app.slack.modal(rep))).toContain(
    'yours comes in the 35 minutes before it, at the same time every day',
  );
  await app.slack.submit(rep, { checkInTime: '17:00' });
  const shown = JSON.stringify(app.slack.modal(rep));
  expect(shown).toContain(`I’ll ask at ${spreadTime('17:00', rep, 10_000)}, your time.`);
  expect(shown).toContain('a little before 17:00');
});

it('of a small company they say nothing of it', async () => {
  await grow(200);
  const [, rep = ''] = reps;
  await app.slack.command('/bigplan', 'settings', { user: rep });
  expect(JSON.stringify(app.slack.modal(rep))).not.toContain('too large');
  await app.slack.submit(rep, {});
  expect(JSON.stringify(app.slack.modal(rep))).toContain('I’ll ask at 16:30, your time.');
});
