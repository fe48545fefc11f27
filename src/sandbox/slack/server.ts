/** A workspace's Web API over HTTP, with its upload, file and response addresses. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopbackRequest } from '../guard.ts';
import { type Args, callMethod } from './methods.ts';
import { Refusal } from './refusal.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SlackWorkspace } from './workspace.ts';

/** A call to the Web API, or (as the method `upload`) the POST of a file's content. */
export interface ApiCall {
  method: string;
  args: Args;
  token: string;
  at: number;
}

export interface ServerHooks {
  /** Whether Slack has issued this token. */
  knows(token: string): boolean;
  /** Sees each call before it is answered. */
  before?(call: ApiCall): void;
  /** Carries out a call (once, or not at all) and answers it; left out: as Slack does. */
  answer?(
    call: ApiCall,
    perform: () => Args,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void>;
  /** What the app has posted to a response URL that led to somebody. */
  responded?(user: string, body: Args): void;
  /** Something has happened that the app did. */
  after?(): void;
}

export interface SlackServer {
  origin: string;
  stop(): Promise<void>;
}

/** Starts it on a free loopback port. */
export async function startSlackServer(
  workspace: SlackWorkspace,
  urls: ResponseUrls,
  hooks: ServerHooks,
): Promise<SlackServer> {
  let origin = '';
  const { answer = (_, perform, __, response) => sendJson(response, perform()) } = hooks;

  const call = async (
    request: IncomingMessage,
    response: ServerResponse,
    asked: ApiCall,
    perform: () => Args,
  ) => {
    hooks.before?.(asked);
    await answer(asked, perform, request, response);
    hooks.after?.();
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isLoopbackRequest({ get: (name) => headerOf(request, name) }))
      return end(response, 403, 'Forbidden');
    const path = new URL(request.url ?? '/', 'http://slack').pathname;
    const [, kind, name = ''] = /^\/(api|response|upload|file)\/([^/]+)$/.exec(path) ?? [];
    const at = Date.now();
    if (kind === 'response') {
      const body = await readArgs(request);
      const { status, user } = urls.receive(path, body);
      if (user !== undefined) hooks.responded?.(user, body);
      hooks.after?.();
      return end(response, status, status === 200 ? 'ok' : 'no');
    }
    if (kind === 'upload') {
      const content = await readUpload(request);
      if (!workspace.files.isAwaited(name)) return end(response, 404, 'Not found');
      const asked = { method: 'upload', args: { id: name }, token: '', at };
      return call(request, response, asked, () => workspace.files.put(name, content));
    }
    const token = headerOf(request, 'authorization')?.replace(/^Bearer /, '') ?? '';
    if (kind === 'file') {
      const content = workspace.files.get(name)?.content;
      return content && hooks.knows(token)
        ? end(response, 200, content)
        : end(response, 404, 'Not found');
    }
    if (kind !== 'api') return end(response, 404, 'Not found');
    const args = await readArgs(request);
    // Tokens are given by it, so it takes none.
    if (name !== 'oauth.v2.access' && !hooks.knows(token))
      return sendJson(response, { ok: false, error: 'invalid_auth' });
    await call(request, response, { method: name, args, token, at }, () =>
      perform(workspace, name, args, origin),
    );
  };

  const server = createServer((request, response) => {
    // A connection that ends while it is read is nobody's error.
    route(request, response).catch((error) => {
      if (response.headersSent || request.destroyed) response.destroy();
      else end(response, 500, String(error));
    });
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    async stop() {
      server.closeAllConnections();
      await new Promise((settle) => server.close(settle));
    },
  };
}

function perform(workspace: SlackWorkspace, name: string, args: Args, origin: string): Args {
  try {
    return { ok: true, ...callMethod(workspace, name, args, origin) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const messages = error.details.map((detail) => `[ERROR] ${detail}`);
    return { ok: false, error: error.message, response_metadata: { messages } };
  }
}

export async function sendJson(response: ServerResponse, body: Args): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function end(response: ServerResponse, status: number, body: string | Buffer): void {
  response.writeHead(status).end(body);
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The file of a form, or the bytes as they are. */
async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request);
  const type = headerOf(request, 'content-type') ?? '';
  if (!type.startsWith('multipart/')) return body;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => value instanceof Blob);
  return Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
}

/** The arguments that a form holds as JSON. */
const STRUCTURED = new Set(['blocks', 'view', 'metadata', 'files']);

/** Of a form or of JSON; what can't be read is left as the text that it is. */
async function readArgs(request: IncomingMessage): Promise<Args> {
  const text = (await readBody(request)).toString();
  if (text === '') return {};
  if (/json/.test(headerOf(request, 'content-type') ?? '')) return parsed(text) as Args;
  const fields = [...new URLSearchParams(text)];
  return Object.fromEntries(
    fields.map(([name, value]) => [name, STRUCTURED.has(name) ? parsed(value) : value]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
