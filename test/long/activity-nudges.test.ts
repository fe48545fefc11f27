/** One's own settings, changed at odd times of the day. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planInForce } from '../../src/activity/plan-in-force.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, startDayApp } from '../support/day-app.ts';
import { buttonsOf, initial, mintPerson, shown } from '../support/plan-app.ts';
import { type Entries, TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

const daysOf = (start: string) => ({ period: { start, end: '2027-12-31' } });
const ALL = [
  'checkIns',
  'reminder',
  'callBlocks',
  'syncs',
  'paceNotes',
  'overdueItems',
  'digest',
  'coaching',
  'reasons',
];
async function set(user: string, entries: Entries) {
  await app.slack.command('/bigplan', 'settings', { user });
  const { body } = await app.slack.submit(user, entries);
  return JSON.stringify(body);
}
async function change(user: string, entries: Entries) {
  expect(await set(user, entries)).not.toContain('errors');
  expect(shown(app.slack, user)).toContain('Saved');
  await app.slack.closeModal(user);
}
const questions = (user: string) => app.texts(user).filter((text) => /how did it go/.test(text));
describe('the time of the check-in', () => {
  let rep: string;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, daysOf('2027-01-04')));
  });

  it('changed to later after today’s came: not a second one today', async () => {
    await app.to('2027-01-04', '16:30');
    await change(rep, { checkInTime: '17:30' });
    await app.to('2027-01-04', '23:00');
    expect(questions(rep)).toHaveLength(1);
    expect(app.texts(rep), 'and its one reminder').toHaveLength(2);
    await app.to('2027-01-05', '17:29');
    expect(questions(rep)).toHaveLength(1);
    await app.to('2027-01-05', '17:30');
    expect(questions(rep)).toHaveLength(2);
  });

  it('changed to a time that has passed today: none today', async () => {
    await app.to('2027-01-06', '12:00');
    await change(rep, { checkInTime: '09:00' });
    await app.to('2027-01-06', '23:00');
    expect(questions(rep)).toHaveLength(2);
    await app.to('2027-01-07', '09:00');
    expect(questions(rep)).toHaveLength(3);
    await change(rep, { checkInTime: '16:30', reminderMinutes: '30' });
    await app.to('2027-01-07', '10:29');
    expect(app.texts(rep).filter((text) => text.startsWith('Still'))).toHaveLength(2);
    await app.to('2027-01-07', '10:30');
    expect(app.texts(rep).filter((text) => text.startsWith('Still'))).toHaveLength(3);
    await app.slack.say(rep, 'yesterday 5 calls');
    await app.to('2027-01-08', '17:00');
    expect(app.last(rep).text).toContain('Still there for Friday');
  });

  it('so late that a reminder would fall on tomorrow: no reminder', async () => {
    await change(rep, { checkInTime: '23:30', reminderMinutes: '60' });
    const before = app.texts(rep).length;
    await app.to('2027-01-11', '23:30');
    expect(questions(rep)).toHaveLength(5);
    await app.press(rep, 'day_snooze');
    expect(app.told(rep)).toContain('In an hour that day is over');
    await app.to('2027-01-12', '08:00');
    expect(app.texts(rep)).toHaveLength(before + 1);
    await app.leave(rep);
  });
});

describe('days, pauses and switches', () => {
  let rep: string;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, daysOf('2027-01-12')));
  });

  it('a few days of the week: only those, and all of them follow the plan', async () => {
    await change(rep, { weekdays: ['wed', 'fri'] });
    await app.to('2027-01-15', '23:00');
    expect(questions(rep).map((text) => text.split(':')[0])).toEqual(['Wednesday', 'Friday']);
    await app.slack.command('/bigplan', 'settings', { user: rep });
    expect(initial(app.slack, rep, 'weekdays')).toEqual(['wed', 'fri']);
    await app.slack.closeModal(rep);
    await change(rep, { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] });
    const { weekdays } = await app.db.nudgeSettings.findFirstOrThrow({ where: { personId: rep } });
    expect(weekdays).toEqual([]);
  });

  it('what can’t be is said at its field, and nothing of it is kept', async () => {
    for (const pausedUntil of ['2027-01-15', '2020-01-01']) {
      expect(await set(rep, { pausedUntil, checkInTime: '10:00' })).toMatch(
        /"pausedUntil:0":"That day is here already/,
      );
      await app.slack.closeModal(rep);
    }
    expect(await set(rep, { why: 'x'.repeat(501) })).toMatch(/"why:0":"That is 501 characters/);
    await app.slack.closeModal(rep);
    await app.slack.command('/bigplan', 'settings', { user: rep });
    await expect(app.slack.submit(rep, { weekdays: [] })).rejects.toThrow('weekdays');
    await expect(app.slack.submit(rep, { weekdays: ['mon'], checkInTime: '' })).rejects.toThrow();
    await app.slack.closeModal(rep);
    const kept = await app.db.nudgeSettings.findFirstOrThrow({ where: { personId: rep } });
    expect(kept).toMatchObject({ checkInTime: '16:30', why: null, pausedUntil: null });
  });

  it('a pause holds until its date; after it the form has forgotten it', async () => {
    await change(rep, { pausedUntil: '2027-01-20' });
    const before = app.texts(rep).length;
    await app.to('2027-01-19', '23:00');
    expect(app.texts(rep)).toHaveLength(before);
    await app.to('2027-01-20', '16:30');
    expect(questions(rep)).toHaveLength(3);
    await app.slack.command('/bigplan', 'settings', { user: rep });
    expect(initial(app.slack, rep, 'pausedUntil')).toBeUndefined();
    await app.slack.closeModal(rep);
  });

  it('a pause of a week from a message, and going on before it is over', async () => {
    await app.press(rep, 'nudge_menu', { value: 'pause' });
    expect(app.told(rep)).toContain('Time off, or just quiet');
    const which = app.answered(rep);
    expect(buttonsOf(which)).toEqual(['nudge_pause.off', 'nudge_pause.quiet']);
    await app.press(rep, 'nudge_pause.quiet', { message: which });
    expect(app.told(rep)).toContain('Nothing from me until Jan 27, 2027');
    const paused = app.answered(rep);
    const before = app.texts(rep).length;
    await app.to('2027-01-20', '23:00');
    expect(app.texts(rep), 'not even the reminder').toHaveLength(before);
    await app.slack.say(rep, 'yesterday 5 calls');
    await app.to('2027-01-21', '16:00');
    await app.press(rep, 'nudge_resume', { message: paused });
    await app.to('2027-01-21', '16:30');
    expect(questions(rep)).toHaveLength(4);
  });

  it('a week of time off from the same menu shrinks the plan; a quiet one leaves it', async () => {
    const { rep: off } = await mintAgreed(app, daysOf('2027-01-12'));
    const context = app.bigplan.context;
    const who = { workspaceId: TEAM, userId: off };
    const days = async () => (await planInForce(context, who))?.days.has('2027-01-25');
    await app.press(off, 'nudge_menu', {
      message: forged(app.last(rep), 'nudge_menu', 'pause'),
    });
    const which = app.answered(off);
    await app.press(off, 'nudge_pause.quiet', { message: which });
    expect(app.told(off)).toContain('the plan stays as it is');
    expect(await days()).toBe(true);
    await app.press(off, 'nudge_pause.off', { message: which });
    expect(app.told(off)).toContain('You’re away');
    expect(await days()).toBe(false);
    await app.leave(off);
  });

  it('a press stops one kind, another brings it back; both pressed twice are one', async () => {
    const menu = app.last(rep);
    await app.press(rep, 'nudge_menu', { value: 'stop:checkIns', message: menu });
    await app.press(rep, 'nudge_menu', { value: 'stop:checkIns', message: menu });
    const off = app.answered(rep);
    const before = app.texts(rep).length;
    await app.to('2027-01-22', '23:00');
    expect(app.texts(rep)).toHaveLength(before);
    await app.press(rep, 'nudge_on', { message: off });
    await app.press(rep, 'nudge_on', { message: off });
    expect(app.told(rep)).toBe('Back on: check-ins.');
    await app.press(rep, 'nudge_on', { message: forged(off, 'nudge_on', 'everything') });
    expect(app.told(rep)).toContain('before an update');
    await app.to('2027-01-25', '16:30');
    expect(questions(rep)).toHaveLength(5);
  });

  it('everything off at once is a choice too', async () => {
    await change(rep, { on: [] });
    const before = app.texts(rep).length;
    await app.to('2027-01-27', '23:00');
    expect(app.texts(rep)).toHaveLength(before);
    await app.slack.say(rep, '5 calls');
    expect(app.last(rep).text).toContain('5 calls');
    await change(rep, { on: ALL.filter((one) => one !== 'reminder') });
    await app.to('2027-01-28', '23:00');
    expect(app.last(rep).text).toMatch(/^Thursday: how did it go/);
    await app.leave(rep);
  });

  it('somebody without a plan has settings too, and nothing comes of them', async () => {
    await mintPerson(app, 'U0SDR', { name: 'Sam' });
    await change('U0SDR', { on: ALL, weekdays: ['mon', 'tue'] });
    await app.to('2027-02-01', '23:00');
    expect(app.texts('U0SDR')).toEqual([]);
  });
});

describe('how much may come', () => {
  it('is one’s own choice, and stands in the form', async () => {
    const { rep } = await mintAgreed(app, daysOf('2027-03-01'));
    await change(rep, { perDay: '1' });
    await app.to('2027-03-01', '23:00');
    expect(app.texts(rep), 'the question, and no reminder').toHaveLength(1);
    await app.slack.command('/bigplan', 'settings', { user: rep });
    expect(initial(app.slack, rep, 'perDay')).toBe('1');
    await app.slack.closeModal(rep);
    await change(rep, { perDay: '3' });
    await app.to('2027-03-02', '23:00');
    expect(app.texts(rep), 'and with room for it, the reminder').toHaveLength(3);
    await app.leave(rep);
  });
});
