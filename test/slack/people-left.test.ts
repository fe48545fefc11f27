/** People change while nobody tells Bigplan, leave and come back: what it knows is kept true, and who has to know hears once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPerson } from '../../src/people/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  joinTeam,
  mintPair,
  mintPerson,
  setUpWorkspace,
  type TestPair,
} from '../support/plan-app.ts';
import { TEAM, userInfo } from '../support/slack.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());

const personOf = (userId: string) => findPerson(app.db, { workspaceId: TEAM, userId });
const heard = (user: string, words: string) =>
  app.slack.dm(user).filter(({ text }) => text?.includes(words)).length;
const noted = async (subjectId: string) => {
  const all = { where: { subjectId }, orderBy: { id: 'asc' } } as const;
  return (await app.db.auditEntry.findMany(all)).map(({ kind, actorId }) => [kind, actorId]);
};
const slackOf = (user: string) => {
  const person = app.slack.people.get(user);
  if (!person) throw new Error(`Slack knows no ${user}`);
  return person;
};

async function changes(user: string, facts: object): Promise<void> {
  const person = app.slack.addPerson(user, { ...slackOf(user), ...facts });
  await app.slack.event({ type: 'user_change', user: userInfo(person) });
  await app.bigplan.tick();
  await app.bigplan.settled();
}

async function aDayLater(): Promise<void> {
  app.clock.moveTo(new Date(app.clock.now().getTime() + 25 * 3_600_000));
  for (let tick = 0; tick < 3; tick++) await app.bigplan.tick();
  await app.bigplan.settled();
}

describe('a rep who leaves', () => {
  let pair: TestPair;
  beforeAll(async () => {
    pair = await mintPair(app);
  });

  it('is told of to their manager, once however often Slack says so, and hears nothing', async () => {
    await changes(pair.rep, { deleted: true });
    await changes(pair.rep, { deleted: true, name: 'Dana (left)' });
    expect(heard(pair.manager, 'is no longer here')).toBe(1);
    expect(app.slack.dm(pair.rep)).toEqual([]);
    expect(await personOf(pair.rep)).toMatchObject({ deactivated: true, name: 'Dana (left)' });
  });

  it('goes on where they were when they come back, and may leave again', async () => {
    await changes(pair.rep, { deleted: false });
    expect(await personOf(pair.rep)).toMatchObject({ deactivated: false });
    expect((await personOf(pair.rep))?.teamId).not.toBeNull();
    app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
    await changes(pair.rep, { isGuest: true });
    expect(heard(pair.manager, 'is no longer here')).toBe(2);
    expect(await noted(pair.rep)).toEqual([
      ['person_left', 'slack'],
      ['person_back', 'slack'],
      ['person_left', 'slack'],
    ]);
  });
});

it('those whose manager leaves are each told once, with a way on', async () => {
  const { rep, manager } = await mintPair(app);
  const second = `${rep}B`;
  await mintPerson(app, second, { name: 'Tom' });
  await joinTeam(app, second, manager);
  await changes(manager, { deleted: true });
  await changes(manager, { deleted: true });
  for (const user of [rep, second]) {
    expect(heard(user, 'is no longer here')).toBe(1);
    const blocks = JSON.stringify(app.slack.dm(user).at(-1)?.blocks);
    expect(blocks).toContain(`"action_id":"plan_open","value":"${user}"`);
  }
});

describe('what Slack told while Bigplan was away', () => {
  it('is read within a day: a name, a zone, who has left', async () => {
    const [moved, left] = [await mintPair(app), await mintPair(app)];
    app.slack.addPerson(moved.rep, { ...slackOf(moved.rep), name: 'Dana Li', tz: 'Asia/Tokyo' });
    app.slack.addPerson(left.rep, { ...slackOf(left.rep), deleted: true });
    await aDayLater();
    expect(await personOf(moved.rep)).toMatchObject({ name: 'Dana Li', timeZone: 'Asia/Tokyo' });
    expect(await personOf(left.rep)).toMatchObject({ deactivated: true });
    expect(heard(left.manager, 'is no longer here')).toBe(1);
    expect(await noted(left.rep)).toEqual([['person_left', 'slack']]);
  });

  it('also of whom Slack knows nothing any more', async () => {
    const { rep, manager } = await mintPair(app);
    app.slack.people.delete(rep);
    await aDayLater();
    expect(await personOf(rep)).toMatchObject({ deactivated: true });
    expect(heard(manager, 'is no longer here')).toBe(1);
  });

  it('later where Slack has no time, and without a word of anybody’s leaving', async () => {
    const { rep, manager } = await mintPair(app);
    app.slack.fault('users.info', { status: 503 }, 1_000);
    await aDayLater();
    expect(await personOf(rep)).toMatchObject({ deactivated: false });
    app.slack.clearFaults();
    app.slack.addPerson(rep, { ...slackOf(rep), name: 'Dana Wu' });
    await aDayLater();
    expect(await personOf(rep)).toMatchObject({ name: 'Dana Wu' });
    expect(heard(manager, 'is no longer here')).toBe(0);
  });
});
