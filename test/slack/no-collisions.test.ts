/** Nothing of a plan's week lies over something else of it: by default, and where people choose. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { initial, mintPair, openOwn, shown, storedPlan } from '../support/plan-app.ts';
import type { Entries } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

const period = { start: '2027-01-04', end: '2027-12-31' };
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const block = (id: string, start: string, minutes = 90) => {
  return { id, days: [...workdays], start, minutes };
};

async function refusal(user: string, entries: Entries = {}): Promise<Record<string, string>> {
  const { body } = await app.slack.submit(user, entries);
  const { errors = {} } = (body ?? {}) as { errors?: Record<string, string> };
  return Object.fromEntries(Object.entries(errors).map(([id, text]) => [id.split(':')[0], text]));
}
const go = (user: string, step: string) =>
  app.slack.action({ user, actionId: 'plan_go_to', enter: step });
const addBlock = (user: string) =>
  app.slack.action({ user, actionId: 'plan_row_add', value: 'callBlocks' });

describe('while a plan is made', () => {
  it('a second block, a sync and the 1:1 begin where nothing is; another choice is told what is there', async () => {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    await go(rep, 'activities');
    await addBlock(rep);
    expect(initial(app.slack, rep, 'start')).toBe('09:00');
    expect(await refusal(rep)).toEqual({});
    await addBlock(rep);
    expect(initial(app.slack, rep, 'start')).toBe('12:00');
    expect(await refusal(rep, { start: '10:00' })).toEqual({
      start: 'A call block is there, 09:00–10:30: 12:00 is free.',
    });
    expect(await refusal(rep, { start: '10:45' })).toEqual({
      start: 'The monthly 1:1 is there on Tue, 11:00–12:00: 12:00 is free.',
    });
    await app.slack.closeModal(rep);
    await go(rep, 'newBusiness');
    expect(initial(app.slack, rep, 'partner.syncTime')).toBe('10:30');
    const step = { carried: 'yes', averageDealSize: '25k', 'sdr.sync': 'weekly' };
    expect(await refusal(rep, { ...step, 'partner.syncTime': '09:30' })).toEqual({
      'partner.syncTime': 'A call block is there, 09:00–10:30: 10:30 is free.',
    });
    expect(await refusal(rep, { 'partner.syncTime': '10:30' })).toEqual({});
    await go(rep, 'milestones');
    expect(initial(app.slack, rep, 'time')).toBe('11:00');
    expect(await refusal(rep, { weekday: 'mon', time: '10:45' })).toEqual({
      time: 'The SDR sync is there, 10:30–11:00: 11:00 is free.',
    });
    expect(await refusal(rep, { weekday: 'mon', time: '11:00' })).toEqual({});
    const { draft } = (await storedPlan(app, rep)).version;
    expect(draft.sdrPartner).toMatchObject({ syncDay: 'mon', syncTime: '10:30' });
    expect(draft.reviews).toMatchObject({ weekday: 'mon', time: '11:00' });
  });

  it('a 1:1 early or late for one of the two is said where it is chosen, and on the page that is signed', async () => {
    const facts = { rep: { tz: 'America/New_York' }, manager: { tz: 'America/Los_Angeles' } };
    const { rep, manager } = await mintPair(app, facts);
    await openOwn(app, rep);
    await go(rep, 'milestones');
    expect(shown(app.slack, rep)).toContain(`11:00 for <@${rep}>, 08:00 for <@${manager}>.`);
    const choose = { user: rep, actionId: 'plan_field.time', enter: '08:00' };
    await app.slack.action(choose);
    expect(shown(app.slack, rep)).toContain(`That is 05:00 for <@${manager}>.`);
    expect(shown(app.slack, rep)).toContain(`10:00 where <@${rep}> is suits both.`);
    expect(await refusal(rep, { time: '08:00' }), 'it is theirs to choose').toEqual({});
    expect(shown(app.slack, rep)).toContain(
      `The monthly 1:1 is at *08:00 for <@${rep}>, 05:00 for <@${manager}>*: 10:00 would suit both`,
    );
  });
});

describe('on a day', () => {
  it('a block moves into nothing else, and is offered the next free time', async () => {
    const { rep } = await mintAgreed(app, {
      period,
      callBlocks: [block('am', '09:00'), block('mid', '10:30', 60)],
    });
    await app.to('2027-01-04', '09:00');
    await app.press(rep, 'block_move_open');
    expect(initial(app.slack, rep, 'time')).toBe('11:30');
    expect(await refusal(rep, { time: '11:00' })).toEqual({
      time: 'A call block is there, 10:30 AM–11:30 AM: 11:30 AM is free.',
    });
    expect(await refusal(rep, { time: '11:30' })).toEqual({});
    await app.leave(rep);
  });

  it('no block moves into the day’s 1:1', async () => {
    const reviews = { ordinal: 1, weekday: 'tue' as const, time: '11:00' };
    const { rep } = await mintAgreed(app, { period, reviews, callBlocks: [block('am', '09:00')] });
    await app.to('2027-01-05', '09:00');
    await app.press(rep, 'block_move_open');
    expect(initial(app.slack, rep, 'time')).toBe('12:00');
    expect((await refusal(rep, { time: '10:00' })).time).toContain('The monthly 1:1 is there');
    await app.slack.closeModal(rep);
    await app.leave(rep);
  });

  it('a sync that would fall into a block comes after it, and says that time', async () => {
    const { rep } = await mintAgreed(app, {
      period,
      callBlocks: [block('am', '09:00')],
      newBusiness: {
        carried: true,
        averageDealSize: 2_500_000,
        salesCycleDays: 0,
        sdr: { inboundPerMonth: 6, outboundPerMonth: 0, qualificationRate: 0.5, sync: 'weekly' },
        selfSourcing: { leadIdentification: '', prospecting: '' },
      },
      sdrPartner: { userId: null, callsPerDay: null, syncDay: 'wed', syncTime: '09:30' },
    });
    await app.to('2027-01-06', '10:29');
    expect(app.texts(rep).join(), 'not in the block').not.toMatch(/sync/i);
    await app.to('2027-01-06', '10:30');
    expect(inside(app.last(rep))).toMatch(/sync/i);
    await app.leave(rep);
  });

  it('the check-in isn’t put into a block', async () => {
    const { rep } = await mintAgreed(app, { period, callBlocks: [block('am', '09:00')] });
    await app.slack.command('/bigplan', 'settings', { user: rep });
    expect((await refusal(rep, { checkInTime: '09:30' })).checkInTime).toContain(
      'A call block is there, 9:00 AM–10:30 AM: 11:00 AM is free.',
    );
    expect(await refusal(rep, { checkInTime: '11:00' })).toEqual({});
    await app.slack.closeModal(rep);
  });
});
