/**
 * Whatever comes, signed: each kind of request with parts of it left out, swapped or made up. Nothing crashes, nothing
 * goes unanswered, and memory stays flat. A share of it here; `npm run test:fuzz` sends 10,000 of each kind.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { randomFrom } from '../support/chance.ts';
import { agreed, mintPair, setUpWorkspace } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const EACH = Number(process.env.FUZZ_EACH ?? 200);
const AT_ONCE = 4;
/** Far over Slack's three seconds: a busy machine must not fail this. */
const UNANSWERED_MS = 20_000;
/** What may be loaded and remembered once, and what each request may leave behind, in the fake Slack too. */
const ONCE_BYTES = 16 * 1024 * 1024;
const KEPT_BYTES = 6_000;
const PATIENT = { timeout: 7_200_000 };
const FORM = 'application/x-www-form-urlencoded';
const random = randomFrom('fuzz', process.env.FUZZ_SEED ?? 1954);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

let app: TestApp;
let rep = '';
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  const pair = await mintPair(app);
  rep = pair.rep;
  await agreed(app, pair);
});
afterAll(() => {
  app.sendsAnything = true;
  return app.stop();
});

const GARBAGE: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1e308,
  true,
  [],
  {},
  [[]],
  [null],
  { id: null },
  { id: {} },
  'x'.repeat(5_000),
  '\0',
  '\ud800',
  '__proto__',
  'constructor',
  '<!channel> <@U1>',
  "1' OR '1'='1",
  '{"about":null,"submissionId":null}',
  '01932f6e-0000-7000-8000-000000000009',
  'https://example.com/',
  '999999999999999999999',
  { toString: null },
];

type Json = Record<string, unknown>;
const person = () => ({ id: rep, team_id: TEAM });
const view = () => ({
  id: 'V1',
  type: pick(['modal', 'home']),
  callback_id: pick(app.bigplan.context.on.forms()),
  private_metadata: pick(['', '{}', 'null', '{"about":{},"submissionId":null}', 'x']),
  hash: '1.x',
  root_view_id: 'V1',
  previous_view_id: null,
  blocks: [{ type: 'input', block_id: 'name:1' }],
  state: { values: { 'name:1': { name: { type: 'plain_text_input', value: 'x' } } } },
});
const base = (type: string): Json => ({
  type,
  team: { id: TEAM, domain: 'fake' },
  user: person(),
  trigger_id: `1.${random()}`,
});

const KINDS: Record<string, () => Json> = {
  command: () => ({
    command: '/bigplan',
    text: pick(['', 'help', 'won 20k', 'log 3 calls', 'away tomorrow', 'status', 'x y z']),
    team_id: TEAM,
    user_id: rep,
    channel_id: 'C0GENERAL',
    trigger_id: `1.${random()}`,
  }),
  'block action': () => ({
    ...base('block_actions'),
    container: { type: 'message', message_ts: '1.1', channel_id: 'C0GENERAL' },
    ...(random() < 0.5
      ? { view: view() }
      : { channel: { id: 'C0GENERAL' }, message: { ts: '1.1' } }),
    actions: [
      {
        type: pick(['button', 'static_select', 'datepicker', 'overflow', 'plain_text_input']),
        action_id: pick(app.bigplan.context.on.actions()),
        block_id: 'b',
        value: pick(['', 'x', '{}', '01932f6e-0000-7000-8000-000000000009']),
        action_ts: '1.1',
      },
    ],
  }),
  'view submission': () => ({ ...base('view_submission'), view: view() }),
  'view closed': () => ({ ...base('view_closed'), view: view(), is_cleared: false }),
  shortcut: () => ({ ...base(pick(['shortcut', 'message_action'])), callback_id: 'x' }),
  options: () => ({
    ...base('block_suggestion'),
    action_id: pick(app.bigplan.context.on.actions()),
    block_id: 'b',
    value: 'x',
    view: view(),
  }),
  event: () => ({
    type: 'event_callback',
    team_id: TEAM,
    event_id: `Ev${random()}`,
    event: {
      type: pick(['message', 'app_home_opened', 'user_change', 'team_join', 'message_changed']),
      channel_type: 'im',
      channel: `D${rep.slice(1)}`,
      user: pick<unknown>([rep, person()]),
      text: pick(['12 calls', 'won 20k', 'hello', '']),
      tab: 'home',
      ts: `${Math.floor(random() * 1e9)}.000100`,
    },
  }),
  url_verification: () => ({ type: 'url_verification', challenge: 'abc' }),
};

