/** Objections: logged where they are met, counted for the team, named only with whoever agreed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { editObjection, removeObjection } from '../../src/coaching/objections/record-objection.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
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

it('whoever logged one says it otherwise, and what is counted and who handles it follow', async () => {
  const { id } = await app.db.objection.findFirstOrThrow({ where: { about: 'trust' } });
  const said = { about: 'price', handled: true, words: 'CANARY dear', answer: null } as const;
  const { context } = app.bigplan;
  for (const userId of [pair.rep, peer]) {
    const other = { workspaceId: TEAM, userId };
    await expect(editObjection(context, other, id, said)).rejects.toMatchObject({
      code: 'not_yours',
    });
  }
  const before = await open(pair.rep);
  expect(before).toContain('*Trust: proof, references*: 1 met, 0 handled.');
  await open(pair.manager);
  expect(shown(app.slack, pair.manager)).toContain(`<@${pair.rep}> · trust, not handled yet`);
  const value = `edit:${id}`;
  await app.slack.action({ user: pair.manager, actionId: 'objection_menu', value });
  await app.slack.submit(pair.manager, { about: 'price', handled: 'yes', words: 'CANARY dear' });
  expect(shown(app.slack, pair.manager)).toContain('✓ *Logged:* price, handled.');
  expect(await open(pair.rep)).toContain('*Price or budget*: 5 met, 4 handled.');
  expect(shown(app.slack, pair.rep)).not.toContain('Trust: proof');
  expect(JSON.stringify(await app.db.objection.findMany())).not.toContain('CANARY');
  const kept = await app.db.objection.findUniqueOrThrow({ where: { id } });
  expect(kept).toMatchObject({ repId: pair.rep, source: 'coaching', addedBy: pair.manager });
});

it('an answered check-in takes one for its own day, silently, and gives it back', async () => {
  while (app.slack.modal(pair.rep)) await app.slack.closeModal(pair.rep);
  await app.to('2027-01-05', '16:31');
  const checkIn = () => app.find(pair.rep, /^Tuesday/);
  expect(inside(checkIn())).not.toContain('objection_open');
  await app.press(pair.rep, 'day_as_planned', { message: checkIn() });
  await eventually(() => expect(inside(checkIn())).toContain('Met an objection?'));
  const heard = app.slack.dm(pair.rep).length;
  await app.to('2027-01-06', '09:00');
  await app.press(pair.rep, 'objection_open', { message: checkIn() });
  await app.slack.submit(pair.rep, { about: 'effort', words: 'CANARY weeks' });
  expect(app.slack.modal(pair.rep)).toBeUndefined();
  await eventually(() => expect(inside(checkIn())).toContain('effort, not handled yet'));
  expect(inside(checkIn())).not.toContain('CANARY');
  expect(app.slack.dm(pair.rep)).toHaveLength(heard);
  const logged = await app.db.objection.findFirstOrThrow({ where: { about: 'effort' } });
  expect(logged).toMatchObject({ date: '2027-01-05', source: 'check_in', handled: false });

  const edit = `edit:${logged.id}`;
  await app.press(pair.rep, 'objection_menu', { message: checkIn(), value: edit });
  expect(shown(app.slack, pair.rep)).toContain('CANARY weeks');
  await app.slack.submit(pair.rep, { handled: 'yes' });
  expect(app.slack.modal(pair.rep)).toBeUndefined();
  await eventually(() => expect(inside(checkIn())).toContain('effort, handled'));

  const remove = `remove:${logged.id}`;
  await app.press(pair.rep, 'objection_menu', { message: checkIn(), value: remove });
  await eventually(() => expect(inside(checkIn())).not.toContain('effort'));
  await app.slack.action({ user: pair.rep, actionId: 'objection_put_back' });
  await eventually(() => expect(inside(checkIn())).toContain('effort, handled'));
});
