/** What `/bigplan away` makes of words: asked where they have two readings, read back, half a day's plan. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, numberIn, startDayApp } from '../support/day-app.ts';
import { shown, type TestPair } from '../support/plan-app.ts';

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

const callBlocks = [
  { id: 'early', days: [...workdays], start: '09:00', minutes: 60 },
  { id: 'late', days: [...workdays], start: '14:00', minutes: 60 },
];

let app: DayApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startDayApp();
  const calendar = {
    workdays: [...workdays],
    holidays: ['2027-01-01'],
    timeOff: [{ from: '2027-02-08', to: '2027-02-12', label: 'Skiing' }],
    country: null,
    region: null,
  };
  pair = await mintAgreed(app, { calendar, callBlocks });
  await app.to('2027-01-08', '08:00');
});
afterAll(() => app.stop());

const away = async (words: string, user = pair.rep) => {
  await app.slack.command('/bigplan', `away ${words}`, { user });
  return app.told(user);
};
const entries = async () => {
  const rows = await app.db.timeOff.findMany({
    where: { personId: pair.rep },
    orderBy: [{ from: 'asc' }, { startsAt: 'asc' }],
  });
  return rows.map(({ from, to, share }) => `${from}…${to}${share < 1 ? ' half' : ''}`);
};
const forget = () => app.db.timeOff.deleteMany({ where: { personId: pair.rep } });

/** Presses the n-th button of that action in the app's last answer. */
async function press(action: string, nth = 0, by = pair.rep) {
  const blocks = app.slack.responses.findLast(({ user }) => user === pair.rep)?.body?.blocks ?? [];
  const found = (blocks as { elements?: { action_id?: string; value?: string }[] }[])
    .flatMap(({ elements = [] }) => elements)
    .filter(({ action_id: id = '' }) => id.split('.')[0] === action)[nth];
  if (!found?.action_id) throw new Error(`no ${action} in ${JSON.stringify(blocks)}`);
  const own = { ...app.last(pair.rep), channel: app.slack.dmChannel(by) };
  const message = forged(own, found.action_id, found.value ?? '');
  return app.press(by, found.action_id, { message });
}

describe('read back', () => {
  it.each([
    [
      '24 Feb and 26 Feb',
      ['2027-02-24…2027-02-24', '2027-02-26…2027-02-26'],
      'Wed, Feb 24, 2027 · Fri, Feb 26, 2027',
    ],
    ['back on wednesday', ['2027-01-08…2027-01-12'], 'Back on *Wed, Jan 13, 2027*'],
    ['rest of the week', ['2027-01-08…2027-01-10'], 'One working day'],
    ['tomorrow week', [], 'I can’t tell'],
  ])('%j', async (words, expected, said) => {
    await forget();
    const told = await away(words);
    expect(told.replaceAll("'", '’')).toContain(said);
    expect(await entries()).toEqual(expected);
  });

  it('until a day is with that day; without it is a tap away', async () => {
    await forget();
    expect(await away('ooo until wednesday')).toContain('Wed, Jan 13, 2027');
    await press('away_enter');
    expect(await entries()).toEqual(['2027-01-08…2027-01-12']);
    expect(app.told(pair.rep)).toContain('Back on *Wed, Jan 13, 2027*');
  });
});

describe('asked', () => {
  it('tomorrow, on a Friday, is no working day: the next is offered, nothing is entered', async () => {
    await forget();
    expect(await away('sick tomorrow')).toContain('Sat, Jan 9, 2027* is no working day');
    expect(await entries()).toEqual([]);
    await press('away_enter');
    expect(await entries()).toEqual(['2027-01-11…2027-01-11']);
    await press('away_cancel');
    expect(await entries()).toEqual([]);
  });

  it('three days over a weekend, as work has them or as the calendar has them', async () => {
    expect(await away('ooo for 3 days')).toContain('two ways');
    await press('away_enter', 0);
    await away('cancel');
    expect(await entries()).toEqual([]);
    await away('ooo for 3 days');
    await press('away_enter', 1);
    expect(await entries()).toEqual(['2027-01-08…2027-01-10']);
    await forget();
  });

  it('only of whoever may enter it', async () => {
    await away('ooo for 3 days');
    await press('away_enter', 0, 'U0LEADER');
    expect(await entries()).toEqual([]);
    expect(app.told('U0LEADER')).toContain('Only somebody themselves');
  });
});

describe('the list', () => {
  it('has the plan’s own time off, which is changed there', async () => {
    await forget();
    await away('tomorrow afternoon to monday');
    await away('list');
    const list = JSON.stringify(
      app.slack.responses.findLast(({ user }) => user === pair.rep)?.body,
    );
    expect(list).toContain('Mon, Feb 8, 2027 – Fri, Feb 12, 2027*, in the agreed plan');
    expect(list.match(/"Cancel it"/g)?.length).toBe((await entries()).length);
    expect(await away('cancel 9 Feb')).toContain('that is in the agreed plan');
    await app.slack.command('/bigplan', 'away', { user: pair.rep });
    expect(shown(app.slack, pair.rep)).toContain('in the agreed plan');
    await app.slack.closeModal(pair.rep);
  });

  it('back early leaves what was away, away', async () => {
    await forget();
    await away('2027-01-04 – 2027-01-15');
    expect(await away('I’m back')).toContain('Cancelled');
    expect(await entries()).toEqual(['2027-01-04…2027-01-07']);
  });
});

describe('half a day', () => {
  // Somebody who left no day unanswered yet.
  beforeAll(async () => {
    pair = await mintAgreed(app, { callBlocks });
  });

  it('has half the plan; its hours have no block, and the day is asked about before them', async () => {
    await forget();
    await app.to('2027-01-11', '16:31');
    const whole = numberIn(inside(app.find(pair.rep, /^Monday: how/)), /Calls (\d+) planned/);
    expect(await away('tomorrow afternoon')).toContain('Half a day’s plan is left');
    const before = app.texts(pair.rep).length;
    await app.to('2027-01-12', '23:00');
    const tuesday = app.find(pair.rep, /^Tuesday: how/);
    const half = numberIn(inside(tuesday), /Half a day: Calls (\d+) planned/);
    expect(half).toBeGreaterThan(whole / 3);
    expect(half).toBeLessThan((2 * whole) / 3);
    const since = app.texts(pair.rep).slice(before);
    expect(since.filter((text) => text.startsWith('2:00'))).toEqual([]);
    expect(since.filter((text) => text.startsWith('Still there for Tuesday'))).toEqual([]);
    await app.press(pair.rep, 'day_as_planned', { message: tuesday });
    const day = await app.db.activityDay.findFirst({
      where: { personId: pair.rep, date: '2027-01-12' },
    });
    expect(day?.calls).toBe(half);
  });

  it('in the form too, of one day', async () => {
    await forget();
    await app.slack.command('/bigplan', 'away', { user: pair.rep });
    const { body } = await app.slack.submit(pair.rep, {
      from: '2027-01-20',
      to: '2027-01-21',
      part: 'morning',
    });
    expect(JSON.stringify(body)).toContain('A part is of one day');
    await app.slack.submit(pair.rep, { to: '2027-01-20' });
    expect(shown(app.slack, pair.rep)).toContain('Wed, Jan 20, 2027, morning');
    expect(await entries()).toEqual(['2027-01-20…2027-01-20 half']);
    await app.slack.closeModal(pair.rep);
  });
});
