/**
 * The HTTP server: Slack's requests, the health checks, the metrics, and the sandbox's page. Health and metrics may have
 * a server of their own; where they don't, the metrics are for this machine alone.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Routes {
  /** `POST /slack/events`; null in Socket Mode, and where health is asked for. */
  slackEvents: Handler | null;
  /** `GET /slack/install` and `GET /slack/oauth_redirect`; none where Bigplan can't be installed through Slack. */
  oauth?: { install: Handler; callback: Handler } | null;
  /** Null where these have a server of their own. */
  health: HealthRoutes | null;
}

export interface HealthRoutes {
  /** What is not ready, in one word each; empty when all is well. */
  unready: () => Promise<string[]>;
  metrics: Metrics;
}

export interface ServerOptions {
  /** 0 takes any free port. */
  port: number;
  /** The interface to listen on; all where left out. */
  host?: string | undefined;
  log: Log;
  /** The setting that the port is from: PORT where left out. */
  setting?: string;
  /** Who may read the metrics: whoever asks on this machine where left out. */
  metricsFor?: 'anybody' | 'this-machine';
  /** Answers all that is not Bigplan's own; 404 where left out. */
  fallback?: Handler;
}

/** For a whole request to arrive. */
const REQUEST_MS = 15_000;
/** For the last answer to leave. */
const LAST_BYTES_MS = 50;

export interface HttpServer {
  port: number;
  /** From now on Bigplan answers; until then it says that it isn't ready. */
  serve(routes: Routes): void;
  /**
   * Takes no more connections and ends the idle ones; answers under way go on. Until `graceMs` have passed it still
   * answers all that comes, and each answer asks for another connection next time.
   */
  stopListening(graceMs?: number): Promise<void>;
  /** Ends what is still open: a page that listens for changes would stay for ever. */
  end(): Promise<void>;
}

/**
 * Listens.
 *
 * @throws StartError naming the setting where the port is taken or not allowed.
 */
export async function startHttpServer(options: ServerOptions): Promise<HttpServer> {
  const { port, host, log, setting = 'PORT', metricsFor = 'this-machine' } = options;
  const { fallback = notFound } = options;
  let routes: Routes | null = null;
  const answering = new Set<ServerResponse>();
  let isLeaving = false;
  const server = createServer((request, response) => {
    if (isLeaving) response.shouldKeepAlive = false;
    answering.add(response);
    response.once('close', () => answering.delete(response));
    route({ routes, fallback, metricsFor }, request, response).catch((err) => {
      // A connection that broke off is nobody's fault.
      if (!request.destroyed || request.complete) log.error({ err }, 'An HTTP request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.requestTimeout = REQUEST_MS;
  await new Promise<void>((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(portError(error, port, setting)));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, settle);
  });
  server.on('error', (err) => log.error({ err }, 'The HTTP server had a problem'));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    serve(ready) {
      routes = ready;
    },
    async stopListening(graceMs = 0) {
      isLeaving = true;
      for (const response of answering) response.shouldKeepAlive = false;
      if (graceMs > 0) await sleep(graceMs);
      server.close();
      server.closeIdleConnections();
    },
    async end() {
      await sleep(LAST_BYTES_MS);
      server.closeAllConnections();
    },
  };
}

interface Answers extends Required<Pick<ServerOptions, 'fallback' | 'metricsFor'>> {
  routes: Routes | null;
}

async function route(
  { routes, fallback, metricsFor }: Answers,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const path = (request.url ?? '/').split('?', 1)[0];
  const reading =
    routes?.health !== null && (request.method === 'GET' || request.method === 'HEAD');
  if (path === '/slack/events' && request.method === 'POST' && routes?.slackEvents !== null) {
    if (routes === null) sendText(response, 503, STARTING);
    else await routes.slackEvents(request, response);
  } else if (path === '/slack/install' && reading && routes?.oauth) {
    await routes.oauth.install(request, response);
  } else if (path === '/slack/oauth_redirect' && reading && routes?.oauth) {
    await routes.oauth.callback(request, response);
  } else if (path === '/healthz' && reading) {
    sendText(response, 200, 'ok\n');
  } else if (path === '/readyz' && reading) {
    const unready = (await routes?.health?.unready()) ?? ['starting'];
    const ready = unready.length === 0;
    sendText(response, ready ? 200 : 503, ready ? 'ready\n' : `not ready: ${unready.join(', ')}\n`);
  } else if (path === '/metrics' && reading) {
    const metrics = routes?.health?.metrics;
    if (metricsFor === 'this-machine' && !isOfThisMachine(request)) notFound(request, response);
    else if (metrics === undefined) sendText(response, 503, STARTING);
    else sendText(response, 200, await metrics.text(), metrics.contentType);
  } else {
    await fallback(request, response);
  }
}

const STARTING = 'not ready: starting\n';

/** Whether whoever asks is on this machine, and no proxy asks for somebody else. */
function isOfThisMachine({ socket, headers }: IncomingMessage): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some((name) => name in headers);
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

function notFound(_: IncomingMessage, response: ServerResponse): void {
  sendText(response, 404, 'not found\n');
}

function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}

function portError(error: NodeJS.ErrnoException, port: number, setting: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `${setting} ${port} is in use: stop what listens there, or set another ${setting}`,
    );
  }
  if (error.code === 'EACCES') {
    return new StartError(`${setting} ${port} is not allowed to this user`);
  }
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '')) {
    return new StartError(`${setting} names an address that this machine doesn't have`);
  }
  return error;
}
