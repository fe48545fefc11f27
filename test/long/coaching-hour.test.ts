/** A weekly coaching hour: from the day that a manager picks to what came of its tweak, and who may read of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveHandOffCard } from '../../src/coaching/hand-off/store.ts';
import { coachingStandings } from '../../src/coaching/standings.ts';
import { addDays, datesBetween, mondayOf, weekdayOf } from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { everyDayDraft, LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import {
  buttonsOf,
  joinTeam,
  mintPerson,
  shown,
  type TestPair,
  title,
} from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

/** Days that were logged as if they had been answered: of `demos` a day so many became proposals. */
async function logged(rep: string, from: string, to: string, demos: number, proposals: number) {
  const dates = datesBetween(from, to).filter((date) => !['sat', 'sun'].includes(weekdayOf(date)));
  // Everything else is as planned.
  const upTo = (day: number) => Math.floor(day * proposals * 0.6);
  await app.db.activityDay.createMany({
    data: dates.map((date, day) => ({
      workspaceId: TEAM,
      personId: rep,
      date,
      state: 'logged' as const,
      calls: 26,
      visits: 3,
      demos,
      proposals,
      contracts: upTo(day + 1) - upTo(day),
      loggedAt: new Date(),
    })),
    skipDuplicates: true,
  });
}

/** A pair who are asked nothing but what this is about. */
async function mint(): Promise<TestPair> {
  const pair = await mintAgreed(app, LATE_REVIEWS);
  await quiet(pair.rep);
  await quiet(pair.manager);
  return pair;
}
async function quiet(personId: string) {
  const off = { checkIns: false, callBlocks: false, paceNotes: false };
  const where = { workspaceId_personId: { workspaceId: TEAM, personId } };
  const create = { workspaceId: TEAM, personId, ...off };
  await app.db.nudgeSettings.upsert({ where, create, update: off });
}
const standing = async (rep: string) =>
  (await coachingStandings(app.bigplan.context, TEAM, [rep])).get(rep);
const list = async (user: string) => {
  while (app.slack.modal(user)) await app.slack.closeModal(user);
  await app.slack.command('/bigplan', 'coach', { user });
};
const dayOf = (user: string) => app.find(user, /coaching hours? with/);

