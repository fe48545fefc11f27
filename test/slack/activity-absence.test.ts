/** Time off: entered and taken back in odd orders, by those who may and those who may not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, numberIn, startDayApp } from '../support/day-app.ts';
import {
  buttonsOf,
  joinTeam,
  mintPair,
  mintPerson,
  shown,
  type TestPair,
} from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startDayApp();
  pair = await mintAgreed(app);
});
afterAll(() => app.stop());

const away = (user: string, words: string) =>
  app.slack.command('/bigplan', `away ${words}`, { user });
const lastAnswer = (user: string) => {
  const found = app.slack.responses.findLast((one) => one.user === user);
  return JSON.stringify(found?.body ?? null);
};
const entries = async (rep: string) => {
  const rows = await app.db.timeOff.findMany({
    where: { personId: rep },
    orderBy: { from: 'asc' },
  });
  return rows.map(({ from, to }) => `${from}…${to}`);
};
/** Presses the n-th button of that action in the app's last ephemeral answer. */
function pressAnswer(user: string, action = 'away_cancel', { by = user, nth = 0 } = {}) {
  const blocks = app.slack.responses.findLast((one) => one.user === user)?.body?.blocks ?? [];
  const found = JSON.stringify(blocks).matchAll(
    /"action_id":("[^"]+"),"value":("(?:[^"\\]|\\.)*")/g,
  );
  const buttons = [...found].map(([, id = '', value = '']) => ({
    id: String(JSON.parse(id)),
    value: String(JSON.parse(value)),
  }));
  const button = buttons.filter(({ id }) => id.split('.')[0] === action)[nth];
  const { id = action, value = 'none' } = button ?? {};
  const own = { ...app.last(pair.rep), channel: app.slack.dmChannel(by) };
  return app.press(by, id, { message: forged(own, id, value) });
}

describe('one’s own time off', () => {
  it('takes the question back, and asks again once it is cancelled', async () => {
    const { rep } = pair;
    await app.to('2027-01-04', '16:31');
    const question = app.last(rep);
    await away(rep, 'today');
    expect(app.last(rep).ts).toBe(question.ts);
    expect(app.last(rep).text).toBe('Monday: away. Nothing to log.');
    expect(buttonsOf(app.last(rep))).toEqual([]);
    await away(rep, 'cancel');
    expect(app.told(rep)).toContain('Cancelled');
    expect(app.last(rep).text).toBe(question.text);
    expect(buttonsOf(app.last(rep))).toEqual(buttonsOf(question));
    await away(rep, 'cancel');
    expect(app.told(rep)).toContain('No time off is entered');
    expect(await entries(rep)).toEqual([]);
  });

  it('said twice is one; several that overlap count each day once', async () => {
    const { rep } = pair;
    await Promise.all([away(rep, '5 Jan – 6 Jan 2027'), away(rep, '5 Jan – 6 Jan 2027')]);
    await away(rep, '2027-01-06 to 2027-01-08');
    expect(await entries(rep), 'one, not two').toEqual(['2027-01-05…2027-01-08']);
    expect(app.told(rep)).toMatch(/With what was entered: Tue, Jan 5, 2027 – Fri, Jan 8, 2027/);
    await away(rep, 'cancel 5 Jan');
    expect(app.told(rep)).toMatch(/is part of .*Which is cancelled/);
    await pressAnswer(rep, 'away_cancel_days');
    expect(await entries(rep)).toEqual(['2027-01-06…2027-01-08']);
    expect(app.told(rep)).toContain('Cancelled: time off, Tue, Jan 5, 2027.');
    await away(rep, '7 Jan 2027');
    expect(await entries(rep), 'it holds that already').toEqual(['2027-01-06…2027-01-08']);
    await app.to('2027-01-05', '16:30');
    expect(app.last(rep).text).toMatch(/^Tuesday: how did it go/);
    const before = app.texts(rep).length;
    await app.to('2027-01-08', '23:00');
    expect(app.texts(rep).length - before, 'only Tuesday’s reminder').toBe(1);
  });

  it('shrinks the week that it falls into', async () => {
    const { rep } = pair;
    // Whoever answers is asked as before.
    await app.slack.command('/bigplan', 'log 20 calls on 5 Jan', { user: rep });
    await away(rep, '11 Jan – 13 Jan 2027');
    await app.to('2027-01-15', '16:30');
    const planned = (question: string) => numberIn(question, /Calls (\d+) planned/);
    const friday = planned(inside(app.last(rep)));
    const thursday = planned(inside(app.find(rep, /^Thursday: how/)));
    expect(numberIn(inside(app.last(rep)), /This week so far: 0 of (\d+) calls/)).toBe(thursday);
    await app.press(rep, 'day_as_planned');
    expect(app.last(rep).text).toContain(`${friday} of ${thursday + friday} calls`);
  });

  it('that has passed can be said, seen and taken back', async () => {
    const { rep } = pair;
    const { ts } = app.find(rep, /^Thursday: how/);
    const thursday = () => app.slack.dm(rep).find((one) => one.ts === ts) ?? app.last(rep);
    expect(thursday().text).toContain('how did it go');
    await away(rep, 'yesterday');
    expect(thursday().text).toBe('Thursday: away. Nothing to log.');
    await away(rep, 'list');
    expect(lastAnswer(rep)).toContain('Jan 14');
    await app.slack.command('/bigplan', 'away', { user: rep });
    expect(shown(app.slack, rep)).toContain('Jan 14');
    await app.slack.closeModal(rep);
    await away(rep, 'cancel');
    expect(await entries(rep), 'not without its date').toContain('2027-01-14…2027-01-14');
    await away(rep, 'cancel 14 Jan');
    expect(await entries(rep)).not.toContain('2027-01-14…2027-01-14');
    expect(thursday().text).toContain('how did it go');
  });

  it('in words that can’t be read is asked back', async () => {
    const { rep } = pair;
    const before = await entries(rep);
    for (const words of [
      'soon',
      '16 Jul – 5 Jul 2027',
      '30 Feb',
      `${'x'.repeat(600)}`,
      'cancel soon',
    ]) {
      await away(rep, words);
      expect(app.told(rep), words).not.toMatch(/Something broke|You’re away/);
      expect(app.told(rep).length).toBeGreaterThan(10);
    }
    expect(await entries(rep)).toEqual(before);
  });

  it('with its ends swapped in the form keeps both and says so there', async () => {
    const { rep } = pair;
    await app.slack.command('/bigplan', 'away', { user: rep });
    const { body } = await app.slack.submit(rep, { from: '2027-03-10', to: '2027-03-01' });
    expect(body).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(body)).toMatch(/"to:[^"]*":"The last day is before the first/);
    const long = await app.slack.submit(rep, { to: '2029-03-01' });
    expect(JSON.stringify(long.body)).toContain('over a year');
    await app.slack.submit(rep, { to: '2027-03-12' });
    expect(shown(app.slack, rep)).toContain('You’re away');
    expect(shown(app.slack, rep)).toContain('Cancel it');
    const last =
      shown(app.slack, rep)
        .match(/away_cancel\.[0-9a-f-]{36}/g)
        ?.at(-1) ?? '';
    await app.slack.action({ user: rep, actionId: last });
    expect(shown(app.slack, rep)).toContain('Cancelled');
    expect(await entries(rep)).not.toContain('2027-03-10…2027-03-12');
    await app.slack.closeModal(rep);
  });
});

