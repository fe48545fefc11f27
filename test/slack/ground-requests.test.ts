import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const command = 'command=%2Fbigplan&text=help&user_id=U0REP&team_id=T0TEAM&channel_id=C0GENERAL';
const form = 'application/x-www-form-urlencoded';
const alive = async () => (await fetch(`${app.bigplan.url}/healthz`)).status;

describe('what comes to /slack/events', () => {
  it.each([
    ['null', 'application/json', 'null'],
    ['a number', 'application/json', '7'],
    ['a list', 'application/json', '[]'],
    ['a text', 'application/json', '"x"'],
    ['nothing', 'application/json', ''],
    ['torn JSON', 'application/json', '{"type":'],
    ['a form whose payload is null', form, 'payload=null'],
    ['a form whose payload is torn', form, 'payload=%7B'],
    ['a form with two payloads', form, 'payload=%7B%7D&payload=%7B%7D'],
    ['a form of nothing known', form, 'a=b'],
  ])(
    'is refused where it is %s, signed or not, and the app lives',
    async (_, contentType, body) => {
      expect((await app.slack.send({ body, contentType })).status).toBe(400);
      expect((await app.slack.send({ body, contentType, secret: 'wrong' })).status).toBe(401);
      expect(await alive()).toBe(200);
    },
  );

  it.each([
    '{}',
    '{"type":"block_actions","actions":[{"action_id":"a"}]}',
    '{"type":"view_submission"}',
    '{"type":"view_submission","view":null}',
    '{"event":null}',
    '{"event":{}}',
    '{"event":{"type":"message","channel":null},"team_id":7}',
    '{"command":{"toString":null}}',
  ])('is answered where it lacks what Slack always sends: %s', async (body) => {
    const { status } = await app.slack.send({ body });
    expect(status).toBe(200);
    expect(app.slack.took()).toBeLessThan(1000);
    expect(await alive()).toBe(200);
  });

  it('must be signed with our secret, now', async () => {
    const send = (more: object) => app.slack.send({ body: command, contentType: form, ...more });
    expect((await send({})).status).toBe(200);
    expect((await send({ secret: 'other' })).status).toBe(401);
    expect((await send({ timestamp: seconds() - 301 })).status).toBe(401);
    expect((await send({ timestamp: seconds() + 120 })).status).toBe(401);
    expect((await send({ timestamp: 'NaN' })).status).toBe(401);
    expect((await send({ timestamp: '' })).status).toBe(401);
    expect((await send({ headers: { 'x-slack-signature': 'v0=short' } })).status).toBe(401);
    expect((await send({ headers: { 'x-slack-signature': '' } })).status).toBe(401);
  });

  it.each([
    ['a challenge', (deep: string) => `{"type":"url_verification","challenge":${deep}}`],
    ['anything', (deep: string) => `{"type":"block_actions","actions":[{"value":${deep}}]}`],
    ['a list', (deep: string) => deep],
  ])('is refused at once where %s is ten thousand levels deep', async (_, around) => {
    for (const deep of [
      `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    ]) {
      expect((await app.slack.send({ body: around(deep) })).status).toBe(400);
      expect(app.slack.took()).toBeLessThan(1000);
      const payload = new URLSearchParams({ payload: around(deep) }).toString();
      expect((await app.slack.send({ body: payload, contentType: form })).status).toBe(400);
    }
    expect(await alive()).toBe(200);
  });

  it('takes brackets in what somebody typed for what they are', async () => {
    const text = '[{"'.repeat(500);
    const body = JSON.stringify({ type: 'event_callback', event: { type: 'message', text } });
    expect((await app.slack.send({ body })).status).toBe(200);
  });

  it('acts once where it comes again within five minutes, and answers as before', async () => {
    let acts = 0;
    let letGo = () => {};
    const held = new Promise<void>((settle) => (letGo = settle));
    app.bigplan.context.app.view('comes-again', async ({ ack }) => {
      acts++;
      await held;
      await ack({ response_action: 'errors', errors: { name: 'Not that' } });
    });
    const payload = JSON.stringify({
      type: 'view_submission',
      team: { id: 'T0TEAM' },
      user: { id: 'U0REP' },
      view: { type: 'modal', callback_id: 'comes-again', blocks: [], state: { values: {} } },
    });
    const request = {
      body: new URLSearchParams({ payload }).toString(),
      contentType: form,
      timestamp: seconds(),
    };
    const both = [app.slack.send(request), app.slack.send(request)];
    await expect.poll(() => acts).toBe(1);
    letGo();
    const answers = [...(await Promise.all(both)), await app.slack.send(request)];
    // What isn't signed may differ.
    const hash = createHmac('sha256', app.slack.signingSecret)
      .update(`v0:${request.timestamp}:${request.body}`)
      .digest('hex');
    const headers = {
      'x-slack-signature': `v0=${hash}=x`,
      'x-slack-request-timestamp': `0${request.timestamp}`,
    };
    answers.push(await app.slack.send({ ...request, headers }));
    expect(acts).toBe(1);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual({ response_action: 'errors', errors: { name: 'Not that' } });
    }
    await app.slack.send({ ...request, timestamp: request.timestamp - 1 });
    expect(acts).toBe(2);
  });

  it('may carry a charset with its content type', async () => {
    const contentType = `${form}; charset=utf-8`;
    expect((await app.slack.send({ body: command, contentType })).status).toBe(200);
  });

  it('ends at one megabyte', async () => {
    const body = `{"type":"${'x'.repeat(1024 * 1024)}"}`;
    expect((await app.slack.send({ body })).status).toBe(413);
    expect(await alive()).toBe(200);
  });

  it('answers the check of the certificate, which Slack does not sign', async () => {
    const check = { body: 'ssl_check=1', contentType: form, secret: 'none' };
    expect((await app.slack.send(check)).status).toBe(200);
  });

  it('answers the verification of the address', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    expect((await app.slack.send({ body })).body).toEqual({ challenge: 'abc' });
  });

  it('counts an event that Slack sends again once, and messages by bots never', async () => {
    let seen = 0;
    app.bigplan.context.app.event('user_change', async () => {
      seen++;
    });
    app.bigplan.context.app.message(async () => {
      seen += 10;
    });
    for (const id of ['Ev1', 'Ev1', 'Ev2']) {
      await app.slack.event({ type: 'user_change', user: { id: 'U0REP' } }, { id });
    }
    expect(seen).toBe(2);
    await app.slack.say('U0REP', 'hello', { bot_id: 'B0OTHER' });
    expect(seen).toBe(2);
    await app.slack.say('U0REP', 'hello');
    expect(seen).toBe(12);
  });
});

describe('the other addresses', () => {
  it('tell that the app lives, is ready, and what it counted', async () => {
    const get = async (path: string) => fetch(`${app.bigplan.url}${path}`);
    expect(await (await get('/readyz')).text()).toBe('ready\n');
    await app.slack.command('/bigplan', 'help', { user: 'U0REP' });
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/bigplan_requests_total\{kind="command",outcome="ok"\} \d/);
    expect(metrics).toContain('bigplan_deliveries{state="planned"} 0');
    expect((await get('/')).status).toBe(404);
    expect((await get('/slack/events')).status).toBe(404);
  });

  it('count for this machine alone, unless they have a port of their own', async () => {
    const { url } = app.bigplan;
    for (const name of ['forwarded', 'x-forwarded-for', 'via']) {
      expect((await fetch(`${url}/metrics`, { headers: { [name]: 'x' } })).status).toBe(404);
    }
    app.config.health = { host: '127.0.0.1', port: 0 };
    await app.restart();
    const { url: forSlack, healthUrl } = app.bigplan;
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      const headers = { 'x-forwarded-for': '192.0.2.1' };
      expect((await fetch(`${healthUrl}${path}`, { headers })).status).toBe(200);
      expect((await fetch(`${forSlack}${path}`)).status).toBe(404);
    }
    const post = { method: 'POST', body: '' };
    expect((await fetch(`${healthUrl}/slack/events`, post)).status).toBe(404);
    expect((await fetch(`${forSlack}/slack/events`, post)).status).toBe(401);
    const elsewhere = app.bigplan.healthUrl;
    await app.bigplan.stop();
    await expect(fetch(`${elsewhere}/healthz`)).rejects.toThrow('fetch failed');
    app.config.health = null;
    await app.restart();
  });
});
