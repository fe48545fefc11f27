/** Notes about pace: who may answer them, and who hears of what when things change meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreePlanOf, everyDayDraft, LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, numberIn, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import {
  buttonsOf,
  initial,
  joinTeam,
  mintPerson,
  shown,
  storedPlan,
  type TestPair,
  title,
} from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

const about = (user: string, words: string | RegExp) =>
  app
    .texts(user)
    .filter((text) => (words instanceof RegExp ? words.test(text) : text.includes(words)));
const episode = (rep: string) =>
  app.db.episode.findFirstOrThrow({ where: { personId: rep }, orderBy: { openedOn: 'desc' } });

/** Days that were logged, as if they had been answered. */
async function logged(rep: string, dates: readonly string[], calls: number): Promise<void> {
  const counts = { calls, visits: 2, demos: 1, proposals: 1, contracts: 0 };
  await app.db.activityDay.createMany({
    data: dates.map((date) => ({
      workspaceId: TEAM,
      personId: rep,
      date,
      state: 'logged' as const,
      ...counts,
      loggedAt: new Date(),
    })),
    skipDuplicates: true,
  });
}

const JAN = [4, 5, 6, 7, 8, 11, 12, 13, 14, 15].map((n) => `2027-01-${String(n).padStart(2, '0')}`);
const LATER = [18, 19, 20, 21, 22, 25, 26, 27, 28, 29].map((n) => `2027-01-${n}`);

