/** A kept channel that takes nothing any more: its keeper hears once, with what mends it, and that it is mended. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { noteRefusedThere } from '../../src/people/channels/channel-shut.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintPair, mintPerson, setUpWorkspace } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());

const event = async (type: string, channel: string, more = {}) => {
  await app.slack.event({ type, channel, ...more });
  await app.bigplan.tick();
  await app.bigplan.settled();
};
const SHUT = /was archived|was deleted|I am not in/;
const told = (user: string) =>
  app.slack.callsOf('chat.postMessage').filter(({ args }) => {
    return args.channel === app.slack.dmChannel(user) && SHUT.test(String(args.text));
  });
const last = (user: string) => app.slack.dm(user).at(-1);

/** A manager with a rep, who has picked a channel in the form. */
async function team(channel: string, facts = {}): Promise<string> {
  const { rep, manager } = await mintPair(app);
  app.slack.addChannel(channel, { name: channel.toLowerCase(), joined: true, ...facts });
  await picks(manager, channel);
  expect(rep).toBeDefined();
  return manager;
}

async function picks(manager: string, channel: string): Promise<void> {
  await app.slack.command('/bigplan', 'team', { user: manager });
  await app.slack.submit(manager, { channel });
  await app.slack.closeModal(manager);
}

async function aDayLater(): Promise<void> {
  app.clock.moveTo(new Date(app.clock.now().getTime() + 25 * 3_600_000));
  for (let tick = 0; tick < 2; tick++) await app.bigplan.tick();
  await app.bigplan.settled();
}

describe('by Slack’s event', () => {
  it.each([
    ['channel_archive', 'was archived'],
    ['channel_deleted', 'was deleted'],
    ['channel_left', 'I am not in'],
    ['group_archive', 'was archived'],
    ['group_deleted', 'was deleted'],
    ['group_left', 'I am not in'],
  ])('%s, its manager hears once, with a way to another', async (type, words) => {
    const channel = `C0${type.toUpperCase().replaceAll('_', '')}`;
    const manager = await team(channel);
    await event(type, channel, { user: 'U0LEADER' });
    await event(type, channel);
    await event('channel_left', channel);
    expect(told(manager)).toHaveLength(1);
    expect(last(manager)?.text).toContain(words);
    const message = last(manager);
    if (!message) throw new Error('nothing was told');
    await app.slack.action({ user: manager, actionId: 'command_again', message });
    expect(app.slack.modal(manager)?.title.text).toBe('Your team');
    await app.slack.closeModal(manager);
  });

  it('opened again, what was told says so, and the next time is news', async () => {
    const manager = await team('C0AGAIN');
    await event('channel_archive', 'C0AGAIN');
    await event('channel_unarchive', 'C0AGAIN');
    expect(last(manager)?.text).toContain('takes your team’s reviews again');
    app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
    await event('channel_left', 'C0AGAIN');
    expect(told(manager)).toHaveLength(2);
    await event('member_joined_channel', 'C0AGAIN', { user: 'U0SOMEBODY' });
    expect(last(manager)?.text).toContain('I am not in');
    await event('member_joined_channel', 'C0AGAIN', { user: 'U0BIGPLAN' });
    expect(last(manager)?.text).toContain('takes your team’s reviews again');
  });

  it('another one picked, what was told says which', async () => {
    const manager = await team('C0FORMER');
    await event('channel_deleted', 'C0FORMER');
    app.slack.addChannel('C0NEXT', { name: 'next', joined: true });
    await picks(manager, 'C0NEXT');
    await app.bigplan.settled();
    expect(last(manager)?.text).toContain('<#C0NEXT> now');
  });

  it('after a message was refused there, it is no news', async () => {
    const manager = await team('C0REFUSED');
    const where = { workspaceId: TEAM, channelId: 'C0REFUSED' };
    const why = { code: 'is_archived', tellsItself: 'team' } as const;
    await inTransaction(app.db, (tx) => noteRefusedThere(tx, app.bigplan.context, where, why));
    await event('channel_archive', 'C0REFUSED');
    expect(told(manager)).toEqual([]);
  });

  it('of a channel that is no team’s, nobody hears', async () => {
    const before = app.slack.callsOf('chat.postMessage').length;
    app.slack.addChannel('C0NOBODYS', { name: 'nobodys' });
    await event('channel_archive', 'C0NOBODYS');
    expect(app.slack.callsOf('chat.postMessage')).toHaveLength(before);
  });
});

