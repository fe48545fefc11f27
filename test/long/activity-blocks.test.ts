/** Call blocks on days that don't go as planned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreePlanOf, everyDayDraft, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, numberIn, startDayApp } from '../support/day-app.ts';
import { buttonsOf, shown, type TestPair } from '../support/plan-app.ts';

const workweek = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const block = (id: string, start: string, minutes = 90) => ({
  id,
  days: [...workweek],
  start,
  minutes,
});

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

/** Numbers of the buttons that count. */
const offered = (user: string) => {
  const found = /"(\d+) calls, as planned"/.exec(inside(app.last(user)));
  return found ? Number(found[1]) : null;
};
const day = (rep: string, date: string) =>
  app.db.activityDay.findFirst({ where: { personId: rep, date } });

describe('one block', () => {
  let pair: TestPair;
  beforeAll(async () => {
    const period = { start: '2027-01-01', end: '2027-12-31' };
    pair = await mintAgreed(app, { period, callBlocks: [block('b1', '09:00')] });
  });

  it('is nudged at its start with the dials, and counted at its end', async () => {
    const { rep } = pair;
    await app.to('2027-01-04', '08:59');
    expect(app.texts(rep)).toEqual([]);
    await app.to('2027-01-04', '09:00');
    expect(app.texts(rep)).toHaveLength(1);
    const nudge = app.last(rep);
    const dials = numberIn(nudge.text, /(\d+) dials get you to plan/);
    expect(nudge.text).toMatch(/^9:00–10:30 AM is yours\./);
    expect(buttonsOf(nudge)).toEqual(['block_started', 'block_move_open', 'block_skip_open']);
    await app.press(rep, 'block_started');
    expect(app.last(rep).ts).toBe(nudge.ts);
    expect(inside(app.last(rep))).toContain(`On it.* ${dials} calls to go. At 10:30 AM`);
    await app.to('2027-01-04', '10:29');
    expect(app.last(rep).text).toContain('On it');
    await app.to('2027-01-04', '10:30');
    expect(app.texts(rep), 'its end is no new message').toHaveLength(1);
    expect(app.last(rep).ts).toBe(nudge.ts);
    expect(app.last(rep).text).toContain('How many calls?');
    expect(offered(rep)).toBe(dials);
  });

  it('its count is the day’s already when the check-in comes, and nothing asks twice', async () => {
    const { rep } = pair;
    await app.press(rep, 'block_count');
    const dials = numberIn(app.last(rep).text, /9:00 AM block: (\d+) calls/);
    expect(await day(rep, '2027-01-04')).toMatchObject({ state: 'started', calls: dials });
    for (const message of app.slack.dm(rep)) {
      expect(buttonsOf(message), 'no button of a block that is over').toEqual([]);
    }
    await app.to('2027-01-04', '16:30');
    const question = app.last(rep);
    expect(inside(question)).toContain(`Your call blocks brought ${dials} calls`);
    await app.press(rep, 'day_log');
    expect(shown(app.slack, rep)).toContain(`"initial_value":"${dials}"`);
    await app.slack.closeModal(rep);
  });

  it('an edited count corrects the day’s calls, and only those of the block', async () => {
    const { rep } = pair;
    await app.slack.say(rep, '+5 calls');
    const before = (await day(rep, '2027-01-04'))?.calls ?? 0;
    await app.to('2027-01-05', '10:30');
    await app.press(rep, 'block_count_open');
    await app.slack.submit(rep, { calls: '12' });
    await app.press(rep, 'block_count_open');
    expect(shown(app.slack, rep)).toContain('"initial_value":"12"');
    expect((await app.slack.submit(rep, { calls: 'a dozen or so' })).body).toMatchObject({
      response_action: 'errors',
    });
    await app.slack.submit(rep, { calls: '15' });
    expect(await day(rep, '2027-01-05')).toMatchObject({ state: 'started', calls: 15 });
    expect(inside(app.last(rep))).toMatch(/15 calls\\nToday: 15 of \d+ calls/);
    expect((await day(rep, '2027-01-04'))?.calls).toBe(before);
  });

  it('a day that was logged as a whole is neither nudged about nor counted again', async () => {
    const { rep } = pair;
    await app.to('2027-01-06', '08:00');
    const before = app.texts(rep).length;
    await app.slack.say(rep, 'today 30 calls 1 demo');
    await app.to('2027-01-06', '16:00');
    expect(app.texts(rep)).toHaveLength(before + 1);
    await app.to('2027-01-07', '09:00');
    expect(app.last(rep).text).toContain('is yours');
    await app.slack.say(rep, '28 calls');
    const withWords = app.texts(rep).length;
    await app.to('2027-01-07', '11:00');
    expect(app.texts(rep)).toHaveLength(withWords);
    const closed = app.find(rep, /block is closed: the day has its answer/);
    expect(buttonsOf(closed), 'it closed itself').toEqual([]);
    await app.press(rep, 'block_started', {
      message: forged(closed, 'block_started', '2027-01-07:b1'),
    });
    const other = forged(app.last(rep), 'block_count', '2027-01-07:b1:9');
    await app.press(rep, 'block_count', { message: other });
    expect(await day(rep, '2027-01-07')).toMatchObject({ state: 'logged', calls: 28 });
  });

  it('a day that was skipped is not nudged about', async () => {
    const { rep } = pair;
    await app.to('2027-01-08', '08:00');
    const before = app.texts(rep).length;
    await app.press(rep, 'day_skip_open', {
      message: forged(app.last(rep), 'day_skip_open', '2027-01-08'),
    });
    await app.slack.submit(rep, { reason: 'travel' });
    await app.to('2027-01-08', '23:00');
    expect(app.texts(rep)).toHaveLength(before);
  });

  it('yesterday’s block can be counted, not moved, and one of long ago not at all', async () => {
    const { rep } = pair;
    await app.to('2027-01-11', '09:00');
    const nudge = app.last(rep);
    await app.to('2027-01-12', '08:00');
    await app.press(rep, 'block_move_open', { message: nudge });
    const { body } = await app.slack.submit(rep, { time: '15:00' });
    expect(JSON.stringify(body)).toContain('errors');
    expect(JSON.stringify(body)).not.toContain('has passed');
    await app.slack.closeModal(rep);
    await app.press(rep, 'block_count', {
      message: forged(nudge, 'block_count', '2027-01-11:b1:7'),
    });
    expect(await day(rep, '2027-01-11')).toMatchObject({ calls: 7 });
    for (const value of ['2026-12-01:b1:7', '2027-06-01:b1:7', 'x:b1:7']) {
      await app.press(rep, 'block_count', { message: forged(nudge, 'block_count', value) });
      expect(app.told(rep)).not.toContain('Something broke');
    }
    expect(await app.db.activityDay.count({ where: { personId: rep, calls: 7 } })).toBe(1);
  });

  it('a count that is no count changes nothing', async () => {
    const { rep } = pair;
    for (const calls of ['-5', '1e9', 'many', '', '2.5']) {
      const message = forged(app.last(rep), 'block_count', `2027-01-11:b1:${calls}`);
      await app.press(rep, 'block_count', { message });
      expect(app.told(rep)).not.toContain('Something broke');
    }
    expect(await day(rep, '2027-01-11')).toMatchObject({ calls: 7 });
  });
});