describe('an hour a week', () => {
  let pair: TestPair;
  beforeAll(async () => {
    // Agreed in December, so that all of January counts.
    await app.to('2026-12-28', '09:00');
    pair = await mint();
    await logged(pair.rep, '2027-01-04', '2027-02-26', 2, 1);
    await app.to('2027-03-01', '08:00');
  });

  it('is nobody’s until its manager picks a day', async () => {
    expect(await standing(pair.rep)).toMatchObject({
      standing: 'unplanned',
      at: null,
      lastHeldOn: null,
    });
    await list(pair.manager);
    expect(shown(app.slack, pair.manager)).toContain('One rep has no day yet');
    await app.slack.action({ user: pair.manager, actionId: 'coach_day_open' });
    await app.slack.submit(pair.manager, { day: 'wed', time: '14:00' });
    expect(shown(app.slack, pair.manager)).toContain('open, Wed Mar 3, 2:00 PM');
    expect(await standing(pair.rep)).toMatchObject({
      standing: 'open',
      at: { date: '2027-03-03', time: '14:00' },
      managerId: pair.manager,
      coachId: pair.manager,
    });
  });

  it('is open to the rep too, who says what they want to talk about', async () => {
    await list(pair.rep);
    const own = shown(app.slack, pair.rep);
    expect(own).toContain('This week’s coaching hour with');
    expect(own).toMatch(/Demo → proposal \*57%\*.*under plan beyond chance/);
    await app.slack.action({ user: pair.rep, actionId: 'coach_topic_open' });
    await app.slack.submit(pair.rep, { topic: 'Closing with *procurement*' });
    expect(shown(app.slack, pair.rep)).toContain('procurement');
  });

  it('brings the one number with its evidence, on its day and once', async () => {
    const told = () => app.texts(pair.manager).filter((text) => text.includes('coaching hour'));
    await app.to('2027-03-02', '18:00');
    expect(told()).toEqual([]);
    await app.to('2027-03-03', '08:16');
    const asked = dayOf(pair.manager);
    expect(asked.text).toBe(`*Wednesday: coaching hour with <@${pair.rep}>.*`);
    expect(inside(asked)).toMatch(
      /Demo → proposal \*57%\* \(plan 70%, likely \d+%–\d+%, \d+ demos\)/,
    );
    expect(inside(asked)).toContain('wants to talk about');
    expect(inside(asked)).toContain('Stop notes about coaching hours');
    expect(buttonsOf(asked)).toEqual(['coach_log_open', 'coach_move_open', 'coach_skip_open']);
    await app.to('2027-03-03', '12:00');
    expect(told()).toHaveLength(1);
  });

  it('moves within its week alone, in place', async () => {
    await app.press(pair.manager, 'coach_move_open', { message: dayOf(pair.manager) });
    const wrong = async (entries: Record<string, string>) =>
      JSON.stringify((await app.slack.submit(pair.manager, entries)).body);
    expect(await wrong({ date: '2027-03-08', time: '10:00' })).toContain(
      'Pick a day of the same week',
    );
    expect(await wrong({ date: '2027-03-03', time: '11:00' })).toContain('That has passed');
    await app.slack.submit(pair.manager, { date: '2027-03-04', time: '10:00' });
    expect(inside(dayOf(pair.manager))).toContain('moved to Thu Mar 4, 10:00 AM');
    expect(await standing(pair.rep)).toMatchObject({ isMoved: true, at: { date: '2027-03-04' } });
    await app.to('2027-03-04', '08:16');
    expect(dayOf(pair.manager).text).toContain('Thursday: coaching hour');
  });

  it('is logged in one form; the rep gets the tweak and says whether it helps', async () => {
    const words = { persona: 'Head of IT', promise: '', painPoints: '', content: '', news: '' };
    const updatedAt = new Date('2027-02-20T15:00:00Z');
    await saveHandOffCard(app.bigplan.context, TEAM, { words, updatedAt, updatedBy: pair.manager });
    await app.press(pair.manager, 'coach_log_open', { message: dayOf(pair.manager) });
    expect(title(app.slack, pair.manager)).toBe('Coaching hour');
    expect(shown(app.slack, pair.manager)).toContain('*Hand-off card* · 11 days old');
    expect(shown(app.slack, pair.manager)).toContain('"initial_date":"2027-03-18"');
    const entries = {
      reviewed: 'demo',
      which: 'Acme & Co',
      link: 'https://calls.example/1',
      heard: 'Two questions went unanswered.',
      tweak: 'Ask for the next step before the demo ends',
      metric: 'demoToProposal',
    };
    const { body } = await app.slack.submit(pair.manager, { ...entries, measureOn: '2027-03-04' });
    expect(JSON.stringify(body)).toContain('Pick a day to come');
    await app.slack.submit(pair.manager, { ...entries, measureOn: '2027-03-18' });
    expect(inside(dayOf(pair.manager))).toContain(`✓ *<@${pair.rep}>*: “Ask for the next step`);
    const tweak = app.find(pair.rep, /One tweak/);
    expect(inside(tweak)).toContain('Acme &amp; Co');
    await app.press(pair.rep, 'coach_useful.yes', { message: tweak });
    expect(inside(app.find(pair.rep, /One tweak/))).toContain('You said: useful');
    expect(inside(dayOf(pair.manager))).toContain('useful.');
    expect(await standing(pair.rep)).toMatchObject({ standing: 'done', lastHeldOn: '2027-03-04' });
  });

  it('is taken back, and logged again with what stood there', async () => {
    await app.press(pair.manager, 'coach_reopen', { message: dayOf(pair.manager) });
    expect(app.find(pair.rep, /took back/)).toBeDefined();
    expect(await standing(pair.rep)).toMatchObject({ standing: 'open', lastHeldOn: null });
    await app.press(pair.manager, 'coach_log_open', { message: dayOf(pair.manager) });
    expect(shown(app.slack, pair.manager)).toContain('Ask for the next step');
    await app.slack.submit(pair.manager, {});
    expect(app.find(pair.rep, /One tweak/)).toBeDefined();
    expect(await standing(pair.rep)).toMatchObject({ standing: 'done' });
  });

  it('is measured by itself, with chance said, to both', async () => {
    await logged(pair.rep, '2027-03-01', '2027-03-04', 2, 1);
    await logged(pair.rep, '2027-03-05', '2027-03-17', 4, 4);
    await app.to('2027-03-18', '08:20');
    const told = app.find(pair.rep, /What came of your tweak/);
    expect(told.text).toMatch(
      /Demo → proposal 100% \(36 of 36\) since, 50% \(\d+ of \d+\) before: \*better, beyond chance\*/,
    );
    const managers = app.find(pair.manager, /what came of your tweaks/);
    expect(inside(managers)).toContain('36 of 36');
    expect(inside(app.find(pair.rep, /One tweak/))).toContain('36 of 36');
  });

  it('weeks without an hour are skipped with a reason that the rep reads', async () => {
    await app.to('2027-03-24', '08:16');
    expect(inside(dayOf(pair.manager))).toContain('Last tweak (Mar 4)');
    await app.press(pair.manager, 'coach_skip_open', { message: dayOf(pair.manager) });
    await app.slack.submit(pair.manager, { reason: 'Trade fair' });
    expect(inside(dayOf(pair.manager))).toContain('skipped this week: “Trade fair”');
    await list(pair.rep);
    expect(shown(app.slack, pair.rep)).toContain('Trade fair');
    expect(await standing(pair.rep)).toMatchObject({ standing: 'skipped' });
  });

  it('strangers and forged buttons change nothing', async () => {
    const stranger = 'U0LEADER';
    const week = '2027-03-22';
    const message = dayOf(pair.manager);
    for (const action of ['coach_log_open', 'coach_move_open', 'coach_skip_open', 'coach_reopen']) {
      for (const user of [stranger, pair.rep]) {
        await app.press(user, action, { message: forged(message, action, `${pair.rep}:${week}`) });
        const said = `${app.told(user)} ${shown(app.slack, user)}`;
        expect(said, `${action} ${user}`).toContain('between two other people');
        while (app.slack.modal(user)) await app.slack.closeModal(user);
      }
    }
    await app.press(pair.manager, 'coach_reopen', {
      message: forged(message, 'coach_reopen', `${pair.rep}:2027-01-04`),
    });
    expect(app.told(pair.manager)).toContain('That week is over');
    expect(await standing(pair.rep)).toMatchObject({ standing: 'skipped' });
  });

  it('one press stops the prompts, and the hours stay', async () => {
    await app.press(pair.manager, 'nudge_menu', {
      message: dayOf(pair.manager),
      value: 'stop:coaching',
    });
    const told = () => app.texts(pair.manager).filter((text) => text.includes('coaching hour'));
    const before = told().length;
    await app.to('2027-03-31', '12:00');
    expect(told()).toHaveLength(before);
    expect(await standing(pair.rep)).toMatchObject({ standing: 'open' });
    await app.leave(pair.rep);
  });
});

