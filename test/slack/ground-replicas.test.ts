/** Several processes on one database, as behind a load balancer: what comes to more than one of them acts once. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const COMMAND = 'command=%2Fbigplan&text=count&user_id=U0REP&team_id=T0TEAM&channel_id=C0GENERAL';
const FORM = 'application/x-www-form-urlencoded';
/** Between two looks of the balancer at who is ready, and how long one that ends still answers. */
const LOOK_MS = 100;
const GRACE_MS = 2_500;
const IS_LATE = /didn’t say whether a request came before/;

let app: TestApp;
let other: Bigplan;
let acts = 0;
/** What the second one logged. */
const heard: string[] = [];
beforeAll(async () => {
  app = await startTestApp();
  other = await startBigplan(app.config, {
    clock: app.clock,
    log: createLog('info', { write: (line) => void heard.push(line) }),
    host: '127.0.0.1',
    warmUp: false,
  });
  for (const one of [app.bigplan, other]) counting(one);
});
afterAll(async () => {
  await other.stop();
  await app.stop();
});

function counting({ context: { commands, app: bolt } }: Bigplan): void {
  commands.subcommand('count', async () => void acts++, 'counts');
  bolt.event('user_change', async () => void acts++);
}

async function to(one: Bigplan, request: Parameters<TestApp['slack']['send']>[0]) {
  app.slack.connect(one.url, () => one.settled());
  return (await app.slack.send(request)).status;
}

/**
 * Where the database is late on a busy machine, each process goes by its own memory for some seconds: such a try says
 * nothing, and is made once more.
 */
async function whileItAnswers(attempt: (n: number) => Promise<void>): Promise<void> {
  const late = () => [...app.logged, ...heard].filter((one) => IS_LATE.test(JSON.stringify(one)));
  for (let n = 0; n < 20; n++) {
    const before = late().length;
    try {
      return await attempt(n);
    } catch (error) {
      if (late().length === before) throw error;
      await sleep(6_000);
    }
  }
  throw new Error('The database was late each time');
}

it('a signed request acts once, at whichever of them and after a restart', async ({ task }) => {
  let timestamp = Math.floor(Date.now() / 1000) + 50;
  const next = () => ({ body: COMMAND, contentType: FORM, timestamp: timestamp-- });
  task.meta.tries = 40;
  for (let n = 0; n < task.meta.tries; n++) {
    const order = n % 2 ? [app.bigplan, other] : [other, app.bigplan];
    await whileItAnswers(async () => {
      acts = 0;
      const request = next();
      const statuses = await Promise.all(order.map((one) => to(one, request)));
      expect([...statuses].sort()).toEqual([200, 409]);
      expect(acts).toBe(1);
    });
  }

  const last = next();
  await whileItAnswers(async () => expect(await to(app.bigplan, last)).toBe(200));
  await app.restart();
  counting(app.bigplan);
  acts = 0;
  expect(await to(app.bigplan, last)).toBe(409);
  expect(acts).toBe(0);
  expect(await to(app.bigplan, next())).toBe(200);
  expect(acts).toBe(1);
});

it('an event acts once, though Slack signs it anew for the other one', async () => {
  const now = Math.floor(Date.now() / 1000);
  const event = (id: string, timestamp: number) => ({
    body: JSON.stringify({
      type: 'event_callback',
      team_id: 'T0TEAM',
      event_id: id,
      event: { type: 'user_change', user: { id: 'U0REP', team_id: 'T0TEAM' } },
    }),
    timestamp,
  });
  await whileItAnswers(async (n) => {
    acts = 0;
    for (const [at, one] of [app.bigplan, other, app.bigplan, other].entries()) {
      expect(await to(one, event(`EvReplicas${n}`, now - at))).toBe(200);
    }
    expect(acts).toBe(1);
  });
});

