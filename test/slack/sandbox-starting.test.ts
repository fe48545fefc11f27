/** What the sandbox's address answers before there is a sandbox. */
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createStarting, type Starting } from '../../src/sandbox/starting.ts';
import { type HttpServer, startHttpServer } from '../../src/slack/http-server.ts';
import { createMetrics } from '../../src/slack/metrics.ts';

let starting: Starting;
let server: HttpServer;
let address: string;

beforeEach(async () => {
  starting = createStarting();
  server = await startHttpServer({
    port: 0,
    host: '127.0.0.1',
    log: createLog('silent'),
    fallback: starting.handle,
  });
  address = `http://127.0.0.1:${server.port}`;
});
afterEach(async () => {
  await server.stopListening();
  await server.end();
});

const get = async (path: string) => {
  const response = await fetch(`${address}${path}`);
  return { status: response.status, text: await response.text() };
};

describe('while Bigplan is starting', () => {
  it('the page says so, and how far it is, in a region that is read out', async () => {
    starting.say('The database is starting.');
    const page = await get('/?as=max&at=home');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<h1>Bigplan is starting…</h1>');
    expect(page.text).toContain('<p id="step" role="status">The database is starting.</p>');
    expect(await get('/sandbox/starting')).toEqual({
      status: 200,
      text: 'The database is starting.',
    });
  });

  it('it is alive and not ready, and takes nothing from Slack', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect(await get('/readyz')).toEqual({ status: 503, text: 'not ready: starting\n' });
    expect((await get('/metrics')).status).toBe(503);
    const events = await fetch(`${address}/slack/events`, { method: 'POST', body: '{}' });
    expect(events.status).toBe(503);
  });

  it('answers nobody from elsewhere', async () => {
    const status = await new Promise((settle) => {
      const headers = { host: 'evil.example' };
      const asked = httpRequest(address, { headers }, (response) => {
        response.resume();
        settle(response.statusCode);
      });
      asked.end();
    });
    expect(status).toBe(403);
  });

  it('what an open page asks is answered by the sandbox, as soon as there is one', async () => {
    const state = get('/sandbox/state?as=dana');
    await get('/sandbox/starting');
    starting.handOver((_, response) => response.end('the sandbox'));
    expect((await state).text).toBe('the sandbox');
    expect((await get('/')).text).toBe('the sandbox');
  });

  it('is ready when Bigplan says so, and no sooner', async () => {
    let unready = ['database'];
    const metrics = createMetrics();
    server.serve({ slackEvents: null, health: { unready: async () => unready, metrics } });
    expect(await get('/readyz')).toEqual({ status: 503, text: 'not ready: database\n' });
    unready = [];
    expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' });
  });
});

describe('a port that is taken', () => {
  it('is refused in one line, before anything else is begun', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((settle) => other.once('listening', settle));
    const { port } = other.address() as AddressInfo;
    const started = startHttpServer({ port, host: '127.0.0.1', log: createLog('silent') });
    await expect(started).rejects.toThrow(`PORT ${port} is in use`);
    other.close();
  });
});
