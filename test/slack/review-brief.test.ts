/** The weekly sync brief: set up by a leader, posted in its channel, answered by its owners. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { rolesOf, saveRoles } from '../../src/people/store.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { mintPerson, shown } from '../support/plan-app.ts';
import { type SlackMessage, TEAM } from '../support/slack.ts';

const [LEA, PAT, SAM] = ['U0LEA', 'U0PAT', 'U0SAM'];
const CHANNEL = 'C0SYNC';
let app: DayApp;
let rep: string;

beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-03-09', '09:00');
  for (const [id, name] of [
    [LEA, 'Lea'],
    [PAT, 'Pat'],
    [SAM, 'Sam'],
  ] as const) {
    await mintPerson(app, id, { name });
  }
  ({ rep } = await mintAgreed(app, LATE_REVIEWS));
  await inTransaction(app.db, async (tx) =>
    saveRoles(tx, TEAM, { ...(await rolesOf(tx, TEAM)), leaders: [LEA] }),
  );
  app.slack.addChannel(CHANNEL, { name: 'weekly-sync' });
  await app.leave(rep);
});
afterAll(() => app.stop());

const briefs = (): SlackMessage[] =>
  structuredClone(app.slack.channel(CHANNEL).filter(({ text }) => text.includes('Weekly sync')));
const SETTINGS = {
  isOn: 'on',
  channel: CHANNEL,
  weekday: 'mon',
  time: '09:30',
  marketing: PAT,
};

describe('set up', () => {
  it('by leaders alone', async () => {
    await app.slack.command('/bigplan', 'brief', { user: SAM });
    await eventually(() => expect(app.told(SAM)).toContain('set up by leaders'));
    await app.slack.command('/bigplan', 'brief', { user: LEA });
    await app.slack.submit(LEA, SETTINGS);
    expect(await app.db.briefSettings.findMany()).toMatchObject([
      { channelId: CHANNEL, setBy: LEA, marketing: PAT, pr: null },
    ]);
  });

  it('comes on its day and not before, once', async () => {
    await app.to('2027-03-15', '09:29');
    expect(briefs()).toEqual([]);
    await app.to('2027-03-15', '09:31');
    await eventually(() => expect(briefs()).toHaveLength(1));
    expect(inside(briefs()[0] as SlackMessage)).toContain('*Weekly sync · week of Mar 15*');
  });
});

describe('in the channel', () => {
  const brief = () => briefs().at(-1) as SlackMessage;

  it('an owner takes something on, and the brief shows it', async () => {
    const about = JSON.stringify({ kind: 'sync', function: 'marketing' });
    await app.press(PAT, 'commitment_open.marketing', { message: brief(), value: about });
    await app.slack.submit(PAT, { text: 'Two webinars', due: '2027-03-19' });
    await eventually(() =>
      expect(inside(brief())).toContain(`<@${PAT}>: Two webinars · by Mar 19`),
    );
  });

  it('who owns another function or none can’t, and nobody else ticks it', async () => {
    const message = brief();
    const { id = '' } = (await app.db.commitment.findFirst()) ?? {};
    await app.press(SAM, 'commitment_done', { message: forged(message, 'commitment_done', id) });
    await eventually(() => expect(app.told(SAM)).toContain('for leaders'));
    const about = JSON.stringify({ kind: 'sync', function: 'pr' });
    await app.press(PAT, 'commitment_open.pr', { message, value: about });
    await eventually(() => expect(app.told(PAT)).toContain('for leaders'));
  });

  it('engagement is said by a short form, and shown', async () => {
    await app.press(PAT, 'engagement_open', { message: brief() });
    await app.slack.submit(PAT, { attendance: '42', pasted: '2027-03-01, 30' });
    await eventually(() => expect(inside(brief())).toContain('Attended 42 (30 before)'));
  });

  it('its owners say it with a command too: what is known stays, and a wrong line loses nothing', async () => {
    await app.slack.command('/bigplan', 'brief figures', { user: PAT });
    const { body } = await app.slack.submit(PAT, { pasted: 'Date,Opens\n2027-03-09,12\nsoon,3' });
    expect(JSON.stringify(body)).toContain('Line 3: Date “soon”');
    expect((await app.db.engagementWeek.findMany()).map(({ opens }) => opens)).toEqual([
      null,
      null,
    ]);
    const mentions = 'Times: Planning beats hope https://t.example/1';
    await app.slack.submit(PAT, { mentions, pasted: 'Date,Opens\n2027-03-09,12' });
    expect(shown(app.slack, PAT)).toContain('Attended 42 · Emails opened 12 · Earned media 1');
    await eventually(() =>
      expect(inside(brief())).toContain('Times: Planning beats hope> (t.example)'),
    );
    const [row] = await app.db.engagementWeek.findMany({ where: { week: '2027-03-08' } });
    expect(row?.mentions, 'sealed').toMatch(/^v1:/);
  });

  it('what was said is undone and put back, but not over what somebody says later', async () => {
    const said = async () =>
      (await app.db.engagementWeek.findMany({ orderBy: { week: 'asc' } })).map((row) => [
        row.week,
        row.attendance,
        row.opens,
      ]);
    const before = await said();
    await app.slack.command('/bigplan', 'brief figures', { user: PAT });
    await app.slack.submit(PAT, { attendance: '50', pasted: 'Date,Opens\n2027-02-22,7' });
    const after = await said();
    expect(after).toEqual([
      ['2027-02-22', null, 7],
      ...before.map((row) => (row[0] === '2027-03-08' ? [row[0], 50, row[2]] : row)),
    ]);
    await eventually(() => expect(inside(brief())).toContain('Attended 50'));
    await app.slack.action({ user: PAT, actionId: 'engagement_undo' });
    expect(shown(app.slack, PAT)).toContain('Undone: 2 weeks as before.');
    expect(await said()).toEqual(before);
    await eventually(() => expect(inside(brief())).toContain('Attended 42'));
    await app.slack.action({ user: PAT, actionId: 'engagement_put_back' });
    expect(await said()).toEqual(after);
    await app.db.engagementWeek.updateMany({ where: { opens: 7 }, data: { opens: 9 } });
    await app.slack.action({ user: PAT, actionId: 'engagement_undo' });
    expect(shown(app.slack, PAT)).toContain('Undone: 1 week as before.');
    expect(shown(app.slack, PAT)).toContain('Of 1 week somebody has said something else');
    expect(await said()).toEqual([['2027-02-22', null, 9], ...before]);
    await app.db.engagementWeek.deleteMany({ where: { week: '2027-02-22' } });
    await app.slack.closeModal(PAT);
  });

  it('next week says what was done of it', async () => {
    const message = brief();
    const { id = '' } = (await app.db.commitment.findFirst()) ?? {};
    await app.press(PAT, 'commitment_menu', { message, value: `done:${id}` });
    await app.to('2027-03-22', '09:31');
    await eventually(() => expect(briefs()).toHaveLength(2));
    expect(inside(brief())).toContain('*Taken on before:* 1 of 1 done');
  });

  it('holds no rep, and nothing of anybody’s plan', () => {
    const all = JSON.stringify(app.slack.channel(CHANNEL));
    expect(all).not.toContain(rep);
    expect(all).not.toMatch(/quota|income|\$/i);
  });
});

describe('in the way', () => {
  const told = (words: RegExp) => app.texts(LEA).filter((text) => words.test(text));

  it('a channel that doesn’t take it is told to whoever set it up', async () => {
    app.slack.fault('chat.postMessage', { error: 'restricted_action' });
    await app.to('2027-03-29', '09:31');
    await eventually(() => expect(told(/brief is not in/)).toHaveLength(1));
    expect(briefs()).toHaveLength(2);
  });

  it('one that Bigplan is not in is told once, not every week, until it takes one again', async () => {
    const NOT_IN = /I am not in .*the channel of the weekly brief/;
    app.slack.addChannel(CHANNEL, { joined: false });
    await app.to('2027-04-05', '09:31');
    await app.to('2027-04-12', '09:31');
    await eventually(() => expect(told(NOT_IN)).toHaveLength(1));
    expect(told(/brief is not in/)).toHaveLength(1);
    app.slack.addChannel(CHANNEL, { joined: true });
    await app.to('2027-04-19', '09:31');
    await eventually(() => expect(told(/takes the weekly brief again/)).toHaveLength(1));
    expect(briefs()).toHaveLength(3);
  });

  it('is stopped for good, and whoever leads no more posts none', async () => {
    await app.slack.command('/bigplan', 'brief', { user: LEA });
    await app.slack.submit(LEA, { isOn: 'off' });
    await app.to('2027-04-26', '09:31');
    expect(briefs()).toHaveLength(3);
    expect(await app.db.briefSettings.count()).toBe(0);
  });
});
