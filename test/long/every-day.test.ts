/** A rep's days with Bigplan, lived through with the clock advanced. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zoneOf } from '../../src/time/zone.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { buttonsOf, initial, lastMessage, shown, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

/** Weeks go by in some of these. */
const LONG = { timeout: 300_000 };
const zone = zoneOf('America/New_York');
let app: DayApp;
const to = (date: string, time: string) => app.bigplan.advance(zone.instantAt(date, time));
const dm = (user: string) => app.slack.dm(user);
const texts = (user: string) => dm(user).map(({ text }) => text);
const menuOf = (message: { blocks: unknown[] }) =>
  JSON.stringify(message.blocks).includes('overflow');

beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

describe('a rep’s first days', LONG, () => {
  let pair: TestPair;
  beforeAll(async () => {
    pair = await mintAgreed(app);
  });
  afterAll(() => app.leave(pair.rep));

  it('nothing comes on a holiday or a weekend, and one question on the first working day', async () => {
    const { rep } = pair;
    await to('2027-01-04', '16:29');
    expect(texts(rep)).toEqual([]);
    await to('2027-01-04', '16:30');
    expect(texts(rep)).toHaveLength(1);
    const question = lastMessage(app.slack, rep);
    expect(question.text).toMatch(/^Monday: how did it go\? Calls \d+ planned/);
    expect(buttonsOf(question)).toEqual([
      'day_log',
      'day_as_planned',
      'day_snooze',
      'day_skip_open',
    ]);
    expect(menuOf(question)).toBe(true);
  });

  it('five numbers in one form: the message itself becomes the record', async () => {
    const { rep } = pair;
    const question = lastMessage(app.slack, rep);
    await app.slack.action({ user: rep, actionId: 'day_log', message: question });
    expect(shown(app.slack, rep)).toMatch(/\d+ planned/);
    const refused = await app.slack.submit(rep, { calls: '-3' });
    expect(refused.body).toMatchObject({ response_action: 'errors' });
    await app.slack.submit(rep, { calls: '31', demos: '2', proposals: '1' });
    expect(app.slack.modal(rep)).toBeUndefined();
    const [record, ...more] = dm(rep);
    expect(more).toEqual([]);
    expect(record?.ts).toBe(question.ts);
    expect(record?.text).toMatch(
      /^Monday: 31 calls · 2 demos · 1 proposal\. Week: 31 of \d+ calls/,
    );
    await app.slack.action({
      user: rep,
      actionId: 'day_log',
      message: lastMessage(app.slack, rep),
    });
    await app.slack.submit(rep, { calls: '33' });
    expect(lastMessage(app.slack, rep).text).toContain('33 calls · 2 demos');
    await to('2027-01-04', '23:00');
    expect(texts(rep)).toHaveLength(1);
  });

  it('unanswered, it is reminded of once and never again', async () => {
    const { rep } = pair;
    await to('2027-01-05', '17:59');
    expect(texts(rep)).toHaveLength(2);
    await to('2027-01-05', '18:00');
    expect(texts(rep)).toHaveLength(3);
    const reminder = lastMessage(app.slack, rep);
    expect(reminder.text).toBe('Still there for Tuesday. I won’t ask again today.');
    expect(buttonsOf(reminder)).toEqual(['day_log', 'day_skip_open']);
    expect(menuOf(reminder)).toBe(true);
    await to('2027-01-06', '09:00');
    expect(texts(rep)).toHaveLength(3);
  });

  it('the same words in the DM are understood, late ones too', async () => {
    const { rep } = pair;
    await app.slack.say(rep, 'yesterday 25 calls 2 demos, 1 proposal');
    expect(lastMessage(app.slack, rep).text).toContain('Tuesday: 25 calls · 2 demos · 1 proposal');
    expect(texts(rep)[1]).toContain('Tuesday: 25 calls');
    await app.slack.say(rep, 'no calls');
    expect(lastMessage(app.slack, rep).text).toContain('Wednesday: nothing');
    const before = texts(rep).length;
    await to('2027-01-06', '23:00');
    expect(texts(rep)).toHaveLength(before);
  });

  it('what is not understood is asked back, with the words kept and a button to go on', async () => {
    const { rep } = pair;
    await app.slack.say(rep, '25 calls and 3 unicorns');
    const back = lastMessage(app.slack, rep);
    expect(JSON.stringify(back.blocks)).toContain('25 calls and 3 unicorns');
    expect(buttonsOf(back)).toEqual(['day_log_read', 'day_log']);
    await app.slack.action({ user: rep, actionId: 'day_log', message: back });
    expect(shown(app.slack, rep)).toContain('3 unicorns');
    await app.slack.closeModal(rep);
    await app.slack.action({ user: rep, actionId: 'day_log_read', message: back });
    expect(lastMessage(app.slack, rep).text).toContain('Wednesday: 25 calls');
  });

  it('Slack telling of the same words twice logs and answers once', async () => {
    const { rep } = pair;
    await to('2027-01-07', '12:00');
    const before = texts(rep).length;
    const again = { ts: '1799300000.000100' };
    await app.slack.say(rep, '+5 calls', again);
    await app.slack.say(rep, '+5 calls', again);
    expect(texts(rep)).toHaveLength(before + 1);
    expect(lastMessage(app.slack, rep).text).toContain('Thursday: 5 calls');
  });

  it('`/bigplan log` takes the words or opens the form', async () => {
    const { rep } = pair;
    await app.slack.command('/bigplan', 'log 26 calls 1 visit', { user: rep });
    expect(app.slack.responses.at(-1)?.text).toContain('Thursday: 26 calls · 1 visit');
    expect(JSON.stringify(app.slack.responses.at(-1)?.body)).toContain('It was 5 calls before');
    await app.slack.command('/bigplan', 'log', { user: rep });
    expect(app.slack.modal(rep)?.title.text).toBe('Log a day');
    await app.slack.closeModal(rep);
    await app.slack.command('/bigplan', 'log 3 unicorns', { user: rep });
    expect(shown(app.slack, rep)).toContain('3 unicorns');
    await app.slack.closeModal(rep);
  });

  it('as planned, snooze and skip', async () => {
    const { rep } = pair;
    await to('2027-01-08', '16:30');
    await app.slack.action({
      user: rep,
      actionId: 'day_snooze',
      message: lastMessage(app.slack, rep),
    });
    expect(JSON.stringify(lastMessage(app.slack, rep).blocks)).toContain('5:30');
    const before = texts(rep).length;
    await to('2027-01-08', '17:29');
    expect(texts(rep)).toHaveLength(before);
    await to('2027-01-08', '17:31');
    expect(texts(rep)).toHaveLength(before + 1);
    await to('2027-01-08', '22:00');
    expect(texts(rep)).toHaveLength(before + 1);
    await app.slack.action({
      user: rep,
      actionId: 'day_skip_open',
      message: lastMessage(app.slack, rep),
    });
    await app.slack.submit(rep, { reason: 'travel', words: 'Stuck in Chicago' });
    expect(texts(rep).slice(-2)).toEqual(['Friday skipped.', 'Friday has its answer above.']);
    await to('2027-01-11', '16:30');
    await app.slack.action({
      user: rep,
      actionId: 'day_as_planned',
      message: lastMessage(app.slack, rep),
    });
    const day = await app.db.activityDay.findFirstOrThrow({
      where: { personId: rep, date: '2027-01-11' },
    });
    expect(day).toMatchObject({ state: 'logged' });
    expect(lastMessage(app.slack, rep).text).toContain(`Monday: ${day.calls} calls`);
  });

  it('every nudge has a way to stop it, and a way back', async () => {
    const { rep } = pair;
    await to('2027-01-12', '16:30');
    const question = lastMessage(app.slack, rep);
    await app.slack.action({
      user: rep,
      actionId: 'nudge_menu',
      value: 'stop:checkIns',
      message: question,
    });
    expect(app.slack.responses.at(-1)?.text).toContain('no check-ins from now on');
    const before = texts(rep).length;
    await to('2027-01-13', '23:00');
    expect(texts(rep)).toHaveLength(before);
    await app.slack.command('/bigplan', 'settings', { user: rep });
    expect(app.slack.modal(rep)?.title.text).toBe('My settings');
    await app.slack.submit(rep, {
      on: [
        'checkIns',
        'reminder',
        'callBlocks',
        'syncs',
        'paceNotes',
        'overdueItems',
        'digest',
        'coaching',
        'reasons',
      ],
      checkInTime: '17:15',
    });
    expect(shown(app.slack, rep)).toContain('17:15');
    await app.slack.closeModal(rep);
    await to('2027-01-14', '17:14');
    expect(texts(rep)).toHaveLength(before);
    await to('2027-01-14', '17:15');
    expect(texts(rep)).toHaveLength(before + 1);
    const rows = await app.db.delivery.groupBy({
      by: ['kind', 'key'],
      where: { personId: rep, state: 'sent' },
      _count: true,
    });
    expect(rows.every(({ _count }) => _count === 1)).toBe(true);
  });

  it('away is never a miss: nobody asks, and the targets shrink', async () => {
    const { rep, manager } = pair;
    await to('2027-01-14', '23:00');
    await app.slack.command('/bigplan', 'away tomorrow', { user: rep });
    expect(app.slack.responses.at(-1)?.text).toContain('You’re away');
    const before = texts(rep).length;
    await to('2027-01-15', '23:00');
    expect(texts(rep)).toHaveLength(before);
    await app.slack.command('/bigplan', `away <@${rep}|dana> 18 Jan – 20 Jan`, { user: manager });
    await to('2027-01-18', '08:00');
    expect(lastMessage(app.slack, rep).text).toContain('noted that you’re away');
    await app.slack.command('/bigplan', 'away list', { user: rep });
    expect(JSON.stringify(app.slack.responses.at(-1)?.body)).toContain('Cancel it');
    await to('2027-01-20', '23:00');
    expect(texts(rep)).toHaveLength(before + 1);
    await app.slack.command('/bigplan', `away <@${rep}|dana> tomorrow`, { user: 'U0LEADER' });
    expect(app.slack.responses.at(-1)?.text).toContain('Only somebody themselves');
    await to('2027-01-21', '17:15');
    expect(texts(rep)).toHaveLength(before + 2);
    expect(lastMessage(app.slack, rep).text).toContain('Thursday: how did it go?');
    expect(await app.db.timeOff.count({ where: { workspaceId: TEAM, personId: rep } })).toBe(2);
  });
});

