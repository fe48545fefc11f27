/** What people write to Bigplan, in whatever form Slack passes it on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { buttonsOf, shown } from '../support/plan-app.ts';

let app: DayApp;
let rep: string;
beforeAll(async () => {
  app = await startDayApp();
  ({ rep } = await mintAgreed(app, { period: { start: '2027-01-04', end: '2027-12-31' } }));
  await app.to('2027-01-05', '10:00');
  // Nothing of the day before is open any more: what names no day is today's.
  await app.slack.say(rep, 'yesterday 1 call');
});
afterAll(() => app.stop());

const day = (date = '2027-01-05', who = rep) =>
  app.db.activityDay.findFirst({ where: { personId: who, date } });

describe('words that are a report', () => {
  it.each([
    ['25 calls, 2 demos', { calls: 25, demos: 2 }],
    ['*25* calls & _2_ demos', { calls: 25, demos: 2 }],
    ['Hi <@U0BIGPLAN>, 24 calls today :tada:', { calls: 24 }],
    ['<https://crm.example.com|23 calls>', { calls: 23 }],
    ['> 22 calls', { calls: 22 }],
    ['21 calls\n1 demo\r\n3 visits', { calls: 21, demos: 1, visits: 3 }],
    ['&gt; 20 calls', { calls: 20 }],
    ['no calls', { calls: 0 }],
    ['１９ calls', { calls: 19 }],
  ])('%j', async (text, counts) => {
    await app.slack.say(rep, text);
    expect(await day()).toMatchObject({ state: 'logged', ...counts });
    expect(app.last(rep).text).toMatch(/^Today, Tuesday: /);
  });
});

describe('what is no report', () => {
  it.each([
    ['a bot’s message', 'bot words: 99 calls', { bot_id: 'B0OTHER' }],
    ['a message of the app itself', '98 calls', { user: 'U0BIGPLAN', bot_id: 'B0BIGPLAN' }],
    ['a change of a message', '97 calls', { subtype: 'message_changed', hidden: true }],
    ['a message that was deleted', '96 calls', { subtype: 'message_deleted' }],
    ['a bot_message', '95 calls', { subtype: 'bot_message' }],
    ['a join', '94 calls', { subtype: 'channel_join' }],
    ['nothing', '', {}],
    ['blanks', ' \n\t ', {}],
    ['no text at all', '93 calls', { text: undefined }],
    ['no user', '92 calls', { user: undefined }],
    ['a channel', '91 calls', { channel_type: 'channel', channel: 'C0GENERAL' }],
    ['a group of people', '90 calls', { channel_type: 'mpim', channel: 'G0GROUP' }],
  ])('%s is left alone', async (_, text, more) => {
    const before = await day();
    const posted = app.slack.callsOf('chat.postMessage').length;
    await app.slack.say(rep, text, more);
    expect(await day()).toEqual(before);
    expect(app.slack.callsOf('chat.postMessage')).toHaveLength(posted);
    expect(app.logged.filter(({ level }) => level === 50)).toEqual([]);
  });

  it('thousands of characters, of any kind, are asked back in one message', async () => {
    const before = await day();
    for (const text of [
      'x'.repeat(4_000),
      '&'.repeat(4_000),
      '<'.repeat(4_000),
      '25 calls '.repeat(440),
      '🙂'.repeat(2_000),
      `${'\n'.repeat(2_000)}what`,
      `"\\`.repeat(2_000),
      `25 calls and ${'a very long tale '.repeat(20)}`,
    ]) {
      const posted = app.texts(rep).length;
      await app.slack.say(rep, text);
      expect(app.texts(rep), text.slice(0, 10)).toHaveLength(posted + 1);
      expect(buttonsOf(app.last(rep))).toContain('day_log');
      await app.press(rep, 'day_log');
      expect(app.slack.modal(rep), text.slice(0, 10)).toBeDefined();
      await app.slack.closeModal(rep);
    }
    expect(await day()).toEqual(before);
  });

  it('NUL, lone surrogates and marks that could ping are shown as they can be', async () => {
    for (const text of ['un\0known 3', 'half \ud800 of it', '<!channel> 3 lunches', '<!here>']) {
      const posted = app.texts(rep).length;
      await app.slack.say(rep, text);
      expect(app.texts(rep), JSON.stringify(text)).toHaveLength(posted + 1);
      // What a button carries is shown to nobody.
      const read = inside(app.last(rep)).replace(/"value":"(\\.|[^"\\])*"/g, '');
      expect(read).not.toMatch(/<!(channel|here)/);
      await app.slack.command('/bigplan', `log ${text}`, { user: rep });
      expect(app.slack.modal(rep), JSON.stringify(text)).toBeDefined();
      expect(shown(app.slack, rep)).not.toMatch(/<!(channel|here)/);
      await app.slack.closeModal(rep);
    }
  });

  it('days that can’t be logged are named in the answer, with the words kept', async () => {
    for (const [text, words] of [
      ['tomorrow 5 calls', 'still to come'],
      ['3 Jan 5 calls', 'too long ago'],
      ['yesterday and today 5 calls', 'one at a time'],
      ['1001 calls', '1,000'],
      ['-5 calls', 'below zero'],
    ] as const) {
      await app.slack.say(rep, text);
      expect(inside(app.last(rep)), text).toContain(words);
      expect(inside(app.last(rep)), text).toContain(text);
    }
  });
});

describe('words that come twice', () => {
  it('with one event id, or one ts, before a restart or after: counted and answered once', async () => {
    await app.to('2027-01-06', '10:00');
    const ts = '1799300000.000100';
    const before = app.texts(rep).length;
    const say = (id: string) =>
      app.slack.event(
        {
          type: 'message',
          channel_type: 'im',
          channel: app.slack.dmChannel(rep),
          user: rep,
          text: '+5 calls',
          ts,
        },
        { id },
      );
    await say('Ev1');
    await say('Ev1');
    await say('Ev2');
    await Promise.all([say('Ev3'), say('Ev4')]);
    await app.restart();
    await say('Ev1');
    await say('Ev5');
    expect(await day('2027-01-06')).toMatchObject({ calls: 5 });
    expect(app.texts(rep)).toHaveLength(before + 1);
    const back = { ts: '1799300001.000100' };
    await app.slack.say(rep, 'seven unicorns', back);
    await app.slack.say(rep, 'seven unicorns', back);
    expect(app.texts(rep)).toHaveLength(before + 2);
  });

  it('different words at the same moment are all counted', async () => {
    await Promise.all(
      [1, 2, 3, 4].map((n) => app.slack.say(rep, '+1 demo', { ts: `1799300100.00000${n}` })),
    );
    expect(await day('2027-01-06')).toMatchObject({ calls: 5, demos: 4 });
  });

  it('an old answer’s button logs what it says, and says what was there before', async () => {
    await app.slack.say(rep, '11 calls and 3 unicorns');
    const back = app.last(rep);
    await app.slack.say(rep, '30 calls');
    await app.press(rep, 'day_log_read', { message: back });
    expect(await day('2027-01-06')).toMatchObject({ calls: 11, demos: 4 });
    const record = app.slack.dm(rep).find(({ ts }) => ts === back.ts);
    expect(record?.text).toContain('11 calls');
    expect(JSON.stringify(record?.blocks)).toContain('It was 30 calls before');
  });
});

describe('words of somebody without a plan that counts', () => {
  it('are answered, never counted, whoever writes them', async () => {
    const later = await mintAgreed(app, { period: { start: '2027-03-01', end: '2027-12-31' } });
    const closed = await mintAgreed(app);
    await app.leave(closed.rep);
    for (const user of [later.rep, closed.rep, later.manager, 'U0STRANGER']) {
      app.slack.addPerson(user, app.slack.people.get(user) ?? { name: 'Sid' });
      await app.slack.say(user, '25 calls');
      expect(inside(app.last(user)), user).toMatch(/plan/);
      expect(inside(app.last(user))).toContain('25 calls');
      await app.slack.command('/bigplan', 'log 25 calls', { user });
      expect(app.told(user)).toMatch(/plan/);
    }
    expect(inside(app.last(later.rep))).toContain('Mar 1, 2027');
    expect(await app.db.activityDay.count({ where: { personId: { not: rep } } })).toBe(0);
  });

  it('somebody who is deactivated gets nothing', async () => {
    const gone = await mintAgreed(app);
    await app.db.person.updateMany({ where: { userId: gone.rep }, data: { deactivated: true } });
    Object.assign(app.slack.people.get(gone.rep) ?? {}, { deleted: true });
    await app.slack.say(gone.rep, '25 calls');
    await app.slack.say(gone.rep, '3 unicorns');
    expect(app.texts(gone.rep)).toEqual([]);
    expect(await day('2027-01-06', gone.rep)).toBeNull();
  });
});
