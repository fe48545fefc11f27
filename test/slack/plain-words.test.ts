/** What people write to Bigplan that is no report, and reports that can be meant in two ways. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLayers } from '../support/actuals-app.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { buttonsOf, mintPerson, shown } from '../support/plan-app.ts';

const ACTIVITIES = ['calls', 'visits', 'demos', 'proposals', 'contracts'] as const;

let app: DayApp;
let rep: string;
let manager: string;
beforeAll(async () => {
  app = await startDayApp();
  ({ rep, manager } = await mintAgreed(app, {
    ...withLayers(),
    ...LATE_REVIEWS,
    period: { start: '2027-03-01', end: '2027-12-31' },
  }));
  await app.to('2027-03-09', '10:00');
});
afterAll(() => app.stop());

const day = (date: string) => app.db.activityDay.findFirst({ where: { personId: rep, date } });
const say = async (text: string, user = rep) => {
  await app.slack.say(user, text);
  return app.last(user);
};
/** As somebody changes what they wrote. */
const change = (from: { ts: string; text: string; editedTs?: string }, text: string, at: string) =>
  app.slack.event({
    type: 'message',
    subtype: 'message_changed',
    channel_type: 'im',
    channel: app.slack.dmChannel(rep),
    message: { type: 'message', user: rep, text, ts: from.ts, edited: { user: rep, ts: at } },
    previous_message: {
      user: rep,
      text: from.text,
      ts: from.ts,
      ...(from.editedTs && { edited: { ts: from.editedTs } }),
    },
  });
const now = () => `${Math.floor(Date.now() / 1_000)}.${String(Date.now() % 1_000)}`;

describe('the DM answers a person', () => {
  it.each([
    ['thanks', /^Any time/, []],
    ['👍', /^👍/, []],
    ['hi', /^Hello\./, ['day_log', 'command_again.status', 'command_again.help']],
    ['help', /Write to me as you would to a person/, []],
    [
      'stop',
      /Just quiet, or time off/,
      ['nudge_menu.pause', 'nudge_menu.stop', 'nudge_menu.settings', 'away_open'],
    ],
    ['pause until monday', /Just quiet/, ['nudge_menu.pause', 'command_again.away']],
    [
      'sick',
      /^\*Away Tue, Mar 9, 2027\?\*.*nothing is asked of you then/,
      ['away_enter.read', 'away_open'],
    ],
    ['sick tomorrow', /^\*Away Wed, Mar 10, 2027\?\*/, ['away_enter.read', 'away_open']],
    ['ooo until wednesday', /^\*Away /, ['away_enter.read', 'away_enter.else']],
    ['ooo for 5 days', /can be read in two ways/, ['away_enter.0', 'away_enter.1']],
    ['back on monday', /^\*Away /, ['away_enter.read', 'away_open']],
    ['today', /Today:\*? *\d+ calls/, ['day_log', 'plan_open']],
    ['25', /“25”: calls\?/, ['day_log_read.0', 'day_log_read.1']],
    ['skip', /^Skip yesterday or today/, ['day_skip_open.2027-03-08', 'day_skip_open.2027-03-09']],
    [
      'what is my target?',
      /Today:\*? *\d+ calls/,
      ['day_log', 'command_again.status', 'plan_open'],
    ],
    [
      'how am I doing?',
      /^\*(On track|At risk|Off track|Too early to say):\*/,
      ['plan_open', 'day_log'],
    ],
    ['I lost the Acme deal', /\*Acme\* is a renewal of your plan/, ['deal_open', 'pipeline_add']],
    ['I lost the Umbrella deal', /\*Umbrella\* is no renewal/, ['pipeline_add', 'deal_open']],
    ['won Hooli 24k new', /\*Hooli · \$24,000 · new business won\*, today/, ['deal_open']],
    ['signed Hooli for 24k new', /\*Hooli · \$24,000 · new business won\*/, ['deal_open']],
  ])('%j', async (text, words, buttons) => {
    const before = app.texts(rep).length;
    const answer = await say(text);
    expect(app.texts(rep)).toHaveLength(before + 1);
    expect(answer.text).toMatch(words);
    expect(buttonsOf(answer)).toEqual(expect.arrayContaining(buttons));
    expect(inside(answer)).not.toContain("can't make out");
    expect(await day('2027-03-09')).toBeNull();
  });

  it('once, however often Slack tells of it', async () => {
    const before = app.texts(rep).length;
    const ts = now();
    await app.slack.say(rep, 'thanks', { ts });
    await app.slack.say(rep, 'thanks', { ts });
    expect(app.texts(rep)).toHaveLength(before + 1);
  });

  it('and its buttons do what they say', async () => {
    await app.press(rep, 'away_enter.read', { message: await say('sick on 2027-03-10') });
    const [absence] = await app.db.timeOff.findMany({ where: { personId: rep } });
    expect(absence).toMatchObject({ from: '2027-03-10', to: '2027-03-10' });
    await app.press(rep, 'deal_open', { message: await say('won Hooli 24k new') });
    expect(shown(app.slack, rep)).toContain('Hooli');
    await app.slack.closeModal(rep);
    await app.press(rep, 'nudge_menu.pause', { message: await say('pause') });
    expect(app.told(rep)).toContain('Time off, or just quiet.');
    await app.db.nudgeSettings.updateMany({
      where: { personId: rep },
      data: { pausedUntil: null },
    });
  });

  it('somebody without a plan too', async () => {
    await mintPerson(app, 'U0NEW', { name: 'Nia' });
    expect((await say('hello', 'U0NEW')).text).toBe('Hello.');
    expect((await say('how am I doing?', 'U0NEW')).text).toContain('no plan yet');
    expect((await say('lost Acme', 'U0NEW')).text).toContain('no agreed plan');
    expect((await say('help', 'U0NEW')).text).not.toContain('pipeline');
  });
});

