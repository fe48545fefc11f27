/** Objections: logged where they are met, counted for the team, named only with whoever agreed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeObjection } from '../../src/coaching/objections/record-objection.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { joinTeam, mintPerson, shown, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
let pair: TestPair;
const peer = 'U0PEER';
beforeAll(async () => {
  app = await startDayApp();
  pair = await mintAgreed(app, LATE_REVIEWS);
  await mintPerson(app, peer, { name: 'Peer' });
  await joinTeam(app, peer, pair.manager);
});
afterAll(() => app.stop());

const open = async (user: string) => {
  while (app.slack.modal(user)) await app.slack.closeModal(user);
  await app.slack.command('/bigplan', 'objections', { user });
  return shown(app.slack, user);
};
async function log(user: string, about: string, handled: 'yes' | 'no', words = '') {
  await open(user);
  await app.slack.action({ user, actionId: 'objection_open' });
  await app.slack.submit(user, { about, handled, ...(words && { words }) });
}

it('an empty list says what will be here, and how it comes there', async () => {
  expect(await open(pair.rep)).toContain('No objections logged yet');
});

it('two taps log one, which can be taken away and put back', async () => {
  await log(pair.rep, 'price', 'no', 'CANARY too *dear*');
  expect(shown(app.slack, pair.rep)).toContain('✓ *Logged:* price, not handled yet');
  await app.slack.action({ user: pair.rep, actionId: 'objection_remove' });
  expect(shown(app.slack, pair.rep)).toContain('Taken away');
  expect(await open(pair.rep)).toContain('No objections logged yet');
  const { id } = await app.db.objection.findFirstOrThrow();
  expect(JSON.stringify(await app.db.objection.findMany())).not.toContain('CANARY');
  await log(pair.rep, 'timing', 'yes');
  expect(await open(pair.rep)).toContain('timing 1 (all handled)');
  expect(id).toBeDefined();
});

it('a team sees counts alone, and nobody is named who did not agree', async () => {
  for (let times = 0; times < 3; times += 1) await log(peer, 'price', 'yes', 'PEERWORDS');
  await log(pair.rep, 'price', 'no');
  const before = await open(pair.rep);
  expect(before).toContain('*Price or budget*: 4 met, 3 handled.');
  expect(before).not.toContain(peer);
  expect(before).not.toContain('PEERWORDS');
  const agreed = { handles: true, since: app.clock.now() };
  await app.db.recognitionSettings.create({
    data: { workspaceId: TEAM, personId: peer, ...agreed },
  });
  expect(await open(pair.rep)).toContain(`<@${peer}> handles it well`);
  await app.slack.command('/bigplan', `coach <@${pair.rep}|dana>`, { user: pair.manager });
  expect(shown(app.slack, pair.manager)).toContain(
    `A role-play: price. <@${peer}> handles it well`,
  );
});

it('whoever coaches logs one for the rep; others can’t', async () => {
  await app.slack.action({ user: pair.manager, actionId: 'objection_open' });
  await app.slack.submit(pair.manager, { about: 'trust', handled: 'no' });
  expect(await app.db.objection.findFirst({ where: { about: 'trust' } })).toMatchObject({
    repId: pair.rep,
    addedBy: pair.manager,
    source: 'coaching',
  });
  const { id } = await app.db.objection.findFirstOrThrow({ where: { repId: pair.rep } });
  const stranger = { workspaceId: TEAM, userId: peer };
  await expect(removeObjection(app.bigplan.context, stranger, id, true)).rejects.toMatchObject({
    code: 'not_yours',
  });
});
