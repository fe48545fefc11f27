/** Check-ins on days that don't go as planned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/time/local-date.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, numberIn, startDayApp } from '../support/day-app.ts';
import { buttonsOf, shown } from '../support/plan-app.ts';
import { TEAM, userInfo } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

const day = (rep: string, date: string) =>
  app.db.activityDay.findFirst({ where: { personId: rep, date } });
const told = (user: string) => `${app.told(user)}\n${shown(app.slack, user)}`;
const daysOf = (start: string, end = '2027-12-31') => ({ period: { start, end } });

describe('between the question and its reminder', () => {
  it('whatever has changed, nobody is reminded of what is no longer open', async () => {
    const reps: Record<string, string> = {};
    for (const name of ['open', 'logged', 'away', 'paused', 'closed', 'gone', 'left', 'off']) {
      reps[name] = (await mintAgreed(app)).rep;
    }
    const { open = '', logged = '', away = '', paused = '', closed = '', gone = '' } = reps;
    const { left = '', off = '' } = reps;
    await app.to('2027-01-04', '16:31');
    for (const rep of Object.values(reps)) expect(app.texts(rep)).toHaveLength(1);
    // Behind the app's back where it would take the reminder away by itself.
    const counts = { calls: 1, visits: 0, demos: 0, proposals: 0, contracts: 0 };
    const key = { workspaceId: TEAM, personId: logged, date: '2027-01-04' };
    await app.db.activityDay.create({
      data: { ...key, ...counts, state: 'logged', loggedAt: new Date() },
    });
    await app.slack.command('/bigplan', 'away today', { user: away });
    await app.press(paused, 'nudge_pause.quiet', {
      message: forged(app.last(paused), 'nudge_pause.quiet', 'quiet'),
    });
    await app.leave(closed);
    await app.db.person.updateMany({ where: { userId: gone }, data: { deactivated: true } });
    Object.assign(app.slack.people.get(left) ?? {}, { deleted: true });
    await app.db.person.updateMany({ where: { userId: left }, data: { refreshedAt: new Date(0) } });
    await app.press(off, 'nudge_menu', { value: 'stop:checkIns' });
    await app.to('2027-01-04', '23:00');
    expect(app.texts(open)).toHaveLength(2);
    for (const rep of Object.values(reps)) {
      if (rep !== open) expect(app.texts(rep), rep).toHaveLength(1);
    }
    expect(app.last(away).text).toBe('Monday: away. Nothing to log.');
    for (const rep of Object.values(reps)) await app.leave(rep);
  });
});

describe('a snooze', () => {
  let rep: string;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, daysOf('2027-01-05')));
  });

  it('twice is still one reminder, an hour after the second', async () => {
    await app.to('2027-01-05', '16:35');
    const question = app.last(rep);
    await app.press(rep, 'day_snooze');
    expect(buttonsOf(app.last(rep))).not.toContain('day_snooze');
    await app.to('2027-01-05', '17:20');
    await app.press(rep, 'day_snooze', { message: question });
    await app.to('2027-01-05', '18:19');
    expect(app.texts(rep)).toHaveLength(1);
    await app.to('2027-01-05', '18:21');
    expect(app.texts(rep)).toHaveLength(2);
    await app.press(rep, 'day_snooze', { message: question });
    expect(told(rep)).toContain('only once');
    await app.to('2027-01-05', '23:30');
    expect(app.texts(rep)).toHaveLength(2);
    await app.press(rep, 'day_snooze', { message: question });
    expect(told(rep)).toContain('In an hour that day is over');
  });

  it('comes although reminders are off; what was called off today stays so', async () => {
    await app.to('2027-01-06', '16:35');
    const question = app.last(rep);
    await app.press(rep, 'nudge_menu', {
      message: forged(question, 'nudge_menu', 'stop:reminder'),
    });
    await app.press(rep, 'day_snooze', { message: question });
    expect(told(rep)).toContain('for today that is over');
    const before = app.texts(rep).length;
    await app.to('2027-01-07', '16:35');
    await app.press(rep, 'day_snooze');
    expect(inside(app.last(rep))).toContain('come back at 5:35 PM');
    await app.to('2027-01-07', '23:00');
    expect(app.texts(rep)).toHaveLength(before + 2);
  });

  it('of a day that was answered meanwhile asks nothing again', async () => {
    await app.slack.say(rep, '5 calls');
    await app.to('2027-01-08', '16:35');
    const question = app.last(rep);
    await app.slack.command('/bigplan', 'log 20 calls', { user: rep });
    await app.press(rep, 'day_snooze', { message: question });
    const before = app.texts(rep).length;
    expect(inside(app.last(rep))).not.toContain('Snoozed');
    await app.to('2027-01-08', '23:00');
    expect(app.texts(rep)).toHaveLength(before);
    await app.leave(rep);
  });
});

describe('answers at once, late, or to old messages', () => {
  let rep: string;
  let first: ReturnType<typeof app.last>;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, daysOf('2027-01-11')));
  });

  it('many clicks at once are one answer', async () => {
    await app.to('2027-01-11', '16:30');
    first = app.last(rep);
    await app.press(rep, 'day_log');
    app.slack.fill(rep, { calls: '12' });
    await Promise.all([
      app.slack.submit(rep),
      app.slack.submit(rep),
      app.press(rep, 'day_as_planned', { message: first }),
      app.press(rep, 'day_as_planned', { message: first }),
      app.press(rep, 'day_snooze', { message: first }),
    ]);
    expect(await app.db.activityDay.count({ where: { personId: rep } })).toBe(1);
    const planned = numberIn(first.text, /Calls (\d+) planned/);
    const { calls, state } = (await day(rep, '2027-01-11')) ?? {};
    expect(state).toBe('logged');
    expect(app.texts(rep)).toHaveLength(1);
    await app.slack.say(rep, 'calls 12');
    expect([12, planned]).toContain(calls);
    expect(inside(app.find(rep, /^Monday/))).toContain('12 calls');
  });

  it('a form for skipping that was left open does not undo what was logged', async () => {
    await app.press(rep, 'day_skip_open', { message: first });
    const { body } = await app.slack.submit(rep, { reason: 'meetings', words: 'All day' });
    expect(JSON.stringify(body)).toContain('logged already');
    await app.slack.closeModal(rep);
    expect(await day(rep, '2027-01-11')).toMatchObject({ state: 'logged', calls: 12 });
  });

  it('a skip keeps its words, and the day can be logged after all', async () => {
    await app.to('2027-01-12', '16:30');
    const question = app.last(rep);
    await app.press(rep, 'day_skip_open');
    for (const words of ['nul \0 here', 'half \ud800 a pair']) {
      const { body } = await app.slack.submit(rep, { reason: 'other', words });
      expect(JSON.stringify(body)).toMatch(/words:0.*can't be kept/);
    }
    await app.slack.submit(rep, {
      reason: 'other',
      words: '*bold* <!channel> & “so”\nsecond line',
    });
    const skipped = app.last(rep);
    expect(skipped.ts).toBe(question.ts);
    const words = inside(skipped);
    expect(words).toContain('&lt;!channel&gt;');
    expect(words).not.toContain('<!channel>');
    expect(words).toContain('\\n>second line');
    await app.press(rep, 'day_log');
    await app.slack.submit(rep, { calls: '4' });
    expect(await day(rep, '2027-01-12')).toMatchObject({ state: 'logged', calls: 4, note: null });
  });

  it('“I was away” for a day turns into time off, and taking that back asks again', async () => {
    await app.to('2027-01-13', '16:30');
    const question = app.last(rep);
    await app.press(rep, 'day_skip_open');
    await app.slack.submit(rep, { reason: 'away' });
    expect(app.last(rep).text).toBe('Wednesday: away. Nothing to log.');
    await app.slack.command('/bigplan', 'away cancel', { user: rep });
    expect(app.last(rep).ts).toBe(question.ts);
    expect(buttonsOf(app.last(rep))).toContain('day_as_planned');
  });

  it('forged metadata reaches nobody else’s day and breaks nothing', async () => {
    const other = await mintAgreed(app, daysOf('2027-01-11'));
    await app.to('2027-01-14', '16:30');
    for (const metadata of [
      '',
      'day',
      'day:',
      'day:2027-13-45',
      'day:2027-06-01',
      'block:2027-01-14:nope',
      `sync:2027-01-14:${other.rep}`,
      'sync:x:y:z',
      '{"date":1}',
    ]) {
      await app.press(rep, 'day_skip_open');
      const view = app.slack.modal(rep);
      if (view) view.private_metadata = metadata;
      const { body } = await app.slack.submit(rep, { reason: 'meetings' });
      expect(JSON.stringify(body), metadata).toMatch(/errors/);
      expect(JSON.stringify(body), metadata).not.toMatch(/Something broke/);
      await app.slack.closeModal(rep);
    }
    expect(await app.db.activityDay.count({ where: { personId: other.rep } })).toBe(0);
    expect(await app.db.activityDay.count({ where: { personId: rep, date: '2027-01-14' } })).toBe(
      0,
    );
    await app.leave(other.rep);
  });

  it('ten working days later it can still be answered, and not after that', async () => {
    await app.to('2027-01-15', '12:00');
    await app.to('2027-01-25', '12:00');
    await app.press(rep, 'day_log', { message: first });
    await app.slack.submit(rep, { calls: '13' });
    expect(await day(rep, '2027-01-11')).toMatchObject({ calls: 13 });
    await app.to('2027-01-26', '12:00');
    for (const action of ['day_log', 'day_as_planned', 'day_skip_open', 'day_snooze']) {
      const before = app.slack.responses.length;
      await app.press(rep, action, { message: forged(first, action, '2027-01-11') });
      expect(app.slack.responses.length, action).toBe(before + 1);
    }
    expect(told(rep)).not.toContain('Something broke');
    expect(await day(rep, '2027-01-11')).toMatchObject({ calls: 13 });
    for (const value of ['', 'x', '2027-02-30', '{"date":"2027-01-25"}', '{', '2027-01-27']) {
      await app.press(rep, 'day_as_planned', { message: forged(first, 'day_as_planned', value) });
    }
    expect(
      await app.db.activityDay.count({ where: { personId: rep, date: { gt: '2027-01-26' } } }),
    ).toBe(0);
    await app.leave(rep);
  });
});

describe('at the edges of a plan', () => {
  it('before it begins and after it has ended, words say which', async () => {
    const { rep } = await mintAgreed(app, daysOf('2027-02-01', '2027-02-28'));
    await app.to('2027-01-29', '16:30');
    expect(app.texts(rep)).toEqual([]);
    await app.slack.command('/bigplan', 'log 5 calls', { user: rep });
    expect(app.told(rep)).toContain('Feb 1, 2027');
    await app.to('2027-02-24', '17:00');
    await app.slack.say(rep, '5 calls');
    await app.to('2027-02-26', '16:30');
    expect(app.last(rep).text).toMatch(/^Friday: how did it go/);
    const last = app.last(rep);
    await app.to('2027-03-02', '09:00');
    await app.press(rep, 'day_log', { message: last });
    await app.slack.submit(rep, { calls: '21' });
    expect(await day(rep, '2027-02-26'), 'the last day can be answered late').toMatchObject({
      calls: 21,
    });
    const before = app.texts(rep).length;
    await app.slack.say(rep, 'friday 22 calls');
    expect(await day(rep, '2027-02-26')).toMatchObject({ calls: 22 });
    await app.slack.command('/bigplan', 'log 5 calls', { user: rep });
    expect(told(rep)).toContain('Your plan ended on Feb 28, 2027');
    await app.to('2027-03-03', '23:00');
    expect(app.texts(rep)).toHaveLength(before + 1);
    await app.to('2027-03-16', '09:00');
    await app.press(rep, 'day_log', { message: last });
    expect(told(rep)).toContain('Your plan ended');
    await app.leave(rep);
  });

  it('a plan without calls asks for what it has', async () => {
    const { rep } = await mintAgreed(app, {
      ...daysOf('2027-03-01'),
      newBusiness: {
        carried: true,
        averageDealSize: 2_500_000,
        salesCycleDays: 0,
        sdr: { inboundPerMonth: 400, outboundPerMonth: 0, qualificationRate: 1, sync: 'weekly' },
        selfSourcing: { leadIdentification: '', prospecting: '' },
      },
    });
    await app.to('2027-03-16', '17:00');
    await app.slack.say(rep, '1 visit');
    await app.to('2027-03-17', '16:30');
    const question = app.last(rep);
    expect(question.text).toMatch(/Calls – · visits \d/);
    expect(inside(question)).not.toMatch(/NaN|Infinity|undefined|null of/);
    expect(buttonsOf(question), 'more than one tap confirms').not.toContain('day_as_planned');
    await app.slack.command('/bigplan', 'log 8 visits', { user: rep });
    expect(app.last(rep).text).toMatch(/^Wednesday: 8 visits/);
    await app.leave(rep);
  });
});

describe('somebody in another place', () => {
  it('on Kiritimati the day is fourteen hours ahead', async () => {
    const tz = 'Pacific/Kiritimati';
    const { rep } = await mintAgreed(app, daysOf('2027-03-19'), { rep: { tz } });
    await app.to('2027-03-19', '16:29', tz);
    expect(app.texts(rep)).toEqual([]);
    await app.to('2027-03-19', '16:30', tz);
    expect(app.last(rep).text).toMatch(/^Friday/);
    await app.press(rep, 'day_log');
    await app.slack.submit(rep, { calls: '9' });
    expect(await day(rep, '2027-03-19')).toMatchObject({ calls: 9 });
    await app.leave(rep);
  });

  it('who moves in the middle of a day gets one question a date', async () => {
    const { rep } = await mintAgreed(app, daysOf('2027-03-22'));
    const move = async (tz: string) => {
      const moved = app.slack.addPerson(rep, { ...app.slack.people.get(rep), tz });
      await app.slack.event({ type: 'user_change', user: userInfo(moved) });
    };
    await app.to('2027-03-22', '15:00');
    // 20:00 there: over three hours late is still in time.
    await move('Europe/Berlin');
    await app.to('2027-03-22', '15:05');
    expect(app.texts(rep)).toHaveLength(1);
    await move('America/New_York');
    await app.to('2027-03-22', '16:45');
    expect(app.texts(rep).map((text) => text.slice(0, 12))).toEqual([
      'Monday: how ',
      'Still there ',
    ]);
    await move('Pacific/Kiritimati');
    await app.to('2027-03-24', '16:30', 'Pacific/Kiritimati');
    await move('Pacific/Honolulu');
    await app.to('2027-03-25', '16:00', 'Pacific/Honolulu');
    const asked = await app.db.delivery.findMany({
      where: { personId: rep, kind: 'check_in', state: 'sent' },
      orderBy: { key: 'asc' },
    });
    expect(asked.map(({ key }) => key)).toEqual(['2027-03-22', '2027-03-23', '2027-03-24']);
    await app.leave(rep);
  });

  it('who comes back after a month is asked about days to come alone', async () => {
    const { rep } = await mintAgreed(app, daysOf('2027-03-26'));
    await app.to('2027-03-26', '09:00');
    const here = app.slack.people.get(rep);
    const change = (deleted: boolean) =>
      app.slack.event({
        type: 'user_change',
        user: userInfo(app.slack.addPerson(rep, { ...here, deleted })),
      });
    await change(true);
    await app.to('2027-04-23', '17:00');
    expect(app.texts(rep)).toEqual([]);
    await change(false);
    await app.to('2027-04-26', '16:30');
    expect(app.last(rep).text).toMatch(/^Monday/);
    expect(app.texts(rep).filter((text) => /how did it go/.test(text)).length).toBeLessThan(3);
  });
});

describe('“As planned”', () => {
  let rep: string;
  const first = '2027-05-03';
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, daysOf(first)));
  });
  const planned = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/(calls|visits|demos|proposals|contracts) (\d+)/gi)].map(
        ([, name = '', count]) => [name.toLowerCase(), Number(count)],
      ),
    );

  it('says what it logs and logs that, and is never there on a day with a contract', async () => {
    const seen = { with: 0, without: 0 };
    for (let date = first; seen.with === 0 || seen.without === 0; date = addDays(date, 1)) {
      expect(date < '2027-06-01').toBe(true);
      await app.to(date, '16:30');
      const question = app.last(rep);
      if (!question.text.includes('how did it go')) continue;
      const counts = planned(question.text);
      const label = /As planned: ([^"]*)"/.exec(inside(question))?.[1];
      if ((counts.contracts ?? 0) > 0) {
        seen.without += 1;
        expect(label, date).toBeUndefined();
        // The button of a former version, which said nothing.
        const old = forged(question, 'day_as_planned', date);
        await app.press(rep, 'day_as_planned', { message: old });
        expect(app.slack.modal(rep)?.callback_id).toBe('day_form');
        await app.slack.closeModal(rep);
        expect(await day(rep, date)).toBeNull();
        continue;
      }
      seen.with += 1;
      expect(label, date).toMatch(/^\d+ calls/);
      await app.press(rep, 'day_as_planned', { message: question });
      expect(await day(rep, date)).toMatchObject({ state: 'logged', ...counts });
      expect(app.last(rep).text).toContain(label?.replaceAll(', ', ' · '));
    }
  });

  it('of a message that is still on a screen changes nothing that is logged', async () => {
    const { date } = await app.db.activityDay.findFirstOrThrow({ where: { personId: rep } });
    await app.db.activityDay.updateMany({ where: { personId: rep, date }, data: { calls: 3 } });
    const message = forged(app.last(rep), 'day_as_planned', date);
    await app.press(rep, 'day_as_planned', { message });
    expect(await day(rep, date)).toMatchObject({ calls: 3 });
    await app.leave(rep);
  });
});