describe('a week of few calls', LONG, () => {
  let pair: TestPair;
  const days = (...dates: string[]) => dates.map((day) => `2027-02-${day}`);
  const about = (user: string, words: string) => texts(user).filter((text) => text.includes(words));

  async function asPlanned(...dates: string[]): Promise<void> {
    for (const date of dates) {
      await to(date, '16:31');
      const message = lastMessage(app.slack, pair.rep);
      if (buttonsOf(message).includes('day_as_planned')) {
        await app.slack.action({ user: pair.rep, actionId: 'day_as_planned', message });
        continue;
      }
      // A day with a contract in it is logged by hand.
      const planned = message.text.match(/(?:calls|visits|demos|proposals|contracts) \d+/gi) ?? [];
      await app.slack.command('/bigplan', `log ${planned.join(' ')}`, { user: pair.rep });
    }
  }

  async function fewCalls(...dates: string[]): Promise<void> {
    for (const date of dates) {
      await to(date, '16:31');
      await app.slack.command('/bigplan', 'log 5 calls 1 visit', { user: pair.rep });
    }
  }

  beforeAll(async () => {
    pair = await mintAgreed(app, {
      period: { start: '2027-02-01', end: '2027-12-31' },
      ...LATE_REVIEWS,
    });
    await asPlanned(...days('01', '02', '03', '04', '05'));
  }, LONG.timeout);

  it('is told to the rep first, privately, and what may be behind it', async () => {
    const { rep, manager } = pair;
    await fewCalls(...days('08', '09', '10', '11', '12', '15', '16'));
    await to('2027-02-17', '08:44');
    expect(about(rep, 'of plan')).toEqual([]);
    await to('2027-02-17', '08:45');
    const note = lastMessage(app.slack, rep);
    expect(note.text).toMatch(
      /^Calls are at \*20%\* of plan over seven working days \(35 of \d+\); visits hold at 92%\.$/,
    );
    const words = JSON.stringify(note.blocks);
    expect(words).toContain('So it is *volume*, not how you sell.');
    expect(words).toContain(`<@${manager}> sees the first line too, and nothing else`);
    expect(buttonsOf(note)).toContain('pace_was_away');
    expect(dm(manager)).toEqual([]);
  });

  it('what is in the way is noted, with the causes, and goes to nobody', async () => {
    const { rep, manager } = pair;
    const note = lastMessage(app.slack, rep);
    await app.slack.action({ user: rep, actionId: 'pace_obstacle_open', message: note });
    await app.slack.submit(rep, {
      causes: ['lead_supply', 'content'],
      words: 'Three of six leads',
    });
    expect(JSON.stringify(lastMessage(app.slack, rep).blocks)).toContain('Too few leads, Content');
    expect(dm(manager)).toEqual([]);
    const stored = await app.db.episode.findFirstOrThrow({ where: { personId: rep } });
    expect(stored.causes).toEqual(['lead_supply', 'content']);
    expect(stored.note).not.toContain('leads');
    await app.slack.action({ user: manager, actionId: 'pace_keep', message: withKeep(note) });
    expect(app.slack.responses.at(-1)?.text).toBe('That note is for somebody else.');
  });

  it('reaches the manager after five more working days, one line, and the rep is told', async () => {
    const { rep, manager } = pair;
    await fewCalls(...days('17', '18', '19', '22', '23'));
    await to('2027-02-24', '08:44');
    expect(dm(manager)).toEqual([]);
    await to('2027-02-24', '08:45');
    expect(texts(manager)).toHaveLength(1);
    expect(lastMessage(app.slack, manager).text).toContain('Calls are at *20%* of plan');
    expect(JSON.stringify(lastMessage(app.slack, manager).blocks)).not.toMatch(
      /leads|of 12 days|log more/,
    );
    expect(about(rep, 'As I said I would')).toHaveLength(1);
  });

  it('is told as over once it is, to both, and never twice', async () => {
    const { rep, manager } = pair;
    await asPlanned(...days('24', '25', '26'));
    await asPlanned('2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04', '2027-03-05');
    await asPlanned('2027-03-08', '2027-03-09');
    await to('2027-03-10', '09:00');
    expect(about(rep, 'Back on plan')).toHaveLength(1);
    expect(about(manager, 'Back on plan')).toHaveLength(1);
    expect(texts(rep).filter((text) => text.startsWith('Calls are at'))).toHaveLength(1);
    expect(texts(manager)).toHaveLength(2);
  });

  it('days that turn out to have been away stop counting', async () => {
    await app.leave(pair.rep);
    const other = await mintAgreed(app, { period: { start: '2027-03-01', end: '2027-12-31' } });
    pair = other;
    await asPlanned('2027-03-10', '2027-03-11', '2027-03-12', '2027-03-15', '2027-03-16');
    await fewCalls('2027-03-17', '2027-03-18', '2027-03-19', '2027-03-22', '2027-03-23');
    await fewCalls('2027-03-24', '2027-03-25');
    await to('2027-03-26', '09:00');
    const note = lastMessage(app.slack, other.rep);
    expect(note.text).toContain('Calls are at');
    await to('2027-03-30', '09:00');
    await app.slack.action({ user: other.rep, actionId: 'pace_was_away', message: note });
    expect(initial(app.slack, other.rep, 'from')).toBe('2027-03-26');
    expect(initial(app.slack, other.rep, 'to')).toBe('2027-03-29');
    await app.slack.submit(other.rep);
    expect(shown(app.slack, other.rep)).toContain('You’re away');
    await app.slack.closeModal(other.rep);
    expect(texts(other.rep).filter((text) => text.includes('away. Nothing to log'))).toHaveLength(
      4,
    );
    await to('2027-03-31', '09:00');
    expect(dm(other.manager)).toEqual([]);
    await app.leave(other.rep);
  });
});

