/** A question to a rep says how it stands, whatever settled it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UNKNOWN_FACTS } from '../../src/people/slack-facts.ts';
import { managerOf, savePerson } from '../../src/people/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { TEAM } from '../support/slack.ts';

const MAX = 'U0MANAGER';
const PRIYA = 'U0PRIYA';
const DANA = 'U0REP';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
  app.slack.addPerson(PRIYA, { name: 'Priya' });
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
  for (const [at, manager] of [MAX, PRIYA].entries()) {
    await app.slack.command('/bigplan', 'team', { user: manager });
    await app.slack.submit(manager, { reps: [DANA] });
    await eventually(() => expect(app.slack.dm(DANA)).toHaveLength(at + 1));
  }
});
afterEach(() => app.stop());

const texts = () => app.slack.dm(DANA).map(({ text }) => text);
const buttons = () => JSON.stringify(app.slack.dm(DANA)).match(/people_join_(yes|no)/g) ?? [];

it('of another manager is settled by the yes to one', async () => {
  const [, message] = app.slack.dm(DANA);
  if (!message) throw new Error('no question');
  await app.slack.action({ user: DANA, actionId: 'people_join_yes', message });
  await eventually(() => expect(buttons()).toEqual([]));
  expect(texts()).toEqual([
    `This question from <@${MAX}> is settled: nothing is left for you to do.`,
    `✓ *You plan with <@${PRIYA}>.* A first plan takes about five minutes.`,
  ]);
  expect(await managerOf(app.db, { workspaceId: TEAM, userId: DANA })).toMatchObject({
    userId: PRIYA,
  });
});

it('of another manager stays open after a no to one', async () => {
  const [message] = app.slack.dm(DANA);
  if (!message) throw new Error('no question');
  await app.slack.action({ user: DANA, actionId: 'people_join_no', message });
  await eventually(() => expect(texts()[0]).toContain('You said no'));
  expect(texts()[1]).toBe('Priya wants to plan with you: yes or no?');
  expect(buttons()).toHaveLength(2);
});

it('stands on the rep’s Home until it is answered or taken back', async () => {
  const home = () => JSON.stringify(app.slack.home(DANA));
  await app.slack.openHome(DANA);
  expect(home()).toMatch(new RegExp(`<@${MAX}> wants to plan with you.*<@${PRIYA}> wants to plan`));
  await app.slack.command('/bigplan', 'team', { user: MAX });
  await app.slack.action({ user: MAX, actionId: 'people_take_back' });
  await eventually(() => expect(home()).not.toContain(`<@${MAX}> wants`));
  await app.slack.action({ user: DANA, actionId: 'people_join_yes' });
  await eventually(() => expect(home()).not.toContain('wants to plan with you'));
  expect(await managerOf(app.db, { workspaceId: TEAM, userId: DANA })).toMatchObject({
    userId: PRIYA,
  });
});
