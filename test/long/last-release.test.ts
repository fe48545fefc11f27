/**
 * An update under way: the program of the last release goes on on the schema that today's has migrated under it, and
 * each of the two reads what the other writes.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb } from '../../src/db/client.ts';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { type AppProcess, appSettings, startOther } from '../support/app-process.ts';
import { mintDatabase, TEST_KEYS, type TestDb } from '../support/db.ts';
import { makeDueNow, zoneAtNoon } from '../support/due-now.ts';
import { eventually } from '../support/eventually.ts';
import { LAST_RELEASE, noLastRelease, unpackLastRelease } from '../support/last-release.ts';
import {
  ENTRIES,
  fillWizard,
  initial,
  lastMessage,
  mintPair,
  opened,
  openOwn,
  setUpWorkspace,
  shown,
} from '../support/plan-app.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const absent = noLastRelease();
const MANAGER = 'U0MANAGER';
const PEOPLE = ['U0FIRST', 'U0SECOND'] as const;

describe.skipIf(absent !== null)(`the last release${absent ? ` (skipped: ${absent})` : ''}`, () => {
  let slack: FakeSlack;
  let database: Awaited<ReturnType<typeof mintDatabase>>;
  let db: TestDb['db'];
  let before: AppProcess;
  let beforeUrl: string;
  let today: Bigplan | null = null;
  const folders: string[] = [];
  const logged: { level: number; msg: string }[] = [];

  beforeAll(async () => {
    slack = await startFakeSlack();
    database = await mintDatabase({ migrated: false });
    db = createDb(database.url);
    const folder = await unpackLastRelease();
    const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-last-release-data-'));
    folders.push(folder, dataDir);
    const paths = { apiUrl: slack.apiUrl, databaseUrl: database.url, dataDir };
    before = startOther(folder, appSettings(slack, paths));
    const [, port] = await before.printed(/"port":(\d+).*"Bigplan is running"/);
    beforeUrl = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await today?.stop();
    await before?.kill();
    await db.$disconnect();
    await slack.stop();
    await database.drop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  /** People’s requests go to the one or the other. */
  const goTo = {
    before: () => slack.connect(beforeUrl),
    today: () => slack.connect(today?.url ?? '', async () => today?.settled()),
  };

  async function startToday(): Promise<void> {
    const [dataDir = ''] = folders;
    const log = createLog('info', { write: (line) => void logged.push(JSON.parse(line)) });
    const config = {
      slack: {
        mode: 'http' as const,
        botToken: slack.botToken,
        signingSecret: slack.signingSecret,
        apiUrl: slack.apiUrl,
      },
      port: 0,
      databaseUrl: database.url,
      dataDir,
      health: null,
      encryptionKeys: TEST_KEYS,
      logLevel: 'info' as const,
    };
    today = await startBigplan(config, { log, host: '127.0.0.1', warmUp: false });
  }

  const migrations = async () =>
    (
      await db.$queryRaw<{ name: string }[]>`
        SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1`
    ).map(({ name }) => name);

  const complaints = () => [
    // Whatever it said last, where it has ended.
    ...(before.child.exitCode === null ? [] : [before.output().slice(-2_000)]),
    ...(before.output().match(/^.*"level":(?:50|60),.*$/gm) ?? []),
    ...logged.filter(({ level }) => level >= 50).map((line) => JSON.stringify(line)),
  ];
  const asked = (user: string) => lastMessage(slack, user);
  const callsOf = async (personId: string) =>
    (await db.activityDay.findMany({ where: { personId } })).map(({ calls }) => calls);
  const homeOf = async (user: string) => {
    await slack.openHome(user);
    return JSON.stringify(slack.home(user));
  };

  it('has its own schema, which today’s program migrates under it', async () => {
    expect((await migrations()).at(-1)).toBe(LAST_RELEASE.lastMigration);
    await startToday();
    expect((await migrations()).at(-1)).not.toBe(LAST_RELEASE.lastMigration);
    await setUpWorkspace({ db });
  });

  it('opens a plan that was made and signed with today’s', async () => {
    goTo.today();
    const year = new Date().getUTCFullYear();
    const period = { 'period.start': `${year}-01-01`, 'period.end': `${year}-12-31` };
    // By a real clock: at night nothing would go out before the morning.
    const awake = { tz: zoneAtNoon(new Date()) };
    const pair = await mintPair({ slack, db }, { rep: awake, manager: awake });
    await openOwn({ slack }, pair.rep);
    await fillWizard(slack, pair.rep, [{ ...ENTRIES[0], ...period }, ...ENTRIES.slice(1)]);
    await slack.submit(pair.rep);
    await slack.closeModal(pair.rep);
    // Whichever of the two sends it.
    await eventually(() => expect(slack.dm(pair.manager)).toHaveLength(1));
    const message = lastMessage(slack, pair.manager);
    await slack.action({ user: pair.manager, actionId: 'plan_agree', message });
    expect(complaints()).toEqual([]);
    goTo.before();
    await slack.command('/bigplan', '', { user: pair.rep });
    await opened(slack, pair.rep);
    expect(shown(slack, pair.rep)).toMatch(
      /Version 1\* is agreed.*\$1\.33M: 133% of the \$1\.0M quota/,
    );
  });

  it('asks by its clock what was planned with today’s, and hears the answer', async () => {
    await today?.stop();
    for (const user of PEOPLE) slack.addPerson(user);
    await makeDueNow({ db }, PEOPLE, MANAGER);
    goTo.before();
    // Its clock looks once a minute.
    await expect
      .poll(() => PEOPLE.map((user) => slack.dm(user).length), { timeout: 180_000 })
      .toEqual([1, 1]);
    await slack.say(PEOPLE[0], '31 calls');
    await eventually(async () => expect(await callsOf(PEOPLE[0])).toEqual([31]));
  });

  it('and today’s beside it each go on with what the other wrote', async () => {
    await startToday();
    goTo.today();
    expect(await homeOf(PEOPLE[0])).toMatch(/Logged:\* 31 calls/);
    // What the one has asked, the other hears the answer to.
    await slack.action({ user: PEOPLE[1], actionId: 'day_log', message: asked(PEOPLE[1]) });
    await slack.submit(PEOPLE[1], { calls: '32' });
    expect(await callsOf(PEOPLE[1])).toEqual([32]);
    await slack.say(PEOPLE[0], '41 calls');
    expect(await callsOf(PEOPLE[0])).toEqual([41]);
    goTo.before();
    await slack.say(PEOPLE[1], '42 calls');
    await eventually(async () => expect(await callsOf(PEOPLE[1])).toEqual([42]));
    await slack.command('/bigplan', 'log', { user: PEOPLE[0] });
    await opened(slack, PEOPLE[0]);
    expect(initial(slack, PEOPLE[0], 'calls')).toBe('41');
    goTo.today();
    await eventually(async () => expect(await homeOf(PEOPLE[1])).toMatch(/Logged:\* 42 calls/));
    expect(complaints()).toEqual([]);
  });
});
