/** Who took something on before others reads it on their Home, whoever they are beside that. */
import { randomUUID } from 'node:crypto';
import type { HomeView, KnownBlock } from '@slack/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCommitment, saveCommitment } from '../../src/review/commitments/store.ts';
import { checkView } from '../../src/slack/limits.ts';
import { makeLeader } from '../support/a-company.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { mintPerson } from '../support/plan-app.ts';

/** A leader; marketing's owner, who is nothing else here; and somebody who has no part in any of it. */
const [LEA, PAT, SAM] = ['U0LEA', 'U0PAT', 'U0SAM'];
let app: DayApp;

beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-03-09T15:00:00Z'));
  for (const [id, name] of [
    [LEA, 'Lea'],
    [PAT, 'Pat'],
    [SAM, 'Sam'],
  ] as const) {
    await mintPerson(app, id, { name });
    await app.slack.openHome(id);
  }
  await makeLeader(app, LEA);
  app.slack.addChannel('C0SYNC', { name: 'weekly-sync' });
});
afterAll(() => app.stop());

const homeOf = (user: string) =>
  JSON.stringify((app.slack.home(user) as HomeView | undefined)?.blocks as KnownBlock[]);
const about = JSON.stringify({ kind: 'sync', function: 'marketing' });

/** Lea sets up the sync, in which Pat answers for marketing. */
async function setUp() {
  await app.slack.command('/bigplan', 'brief', { user: LEA });
  const settings = { isOn: 'on', channel: 'C0SYNC', weekday: 'mon', time: '09:30', marketing: PAT };
  await app.slack.submit(LEA, settings);
}

async function take(user: string, text: string, owner = PAT) {
  const message = app.slack.channel('C0SYNC').findLast(({ text }) => text.includes('Weekly sync'));
  if (!message) throw new Error('no brief was posted');
  await app.press(user, 'commitment_open.marketing', { message, value: about });
  await app.slack.submit(user, { text, due: '2027-03-26', owner });
}

it('an owner with nothing open reads what will stand there, and nobody else does', async () => {
  await setUp();
  await app.bigplan.tick();
  await eventually(() => expect(homeOf(PAT)).toContain('What you took on'));
  expect(homeOf(PAT)).toContain('*Nothing is open.*');
  expect(homeOf(PAT)).toContain('for Marketing in the weekly sync');
  expect(homeOf(SAM)).not.toContain('What you took on');
});

it('what is open stands there with its day, and can be done, and taken back', async () => {
  await app.to('2027-03-15', '09:31');
  for (const id of [PAT, SAM]) await app.slack.openHome(id);
  await take(LEA, 'Two webinars');
  await app.bigplan.tick();
  await eventually(() => expect(homeOf(PAT)).toContain('Two webinars'));
  expect(homeOf(PAT)).toContain('by Mar 26 · Marketing, in the weekly sync');
  expect(homeOf(PAT)).not.toContain('Nothing is open');

  await app.slack.action({ user: PAT, actionId: 'commitment_done' });
  expect((await app.db.commitment.findFirst())?.doneBy).toBe(PAT);
  await eventually(() => expect(homeOf(PAT)).toContain('✓ Two webinars'));
  expect(homeOf(PAT)).toContain('Nothing is open');
  await app.slack.action({ user: PAT, actionId: 'commitment_undone' });
  expect((await app.db.commitment.findFirst())?.doneAt).toBeNull();
  await eventually(() => expect(homeOf(PAT)).not.toContain('✓'));

  // Another day or person, and off the list, from there too.
  await app.slack.action({ user: PAT, actionId: 'commitment_open' });
  await app.slack.submit(PAT, { owner: SAM });
  await app.bigplan.tick();
  await eventually(() => expect(homeOf(SAM)).toContain('Two webinars'));
  await eventually(() => expect(homeOf(PAT)).toContain('Nothing is open'));
});

it('a long list is cut visibly, the late first', async () => {
  const { id } = await app.db.commitment.findFirstOrThrow();
  const saved = await findCommitment(app.bigplan.context, id);
  if (!saved) throw new Error('nothing is taken on');
  for (let n = 0; n < 12; n++) {
    const due = `2027-03-${11 + n}`;
    const one = { ...saved, id: randomUUID(), ownerId: PAT, due, text: `No. ${n}` };
    await saveCommitment(app.bigplan.context, one);
  }
  await app.slack.openHome(PAT);
  expect(homeOf(PAT).match(/commitment_done/g)).toHaveLength(5);
  expect(homeOf(PAT)).toMatch(/No\. 0\\n.*days late.*All 12/);
  expect(checkView(app.slack.home(PAT) as HomeView)).toEqual([]);
});
