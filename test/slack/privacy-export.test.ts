/** `/bigplan export`: everything about somebody, to them alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERSONAL_TABLES } from '../../src/privacy/personal-data-rules.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

describe('of every table', () => {
  /** Tables in which nobody stands. */
  const NOBODY: Record<string, string> = {
    _prisma_migrations: 'of the schema',
    encryption_key: 'keys',
    request_claim: 'of requests, by their signatures',
    installation: 'where Bigplan is installed, and its bot',
    slack_pace: 'of a workspace',
    slack_pause: 'of a workspace',
    slack_removal: 'what is still to be deleted of somebody who was forgotten',
    workspace: 'settings of a workspace',
  };
  /** Columns whose names look as if they named somebody. */
  const NO_PERSON = /^(workspace_id|channel_id|block_id|renewal_id)$/;
  const LOOKS = /_(id|by)$/;

  it('it is known where people stand in it', async () => {
    const columns = await app.db.$queryRaw<{ table: string; column: string }[]>`
      SELECT table_name AS table, column_name AS column FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'text'`;
    const tables = [...new Set(columns.map(({ table }) => table))];
    const known = new Map(PERSONAL_TABLES.map((one) => [one.table, one]));
    expect(tables.filter((table) => !known.has(table) && !(table in NOBODY))).toEqual([]);
    const unknown = columns.filter(({ table, column }) => {
      const { own, named } = known.get(table) ?? {};
      if (table in NOBODY || !LOOKS.test(column) || NO_PERSON.test(column)) return false;
      return !own?.includes(`t.${column}`) && !(named && column in named);
    });
    expect(unknown).toEqual([]);
  });

  it('what is listed is there', async () => {
    for (const { table, own, named } of PERSONAL_TABLES) {
      const columns = Object.keys(named).map((column) => `t.${column}`);
      const sql = `SELECT ${['1', ...columns].join(', ')} FROM ${table} AS t WHERE ${own ?? 'TRUE'} AND $1 <> $2`;
      await app.db.$queryRawUnsafe(sql, 'T', 'U');
    }
  });
});

it('holds what somebody entered and agreed, in their own units and clocks, and nothing of others', async () => {
  const renewal = {
    id: 'acme',
    account: 'Acme',
    amount: 12_000_050,
    date: '2027-11-30',
    likelihood: 0.8,
    pressureTested: 0.4,
    activity: null,
    internalRisks: '',
    externalRisks: '',
    nextActivities: 'Call their CFO',
  };
  const { rep, manager } = await mintAgreed(app, { renewals: [renewal] });
  const other = await mintAgreed(app);
  app.clock.moveTo(new Date('2027-03-01T21:35:00Z'));
  await app.bigplan.tick();
  await app.slack.command('/bigplan', 'log 25 calls 2 demos', { user: rep });
  await app.slack.command('/bigplan', 'won Initech 24,000.50 new', { user: rep });
  await app.slack.command('/bigplan', 'won Umbrella 777,777 new', { user: other.rep });
  await app.slack.command('/bigplan', 'settings me', { user: rep });
  await app.slack.submit(rep, { why: 'For the boat.' });

  const before = app.slack.uploads().length;
  await app.slack.command('/bigplan', 'export', { user: rep });
  expect(app.told(rep)).toContain('Everything I hold about you is on its way');
  const [file, ...more] = app.slack.uploads().slice(before);
  expect(more).toEqual([]);
  expect(file?.filename).toBe('bigplan-2027-03-01.json');
  expect(app.last(rep).text).toContain('Everything that Bigplan holds about you');
  expect(
    app.slack
      .dm(manager)
      .map(({ text }) => text)
      .join(),
  ).not.toContain('holds about you');

  const text = file?.content.toString('utf8') ?? '';
  const held = JSON.parse(text);
  expect(held['Whose it is']).toMatchObject({ 'Slack id': rep });
  expect(held['Your plans, version by version']).toMatchObject([
    {
      number: 1,
      status: 'agreed',
      plan: {
        currency: 'USD',
        goal: { income: 250_000 },
        renewals: [{ amount: 120_000.5, nextActivities: 'Call their CFO' }],
      },
    },
  ]);
  expect(held['Deals that you entered']).toMatchObject([
    {
      account: 'Initech',
      amount: '24000.50 USD',
      'added by': rep,
      'created at': '2027-03-01 16:35',
    },
  ]);
  expect(held['What you did each day']).toMatchObject([
    { date: '2027-03-01', calls: 25, demos: 2 },
  ]);
  expect(held['How you want to be asked']).toMatchObject([{ why: 'For the boat.' }]);
  expect(held['Messages to you'].length).toBeGreaterThan(0);
  expect(held['Who is who']).toHaveProperty(rep);
  expect(text).not.toMatch(/Umbrella|v1:test:/);
  expect(text).not.toContain(other.rep);
  expect(JSON.stringify(app.logged)).not.toContain('For the boat');
});

it('of somebody who only manages, says what they did for others', async () => {
  const { rep, manager } = await mintAgreed(app);
  await app.db.timeOff.create({
    data: {
      workspaceId: TEAM,
      personId: rep,
      from: '2027-04-01',
      to: '2027-04-02',
      addedBy: manager,
      createdAt: app.clock.now(),
    },
  });
  await app.slack.command('/bigplan', 'export', { user: manager });
  const held = JSON.parse(app.slack.uploads().at(-1)?.content.toString('utf8') ?? '');
  expect(held['Where you are named in what is somebody else’s, and how often']).toEqual({
    entered: 1,
  });
  expect(held['Your time off']).toBeUndefined();
  expect(held['Your team']).toHaveLength(1);
});

it('says so where there is nothing, and where Slack takes no file', async () => {
  app.slack.addPerson('U0STRANGER', { name: 'Kim' });
  await app.slack.command('/bigplan', 'export', { user: 'U0STRANGER' });
  expect(app.told('U0STRANGER')).toContain('I hold nothing about you');
  expect(await app.db.person.count({ where: { userId: 'U0STRANGER' } })).toBe(0);

  const { rep } = await mintAgreed(app);
  app.slack.fault('files.getUploadURLExternal', { error: 'file_uploads_disabled' });
  await app.slack.command('/bigplan', 'export', { user: rep });
  expect(app.told(rep)).toContain('Slack didn’t take the file (`file_uploads_disabled`)');
  await app.slack.command('/bigplan', 'export', { user: rep });
  expect(app.last(rep).text).toContain('Everything that Bigplan holds about you');
});
