import type { KnownBlock } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNKNOWN_FACTS } from '../../src/people/slack-facts.ts';
import {
  ensureTeam,
  managerOf,
  savePerson,
  saveRoles,
  saveStrangers,
  teamLedBy,
} from '../../src/people/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { hurry } from '../support/jobs.ts';
import { TEAM } from '../support/slack.ts';

const MAX = 'U0MANAGER';
const PRIYA = 'U0PRIYA';
const DANA = 'U0REP';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
  app.slack.addPerson(PRIYA, { name: 'Priya' });
  for (const id of ['C0ONE', 'C0TWO']) app.slack.addChannel(id);
  for (const [userId, name] of [
    [MAX, 'Max'],
    [PRIYA, 'Priya'],
    [DANA, 'Dana'],
  ] as const) {
    await savePerson(
      app.db,
      { workspaceId: TEAM, userId },
      { ...UNKNOWN_FACTS, timeZone: 'America/New_York', name },
      app.clock.now(),
    );
  }
});
afterEach(() => app.stop());

const appoint = (...managers: string[]) =>
  app.db.$transaction((tx) => saveRoles(tx, TEAM, { admins: [], leaders: [], managers }));
const open = (user: string) => app.slack.command('/bigplan', 'team', { user });
const shown = (user: string) => JSON.stringify(app.slack.modal(user)?.blocks);
const members = async (managerId: string) => {
  const team = await teamLedBy(app.db, { workspaceId: TEAM, userId: managerId });
  return team?.members.map(({ userId }) => userId) ?? [];
};
const picked = (user: string) =>
  ((app.slack.modal(user)?.blocks ?? []) as KnownBlock[]).find((block) =>
    block.block_id?.startsWith('reps:'),
  );
const messages = async (user: string, count: number) => {
  await eventually(() => expect(app.slack.dm(user)).toHaveLength(count));
  return app.slack.dm(user);
};
const asked = async () => {
  await open(PRIYA);
  await app.slack.submit(PRIYA, { reps: [DANA] });
  const [message] = await messages(DANA, 1);
  if (!message) throw new Error('no question');
  // As a client shows it that hasn't heard of any change yet.
  return structuredClone(message);
};
const press = (actionId: string, message: Awaited<ReturnType<typeof asked>>) =>
  app.slack.action({ user: DANA, actionId, message });

describe('a form with nothing in it', () => {
  it.each([
    ['an appointed manager’s', () => appoint(MAX)],
    ['anybody’s', () => appoint()],
  ])('%s: says so at the field, and makes no team', async (_, roles) => {
    await roles();
    await open(MAX);
    const { body } = await app.slack.submit(MAX, { reps: [], channel: null });
    expect(JSON.stringify(body)).toMatch(/"reps:[^"]*":"Nobody is picked yet: choose at least/);
    expect(await app.db.team.count()).toBe(0);
  });
});