it('a database that does not say so in time holds up nobody, and one’s own memory decides', async () => {
  const holder = new pg.Client({ connectionString: app.config.databaseUrl ?? '' });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE request_claim IN ACCESS EXCLUSIVE MODE');
  const timestamp = Math.floor(Date.now() / 1000) - 100;
  acts = 0;
  const request = { body: COMMAND, contentType: FORM, timestamp };
  expect(await to(other, request)).toBe(200);
  expect(app.slack.took()).toBeLessThan(3_000);
  expect(await to(other, request)).toBe(200);
  expect(acts).toBe(1);
  await holder.query('ROLLBACK');
  await holder.end();
  // Once it answers again, it decides again.
  let again = 0;
  await expect
    .poll(async () => {
      again += 1;
      const next = { ...request, timestamp: timestamp - again };
      return [await to(other, next), await to(app.bigplan, next)];
    })
    .toEqual([200, 409]);
});

/** A load balancer: looks at `/readyz` often, keeps its connections, and sends nothing a second time. */
function startBalancer(targets: () => readonly Bigplan[]) {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<Bigplan>();
  const ending = new AbortController();
  const look = async (one: Bigplan) => {
    const { status } = await fetch(`${one.url}/readyz`).catch(() => ({ status: 0 }));
    if (status === 200) ready.add(one);
    else ready.delete(one);
  };
  const looking = (async () => {
    while (!ending.signal.aborted) {
      await Promise.all(targets().map(look));
      await sleep(LOOK_MS);
    }
  })();
  let turn = 0;
  const send = (body: string) =>
    new Promise<number>((settle) => {
      const all = targets().filter((one) => ready.has(one));
      const one = all[turn++ % all.length];
      if (!one) return settle(503);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const secret = app.slack.signingSecret;
      const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
      const headers = {
        'content-type': FORM,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${hash}`,
      };
      const options = { agent, method: 'POST', headers, path: '/slack/events', port: one.port };
      request({ ...options, host: '127.0.0.1' }, (response) => {
        response.resume();
        response.on('end', () => settle(response.statusCode ?? 0));
      })
        .on('error', () => settle(502))
        .end(body);
    });
  return {
    isReady: (one: Bigplan) => ready.has(one),
    send,
    async stop() {
      ending.abort();
      await looking;
      agent.destroy();
    },
  };
}

it('a restart of one after the other refuses nothing, and all of it acts', async ({ task }) => {
  const start = async () => {
    const config = { ...app.config, stopGraceMs: GRACE_MS };
    const log = createLog('silent');
    const one = await startBigplan(config, {
      clock: app.clock,
      log,
      host: '127.0.0.1',
      warmUp: false,
    });
    counting(one);
    return one;
  };
  const both = [await start(), await start()];
  const balancer = startBalancer(() => both);
  await expect.poll(() => both.filter(balancer.isReady).length).toBe(2);
  acts = 0;
  const statuses: Promise<number>[] = [];
  const over = new AbortController();
  const people = (async () => {
    while (!over.signal.aborted) {
      statuses.push(balancer.send(`${COMMAND}&trigger_id=${statuses.length}`));
      await sleep(20);
    }
  })();
  for (const at of [0, 1]) {
    await both[at]?.stop();
    const next = await start();
    both[at] = next;
    await expect.poll(() => balancer.isReady(next)).toBe(true);
  }
  over.abort();
  await people;
  const came = await Promise.all(statuses);
  task.meta.tries = came.length;
  await Promise.all(both.map((one) => one.settled()));
  await balancer.stop();
  await Promise.all(both.map((one) => one.stop()));
  expect(came.filter((status) => status !== 200)).toEqual([]);
  expect(acts).toBe(came.length);
  expect(came.length).toBeGreaterThan(50);
});

it('what can’t come again is forgotten', async () => {
  await app.db.requestClaim.create({ data: { key: 'old', at: new Date(Date.now() - 3_600_000) } });
  const kept = await app.db.requestClaim.count();
  await app.bigplan.tick();
  await expect.poll(() => app.db.requestClaim.count()).toBe(kept - 1);
});
