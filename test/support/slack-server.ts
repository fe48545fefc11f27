/** The fake Web API over HTTP, and the response URLs. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Args, callMethod, type Workspace } from './slack-api.ts';
import { type Fault, Faults } from './slack-faults.ts';
import { Refusal } from './slack-views.ts';

export interface ApiCall {
  method: string;
  args: Args;
  token: string;
  at: number;
}

/** As a method's name: the POST to the address that files.getUploadURLExternal gives. */
const UPLOAD = 'upload';

/** What the app sent to a response URL. */
export interface Response {
  user: string;
  text: string;
  body: Args;
}

export interface SlackServer {
  origin: string;
  calls: ApiCall[];
  responses: Response[];
  faults: Faults;
  responseUrl(user: string, message?: { channel: string; ts: string }): string;
  stop(): Promise<void>;
}

type Targets = Map<string, { user: string; message?: { channel: string; ts: string } }>;

export async function startSlackServer(workspace: Workspace): Promise<SlackServer> {
  const calls: ApiCall[] = [];
  const responses: Response[] = [];
  const faults = new Faults();
  const targets: Targets = new Map();
  let lastResponse = 0;
  let origin = '';

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://fake').pathname;
    if (path.startsWith('/upload/')) {
      const id = path.slice('/upload/'.length);
      const content = await readUpload(request);
      calls.push({ method: UPLOAD, args: { id }, token: '', at: Date.now() });
      if (!workspace.files.isAwaited(id)) return void response.writeHead(404).end();
      return answer(request, response, faults.next(UPLOAD), () => workspace.files.put(id, content));
    }
    const args = await readArgs(request);
    const name = path.replace(/^\/(api|response)\//, '');
    if (path.startsWith('/response/')) {
      const target = targets.get(name);
      if (target === undefined) return void response.writeHead(404).end();
      responses.push({ user: target.user, text: String(args.text ?? ''), body: args });
      if (target.message) applyResponse(workspace, target.message, args);
      return void response.end('ok');
    }
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (path.startsWith('/file/')) {
      const content = workspace.files.content(path.slice('/file/'.length));
      if (content === null || token === '') return void response.writeHead(404).end();
      return void response.end(content);
    }
    calls.push({ method: name, args, token, at: Date.now() });
    await answer(request, response, faults.next(name), () =>
      perform(workspace, name, { ...args, origin }),
    );
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    calls,
    responses,
    faults,
    responseUrl(user, message) {
      const id = `R${++lastResponse}`;
      targets.set(id, { user, ...(message && { message }) });
      return `${origin}/response/${id}`;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((settle) => server.close(settle));
    },
  };
}

function perform(workspace: Workspace, name: string, args: Args): Args {
  try {
    return { ok: true, ...callMethod(workspace, name, args) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const messages = error.details.map((detail) => `[ERROR] ${detail}`);
    return { ok: false, error: error.message, response_metadata: { messages } };
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
  perform: () => Args,
): Promise<void> {
  const send = (body: Args) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (fault === undefined) return void send(perform());
  if ('error' in fault) return void send({ ok: false, error: fault.error });
  if ('status' in fault) return void response.writeHead(fault.status).end('<html>sorry</html>');
  if ('rateLimit' in fault) {
    const headers = fault.rateLimit === null ? {} : { 'retry-after': String(fault.rateLimit) };
    return void response.writeHead(429, headers).end('{"ok":false,"error":"ratelimited"}');
  }
  if ('drop' in fault) {
    if (fault.drop === 'after') perform();
    return void request.socket.destroy();
  }
  const body = perform();
  await sleep(fault.delay);
  send(body);
}

/** A response URL may replace or delete the message that it belongs to. */
function applyResponse(
  { conversations }: Workspace,
  { channel, ts }: { channel: string; ts: string },
  args: Args,
): void {
  const found = conversations.in(channel).find((one) => one.ts === ts);
  if (found === undefined) return;
  if (args.delete_original === true) conversations.remove(found);
  else if (args.replace_original === true) {
    Object.assign(found, { text: args.text ?? '', blocks: args.blocks ?? [] });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The file of a form, or the bytes as they are. */
async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData();
  const file = [...form.values()].find((value) => value instanceof Blob);
  return Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
}

async function readArgs(request: IncomingMessage): Promise<Args> {
  const text = (await readBody(request)).toString();
  if (text === '') return {};
  if (/json/.test(request.headers['content-type'] ?? '')) return JSON.parse(text) as Args;
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) && name !== 'text' ? JSON.parse(value) : value,
    ]),
  );
}
