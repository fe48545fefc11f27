/** A team of 120: everybody can be found in each menu, whatever a list of a menu holds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNKNOWN_FACTS } from '../../src/people/slack-facts.ts';
import { ensureTeam } from '../../src/people/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintPerson, setUpWorkspace, shown } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const MANAGER = 'U0BIGBOSS';
const REPS = Array.from({ length: 120 }, (_, i) => {
  const number = String(i + 1).padStart(3, '0');
  return { userId: `U0CROWD${number}`, name: `Rep ${number}` };
});
const LAST = 'U0CROWD120';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  await mintPerson(app, MANAGER, { name: 'Max' });
  const { id: teamId } = await app.db.$transaction((tx) =>
    ensureTeam(tx, { workspaceId: TEAM, userId: MANAGER }),
  );
  for (const { userId, name } of REPS) app.slack.addPerson(userId, { name });
  const { bot: _, ...facts } = UNKNOWN_FACTS;
  await app.db.person.createMany({
    data: REPS.map((rep) => ({
      ...facts,
      ...rep,
      workspaceId: TEAM,
      teamId,
      refreshedAt: app.clock.now(),
    })),
  });
});
afterAll(() => app.stop());

/** How many of the reps the modal offers or names. */
const found = () =>
  REPS.filter(({ userId }) => JSON.stringify(app.slack.modal(MANAGER)).includes(`"${userId}"`))
    .length;

it('their time off can be entered', async () => {
  await app.slack.command('/bigplan', 'away', { user: MANAGER });
  expect(found()).toBe(120);
  await app.slack.action({ user: MANAGER, actionId: 'away_person', enter: LAST });
  expect(shown(app.slack, MANAGER)).toContain('No time off of Rep 120 is entered');
});

it('their 1:1s can be looked at', async () => {
  await app.slack.command('/bigplan', 'review', { user: MANAGER });
  expect(found()).toBe(120);
  await app.slack.action({ user: MANAGER, actionId: 'review_pick_rep', enter: LAST });
  expect(JSON.stringify(app.slack.modal(MANAGER))).toContain('Rep 120');
});

it('their plan can be opened', async () => {
  await app.slack.command('/bigplan', '', { user: MANAGER });
  expect(found()).toBe(120);
  await app.slack.action({ user: MANAGER, actionId: 'plan_open.more', enter: LAST });
  expect(JSON.stringify(app.slack.modal(MANAGER))).toContain('private_metadata');
  expect(app.slack.modal(MANAGER)?.title.text).not.toBe('Whose plan?');
});