describe('an appointed manager', () => {
  beforeEach(() => appoint(MAX));

  it('picks reps and a channel, and sees what came of it', async () => {
    await open(MAX);
    expect(shown(MAX)).toContain('Nobody yet. Pick your reps below');
    await app.slack.submit(MAX, { reps: [DANA], channel: 'C0ONE' });
    expect(shown(MAX)).toContain(`*1 joined:* <@${DANA}>`);
    expect(shown(MAX)).toContain(`"action_id":"plan_open","value":"${DANA}"`);
    const [hello] = await messages(DANA, 1);
    expect(hello?.text).toContain(`<@${MAX}> plans with you from now on`);

    await app.slack.submit(MAX);
    expect(shown(MAX)).toContain('Everything was so already.');
    await app.slack.submit(MAX, { reps: [], channel: null });
    expect(shown(MAX)).toContain(`*1 left:* <@${DANA}>`);
    expect(shown(MAX)).toContain('The team has no channel now.');
    expect(await members(MAX)).toEqual([]);
    expect(app.slack.dm(DANA)).toHaveLength(1);
  });

  it('hears at the field who can’t be picked', async () => {
    app.slack.addPerson('U0BOT', { name: 'Zapbot', isBot: true });
    const problemWith = async (reps: string[]) => {
      await open(MAX);
      const { body } = await app.slack.submit(MAX, { reps });
      return Object.values((body as { errors: Record<string, string> }).errors);
    };
    expect(await problemWith([MAX, DANA])).toEqual([
      'You are the manager of this team: pick the others.',
    ]);
    expect(await problemWith([DANA, 'U0BOT'])).toEqual([
      'Zapbot is an app or a deactivated account: pick somebody who can answer.',
    ]);
    // Known now, and still no person.
    expect(await problemWith(['U0BOT'])).toHaveLength(1);
    expect(await members(MAX)).toEqual([]);
  });

  it('can’t take another team’s channel, and isn’t told whose it is', async () => {
    await open(PRIYA);
    await app.slack.submit(PRIYA, { channel: 'C0ONE' });
    await open(MAX);
    const { body } = await app.slack.submit(MAX, { reps: [DANA], channel: 'C0ONE' });
    expect(Object.values((body as { errors: object }).errors)).toEqual([
      'That channel belongs to another team already: pick one of your own.',
    ]);
    expect(await members(MAX)).toEqual([]);
    await app.slack.submit(MAX, { channel: 'C0TWO' });
    expect(await members(MAX)).toEqual([DANA]);
  });

  it('pages through a hundred reps without losing what is picked', async () => {
    const reps = Array.from({ length: 100 }, (_, i) => `U${String(i).padStart(4, '0')}`);
    await saveStrangers(app.db, TEAM, reps);
    await app.db.$transaction(async (tx) => {
      const { id } = await ensureTeam(tx, { workspaceId: TEAM, userId: MAX });
      await tx.person.updateMany({ where: { userId: { in: reps } }, data: { teamId: id } });
    });
    await open(MAX);
    app.slack.fill(MAX, { reps: [...reps.slice(1), DANA] });
    await app.slack.action({ user: MAX, actionId: 'people_page.next' });
    expect(shown(MAX)).toContain('Page 2 of 7, 100 people');
    expect(picked(MAX)).toMatchObject({ element: { initial_users: [...reps.slice(1), DANA] } });
    await app.slack.action({ user: MAX, actionId: 'people_page.previous' });
    expect(shown(MAX)).toContain('Page 1 of 7');
    await app.slack.submit(MAX);
    expect(await members(MAX)).toEqual(expect.arrayContaining([...reps.slice(1), DANA]));
    expect(await members(MAX)).not.toContain('U0000');
  });

  it('doesn’t undo what happened while the form was open', async () => {
    await open(MAX);
    await app.slack.submit(MAX, { reps: [DANA] });
    await open(MAX);
    const message = await (async () => {
      await open(PRIYA);
      await app.slack.submit(PRIYA, { reps: [DANA] });
      return (await messages(DANA, 2))[1];
    })();
    if (!message) throw new Error('no question');
    expect(JSON.stringify(message.blocks)).toContain(`You plan with <@${MAX}> now`);
    await press('people_join_yes', message);
    await app.slack.submit(MAX, { channel: 'C0ONE' });
    expect(await members(PRIYA)).toEqual([DANA]);
    expect(app.slack.dm(DANA)).toHaveLength(2);
  });
});