describe('a team of eight', () => {
  const reps: string[] = [];
  let pair: TestPair;
  beforeAll(async () => {
    pair = await mint();
    reps.push(pair.rep);
    for (let n = 1; n < 8; n += 1) {
      const rep = `U0TEAM${n}`;
      await mintPerson(app, rep, { name: `Rep ${n}` });
      await joinTeam(app, rep, pair.manager);
      reps.push(rep);
    }
    await app.to('2027-04-05', '08:00');
  });

  it('on one day is one message, each hour after the other', async () => {
    await list(pair.manager);
    await app.slack.action({ user: pair.manager, actionId: 'coach_day_open' });
    await app.slack.submit(pair.manager, { day: 'tue', time: '09:00' });
    await app.to('2027-04-06', '12:00');
    const messages = app.slack.dm(pair.manager);
    expect(messages).toHaveLength(1);
    for (const rep of reps) expect(inside(messages[0] ?? app.last(pair.manager))).toContain(rep);
    expect(inside(app.last(pair.manager))).toContain('4:00 PM');
  });

  it('is read by a leader as who and never as what', async () => {
    const [rep = ''] = reps;
    await app.press(pair.manager, 'coach_log_open', {
      message: forged(app.last(pair.manager), 'coach_log_open', `${rep}:2027-04-05`),
    });
    await app.slack.submit(pair.manager, {
      reviewed: 'demo',
      tweak: 'CANARY-TWEAK',
      heard: 'CANARY-HEARD',
      metric: 'calls',
      measureOn: '2027-04-20',
    });
    await mintPerson(app, 'U0CRO', { name: 'Priya' });
    await app.db.person.updateMany({ where: { userId: 'U0CRO' }, data: { leader: true } });
    await list('U0CRO');
    const read = shown(app.slack, 'U0CRO');
    expect(read).toContain(`<@${pair.manager}>: 1 of 8 held`);
    expect(read).not.toContain('CANARY');
    const rows = await app.db.$queryRaw<{ row: string }[]>`
      SELECT to_json(h)::text AS row FROM coaching_hour h`;
    expect(JSON.stringify(rows)).not.toContain('CANARY');
  });

  it('asks the database as often for one rep as for eight', async () => {
    const count = async (ids: string[]) => {
      let queries = 0;
      const watched = app.db.$extends({
        query: {
          async $allOperations({ args, query }) {
            queries += 1;
            return query(args);
          },
        },
      });
      await coachingStandings({ ...app.bigplan.context, db: watched as never }, TEAM, ids);
      return queries;
    };
    expect(await count(reps)).toBe(await count(reps.slice(0, 1)));
  });

  it('is picked for those without one, and what others have stays', async () => {
    const [one = '', two = ''] = reps;
    const before = await app.db.coachingRhythm.findMany({
      where: { repId: { notIn: [one, two] } },
    });
    await app.db.coachingRhythm.deleteMany({ where: { repId: { in: [one, two] } } });
    await list(pair.manager);
    await app.slack.action({ user: pair.manager, actionId: 'coach_day_open' });
    expect(JSON.stringify(app.slack.modal(pair.manager))).toContain(
      'the 2 reps who have no day yet',
    );
    await app.slack.submit(pair.manager, { day: 'fri', time: '11:00' });
    const after = await app.db.coachingRhythm.findMany({ where: { repId: { notIn: [one, two] } } });
    expect(after).toEqual(before);
    const picked = await app.db.coachingRhythm.findMany({ where: { repId: { in: [one, two] } } });
    expect(picked.map(({ weekday, time }) => `${weekday} ${time}`).sort()).toEqual([
      'fri 11:00',
      'fri 12:00',
    ]);
  });

  it('spread over the week is no more than two a day', async () => {
    await list(pair.manager);
    await app.slack.action({ user: pair.manager, actionId: 'coach_day_open' });
    await app.slack.submit(pair.manager, { day: 'spread', time: '14:00' });
    const rhythms = await app.db.coachingRhythm.findMany({ where: { repId: { in: reps } } });
    const days = rhythms.map(({ weekday, time }) => `${weekday} ${time}`);
    expect(new Set(days).size).toBe(8);
    expect(days.filter((day) => day.startsWith('mon'))).toEqual(
      expect.arrayContaining(['mon 14:00', 'mon 15:00']),
    );
  });

  it('has somebody to stand in, who may say no', async () => {
    const standIn = 'U0STAND';
    await mintPerson(app, standIn, { name: 'Sam' });
    const ask = async (from: string, to: string) => {
      await list(pair.manager);
      await app.slack.action({ user: pair.manager, actionId: 'coach_stand_in_open' });
      return app.slack.submit(pair.manager, { standIn, from, to });
    };
    await ask('2027-04-12', '2027-04-18');
    const asked = app.find(standIn, /asks you to hold/);
    expect(inside(asked)).toContain(reps[0]);
    expect(JSON.stringify((await ask('2027-04-18', '2027-04-20')).body)).toContain('already');
    await app.press(standIn, 'coach_stand_in_decline', { message: asked });
    expect(app.find(standIn, /You said no/)).toBeDefined();
    await app.to('2027-04-07', '08:01');
    expect(app.find(pair.manager, /can’t hold your coaching hours/)).toBeDefined();

    await ask('2027-04-12', '2027-04-18');
    await app.to('2027-04-12', '12:00');
    const day = app.find(standIn, /Monday: coaching hours with/);
    expect(day.text).toContain(`You stand in for <@${pair.manager}>`);
    expect(app.texts(pair.manager).filter((text) => text.includes('Monday: coaching'))).toEqual([]);
    const about = forged(day, 'coach_log_open', `${pair.rep}:2027-04-12`);
    await app.press(standIn, 'coach_log_open', { message: about });
    await app.slack.submit(standIn, {
      reviewed: 'demo',
      tweak: 'Slow down',
      metric: 'calls',
      measureOn: '2027-04-26',
    });
    expect(inside(app.find(pair.rep, /One tweak.*Slow down/))).toContain(`<@${standIn}>`);
    await list(pair.manager);
    const row = await app.db.coachingStandIn.findFirstOrThrow({ where: { declinedAt: null } });
    await app.slack.action({ user: pair.manager, actionId: 'coach_stand_in_end', value: row.id });
    expect(app.find(standIn, /took it back/)).toBeDefined();
    await app.press(standIn, 'coach_log_open', { message: about });
    expect(`${app.told(standIn)} ${shown(app.slack, standIn)}`).toContain(
      'between two other people',
    );
    const next = addDays('2027-04-12', 1);
    await app.to(next, '12:00');
    expect(app.texts(standIn).filter((text) => text.includes('Tuesday: coaching'))).toEqual([]);
  });
});

it('a holiday where the rep’s plan is moves the hour to the next day that both work', async () => {
  const { calendar } = everyDayDraft();
  const at = zoneOf('America/New_York').dateAt(app.clock.now());
  const monday = mondayOf(at);
  const [thursday, friday] = [addDays(monday, 3), addDays(monday, 4)];
  const { rep, manager } = await mintAgreed(app, {
    ...LATE_REVIEWS,
    calendar: { ...calendar, holidays: [thursday] },
  });
  const rhythm = { weekday: 'thu', time: '14:00', pickedBy: manager, pickedAt: app.clock.now() };
  await app.db.coachingRhythm.create({ data: { workspaceId: TEAM, repId: rep, ...rhythm } });
  expect(await standing(rep)).toMatchObject({ standing: 'open', at: { date: friday } });
});
