/** What a screen needs at the least, read and written by plain SQL in the tables that Bigplan has. */
import pg from 'pg';
import { TEAM } from '../support/slack.ts';

export interface BareRows {
  /** Reads whose plan it is, with whom they plan, and its newest version. */
  readPlan(userId: string): Promise<void>;
  /** The same, and stores the version as it is, with its person held. */
  savePlan(userId: string): Promise<void>;
  /** The same, with the days of the last weeks, and stores one more. */
  saveDay(userId: string): Promise<void>;
  /** Reads what Home tells of, and stores that it was shown. */
  readHome(userId: string): Promise<void>;
  end(): Promise<void>;
}

const PAIR = `SELECT p.*, t.channel_id, m.user_id AS manager_id, m.name AS manager_name, w.*
  FROM person p
  JOIN workspace w ON w.id = p.workspace_id
  LEFT JOIN team t ON t.id = p.team_id
  LEFT JOIN person m ON m.workspace_id = t.workspace_id AND m.user_id = t.manager_id
  WHERE p.workspace_id = $1 AND p.user_id = $2`;
const VERSION = `SELECT v.* FROM plan_version v JOIN plan p ON p.id = v.plan_id
  WHERE p.workspace_id = $1 AND p.rep_id = $2 AND p.closed_at IS NULL
  ORDER BY p.created_at DESC, v.number DESC LIMIT 1`;
const HOLD = 'SELECT * FROM person WHERE workspace_id = $1 AND user_id = $2 FOR UPDATE';
const DAYS = `SELECT * FROM activity_day WHERE workspace_id = $1 AND person_id = $2
  ORDER BY date DESC LIMIT 30`;
const DEALS = `SELECT d.* FROM deal d JOIN plan p ON p.id = d.plan_id
  WHERE p.workspace_id = $1 AND p.rep_id = $2`;
const DUE = 'SELECT * FROM agenda WHERE workspace_id = $1 AND person_id = $2';
/** A day of which nobody reads anything. */
const LONG_AGO = '1999-01-04';
const LOG_DAY = `INSERT INTO activity_day
    (workspace_id, person_id, date, state, calls, visits, demos, proposals, contracts, logged_at)
  VALUES ($1, $2, '${LONG_AGO}', 'logged', 26, 1, 1, 1, 1, now())
  ON CONFLICT (workspace_id, person_id, date) DO UPDATE SET logged_at = now()`;
const SHOWN = `INSERT INTO home_shown (workspace_id, person_id, hash, digest, stale_at)
  VALUES ('bare', $2 || $1, '', '', now())
  ON CONFLICT (workspace_id, person_id) DO UPDATE SET stale_at = now()`;

export function openBareRows(databaseUrl: string): BareRows {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  type Asks = Pick<pg.ClientBase, 'query'>;
  /** Prepared, as Bigplan's are. */
  const ask = (client: Asks, text: string, userId: string, more: unknown[] = []) =>
    client.query({ name: text.slice(0, 60), text, values: [TEAM, userId, ...more] });

  async function held(work: (client: Asks) => Promise<void>): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  return {
    async readPlan(userId) {
      await ask(pool, PAIR, userId);
      await ask(pool, VERSION, userId);
    },
    savePlan: (userId) =>
      held(async (client) => {
        await ask(client, HOLD, userId);
        await ask(client, PAIR, userId);
        const { rows } = await ask(client, VERSION, userId);
        const [{ id, terms, personal }] = rows;
        const stored = [JSON.stringify(terms), personal, id];
        await client.query({
          name: 'save',
          text: 'UPDATE plan_version SET terms = $1, personal = $2 WHERE id = $3',
          values: stored,
        });
      }),
    saveDay: (userId) =>
      held(async (client) => {
        await ask(client, HOLD, userId);
        await ask(client, PAIR, userId);
        await ask(client, VERSION, userId);
        await ask(client, DAYS, userId);
        await ask(client, LOG_DAY, userId);
      }),
    async readHome(userId) {
      for (const text of [PAIR, VERSION, DAYS, DEALS, DUE, SHOWN]) await ask(pool, text, userId);
    },
    end: () => pool.end(),
  };
}