describe('several reps who fell behind in the same fortnight', () => {
  const pairs: Record<string, TestPair> = {};
  const pair = (name: string): TestPair => {
    const found = pairs[name];
    if (!found) throw new Error(`no pair ${name}`);
    return found;
  };
  const note = (name: string) => app.find(pair(name).rep, /^Calls are at/);

  beforeAll(async () => {
    for (const name of ['plain', 'moves', 'alone', 'mute', 'closes', 'quiet']) {
      pairs[name] = await mintAgreed(app, LATE_REVIEWS);
      await logged(pair(name).rep, JAN, 8);
    }
    await app.db.person.update({
      where: { workspaceId_userId: { workspaceId: TEAM, userId: pair('alone').rep } },
      data: { teamId: null },
    });
    const mute = { workspaceId: TEAM, personId: pair('mute').rep, paceNotes: false };
    await app.db.nudgeSettings.create({ data: mute });
    await app.to('2027-01-18', '08:46');
  });

  it('each hears of it alone, and of whom it will reach', async () => {
    for (const name of ['plain', 'moves', 'closes', 'quiet']) {
      const { rep, manager } = pair(name);
      expect(about(rep, 'Calls are at'), name).toHaveLength(1);
      expect(inside(note(name))).toContain(`<@${manager}> sees the first line too`);
      expect(app.texts(manager)).toEqual([]);
    }
    expect(inside(note('alone'))).not.toContain('five more working days');
    expect(about(pair('mute').rep, 'Calls are at')).toEqual([]);
  });

  it('nobody else can press its buttons: not the manager, not another rep, not with a wrong id', async () => {
    const { rep, manager } = pair('plain');
    const own = await episode(rep);
    const actions = [
      'pace_catch_up',
      'pace_catch_up_stop',
      'pace_obstacle_open',
      'pace_was_away',
      'pace_hours_open',
      'pace_tell_manager',
      'pace_keep',
    ];
    for (const action of actions) {
      for (const user of [manager, pair('moves').rep, 'U0LEADER']) {
        await app.press(user, action, { message: forged(note('plain'), action, own.id) });
        expect(app.told(user), `${action} by ${user}`).toBe('That note is for somebody else.');
        expect(app.slack.modal(user)).toBeUndefined();
      }
      for (const id of ['', 'nope', '00000000-0000-7000-8000-000000000000']) {
        await app.press(rep, action, { message: forged(note('plain'), action, id) });
        expect(app.told(rep), action).toBe('That note is no longer here.');
      }
    }
    await app.press(rep, 'pace_obstacle_open', { message: note('plain') });
    const view = app.slack.modal(rep);
    if (view) view.private_metadata = (await episode(pair('moves').rep)).id;
    const { body } = await app.slack.submit(rep, { causes: ['content'] });
    expect(JSON.stringify(body)).toContain('That note is for somebody else.');
    await app.slack.closeModal(rep);
    expect(await episode(rep)).toEqual(own);
    expect(await app.db.catchUp.count()).toBe(0);
  });

  it('the hours that it takes become a call block in the plan, for both to sign', async () => {
    const { rep } = pair('moves');
    expect(buttonsOf(note('moves'))).toContain('pace_hours_open');
    const hours = Number(
      /about ([\d.]+) hours? of calls more a week/.exec(inside(note('moves')))?.[1],
    );
    await app.press(rep, 'pace_hours_open', { message: note('moves') });
    expect(title(app.slack, rep)).toBe('Find the hours');
    expect(shown(app.slack, rep)).toContain(`*About ${hours} hours of calls more a week.*`);
    const days = initial(app.slack, rep, 'days');
    const minutes = Number(initial(app.slack, rep, 'minutes'));
    expect(initial(app.slack, rep, 'start')).toBe('09:00');
    expect(Array.isArray(days) ? days.length * minutes : 0).toBeGreaterThanOrEqual(hours * 60 - 15);

    const wrong = await app.slack.submit(rep, { minutes: '2' });
    expect(JSON.stringify(wrong.body)).toContain('between 5 minutes and 12 hours');
    const before = await storedPlan(app, rep);
    expect(before.version).toMatchObject({ number: 2, status: 'draft', draft: { callBlocks: [] } });
    await app.slack.submit(rep, { days: ['tue', 'thu'], minutes: '120' });
    expect(title(app.slack, rep)).toBe('Review');
    expect(shown(app.slack, rep)).toContain('*The block is in version 2.*');
    expect(app.slack.modal(rep)?.submit?.text).toContain('Propose to');
    const { version } = await storedPlan(app, rep);
    expect(version.draft.callBlocks).toEqual([
      expect.objectContaining({ days: ['tue', 'thu'], start: '09:00', minutes: 120 }),
    ]);
    // Version 1 counts until both have signed.
    expect(await app.db.planVersion.count({ where: { planId: version.planId } })).toBe(2);
    await app.slack.closeModal(rep);
  });

  it('the catch-up plan is asked for from now on, on its days and in its blocks, until it is stopped', async () => {
    const { rep } = pair('plain');
    await app.press(rep, 'pace_catch_up', { message: note('plain') });
    const words = inside(note('plain'));
    const perDay = numberIn(words, /catch-up plan is on:\* (\d+) calls a day/);
    const { until } = await app.db.catchUp.findFirstOrThrow({ where: { personId: rep } });
    await app.to('2027-01-18', '16:30');
    expect(app.last(rep).text).toContain(`Calls ${perDay} planned`);
    await app.press(rep, 'day_as_planned');
    expect(app.last(rep).text).toContain(`${perDay} calls`);
    await app.press(rep, 'pace_catch_up_stop', { message: note('plain') });
    expect(inside(note('plain'))).toContain('catch-up plan is off');
    await app.to('2027-01-19', '16:30');
    const planned = numberIn(app.last(rep).text, /Calls (\d+) planned/);
    expect(planned).toBeLessThan(perDay);
    // Pressed once more on a screen that shows the old note.
    await app.press(rep, 'pace_catch_up', {
      message: forged(note('plain'), 'pace_catch_up', (await episode(rep)).id),
    });
    await app.db.catchUp.updateMany({ where: { personId: rep }, data: { until: '2027-01-20' } });
    await app.to('2027-01-20', '16:30');
    expect(app.last(rep).text).toContain(`Calls ${perDay} planned`);
    await app.to('2027-01-21', '16:30');
    expect(numberIn(app.last(rep).text, /Calls (\d+) planned/)).toBeLessThanOrEqual(planned + 1);
    expect(until > '2027-01-21').toBe(true);
    await logged(rep, LATER, 8);
  });

  it('only whoever is the manager by then is told, and never one who was not announced', async () => {
    const successor = 'U0NEWMGR';
    await mintPerson(app, successor, { name: 'Nell' });
    await joinTeam(app, pair('moves').rep, successor);
    await joinTeam(app, pair('alone').rep, successor);
    const { manager: quiet } = pair('quiet');
    await app.slack.command('/bigplan', 'away 22 Jan 2027 – 25 Jan 2027', { user: quiet });
    await app.leave(pair('closes').rep);
    for (const { rep } of Object.values(pairs)) await logged(rep, LATER, 8);
    await app.to('2027-01-25', '09:00');
    expect(about(pair('plain').manager, 'Calls are at')).toHaveLength(1);
    expect(app.texts(pair('moves').manager)).toEqual([]);
    expect(about(successor, 'Dana 2: Calls are at')).toHaveLength(1);
    expect(about(successor, 'Dana 3')).toEqual([]);
    expect(app.texts(pair('closes').manager)).toEqual([]);
    expect(app.texts(pair('mute').manager)).toEqual([]);
    expect(about(pair('plain').rep, 'As I said I would')).toHaveLength(1);
  });

  it('a manager who is away is told when back, and the rep hears of it then', async () => {
    const { rep, manager } = pair('quiet');
    expect(app.texts(manager)).toEqual([]);
    expect(about(rep, 'As I said I would')).toEqual([]);
    await app.slack.command('/bigplan', 'away cancel', { user: manager });
    await app.to('2027-01-26', '09:00');
    expect(about(manager, 'Calls are at')).toHaveLength(1);
    expect(about(rep, 'As I said I would')).toHaveLength(1);
  });

  it('the button still does what its note said after the manager was told', async () => {
    const { rep } = pair('quiet');
    const said = numberIn(inside(note('quiet')), /\*(\d+) calls a day\*/);
    await app.press(rep, 'pace_catch_up', { message: note('quiet') });
    expect(inside(note('quiet'))).toContain(`${said} calls a day`);
  });

  it('it is over for the one who was told, not for one who came after', async () => {
    const back = [1, 2, 3, 4, 5, 8, 9, 10, 11, 12].map(
      (n) => `2027-02-${String(n).padStart(2, '0')}`,
    );
    for (const name of ['moves', 'quiet']) {
      await logged(pair(name).rep, back, 40);
      await app.db.activityDay.updateMany({
        where: { personId: pair(name).rep, date: { gte: '2027-01-26' } },
        data: { calls: 40 },
      });
    }
    for (const name of ['plain', 'alone', 'mute']) await app.leave(pair(name).rep);
    const third = 'U0THIRDMGR';
    await mintPerson(app, third, { name: 'Tia' });
    await joinTeam(app, pair('moves').rep, third);
    await app.to('2027-02-03', '09:00');
    const [over = '', ...more] = about(pair('moves').rep, 'Back on plan');
    expect(more).toEqual([]);
    // Of the days that ended it, not of those it began with.
    expect(numberIn(over, /at \*(\d+)%\* of plan/)).toBeGreaterThanOrEqual(92);
    expect(app.texts(third)).toEqual([]);
    expect(about('U0NEWMGR', 'Back on plan')).toEqual([]);
    expect(about(pair('quiet').manager, 'Back on plan')).toHaveLength(1);
  });

  it('an old catch-up plan can’t be taken up once it is over', async () => {
    const { rep } = pair('moves');
    const { id } = await episode(rep);
    await app.press(rep, 'pace_catch_up', { message: forged(note('moves'), 'pace_catch_up', id) });
    expect(app.told(rep)).toContain('That catch-up plan is over');
    expect(await app.db.catchUp.count({ where: { personId: rep } })).toBe(0);
    await app.leave(pair('moves').rep);
    await app.leave(pair('quiet').rep);
  });

  it('a plan that was closed takes its open notes with it: the next one begins anew', async () => {
    const { rep, manager } = pair('closes');
    const before = app.texts(rep).length;
    await app.to('2027-02-04', '09:00');
    expect(app.texts(rep)).toHaveLength(before);
    const period = { start: '2027-02-05', end: '2027-12-31' };
    await agreePlanOf(app, rep, everyDayDraft({ period }));
    const days = ['05', '08', '09', '10', '11', '12'].map((n) => `2027-02-${n}`);
    await logged(rep, days, 8);
    await app.to('2027-02-15', '09:00');
    expect(app.texts(manager)).toEqual([]);
    expect(about(rep, 'Back on plan')).toEqual([]);
    expect(about(rep, 'As I said I would')).toEqual([]);
    await app.leave(rep);
  });
});

