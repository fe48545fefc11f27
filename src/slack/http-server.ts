/** The HTTP server: Slack's requests, the health checks, the metrics, and the sandbox's page. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Routes {
  /** `POST /slack/events`; null in Socket Mode. */
  slackEvents: Handler | null;
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
  /** Takes no more connections and ends the idle ones; answers under way go on. */
  stopListening(): Promise<void>;
  /** Ends what is still open: a page that listens for changes would stay for ever. */
  end(): Promise<void>;
}

/**
 * Listens.
 *
 * @throws StartError naming PORT where the port is taken or not allowed.
 */
export async function startHttpServer(options: ServerOptions): Promise<HttpServer> {
  const { port, host, log, fallback = notFound } = options;
  let routes: Routes | null = null;
  const server = createServer((request, response) => {
    route({ routes, fallback }, request, response).catch((err) => {
      // A connection that broke off is nobody's fault.
      if (!request.destroyed || request.complete) log.error({ err }, 'An HTTP request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.requestTimeout = REQUEST_MS;
  await new Promise<void>((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(portError(error, port)));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, settle);
  });
  server.on('error', (err) => log.error({ err }, 'The HTTP server had a problem'));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    serve(ready) {
      routes = ready;
    },
    async stopListening() {
      server.close();
      server.closeIdleConnections();
    },
    async end() {
      await sleep(LAST_BYTES_MS);
      server.closeAllConnections();
    },
  };
}

async function route(
  { routes, fallback }: { routes: Routes | null; fallback: Handler },
  request: IncomingMessage,
  response: ServerResponse,
) {
  const path = (request.url ?? '/').split('?', 1)[0];
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (path === '/slack/events' && request.method === 'POST' && routes?.slackEvents !== null) {
    if (routes === null) sendText(response, 503, STARTING);
    else await routes.slackEvents(request, response);
  } else if (path === '/healthz' && reading) {
    sendText(response, 200, 'ok\n');
  } else if (path === '/readyz' && reading) {
    const unready = (await routes?.unready()) ?? ['starting'];
    const ready = unready.length === 0;
    sendText(response, ready ? 200 : 503, ready ? 'ready\n' : `not ready: ${unready.join(', ')}\n`);
  } else if (path === '/metrics' && reading) {
    if (routes === null) sendText(response, 503, STARTING);
    else sendText(response, 200, await routes.metrics.text(), routes.metrics.contentType);
  } else {
    await fallback(request, response);
  }
}

const STARTING = 'not ready: starting\n';

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

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(`PORT ${port} is in use: stop what listens there, or set another PORT`);
  }
  if (error.code === 'EACCES') return new StartError(`PORT ${port} is not allowed to this user`);
  return error;
}