describe('a block that moves', () => {
  let rep: string;
  const move = async (time: string, message = app.last(rep)) => {
    await app.press(rep, 'block_move_open', { message });
    return app.slack.submit(rep, { time });
  };
  beforeAll(async () => {
    await app.leave('U0REP1');
    const period = { start: '2027-01-18', end: '2027-12-31' };
    ({ rep } = await mintAgreed(app, { period, callBlocks: [block('b1', '09:00')] }));
  });

  it('twice: one message, which changes at each time', async () => {
    await app.to('2027-01-18', '09:00');
    const first = app.last(rep);
    await move('11:00');
    expect(app.last(rep).text).toMatch(/9:00 AM block moved to \*11:00 AM\*/);
    await app.to('2027-01-18', '10:59');
    expect(app.last(rep).text).toMatch(/moved to/);
    await app.to('2027-01-18', '11:00');
    expect(app.last(rep).text).toContain('11:00 AM–12:30 PM is yours');
    await move('13:00');
    await app.to('2027-01-18', '13:00');
    await app.press(rep, 'block_started');
    expect(app.last(rep).text).toContain('On it');
    await app.to('2027-01-18', '14:29');
    expect(app.last(rep).text).toContain('On it');
    await app.to('2027-01-18', '14:30');
    expect(app.last(rep).text).toContain('1:00–2:30 PM block is over');
    await app.press(rep, 'block_count');
    await app.to('2027-01-18', '16:00');
    expect(app.slack.dm(rep).map(({ ts }) => ts)).toEqual([first.ts]);
  });

  it('to a time that has passed is refused at the field, with the form kept', async () => {
    await app.to('2027-01-19', '09:10');
    const refused = await move('09:05');
    expect(refused.body).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(refused.body)).toContain('pick a later one today');
    await app.slack.submit(rep, { time: '10:00' });
    expect(app.slack.modal(rep)).toBeUndefined();
    await app.to('2027-01-19', '10:00');
    expect(app.last(rep).text).toContain('10:00–11:30 AM is yours');
  });

  it('after the count was asked: it is asked again at the new end, in the same message', async () => {
    const before = app.texts(rep).length;
    const nudge = app.last(rep);
    await app.to('2027-01-19', '11:30');
    expect(app.last(rep).text).toContain('is over');
    await move('14:00', forged(nudge, 'block_move_open', '2027-01-19:b1'));
    expect(app.last(rep).text).toContain('moved to');
    await app.to('2027-01-19', '15:29');
    expect(app.last(rep).text).toContain('2:00–3:30 PM is yours');
    await app.to('2027-01-19', '15:30');
    expect(app.last(rep).text).toContain('2:00–3:30 PM block is over');
    expect(app.texts(rep)).toHaveLength(before);
  });

  it('into the check-in: that waits for its end', async () => {
    await app.slack.say(rep, '20 calls');
    await app.to('2027-01-20', '09:00');
    const nudge = app.last(rep);
    await move('16:00', nudge);
    await app.to('2027-01-20', '17:29');
    expect(app.last(rep).ts).toBe(nudge.ts);
    await app.to('2027-01-20', '17:30');
    expect(app.last(rep).text).toMatch(/^Wednesday: how did it go/);
    expect(app.find(rep, /4:00–5:30 PM block is over/).ts).toBe(nudge.ts);
  });

  it('so late that it runs past midnight: the count comes before the day is over', async () => {
    await app.slack.say(rep, '20 calls');
    await app.to('2027-01-22', '09:00');
    const { ts } = app.last(rep);
    const message = () => app.slack.dm(rep).find((one) => one.ts === ts) ?? app.last(rep);
    await move('23:00');
    await app.to('2027-01-22', '23:00');
    expect(message().text).toContain('11:00–11:59 PM is yours');
    await app.to('2027-01-23', '00:10');
    expect(message().text).toContain('is over. How many calls?');
    await app.press(rep, 'block_count', { message: message() });
    expect(await day(rep, '2027-01-22')).toMatchObject({ state: 'started' });
    expect(
      await app.db.delivery.count({ where: { personId: rep, state: 'missed' } }),
      'nothing is missed',
    ).toBe(0);
  });

  it('not at all once it is counted or skipped, whatever old form is still open', async () => {
    await app.to('2027-01-25', '09:00');
    const nudge = app.last(rep);
    await app.press(rep, 'block_move_open', { message: nudge });
    await app.press(rep, 'block_count', {
      message: forged(nudge, 'block_count', '2027-01-25:b1:20'),
    });
    expect((await app.slack.submit(rep, { time: '14:00' })).body).toMatchObject({
      response_action: 'errors',
    });
    await app.slack.closeModal(rep);
    await app.press(rep, 'block_skip_open', {
      message: forged(nudge, 'block_skip_open', '2027-01-25:b1'),
    });
    await app.slack.submit(rep, { reason: 'meetings' });
    const kept = await app.db.callBlockDay.findFirst({
      where: { personId: rep, date: '2027-01-25' },
    });
    expect(kept).toMatchObject({ state: 'counted', calls: 20 });
    const before = app.texts(rep).length;
    await app.to('2027-01-25', '16:00');
    expect(app.texts(rep)).toHaveLength(before);
  });
});