describe('a bonanza', () => {
  const MARCH = ['01', '02', '03', '04', '05', '08', '09', '10', '11', '12'].map(
    (n) => `2027-03-${n}`,
  );
  let pair: TestPair;
  let note: ReturnType<typeof app.last>;
  beforeAll(async () => {
    pair = await mintAgreed(app, { period: { start: '2027-03-01', end: '2027-12-31' } });
    await logged(pair.rep, MARCH, 75);
    const calm = { workspaceId: TEAM, personId: pair.manager, paceNotes: false };
    const { workspaceId, personId } = calm;
    const where = { workspaceId_personId: { workspaceId, personId } };
    await app.db.nudgeSettings.upsert({ where, create: calm, update: calm });
    await app.to('2027-03-15', '09:00');
    note = app.find(pair.rep, /are at/);
  });

  it('is told to the rep alone, until they want it told: then once', async () => {
    const { rep, manager } = pair;
    expect(buttonsOf(note)).toEqual(['pace_changed_open', 'pace_tell_manager', 'pace_keep']);
    expect(app.texts(manager)).toEqual([]);
    await Promise.all([
      app.press(rep, 'pace_tell_manager', { message: note }),
      app.press(rep, 'pace_tell_manager', { message: note }),
    ]);
    await app.press(rep, 'pace_tell_manager', { message: note });
    expect(app.texts(manager)).toHaveLength(1);
    expect(app.texts(manager)[0]).toContain('Calls are at');
    expect(inside(app.find(rep, /are at/))).toContain(`<@${manager}> sees this line now`);
  });

  it('“Keep it to myself” afterwards can’t take it back, and says so', async () => {
    const { rep, manager } = pair;
    await app.press(rep, 'pace_keep', { message: note });
    expect(inside(app.find(rep, /are at/))).not.toContain('Kept to yourself');
    expect(app.texts(manager)).toHaveLength(1);
  });

  it('takes the answer to what changed, which stays with the rep until they share it', async () => {
    const { rep, manager } = pair;
    const say = async (readers: string, words: string) => {
      await app.press(rep, 'pace_changed_open', { message: app.find(rep, /are at/) });
      await app.slack.submit(rep, { words, readers });
      await app.bigplan.settled();
    };
    await say('me', 'The webinar list.');
    expect(app.texts(manager).join()).not.toContain('webinar');
    await say('manager', 'The webinar list, and mornings.');
    expect(app.texts(manager)).toHaveLength(1);
    await eventually(() =>
      expect(inside(app.last(manager))).toContain('>The webinar list, and mornings.'),
    );
    expect(inside(app.find(rep, /are at/))).toContain('and what changed:');
    await app.press(rep, 'pace_keep', { message: note });
    expect(inside(app.find(rep, /are at/))).toContain('and what changed:');
    const row = await app.db.episode.findFirstOrThrow({ where: { personId: rep } });
    expect(JSON.stringify(row)).not.toContain('webinar');
    expect(JSON.stringify(app.logged)).not.toContain('webinar');
  });

  it('once it is over it can’t be told any more', async () => {
    const { rep } = pair;
    const { id } = await episode(rep);
    await app.db.episode.update({
      where: { id },
      data: { resolvedOn: '2027-03-15', open: null, answer: null },
    });
    await app.press(rep, 'pace_tell_manager', { message: note });
    expect(app.told(rep)).toContain('over by now');
  });
});