/** Who has picked a channel for something else than a team, in its form; and how that is picked anew. */
const OTHERS = [
  {
    what: 'the weekly brief’s',
    words: 'the channel of the weekly brief',
    button: 'command_again.brief',
    title: 'Weekly sync brief',
    again: 'takes the weekly brief again',
    async keeper(channel: string): Promise<string> {
      const leader = `U0LEADS${channel.slice(2)}`;
      await mintPerson(app, leader, { name: 'Lea' });
      await app.db.person.updateMany({ where: { userId: leader }, data: { leader: true } });
      await this.picks(leader, channel);
      return leader;
    },
    async picks(user: string, channel: string): Promise<void> {
      await app.slack.command('/bigplan', 'brief', { user });
      await app.slack.submit(user, { isOn: 'on', channel, weekday: 'mon', time: '09:30' });
      await app.slack.closeModal(user);
    },
  },
  {
    what: 'where what goes well is told',
    words: 'where what goes well for you is told',
    button: 'recognition_open',
    title: 'What is told of me',
    again: 'takes what goes well for you again',
    async keeper(channel: string): Promise<string> {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      await this.picks(rep, channel);
      return rep;
    },
    async picks(user: string, channelId: string): Promise<void> {
      await app.slack.command('/bigplan', 'coach', { user });
      await app.slack.action({ user, actionId: 'recognition_open' });
      await app.slack.submit(user, { kinds: ['wins'], channelId, more: [] });
      while (app.slack.modal(user)) await app.slack.closeModal(user);
    },
  },
];

describe.each(OTHERS)('the same of $what', (other) => {
  const { words, button, title, again } = other;
  const joined = (channel: string, facts = {}) =>
    app.slack.addChannel(channel, { name: channel.toLowerCase(), joined: true, ...facts });
  const id = (name: string) => `C0${title.slice(0, 4).toUpperCase()}${name}`;

  it('by event: told once to whoever chose it, with a way to another, and taken back', async () => {
    joined(id('A'));
    joined(id('B'));
    const keeper = await other.keeper(id('A'));
    await event('channel_archive', id('A'));
    await event('channel_archive', id('A'));
    expect(told(keeper)).toHaveLength(1);
    const message = last(keeper);
    if (!message) throw new Error('nothing was told');
    expect(message.text).toContain(`<#${id('A')}> was archived,* and it is ${words}.`);
    await app.slack.action({ user: keeper, actionId: button, message });
    expect(app.slack.modal(keeper)?.title.text).toBe(title);
    await app.slack.closeModal(keeper);
    await event('channel_unarchive', id('A'));
    expect(last(keeper)?.text).toContain(again);
    app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
    await event('channel_left', id('A'));
    expect(told(keeper)).toHaveLength(2);
    await other.picks(keeper, id('B'));
    await app.bigplan.settled();
    expect(last(keeper)?.text).toContain(`<#${id('B')}>`);
  });

  it('by the daily look, told once', async () => {
    joined(id('C'));
    const keeper = await other.keeper(id('C'));
    joined(id('C'), { archived: true });
    await aDayLater();
    await aDayLater();
    await event('channel_archive', id('C'));
    expect(told(keeper)).toHaveLength(1);
    joined(id('C'), { archived: false });
    await aDayLater();
    expect(last(keeper)?.text).toContain(again);
  });
});

it('one channel for all of it is told in one message, with a way for each', async () => {
  const { rep, manager } = await mintAgreed(app, LATE_REVIEWS);
  app.slack.addChannel('C0ALL', { name: 'all', joined: true });
  await app.db.person.updateMany({ where: { userId: manager }, data: { leader: true } });
  await picks(manager, 'C0ALL');
  const [brief, recognition] = OTHERS;
  await brief?.picks(manager, 'C0ALL');
  await recognition?.picks(rep, 'C0ALL');
  await event('group_archive', 'C0ALL');
  expect(told(rep)).toHaveLength(1);
  expect(told(manager)).toHaveLength(1);
  expect(last(manager)?.text).toContain('your team’s channel and the channel of the weekly brief.');
  const labels = JSON.stringify(last(manager)?.blocks);
  expect(labels).toMatch(/For your team….*For the brief…/);
  app.slack.addChannel('C0BRIEF', { name: 'brief', joined: true });
  await brief?.picks(manager, 'C0BRIEF');
  await app.bigplan.settled();
  expect(last(manager)?.text).toContain('and it is your team’s channel.');
  await event('group_unarchive', 'C0ALL');
  expect(last(manager)?.text).toBe(
    '✓ <#C0ALL> takes your team’s reviews again.\n✓ The weekly brief comes to <#C0BRIEF> now.',
  );
});

describe('what Slack told while Bigplan was away', () => {
  it('is read within a day, told once, and taken back once it is open', async () => {
    const manager = await team('C0MISSED');
    app.slack.addChannel('C0MISSED', { archived: true });
    await aDayLater();
    await aDayLater();
    await event('channel_archive', 'C0MISSED');
    expect(told(manager)).toHaveLength(1);
    app.slack.addChannel('C0MISSED', { archived: false });
    await aDayLater();
    expect(last(manager)?.text).toContain('takes your team’s reviews again');
  });

  it('not without the scope for it: then it is found out when something is posted', async () => {
    const manager = await team('C0NOSCOPE');
    app.slack.addChannel('C0NOSCOPE', { archived: true });
    app.slack.fault('conversations.info', { error: 'missing_scope' }, 50);
    await aDayLater();
    app.slack.clearFaults();
    expect(told(manager)).toEqual([]);
    // The workspace's messages go on: only this isn't known.
    expect(await app.bigplan.context.outbox.refusals()).toEqual([]);
  });
});