/** Some of its parts left out, or something else in their place. */
function spoiled(value: Json): Json {
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    let at: Json = value;
    for (;;) {
      const key = pick(Object.keys(at));
      const inside = at[key];
      if (key !== undefined && typeof inside === 'object' && inside !== null && random() < 0.7) {
        if (Object.keys(inside).length > 0) {
          at = inside as Json;
          continue;
        }
      }
      if (key === undefined) break;
      if (random() < 0.25) delete at[key];
      else at[key] = structuredClone(pick(GARBAGE));
      break;
    }
  }
  return value;
}

function asForm(value: Json): string {
  const pairs = Object.entries(value).map(([name, part]) => [
    name,
    typeof part === 'object' ? JSON.stringify(part) : String(part),
  ]);
  return new URLSearchParams(pairs as [string, string][]).toString();
}

function requestOf(kind: string): { body: string; contentType: string } {
  const value = spoiled((KINDS[kind] as () => Json)());
  if (kind === 'command') return { body: asForm(value), contentType: FORM };
  const json = JSON.stringify(value);
  const isBare = kind === 'event' || kind === 'url_verification';
  if (isBare) return { body: json, contentType: 'application/json' };
  return { body: new URLSearchParams({ payload: json }).toString(), contentType: FORM };
}

/** A good body with bytes of it changed, cut or doubled. */
function torn(): { body: string; contentType: string } {
  const { body, contentType } = requestOf(pick(Object.keys(KINDS)));
  const at = Math.floor(random() * body.length);
  const change = pick([
    () => body.slice(0, at),
    () =>
      body.slice(0, at) + String.fromCharCode(Math.floor(random() * 65_536)) + body.slice(at + 1),
    () => body + body,
    () => '['.repeat(10_000),
  ]);
  return { body: change(), contentType: pick([contentType, 'text/plain', 'application/json', '']) };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The heap once what tests keep by themselves is let go of. */
async function heap(): Promise<number> {
  await app.bigplan.settled();
  app.logged.length = 0;
  (app.slack.calls as unknown[]).length = 0;
  (app.slack.responses as unknown[]).length = 0;
  collect();
  return process.memoryUsage().heapUsed;
}

async function send(request: { body: string; contentType: string }): Promise<number> {
  const answered = app.slack.send(request).then(({ status }) => status);
  return Promise.race([answered, sleep(UNANSWERED_MS, 0, { ref: false })]);
}

async function sendMany(make: () => ReturnType<typeof requestOf>, count: number) {
  const wrong: string[] = [];
  let left = count;
  const one = async () => {
    while (left-- > 0) {
      const request = make();
      const status = await send(request);
      if (status === 0 || status >= 500) wrong.push(`${status}: ${request.body.slice(0, 600)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return wrong;
}

it.for([...Object.keys(KINDS), 'malformed body'])(
  '%s: all is answered',
  PATIENT,
  async (kind, { task }) => {
    task.meta.tries = EACH;
    app.slack.connect(app.bigplan.url);
    const make = () => (kind === 'malformed body' ? torn() : requestOf(kind));
    const third = Math.ceil(EACH / 3);
    const wrong = await sendMany(make, third);
    const before = await heap();
    const started = performance.now();
    wrong.push(...(await sendMany(make, EACH - third)));
    const ms = (performance.now() - started) / (EACH - third);
    const kept = (await heap()) - before;
    console.log(
      `${kind}: ${EACH} sent, ${ms.toFixed(1)} ms each; ${Math.round(kept / 1024)} KB more on the heap`,
    );
    expect(wrong).toEqual([]);
    expect(kept).toBeLessThan(ONCE_BYTES + KEPT_BYTES * (EACH - third));
    expect((await fetch(`${app.bigplan.url}/healthz`)).status).toBe(200);
  },
);