describe('a manager whom nobody appointed', () => {
  it('needs the rep’s yes', async () => {
    const message = await asked();
    expect(shown(PRIYA)).toContain(`*1 asked:* <@${DANA}>`);
    expect(shown(PRIYA)).toContain('Asked, not answered yet');
    expect(message.text).toBe('Priya wants to plan with you: yes or no?');
    expect(await members(PRIYA)).toEqual([]);

    await press('people_join_yes', message);
    expect(await managerOf(app.db, { workspaceId: TEAM, userId: DANA })).toMatchObject({
      userId: PRIYA,
    });
    const [outcome] = app.slack.dm(DANA);
    expect(outcome).toMatchObject({
      edited: true,
      text: `✓ *You plan with <@${PRIYA}>.* A first plan takes about five minutes.`,
    });
    const [answer] = await messages(PRIYA, 1);
    expect(answer?.text).toContain(`<@${DANA}> said yes`);
  });

  it('hears a no once, and the rep is left alone', async () => {
    const message = await asked();
    await press('people_join_no', message);
    await press('people_join_yes', message);
    await press('people_join_no', message);
    const [answer] = await messages(PRIYA, 1);
    expect(answer?.text).toContain(`<@${DANA}> would rather not`);
    expect(app.slack.dm(DANA).map(({ text }) => text)).toEqual([
      `You said no to planning with <@${PRIYA}>. They can ask you again if that was a slip.`,
    ]);
    expect(await members(PRIYA)).toEqual([]);
    await app.slack.submit(PRIYA);
    expect(app.slack.dm(DANA)).toHaveLength(1);
  });

  it('is answered once however often and fast the buttons are pressed', async () => {
    const message = await asked();
    await Promise.all([1, 2, 3, 4].map(() => press('people_join_yes', message)));
    expect(await messages(PRIYA, 1)).toHaveLength(1);
    expect(await members(PRIYA)).toEqual([DANA]);
    expect(app.slack.dm(DANA)).toHaveLength(1);
  });

  it('may take the question back; the message says so, and its old buttons do no harm', async () => {
    const message = await asked();
    await app.slack.action({ user: PRIYA, actionId: 'people_take_back', value: DANA });
    expect(shown(PRIYA)).toContain(`✓ Taken back. <@${DANA}> isn't asked any more.`);
    expect(shown(PRIYA)).not.toContain('Asked, not answered yet');
    await eventually(() => expect(app.slack.dm(DANA)[0]?.text).toContain('is settled'));
    await press('people_join_yes', message);
    expect(app.slack.dm(DANA)[0]?.text).toContain('is settled');
    expect(await members(PRIYA)).toEqual([]);
    expect(app.slack.dm(PRIYA)).toEqual([]);
  });

  it('finds out when the answer was quicker than taking the question back', async () => {
    const message = await asked();
    await press('people_join_yes', message);
    await app.slack.action({ user: PRIYA, actionId: 'people_take_back', value: DANA });
    expect(shown(PRIYA)).toContain(`<@${DANA}> had said yes already`);
    expect(shown(PRIYA)).toContain(`"action_id":"plan_open","value":"${DANA}"`);
  });

  it('who has left is no manager any more, and the rep is told', async () => {
    const message = await asked();
    await savePerson(
      app.db,
      { workspaceId: TEAM, userId: PRIYA },
      { ...UNKNOWN_FACTS, deactivated: true },
      app.clock.now(),
    );
    await press('people_join_yes', message);
    expect(app.slack.dm(DANA)[0]?.text).toContain('is no longer here to plan with');
    expect(await members(PRIYA)).toEqual([]);
  });

  it('can’t have the question answered by anybody else', async () => {
    const message = await asked();
    await app.slack.action({ user: MAX, actionId: 'people_join_yes', message });
    expect(app.slack.responses.at(-1)).toMatchObject({
      user: MAX,
      text: 'That question is for somebody else to answer.',
    });
    expect(await members(PRIYA)).toEqual([]);
    expect(app.slack.dm(DANA)[0]?.edited).toBeUndefined();
  });
});

it('sends no message to a rep who has left by the time it is due', async () => {
  await appoint(MAX);
  app.slack.fault('conversations.open', { error: 'ratelimited' });
  await open(MAX);
  await app.slack.submit(MAX, { reps: [DANA] });
  await savePerson(
    app.db,
    { workspaceId: TEAM, userId: DANA },
    { ...UNKNOWN_FACTS, deactivated: true },
    app.clock.now(),
  );
  const delivery = () => app.db.delivery.findFirstOrThrow({ where: { personId: DANA } });
  await expect.poll(async () => (await delivery()).problem).toBe('rate_limited');
  await hurry(app.db);
  await expect.poll(async () => (await delivery()).state).toBe('cancelled');
  expect(app.slack.dm(DANA)).toEqual([]);
});