describe('a block that is skipped', () => {
  let rep: string;
  beforeAll(async () => {
    await app.leave('U0REP2');
    const period = { start: '2027-02-01', end: '2027-12-31' };
    ({ rep } = await mintAgreed(app, { period, callBlocks: [block('b1', '09:00')] }));
  });

  it('says why, asks for no count, and can be counted after all', async () => {
    await app.to('2027-02-01', '09:00');
    await app.press(rep, 'block_skip_open');
    expect(shown(app.slack, rep)).toContain('the 9:00 AM block on Monday');
    await app.slack.submit(rep, { reason: 'customers' });
    expect(app.last(rep).text).toBe('The 9:00 AM block was skipped: with existing customers.');
    await app.to('2027-02-01', '12:00');
    expect(app.texts(rep)).toHaveLength(1);
    await app.press(rep, 'block_count_open');
    await app.slack.submit(rep, { calls: '3' });
    expect(await day(rep, '2027-02-01')).toMatchObject({ state: 'started', calls: 3 });
  });

  it('asks for nothing that it doesn’t keep', async () => {
    await app.to('2027-02-02', '09:00');
    await app.press(rep, 'block_skip_open');
    expect(shown(app.slack, rep)).not.toContain('In your words');
    await app.slack.closeModal(rep);
  });

  it('two clicks at once are one', async () => {
    const message = forged(app.last(rep), 'block_count', '2027-02-02:b1:11');
    await Promise.all([
      app.press(rep, 'block_count', { message }),
      app.press(rep, 'block_count', { message }),
      app.press(rep, 'block_started'),
    ]);
    expect(await day(rep, '2027-02-02')).toMatchObject({ calls: 11 });
  });
});

