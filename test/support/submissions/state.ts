/**
 * All that there is, in the database and in Slack: taken, put back, and told as texts in which only what
 * is new is nameless. So two ways from one beginning can be compared: ids and times that were there before
 * keep their names, those that were made since are all alike.
 */
import { createDecipheriv } from 'node:crypto';
import pg from 'pg';
import type { TestApp } from '../app.ts';
import { TEST_KEYS, type TestDb } from '../db.ts';
import type { SlackSnapshot } from '../slack.ts';

/** The rows of each table, as PostgreSQL writes them. */
type Rows = Map<string, string[]>;

export interface World {
  rows: Rows;
  slack: SlackSnapshot;
}

/** Takes it as it is. Nothing may be under way. */
export async function takeWorld({ db, slack }: TestApp): Promise<World> {
  return { rows: await readRows(db), slack: slack.snapshot() };
}

/** Puts everything back as it was. */
export async function putBack({ config, slack }: TestApp, world: World): Promise<void> {
  const tables = [...world.rows].map(([table, rows]) => {
    const json = pg.escapeLiteral(`[${rows.join()}]`);
    const kept = `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, ${json})`;
    return [`DELETE FROM ${table}`, ...(rows.length > 0 ? [kept] : [])];
  });
  // In any order, whatever refers to what.
  const all = ['SET LOCAL session_replication_role = replica', ...tables.flat()];
  const client = new pg.Client({ connectionString: config.databaseUrl ?? '' });
  await client.connect();
  await client.query(`BEGIN; ${all.join(';')}; COMMIT`).finally(() => client.end());
  slack.restore(world.slack);
}

async function readRows(db: TestDb['db']): Promise<Rows> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`;
  const each = tables.map(
    ({ name }) => `SELECT '${name}' AS name, to_json(t)::text AS row FROM ${name} t`,
  );
  const found = await db.$queryRawUnsafe<{ name: string; row: string }[]>(each.join(' UNION ALL '));
  return new Map(
    tables.map(({ name }) => [
      name,
      found.filter((one) => one.name === name).map(({ row }) => row),
    ]),
  );
}

/** What there is, by table, and what people see of it. In each list the order says nothing. */
export type Told = Record<string, unknown[]>;

/** What came of `before` since `from`: both instants on Bigplan's clock and on the machine's. */
export interface Since {
  before: World;
  from: Date[];
}

/** The instants from which on what happens is new. */
export const now = ({ clock }: TestApp): Date[] => [clock.now(), new Date()];

/** What each press and each look adds to, and how fast messages went. */
const OF_REQUESTS: ReadonlySet<string> = new Set(['stashed', 'request_claim', 'slack_pace']);

/**
 * What is kept and what was said. Left out are Home, which is brought up to date when it is looked at, and what buttons
 * stand for, which is kept anew for each answer that is given.
 */
export async function tellState(app: TestApp, since: Since): Promise<Told> {
  const { rows, slack } = await takeWorld(app);
  const told = teller(since, now(app));
  return {
    ...Object.fromEntries(
      [...rows]
        .filter(([table]) => !OF_REQUESTS.has(table))
        .map(([table, all]) => [table, told(all)]),
    ),
    messages: told(
      slack.messages.map(({ at: _, edited: __, ...message }) => JSON.stringify(message)),
    ),
  };
}

/** The modals that are open, as their people see them. */
export function tellModals(app: TestApp, since: Since): unknown[] {
  const { stacks } = app.slack.snapshot();
  const open = stacks.filter(({ modals }) => modals.length > 0);
  return teller(since, now(app))(open.map((stack) => JSON.stringify(stack)));
}

/** An answer of the app's. */
export const tell = (app: TestApp, since: Since, answer: unknown): unknown =>
  teller(since, now(app))([JSON.stringify(answer ?? null)])[0];

/** Ids that Slack gives to blocks without one, and when Bigplan last looked up who somebody is. */
const MADE_UP = /,?"(block_id":"[\w+/=-]{6}"|refreshed_at":"[^"]*")/g;
const FILE = /\bF\d{9}\b/g;
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Of a message, and of a request. */
const SLACK_TIME = /\b\d{10}\.\d{6}\b/g;
const INSTANT = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d(?::\d\d)?)?/g;
/** An instant to the base of 36, as in the ids of blocks. */
const SHORT = /\b[0-9a-z]{8}\b/g;
const MILLISECONDS = /\b1\d{12}\b/g;
const ENCRYPTED = /v1:[\w-]+:[\w-]+:[\w-]+:[\w-]*/g;

/** What JSON texts say, everything encrypted in them decrypted, and everything new in them nameless; sorted. */
function teller({ before, from }: Since, to: Date[]) {
  const known = decrypted(JSON.stringify([[...before.rows], before.slack]));
  const isNew = (ms: number) =>
    from.some((start, clock) => ms >= start.getTime() && ms <= (to[clock]?.getTime() ?? 0));
  const nameless = (text: string) =>
    text
      .replace(MADE_UP, '')
      .replace(FILE, '<file>')
      .replace(ID, (id) => (known.includes(id) ? id : '<id>'))
      .replace(SLACK_TIME, (ts) => (known.includes(ts) ? ts : '<ts>'))
      .replace(INSTANT, (at, zone) => (isNew(Date.parse(zone ? at : `${at}Z`)) ? '<now>' : at))
      .replace(SHORT, (at) => (isNew(Number.parseInt(at, 36)) ? '<now>' : at))
      .replace(MILLISECONDS, (ms) => (isNew(Number(ms)) ? '0' : ms));
  return (texts: readonly string[]): unknown[] =>
    texts
      .map((text) => nameless(decrypted(text)))
      .sort()
      .map(read);
}

/** What a JSON text says, also in the texts in it that are JSON themselves, as buttons carry it. */
function read(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && /^\{".*\}$/s.test(value) ? read(value) : value,
  );
}

const [, testKey = ''] = TEST_KEYS.split(':');

/** Decrypts what is encrypted in a JSON text, whosever it is: the tag, which says that, is left unread. */
function decrypted(text: string): string {
  return text.replace(ENCRYPTED, (encrypted) => {
    const [, , iv = '', , cipher = ''] = encrypted.split(':');
    const counter = Buffer.concat([Buffer.from(iv, 'base64url'), Buffer.from([0, 0, 0, 2])]);
    const decipher = createDecipheriv('aes-256-ctr', Buffer.from(testKey, 'base64'), counter);
    const plain = decipher.update(Buffer.from(cipher, 'base64url')).toString('utf8');
    return JSON.stringify(plain).slice(1, -1);
  });
}