describe('/bigplan status', () => {
  it('is five lines at most for a rep, and a line a rep for their manager', async () => {
    await app.slack.command('/bigplan', 'status', { user: rep });
    const lines = app.told(rep).split('\n');
    expect(lines.length).toBeLessThanOrEqual(5);
    expect(lines[0]).toMatch(/^\*(On track|At risk|Off track|Too early to say):\* /);
    expect(app.told(rep)).toMatch(/\d days logged/);
    expect(app.told(rep)).toContain('Open pipeline: not entered yet.');
    expect(lines.at(-1)).toMatch(/^Next: 1:1 on .*Mar 26|^Next: 1:1 on /);
    await app.slack.command('/bigplan', 'status', { user: manager });
    expect(app.told(manager)).toMatch(
      new RegExp(`<@${rep}> · (on track|at risk|off track|too early to say)`),
    );
    expect(app.told(manager), 'no figure of a rep').not.toMatch(/\d{2,}(?!.*>)/);
  });
});

describe('/bigplan status @rep', () => {
  it('is for their manager, without the day’s work; others are told kindly', async () => {
    await app.slack.command('/bigplan', `status <@${rep}>`, { user: manager });
    const told = app.told(manager);
    expect(told).toContain(`*<@${rep}>*, at quota`);
    expect(told).toMatch(/\*(On track|At risk|Off track|Too early to say):\* /);
    expect(told).toMatch(/Next: 1:1 on /);
    expect(told, 'calls are the rep’s to hear first').not.toMatch(/[Cc]alls|logged/);
    const other = await mintAgreed(app, LATE_REVIEWS);
    for (const user of [other.manager, other.rep]) {
      await app.slack.command('/bigplan', `status <@${rep}>`, { user });
      expect(app.told(user)).toContain('is between them and their manager');
      expect(app.told(user)).not.toMatch(/quota|track|risk/);
    }
    await app.slack.command('/bigplan', 'status Dana', { user: manager });
    expect(app.told(manager)).toContain('pick the name from the list');
    await app.slack.command('/bigplan', `status <@${rep}>`, { user: rep });
    expect(app.told(rep)).toMatch(/\d days logged/);
  });
});

describe('/bigplan lost', () => {
  it('settles a renewal of the plan, and says what to do about anything else', async () => {
    await app.slack.command('/bigplan', 'lost Café Zürich', { user: rep });
    expect(app.told(rep)).toContain('not renewed');
    await app.slack.command('/bigplan', 'lost Umbrella', { user: rep });
    expect(app.told(rep)).toContain('is no renewal of the plan');
    await app.slack.command('/bigplan', 'won lost Umbrella expansion', { user: rep });
    expect(app.told(rep)).toContain('is no renewal of the plan');
    await app.slack.command('/bigplan', 'lost', { user: rep });
    expect(shown(app.slack, rep)).toContain('Renewal lost');
    await app.slack.closeModal(rep);
  });
});