describe('a rep who flies east at noon', LONG, () => {
  it('is still asked today, once, and tomorrow at the time of the new zone', async () => {
    const block = { id: 'b1', days: ['mon' as const], start: '11:30', minutes: 15 };
    const { rep } = await mintAgreed(app, {
      period: { start: '2027-04-01', end: '2027-12-31' },
      callBlocks: [block],
    });
    await to('2027-04-05', '12:00');
    await app.slack.say(rep, 'friday 5 calls');
    const asked = () => texts(rep).filter((text) => text.includes('how did it go'));
    const before = asked().length;
    app.slack.addPerson(rep, { tz: 'Europe/Berlin' });
    const user = { id: rep, name: 'dana', tz: 'Europe/Berlin', profile: {} };
    await app.slack.event({ type: 'user_change', user });
    await to('2027-04-05', '12:01');
    expect(asked()).toHaveLength(before + 1);
    const berlin = zoneOf('Europe/Berlin');
    await app.bigplan.advance(berlin.instantAt('2027-04-06', '16:29'));
    expect(asked()).toHaveLength(before + 1);
    await app.bigplan.advance(berlin.instantAt('2027-04-06', '16:30'));
    expect(asked()).toHaveLength(before + 2);
  });
});

describe('weeks of silence', LONG, () => {
  it('are left alone more and more, and everything comes back with the first answer', async () => {
    const { rep, manager } = await mintAgreed(app, {
      period: { start: '2027-05-03', end: '2027-12-31' },
      ...LATE_REVIEWS,
    });
    const since = (date: string) => texts(rep).slice(heard(date));
    const counts = new Map<string, number>();
    const heard = (date: string) => counts.get(date) ?? 0;
    const live = async (date: string) => {
      counts.set(date, texts(rep).length);
      await to(date, '23:00');
      return since(date);
    };
    expect(await live('2027-05-05'), 'three days: a question and a reminder each').toHaveLength(6);
    expect(await live('2027-05-06')).toEqual([
      'Thursday: I’ll be quiet: one line a day from now on.',
    ]);
    for (const date of ['2027-05-07', '2027-05-10', '2027-05-11']) {
      const [line, ...more] = await live(date);
      expect(line, 'said once; after that the day’s own line').toMatch(/: Calls \d+ planned/);
      expect(more).toEqual([]);
    }
    const [asked, ...more] = await live('2027-05-12');
    expect(asked).toBe('Wednesday: Shall I pause until you say so?');
    expect(more).toEqual([]);
    expect(buttonsOf(lastMessage(app.slack, rep))).toEqual([
      'silence_pause',
      'silence_keep',
      'day_log',
    ]);
    expect(await live('2027-05-20')).toEqual([]);
    expect(await live('2027-05-28'), 'a line a week').toEqual([
      'Friday: One line a week: shall I pause until you say so?',
      'Friday: One line a week: shall I pause until you say so?',
    ]);
    await app.slack.command('/bigplan', 'team', { user: manager });
    expect(shown(app.slack, manager)).toContain('not logging: 9 check-ins unanswered');
    await app.slack.closeModal(manager);
    expect(dm(manager), 'of which nobody writes to them').toEqual([]);
    expect(texts(rep).filter((text) => text.includes('of plan'))).toEqual([]);
    await app.slack.say(rep, '5 calls');
    expect(await live('2027-05-31')).toEqual(
      expect.arrayContaining([expect.stringMatching(/how did it go/)]),
    );
    await app.slack.command('/bigplan', 'team', { user: manager });
    expect(shown(app.slack, manager)).not.toContain('not logging');
    await app.slack.closeModal(manager);
    await app.leave(rep);
  });

  it('end where somebody wants it so, and begin again when they say so', async () => {
    const { rep } = await mintAgreed(app, {
      period: { start: '2027-06-01', end: '2027-12-31' },
      ...LATE_REVIEWS,
    });
    await to('2027-06-10', '23:00');
    const line = lastMessage(app.slack, rep);
    expect(line.text).toContain('Shall I pause until you say so?');
    await app.press(rep, 'silence_pause', { message: line });
    expect(app.told(rep)).toContain('Nothing from me until you say so');
    const paused = app.slack.responses.at(-1);
    const before = texts(rep).length;
    await to('2027-07-01', '23:00');
    expect(texts(rep)).toHaveLength(before);
    const dropped = await app.db.delivery.count({
      where: { personId: rep, state: 'cancelled', problem: 'paused' },
    });
    expect(dropped, 'what is dropped says why').toBeGreaterThan(10);
    expect(paused).toBeDefined();
    await app.slack.command('/bigplan', 'settings', { user: rep });
    await app.slack.submit(rep, { pausedUntil: '' });
    await app.slack.closeModal(rep);
    await app.slack.say(rep, '5 calls');
    await to('2027-07-02', '16:30');
    expect(lastMessage(app.slack, rep).text).toMatch(/^Friday: how did it go/);
    await app.leave(rep);
  });
});

/** A forged button on somebody else's note. */
function withKeep(message: ReturnType<typeof lastMessage>) {
  const value = JSON.stringify(message.blocks).match(/"value":"([0-9a-f-]{36})"/)?.[1] ?? '';
  const text = { type: 'plain_text' as const, text: 'Keep' };
  const element = { type: 'button' as const, action_id: 'pace_keep', value, text };
  return { ...message, blocks: [{ type: 'actions' as const, elements: [element] }] };
}