describe('two blocks on a day', () => {
  let rep: string;
  beforeAll(async () => {
    await app.leave('U0REP3');
    const period = { start: '2027-02-08', end: '2027-12-31' };
    const callBlocks = [block('am', '09:00', 60), block('pm', '14:00', 120)];
    ({ rep } = await mintAgreed(app, { period, callBlocks }));
  });

  it('share the dials by their minutes; what is counted in one comes off the other', async () => {
    await app.to('2027-02-08', '09:00');
    const am = numberIn(app.last(rep).text, /(\d+) dials/);
    await app.to('2027-02-08', '10:00');
    await app.press(rep, 'block_count_open');
    await app.slack.submit(rep, { calls: String(am + 3) });
    await app.to('2027-02-08', '14:00');
    const pm = numberIn(app.last(rep).text, /(\d+) dials/);
    await app.to('2027-02-08', '16:30');
    const planned = numberIn(app.last(rep).text, /Calls (\d+) planned/);
    expect(am).toBe(Math.ceil(planned / 3));
    expect(pm).toBe(planned - am - 3);
  });

  it('are two messages where the week has room, else one that speaks of both', async () => {
    const blocks = () =>
      app.slack.dm(rep).filter(({ text }) => /block|is yours|On it/.test(text)).length;
    const dropped = () =>
      app.db.delivery.count({
        where: { personId: rep, kind: 'call_block', state: 'cancelled', problem: 'over_budget' },
      });
    expect([blocks(), await dropped()]).toEqual([1, 1]);
    const message = app.find(rep, /9:00 AM block/);
    expect(inside(message)).toContain('The 2:00–4:00 PM block is over. *How many?*');
    await app.press(rep, 'block_count_open', {
      message: forged(message, 'block_count_open', '2027-02-08:pm'),
    });
    await app.slack.submit(rep, { calls: '4' });
    expect(inside(app.find(rep, /9:00 AM block/))).toContain('2:00 PM block* · 4 calls');
    expect(inside(app.last(rep)), 'the check-in knows').toMatch(
      /Your call blocks brought \d+ calls/,
    );
  });

  it('over plan already, the second asks for no dials', async () => {
    await app.to('2027-02-09', '10:00');
    await app.press(rep, 'block_count_open');
    await app.slack.submit(rep, { calls: '200' });
    await app.to('2027-02-09', '14:00');
    expect(app.last(rep).text).toContain('Nothing is left of today’s plan');
    await app.to('2027-02-09', '16:00');
    expect(buttonsOf(app.last(rep))).toEqual(['block_count_open', 'block_skip_open']);
  });

  it('a skipped one leaves its dials to the other', async () => {
    await app.to('2027-02-10', '09:00');
    await app.press(rep, 'block_skip_open');
    await app.slack.submit(rep, { reason: 'meetings' });
    await app.to('2027-02-10', '14:00');
    const all = numberIn(app.last(rep).text, /(\d+) dials/);
    await app.to('2027-02-10', '16:30');
    expect(numberIn(app.last(rep).text, /Calls (\d+) planned/)).toBe(all);
  });

  it('“As planned” never takes back what blocks have counted', async () => {
    const question = app.last(rep);
    await app.press(rep, 'block_count_open', {
      message: forged(question, 'block_count_open', '2027-02-10:pm'),
    });
    await app.slack.submit(rep, { calls: '150' });
    await app.press(rep, 'day_as_planned', { message: question });
    expect(await day(rep, '2027-02-10')).toMatchObject({ state: 'logged', calls: 150 });
  });

  it('a newer plan version without a block: no nudge, and its buttons say so', async () => {
    await app.to('2027-02-12', '09:00');
    const old = app.last(rep);
    const before = app.texts(rep).length;
    const period = { start: '2027-02-08', end: '2027-12-31' };
    await app.db.planVersion.updateMany({
      where: { plan: { repId: rep } },
      data: { status: 'superseded' },
    });
    await agreePlanOf(app, rep, everyDayDraft({ period, callBlocks: [block('pm', '15:00', 60)] }));
    await app.to('2027-02-12', '14:30');
    expect(app.texts(rep)).toHaveLength(before);
    for (const action of ['block_started', 'block_move_open', 'block_skip_open']) {
      await app.press(rep, action, { message: old });
      expect(app.told(rep)).toBe('That block is no longer in your plan.');
    }
    await app.to('2027-02-12', '15:00');
    expect(app.last(rep).text).toContain('3:00–4:00 PM is yours');
  });

  it('somebody else’s block of the same name is their own', async () => {
    const period = { start: '2027-02-08', end: '2027-12-31' };
    const other = await mintAgreed(app, { period, callBlocks: [block('pm', '15:00', 60)] });
    const message = forged(app.last(rep), 'block_count', '2027-02-12:pm:40');
    await app.press(other.rep, 'block_count', { message });
    expect(await day(rep, '2027-02-12')).toBeNull();
    expect(await day(other.rep, '2027-02-12')).toMatchObject({ calls: 40 });
  });
});
