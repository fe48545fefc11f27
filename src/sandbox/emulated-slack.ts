import { createEmulator } from 'emulate';
import { isLoopbackRequest } from './guard.ts';
import type { SlackStore } from './slack-store.ts';

/** A Slack Web API method's answer. */
export type ApiResult = Record<string, unknown> & { ok: boolean; error?: string };

export interface EmulatedSlack {
  /** Root of the Web API, with its last slash. */
  apiUrl: string;
  /** The emulator's records, live. */
  store: SlackStore;
  /** Calls a Web API method in process. */
  call(token: string, method: string, args: Record<string, unknown>): Promise<ApiResult>;
  /** All records, as plain data that `restore` takes back. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
  close(): Promise<void>;
}

export interface EmulatedSlackHooks {
  /** Runs before each call to the Web API and each POST to a `response_url`. */
  beforeCall(): void;
  /** Slack's word for a call that is to fail; undefined: the emulator answers it. */
  refuse(userId: string, method: string, args: Record<string, unknown>): string | undefined;
  /** Sees each successful call to the Web API and may fill in what the emulator leaves out. */
  afterCall(method: string, result: ApiResult): ApiResult;
  /** Takes a POST to a `response_url`; answers with an HTTP status. */
  respond(path: string, body: string): number;
}

interface RawStore {
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

interface Hosted {
  raw: RawStore;
  answer(request: Request): Promise<Response>;
  gate(request: Request): Promise<Response>;
}

interface SlackService {
  slackPlugin: {
    register(
      app: { fetch: (request: Request) => Promise<Response> },
      store: RawStore,
      webhooks: unknown,
      baseUrl: string,
      tokens: unknown,
    ): void;
  };
  getSlackStore(store: RawStore): SlackStore;
}

const hosted = new Map<string, Hosted>();

/**
 * The emulator's Slack service. Its package exports no way to its records, but fixed ids, ephemeral
 * messages, closed modals and a snapshot all need them; so this takes the file itself, by the name
 * it has in the one version that the sandbox is built for.
 */
const service = await loadService();

async function loadService(): Promise<SlackService> {
  const file = new URL('dist-6ZQHD4DN.js', import.meta.resolve('emulate'));
  const loaded: SlackService = await import(file.href);
  const { register } = loaded.slackPlugin;
  loaded.slackPlugin.register = (app, store, webhooks, baseUrl, tokens) => {
    const answer = app.fetch;
    const entry: Hosted = { raw: store, answer, gate: answer };
    hosted.set(baseUrl, entry);
    app.fetch = (request) => entry.gate(request);
    register(app, store, webhooks, baseUrl, tokens);
  };
  return loaded;
}

/** Starts an emulated Slack Web API on a free loopback port. */
export async function startEmulatedSlack(hooks: EmulatedSlackHooks): Promise<EmulatedSlack> {
  const emulator = await createEmulator({ service: 'slack', port: 0 });
  const entry = hosted.get(emulator.url);
  if (!entry) throw new Error('The emulated Slack did not start.');
  hosted.delete(emulator.url);
  const store = service.getSlackStore(entry.raw);
  const origin = `http://127.0.0.1:${new URL(emulator.url).port}`;

  entry.gate = async (request) =>
    isLoopbackRequest(request.headers)
      ? route(request)
      : new Response('Forbidden', { status: 403 });

  const route = async (request: Request): Promise<Response> => {
    hooks.beforeCall();
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/response/') && request.method === 'POST')
      return new Response('ok', { status: hooks.respond(pathname, await request.text()) });
    if (/^\/(upload|files-pri)\//.test(pathname)) return entry.answer(request);
    if (!pathname.startsWith('/api/')) return new Response('Not found', { status: 404 });
    const userId = callerOf(request);
    if (userId === undefined) return Response.json({ ok: false, error: 'invalid_auth' });
    const method = pathname.slice('/api/'.length);
    const error = hooks.refuse(userId, method, await argsOf(request.clone()));
    if (error !== undefined) return Response.json({ ok: false, error });
    const response = await entry.answer(request);
    const result = (await response.json()) as ApiResult;
    return Response.json(result.ok ? hooks.afterCall(method, result) : result, {
      status: response.status,
    });
  };

  const callerOf = (request: Request) => {
    const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
    return store.tokens.findOneBy('token', token)?.user_id;
  };

  return {
    apiUrl: `${origin}/api/`,
    store,
    async call(token, method, args) {
      const response = await route(
        new Request(`${origin}/api/${method}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify(args),
        }),
      );
      return (await response.json()) as ApiResult;
    },
    snapshot: () => entry.raw.snapshot(),
    restore: (snapshot) => entry.raw.restore(snapshot),
    close: () => emulator.close(),
  };
}

/** A call's arguments, from a form or from JSON; a form's values are all texts. */
async function argsOf(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
