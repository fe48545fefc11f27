/** Mondays, a manager hears in five lines how the team stands; and whoever leads sees all teams. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeLeader } from '../support/a-company.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { mintPerson, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-01-06T15:00:00Z'));
  pair = await mintAgreed(app, LATE_REVIEWS);
  await app.db.nudgeSettings.updateMany({ data: { digest: true } });
});
afterAll(() => app.stop());

const digests = (user: string) =>
  app.slack.dm(user).filter(({ text }) => text.includes('Your team this week'));

it('comes once on Monday’s morning, names who needs help, and can be stopped there', async () => {
  await app.to('2027-01-11', '12:00');
  expect(digests(pair.manager)).toHaveLength(1);
  // Nothing is due yet: nobody is judged, nobody is named.
  const first = inside(app.find(pair.manager, /Your team this week/));
  expect(first).toContain('One rep: 1 too early to say');
  expect(first).not.toContain(`<@${pair.rep}>`);
  const looks = () =>
    app.db.auditEntry.findMany({
      where: { actorId: pair.manager, subjectId: pair.rep, kind: 'standing_seen' },
      orderBy: { at: 'asc' },
    });
  expect(await looks()).toEqual([]);
  await app.to('2027-02-01', '12:00');
  expect(digests(pair.manager)).toHaveLength(4);
  const message = app.find(pair.manager, /Your team this week/);
  expect(inside(message)).toContain(`*<@${pair.rep}>* · *off track*: bookings 0%`);
  expect(inside(message)).not.toMatch(/\$|income/);
  // Who is named can read that their manager was sent it, and when.
  const { at } = (await looks()).at(-1) ?? {};
  expect(at?.toISOString().slice(0, 10)).toBe('2027-02-01');
  await app.press(pair.manager, 'nudge_menu', { message, value: 'stop:digest' });
  await app.to('2027-02-08', '12:00');
  expect(digests(pair.manager)).toHaveLength(4);
});

it('/bigplan team shows all teams to a leader who manages nobody, and to nobody else', async () => {
  await mintPerson(app, 'U0LEA', { name: 'Lea' });
  await makeLeader(app, 'U0LEA');
  await app.slack.command('/bigplan', 'team', { user: 'U0LEA' });
  const shown = JSON.stringify(app.slack.modal('U0LEA'));
  expect(shown).toContain('The teams');
  expect(shown).toContain(`<@${pair.manager}>’s team`);
  // Of one rep nothing is counted.
  expect(shown).not.toContain(`<@${pair.rep}>`);
  await app.slack.command('/bigplan', 'team', { user: pair.manager });
  expect(JSON.stringify(app.slack.modal(pair.manager))).not.toContain('The teams');
});

it('invites to coaching hours until a day is picked or none is wanted, and then says no more of it', async () => {
  const { rep, manager } = await mintAgreed(app, LATE_REVIEWS);
  await app.db.nudgeSettings.updateMany({ data: { digest: true } });
  const last = () => inside(app.find(manager, /Your team this week/));
  await app.to('2027-02-15', '12:00');
  expect(last()).toContain('One rep has no day for a weekly coaching hour');
  await app.press(manager, 'coach_none', { message: app.find(manager, /Your team this week/) });
  const list = JSON.stringify(app.slack.modal(manager));
  expect(list).toContain('No hours for those without a day');
  expect(list).toContain(`*<@${rep}>* · stopped`);
  await app.slack.closeModal(manager);
  await app.to('2027-02-22', '12:00');
  expect(digests(manager)).toHaveLength(2);
  expect(last()).not.toContain('coach');

  // Whoever wants no word of coaching hours isn't invited; what was picked meanwhile isn't undone by an old button.
  const { rep: other, manager: quiet } = await mintAgreed(app, LATE_REVIEWS);
  await app.db.nudgeSettings.updateMany({
    where: { personId: quiet },
    data: { digest: true, coaching: false },
  });
  await app.to('2027-03-01', '12:00');
  expect(inside(app.find(quiet, /Your team this week/))).not.toContain('coach_none');
  const picked = { weekday: 'thu', time: '10:00', pickedBy: quiet, pickedAt: app.clock.now() };
  await app.db.coachingRhythm.create({ data: { workspaceId: TEAM, repId: other, ...picked } });
  const message = forged(app.find(quiet, /Your team this week/), 'coach_none', '');
  await app.press(quiet, 'coach_none', { message });
  const kept = await app.db.coachingRhythm.findFirstOrThrow({ where: { repId: other } });
  expect(kept.weekday).toBe('thu');
});