describe('reports', () => {
  it('in the morning, with yesterday’s question open, are asked about', async () => {
    await app.to('2027-03-11', '09:00');
    // The 10th was time off: the 9th is the last day that was asked about.
    const asked = await say('20 calls');
    expect(inside(asked)).toContain('Is that for');
    expect(buttonsOf(asked)).toEqual(['day_log_read.0', 'day_log_read.1', 'day_log']);
    await app.press(rep, 'day_log_read.0', { message: asked });
    expect(await day('2027-03-09')).toMatchObject({ state: 'logged', calls: 20 });
    expect(await day('2027-03-11')).toBeNull();
    expect(app.last(rep).text).toMatch(/^Tue, Mar 9: 20 calls/);
  });

  it('under the question of a day are that day’s', async () => {
    const { ts } = app.find(rep, /^Tuesday: 20 calls/);
    await app.slack.say(rep, '2 demos', { thread_ts: ts });
    expect(await day('2027-03-09')).toMatchObject({ calls: 20, demos: 2 });
  });

  it('between midnight and six are the day’s before, by when they were written', async () => {
    await app.to('2027-03-12', '00:30');
    const record = await say('22 calls');
    expect(record.text).toMatch(/^Yesterday, Thursday: 22 calls/);
    expect(await day('2027-03-11')).toMatchObject({ calls: 22 });
    // Slack tells of it an hour later than it was written.
    await app.to('2027-03-13', '00:20');
    const ts = String(Date.now() / 1_000 - 3_600);
    await app.slack.say(rep, '5 calls today', { ts });
    expect(await day('2027-03-12')).toMatchObject({ calls: 5 });
  });

  it('that come twice are answered once, though the day is another one by then', async () => {
    await app.to('2027-03-13', '00:40');
    const ts = now();
    await app.slack.say(rep, '7 visits today', { ts });
    const asked = app.last(rep);
    expect(inside(asked)).toContain('Is that for yesterday, or for today?');
    await app.press(rep, 'day_log_read.0', { message: asked });
    expect(await day('2027-03-12')).toMatchObject({ calls: 5, visits: 7 });
    const texts = app.texts(rep).length;
    await app.restart();
    await app.slack.say(rep, '7 visits', { ts });
    await app.slack.say(rep, '7 visits today', { ts });
    expect(app.texts(rep)).toHaveLength(texts);
    expect(await day('2027-03-13')).toBeNull();
  });

  it('with two readings are asked with both, and name what a press would replace', async () => {
    await app.to('2027-03-15', '13:00');
    const asked = await say('calls 20, demos 3/9');
    expect(buttonsOf(asked)).toEqual(['day_log_read.0', 'day_log_read.1', 'day_log']);
    expect(inside(asked)).toContain('Tue, Mar 9 has *20 calls · 2 demos* so far');
    expect(await day('2027-03-15')).toBeNull();
    await app.press(rep, 'day_log_read.0', { message: asked });
    expect(await day('2027-03-15')).toMatchObject({ calls: 20, demos: 3 });
    expect(app.last(rep).text).toMatch(/^Today, Monday: 20 calls · 3 demos/);
    await app.slack.command('/bigplan', 'log 25-30 calls', { user: rep });
    expect(app.told(rep)).toContain('Tell me one number');
  });

  it('say what isn’t counted', async () => {
    const record = await say('25 dials, 20 emails, 5 LinkedIn messages');
    expect(inside(record)).toContain('Not counted here: emails, messages.');
    expect(record.text).toContain('It was 20 calls before.');
  });

  it('that are changed change what they logged, saying old and new', async () => {
    await app.to('2027-03-16', '13:00');
    const ts = now();
    await app.slack.say(rep, '25 calls 2 demos', { ts });
    const before = app.texts(rep).length;
    await change({ ts, text: '25 calls 2 demos' }, '20 calls 2 visits', '1.1');
    await change({ ts, text: '25 calls 2 demos' }, '20 calls 2 visits', '1.1');
    expect(await day('2027-03-16')).toMatchObject({ calls: 20, visits: 2, demos: 0 });
    expect(app.texts(rep)).toHaveLength(before + 1);
    expect(app.last(rep).text).toContain('It was 25 calls · 2 demos before.');
    await change({ ts, text: '20 calls 2 visits', editedTs: '1.1' }, '20 calls 2 visits!', '1.2');
    expect(app.texts(rep), 'nothing else is said').toHaveLength(before + 1);
    await change({ ts, text: '20 calls 2 visits!', editedTs: '1.1' }, 'yesterday 20 calls', '1.3');
    expect(await day('2027-03-16'), 'nothing is known of it any more').toBeNull();
    expect(await day('2027-03-15')).toMatchObject({ calls: 20 });
    await change({ ts, text: 'yesterday 20 calls', editedTs: '1.3' }, 'never mind', '1.4');
    expect(inside(app.last(rep))).toContain('stays logged');
    expect(await day('2027-03-15')).toMatchObject({ calls: 20 });
  });
});

