/** A team's channel that takes nothing any more: its manager hears once, with what mends it, and that it is mended. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { noteRefusedThere } from '../../src/people/team/channel-shut.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintPair, setUpWorkspace } from '../support/plan-app.ts';
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
const SHUT = /was archived|was deleted|no longer in/;
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
    ['channel_left', 'no longer in'],
    ['group_archive', 'was archived'],
    ['group_deleted', 'was deleted'],
    ['group_left', 'no longer in'],
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
    expect(last(manager)?.text).toContain('no longer in');
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
    await inTransaction(app.db, (tx) =>
      noteRefusedThere(tx, where, 'is_archived', app.clock.now()),
    );
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
