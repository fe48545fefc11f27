/** What buttons carry: ids alone, behind which a row holds the rest, encrypted and for a while. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEncryption, parseKeyring } from '../../src/db/encryption.ts';
import { createStash, STASHED_DAYS } from '../../src/db/stash.ts';
import { answer, command, mintInMarch, press, startInMarch } from '../support/actuals-app.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { carriedWrongly } from '../support/carried-values.ts';
import { TEST_KEYS } from '../support/db.ts';
import { setUpWorkspace } from '../support/plan-app.ts';
import { type SlackMessage, TEAM } from '../support/slack.ts';

const UUID = /^[0-9a-f-]{36}$/;
const DAY_MS = 86_400_000;

let app: TestApp;
let rep: string;

beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  startInMarch(app);
});
afterAll(() => app.stop());
beforeEach(async () => {
  ({ rep } = await mintInMarch(app));
});

const told = () => app.slack.responses.findLast(({ user }) => user === rep)?.text;

/** What a button of that message carries. */
const carriedBy = ({ blocks }: SlackMessage, actionId: string): string =>
  JSON.parse(JSON.stringify(blocks))
    .flatMap(({ elements = [] }: { elements?: { action_id: string; value: string }[] }) => elements)
    .find((element: { action_id: string }) => element.action_id === actionId)?.value ?? '';

/** The same message with another value in that button. */
function withValue(message: SlackMessage, actionId: string, value: string): SlackMessage {
  const from = JSON.stringify(carriedBy(message, actionId));
  const blocks = JSON.stringify(message.blocks).replace(
    `"value":${from}`,
    () => `"value":${JSON.stringify(value)}`,
  );
  return { ...message, blocks: JSON.parse(blocks) };
}

describe('a button', () => {
  it('carries the id of a row, in which nothing can be read; the same one for the same', async () => {
    await command(app, rep, 'won Acme Robotics 24k new');
    await press(app, rep, 'deal_undo');
    const id = carriedBy(answer(app, rep), 'deal_put_back');
    expect(id).toMatch(UUID);
    const row = await app.db.stashed.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      workspaceId: TEAM,
      personId: rep,
      what: expect.stringMatching(/^v1:/),
    });
    await press(app, rep, 'deal_put_back');
    expect(told()).toContain('✓ *$24,000 won*');
    await press(app, rep, 'deal_undo');
    expect(carriedBy(answer(app, rep), 'deal_put_back')).toBe(id);
  });

  it('of a former version, which carried the deal itself, still puts it back', async () => {
    await command(app, rep, 'won Acme Robotics 24k new');
    const deal = await app.db.deal.findFirstOrThrow({ where: { repId: rep } });
    await press(app, rep, 'deal_undo');
    const { amount, ...rest } = deal;
    const former = JSON.stringify({ ...rest, amount: Number(amount), layer: 'newBusiness' });
    await press(app, rep, 'deal_put_back', {
      message: withValue(answer(app, rep), 'deal_put_back', former),
    });
    expect(told()).toContain('✓ *$24,000 won*');
  });

  it('says that it is too old once its row is gone, and not before', async () => {
    await command(app, rep, 'won Acme Robotics 24k new');
    await press(app, rep, 'deal_undo');
    const undone = answer(app, rep);
    const id = carriedBy(undone, 'deal_put_back');
    const shownDaysAgo = (days: number) =>
      app.db.stashed.update({
        where: { id },
        data: { at: new Date(app.clock.now().getTime() - days * DAY_MS) },
      });
    await shownDaysAgo(STASHED_DAYS - 1);
    await app.bigplan.tick();
    expect(await app.db.stashed.count({ where: { id } })).toBe(1);
    await shownDaysAgo(STASHED_DAYS + 1);
    await app.bigplan.tick();
    expect(await app.db.stashed.count({ where: { id } })).toBe(0);
    await press(app, rep, 'deal_put_back', { message: undone });
    expect(told()).toMatch(/too old by now.*`\/bigplan`/);
  });
});

it('a row is another workspace’s to nobody', async () => {
  const stash = createStash({
    db: app.db,
    encryption: createEncryption(parseKeyring(TEST_KEYS)),
    clock: app.clock,
  });
  const [id = '', again, other] = await stash.put({ workspaceId: TEAM, userId: rep }, [
    'a',
    'a',
    'b',
  ]);
  expect(again).toBe(id);
  expect(other).not.toBe(id);
  expect(await stash.take(TEAM, id)).toBe('a');
  expect(await stash.take('T0OTHER', id)).toBeNull();
  expect(await stash.take(TEAM, 'x')).toBeNull();
});

describe('what is looked at in every test', () => {
  const button = (value: string) => [{ type: 'button', action_id: 'deal_undo', value }];

  it.each([
    '{"account":"Acme","amount":2400000}',
    '27.1.0.0.0',
    '18',
    'called about pricing',
    '2027-03-02:18',
  ])('%j is no id', (value) => {
    expect(carriedWrongly({ blocks: button(value) })).toHaveLength(1);
  });

  it.each([
    '',
    '0190b3a4-1111-7222-8333-444455556666',
    'U0REP1',
    '2027-03-02',
    'done:0190b3a4-1111-7222-8333-444455556666',
    '{"kind":"sync","function":"marketing"}',
  ])('%j is', (value) => {
    expect(carriedWrongly({ blocks: button(value) })).toEqual([]);
  });

  it('is what metadata holds, too', () => {
    const metadata = { event_type: 'x', event_payload: { amount: 24_000 } };
    expect(carriedWrongly({ metadata, view: { private_metadata: 'Acme Ltd' } })).toHaveLength(2);
  });
});