describe('a manager on behalf of a rep', () => {
  it('enters it; the rep hears once, and may take it back', async () => {
    const { rep, manager } = pair;
    await away(manager, `<@${rep}|dana> 18 Jan – 19 Jan 2027`);
    await away(manager, `<@${rep}|dana> 18 Jan – 19 Jan 2027`);
    const noted = app.texts(rep).filter((text) => text.includes('noted that you’re away'));
    expect(noted).toHaveLength(1);
    const note = app.find(rep, /noted that/);
    const [button = ''] = buttonsOf(note);
    await app.press(rep, button, { message: note });
    expect(await entries(rep)).not.toContain('2027-01-18…2027-01-19');
    await app.press(rep, button, { message: note });
    expect(app.told(rep)).toContain('That entry is gone already');
  });

  it('in the form picks whose, and sees only their reps', async () => {
    const { rep, manager } = pair;
    await app.slack.command('/bigplan', 'away', { user: manager });
    await app.slack.action({ user: manager, actionId: 'away_person', enter: rep });
    await app.slack.submit(manager, { from: '2027-01-18' });
    expect(shown(app.slack, manager)).toContain(`<@${rep}> is away`);
    await app.slack.closeModal(manager);
    expect(await entries(rep)).toContain('2027-01-18…2027-01-18');
    await app.to('2027-01-18', '23:00');
    expect(app.last(rep).text).toContain('noted that you’re away');
  });

  it('nobody else does: not another manager, a colleague, a rep for their manager, nor a leader', async () => {
    const { rep, manager } = pair;
    const other = await mintPair(app);
    const before = await entries(rep);
    for (const user of [other.manager, other.rep, 'U0LEADER']) {
      for (const words of ['tomorrow', 'list', 'cancel', 'cancel 18 Jan']) {
        await away(user, `<@${rep}> ${words}`);
        expect(app.told(user), `${user} ${words}`).toContain('Only somebody themselves');
      }
    }
    await away(rep, `<@${manager}> tomorrow`);
    expect(app.told(rep)).toContain('Only somebody themselves');
    await away(rep, '<@U0NOBODY> tomorrow');
    expect(app.told(rep)).toContain('Only somebody themselves');
    await away(rep, '20 Jan 2027');
    await pressAnswer(rep, 'away_cancel', { by: other.manager });
    expect(app.told(other.manager)).toContain('Only somebody themselves');
    await app.slack.command('/bigplan', 'away', { user: other.manager });
    const view = app.slack.modal(other.manager);
    expect(shown(app.slack, other.manager)).not.toContain(rep);
    if (view) view.private_metadata = rep;
    const { body } = await app.slack.submit(other.manager, { from: '2027-01-21' });
    expect(JSON.stringify(body)).toContain('Only somebody themselves');
    await app.slack.closeModal(other.manager);
    expect(await entries(rep)).toEqual([...before, '2027-01-20…2027-01-20'].sort());
  });

  it('who stopped being theirs while the form was open is refused kindly, and what was typed stays', async () => {
    const { rep, manager } = pair;
    await app.slack.command('/bigplan', 'away', { user: manager });
    await app.slack.action({ user: manager, actionId: 'away_person', enter: rep });
    await mintPerson(app, 'U0NEXTMGR', { name: 'Nell' });
    await joinTeam(app, rep, 'U0NEXTMGR');
    const { body } = await app.slack.submit(manager, { from: '2027-01-22' });
    expect(body).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(body)).toContain('the manager they plan with');
    expect(app.slack.modal(manager)).toBeDefined();
    const [cancel = ''] = /away_cancel\.[0-9a-f-]{36}/.exec(shown(app.slack, manager)) ?? [];
    expect(cancel).not.toBe('');
    const before = await entries(rep);
    await app.slack.action({ user: manager, actionId: cancel });
    expect(await entries(rep)).toEqual(before);
    expect(shown(app.slack, manager)).toContain('Only somebody themselves');
    expect(await app.db.timeOff.count({ where: { workspaceId: TEAM, from: '2027-01-22' } })).toBe(
      0,
    );
  });
});
