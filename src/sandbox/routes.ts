import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { zoneOf } from '../time/zone.ts';
import { contentSecurityPolicy, type PageFiles, pageHtml } from './bundle.ts';
import type { Changes } from './changes.ts';
import type { ClockMover } from './clock-mover.ts';
import { type ClockMoves, leapFrom, leaps } from './clock-moves.ts';
import { isLoopbackRequest } from './guard.ts';
import type { Interactions } from './interactions.ts';
import { mimeTypeOf } from './slack/files.ts';
import type { SlackWorkspace } from './slack/workspace.ts';
import { workspaceState } from './state.ts';
import { type DemoPerson, people } from './team.ts';

export interface RouteParts {
  page: () => Promise<PageFiles>;
  workspace: SlackWorkspace;
  /** The Web API server's address. */
  origin: string;
  interactions: Interactions;
  clock: ClockMoves;
  mover: ClockMover;
  changes: Changes;
  /** Something was done that other pages show too. */
  changed(): void;
}

const maxBody = 10_000_000;
/** How often (ms) a waiting page gets a sign of life; browsers give up after minutes of silence. */
const signOfLife = 2000;

const person = z.string().transform((name, context): DemoPerson => {
  const found = people.find((one) => one.name === name);
  if (found) return found;
  context.addIssue('Nobody here has this name.');
  return z.NEVER;
});
const values = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })));
const source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('view'), view_id: z.string() }),
  z.object({ kind: z.literal('message'), channel: z.string(), ts: z.string() }),
]);
const action = z.looseObject({ type: z.string(), block_id: z.string(), action_id: z.string() });
const bodies = {
  command: z.object({ as: person, channel: z.string(), text: z.string() }),
  message: z.object({
    as: person,
    channel: z.string(),
    text: z.string().min(1),
    thread: z.string().optional(),
  }),
  action: z.object({ as: person, source, action, values }),
  submit: z.object({ as: person, view: z.string(), values }),
  close: z.object({ as: person, view: z.string(), all: z.boolean() }),
  suggest: z.object({
    as: person,
    source,
    place: z.object({ block_id: z.string(), action_id: z.string(), value: z.string() }),
  }),
  home: z.object({ as: person, tab: z.enum(['home', 'messages']) }),
  read: z.object({ as: person, channel: z.string() }),
  clock: z.discriminatedUnion('to', [
    z.object({ as: person, to: z.enum(leaps) }),
    z.object({
      as: person,
      to: z.literal('instant'),
      date: z.iso.date(),
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    }),
  ]),
};