describe('always', () => {
  const count = fc.integer({ min: 0, max: 40 });
  const words = fc
    .record({
      count,
      of: fc.constantFrom(...ACTIVITIES),
      day: fc.constantFrom('', ' yesterday', ' today'),
      plus: fc.constantFrom('', '+'),
      more: fc.constantFrom('', ', 2 unicorns', ' or 9 calls', ', demos 3/16', ' of 50'),
    })
    .map(({ count: n, of, day: on, plus, more }) => `${plus}${n} ${of}${more}${on}`);
  const move = fc.oneof(
    words.map((text) => ({ kind: 'say' as const, text })),
    words.map((text) => ({ kind: 'change' as const, text })),
    fc.nat().map((pick) => ({ kind: 'press' as const, pick })),
    count.map((calls) => ({ kind: 'block' as const, calls })),
    count.map((calls) => ({ kind: 'fill' as const, calls })),
  );

  it('no words and no button replace a count without showing the old one and the new', async () => {
    const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
    const block = { id: 'am', days: [...workdays], start: '09:00', minutes: 90 };
    ({ rep } = await mintAgreed(app, {
      ...LATE_REVIEWS,
      period: { start: '2027-03-15', end: '2027-12-31' },
      callBlocks: [block],
    }));
    await app.to('2027-03-17', '17:00');
    let said = { ts: now(), text: '' };
    const rows = async () =>
      new Map(
        (await app.db.activityDay.findMany({ where: { personId: rep } })).map((row) => [
          row.date,
          row,
        ]),
      );
    let edits = 10;
    const make = async (one: typeof move extends fc.Arbitrary<infer Move> ? Move : never) => {
      if (one.kind === 'say') {
        said = { ts: now(), text: one.text };
        await app.slack.say(rep, one.text, { ts: said.ts });
      } else if (one.kind === 'change') {
        edits += 1;
        await change(said, one.text, `${edits}.1`);
      } else if (one.kind === 'press') {
        const pressable = app.slack
          .dm(rep)
          .slice(-8)
          .flatMap((message) =>
            buttonsOf(message)
              .filter((id) => /^(day_(log_read|as_planned)|block_(started|count)(\.|$))/.test(id))
              .map((id) => ({ id, message })),
          );
        const found = pressable[one.pick % Math.max(1, pressable.length)];
        if (found) await app.press(rep, found.id, { message: structuredClone(found.message) });
      } else if (one.kind === 'block') {
        const asked = app.slack
          .dm(rep)
          .findLast((message) => /"block_count_open"/.test(inside(message)));
        if (!asked) return;
        await app.press(rep, 'block_count_open', { message: structuredClone(asked) });
        await app.slack.submit(rep, { calls: String(one.calls) });
      } else {
        await app.slack.command('/bigplan', 'log', { user: rep });
        await app.slack.submit(rep, { calls: String(one.calls) });
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 6 }), async (moves) => {
        for (const one of moves) {
          const before = await rows();
          const blocks = await app.db.callBlockDay.findMany({ where: { personId: rep } });
          await make(one);
          for (const { date, calls, state } of one.kind === 'press' ? blocks : []) {
            if (state !== 'counted') continue;
            const where = { personId: rep, date };
            const after = await app.db.callBlockDay.findFirst({ where });
            expect(after?.calls, 'a button of an older copy changes no count').toBe(calls);
          }
          const texts = app.slack.dm(rep).map(inside);
          for (const [date, had] of before) {
            const has = (await rows()).get(date);
            for (const activity of ACTIVITIES) {
              const [old, fresh] = [had[activity] ?? 0, has?.[activity] ?? 0];
              if (had.state !== 'logged' || !has || old === 0 || old === fresh) continue;
              const name = activity.slice(0, -1);
              const isShown = texts.some(
                (text) =>
                  new RegExp(`It was [^.]*\\b${old} ${name}`).test(text) &&
                  (fresh === 0 || new RegExp(`\\b${fresh} ${name}`).test(text)),
              );
              expect(isShown, `${date}: ${old} → ${fresh} ${activity}`).toBe(true);
            }
          }
        }
      }),
      { numRuns: 8 },
    );
  });
});