/** Serves the page, what it shows and what people do in it. */
export function createRoutes(parts: RouteParts) {
  const { workspace, origin, interactions, clock, mover, changes } = parts;
  const { conversations, files } = workspace;

  const moveClock = (body: z.infer<typeof bodies.clock>) => {
    const zone = body.as.timeZone;
    return mover.move((now) =>
      body.to === 'instant'
        ? zoneOf(zone).instantAt(body.date, body.time)
        : leapFrom(now, body.to, zone),
    );
  };

  /** What can be posted to `/sandbox/<name>`. */
  const posts: Record<string, (raw: unknown) => unknown> = {
    command: (raw) => {
      const { as, channel, text } = bodies.command.parse(raw);
      return interactions.command(as, channel, text);
    },
    message: (raw) => {
      const { as, channel, text, thread } = bodies.message.parse(raw);
      return interactions.say(as, channel, text, thread);
    },
    action: (raw) => {
      const body = bodies.action.parse(raw);
      return interactions.act(body.as, body.source, body.action, body.values);
    },
    submit: (raw) => {
      const body = bodies.submit.parse(raw);
      return interactions.submit(body.as, body.view, body.values);
    },
    close: (raw) => {
      const body = bodies.close.parse(raw);
      return interactions.close(body.as, body.view, body.all);
    },
    suggest: (raw) => {
      const body = bodies.suggest.parse(raw);
      return interactions.suggest(body.as, body.source, body.place);
    },
    home: (raw) => {
      const body = bodies.home.parse(raw);
      return interactions.openHome(body.as, body.tab);
    },
    read: (raw) => {
      const body = bodies.read.parse(raw);
      return conversations.markRead(body.channel, body.as.id);
    },
    clock: (raw) => moveClock(bodies.clock.parse(raw)),
  };

  const sendFile = (id: string, response: ServerResponse) => {
    const file = files.get(id);
    if (!file?.content) return send(response, 404, 'text/plain', 'Not found');
    const isPicture = mimeTypeOf(file) === 'image/png';
    const shown = isPicture ? 'inline' : 'attachment';
    response.setHeader(
      'content-disposition',
      `${shown}; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
    );
    const type = isPicture ? 'image/png' : 'application/octet-stream';
    send(response, 200, type, file.content);
  };

  const get = async (url: URL, response: ServerResponse) => {
    const [, file] = /^\/sandbox\/files\/(\w+)$/.exec(url.pathname) ?? [];
    if (file) return sendFile(file, response);
    switch (url.pathname) {
      case '/':
        return send(response, 200, 'text/html; charset=utf-8', pageHtml);
      case '/sandbox/page.js':
        return send(response, 200, 'text/javascript; charset=utf-8', (await parts.page()).script);
      case '/sandbox/page.css':
        return send(response, 200, 'text/css; charset=utf-8', (await parts.page()).styles);
      case '/sandbox/changes':
        return changes.follow(response);
      case '/sandbox/state': {
        const viewer = person.parse(url.searchParams.get('as'));
        const since = url.searchParams.get('since');
        return sendJson(response, workspaceState(viewer, workspace, clock, mover, since));
      }
      default:
        return send(response, 404, 'text/plain', 'Not found');
    }
  };

  const post = async (url: URL, request: IncomingMessage, response: ServerResponse) => {
    const name = url.pathname.slice('/sandbox/'.length);
    const body = await readBody(request);
    if (name === 'upload') {
      person.parse(url.searchParams.get('as'));
      const { id } = files.add(url.searchParams.get('name') ?? 'file', body);
      return sendJson(response, files.info(id, origin));
    }
    const handle = Object.hasOwn(posts, name) ? posts[name] : undefined;
    if (!handle) return send(response, 404, 'text/plain', 'Not found');
    const doing = handle(JSON.parse(body.toString('utf8')));
    const result = await keptWaiting(response, doing);
    parts.changed();
    return sendJson(response, result ?? { outcome: 'done' });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = { get: (name: string) => headerOf(request, name) };
    if (!isLoopbackRequest(headers))
      return send(response, 403, 'text/plain', 'The sandbox answers this machine only.');
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (request.method === 'GET') await get(url, response);
      else if (request.method === 'POST') await post(url, request, response);
      else send(response, 405, 'text/plain', 'Method not allowed');
    } catch (error) {
      const isBadRequest = error instanceof z.ZodError || error instanceof SyntaxError;
      if (response.headersSent) response.end();
      else send(response, isBadRequest ? 400 : 500, 'text/plain', String(error));
    }
  };
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBody) throw new SyntaxError('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What `doing` gives; while it takes long, the answer begins with blanks, which JSON allows. */
async function keptWaiting(response: ServerResponse, doing: unknown): Promise<unknown> {
  const waiting = setInterval(() => {
    if (!response.headersSent) begin(response, 200, json);
    response.write(' ');
  }, signOfLife);
  try {
    return await doing;
  } finally {
    clearInterval(waiting);
  }
}

const json = 'application/json';

function sendJson(response: ServerResponse, body: unknown): void {
  if (response.headersSent) response.end(JSON.stringify(body));
  else send(response, 200, json, JSON.stringify(body));
}

function begin(response: ServerResponse, status: number, type: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  begin(response, status, type);
  response.end(body);
}
