/** What the sandbox's address shows while Bigplan is starting. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackRequest } from './guard.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Starting {
  /** Shows how far the start is, and once there is a sandbox leaves everything to it. */
  handle: Handler;
  /** Says what is being done, in one sentence. */
  say(step: string): void;
  /** From now on the sandbox answers, also what was asked meanwhile. */
  handOver(to: Handler): void;
}

export function createStarting(): Starting {
  let step = 'Bigplan is being loaded.';
  let sandbox: Handler | null = null;
  let open: (handler: Handler) => void = () => {};
  const opened = new Promise<Handler>((settle) => {
    open = settle;
  });

  return {
    async handle(request, response) {
      if (sandbox !== null) return sandbox(request, response);
      const host = request.headers.host ?? null;
      const origin = request.headers.origin ?? null;
      const headers = { get: (name: string) => (name === 'host' ? host : origin) };
      if (!isLoopbackRequest(headers)) return send(response, 403, 'text/plain', 'Forbidden');
      switch ((request.url ?? '/').split('?', 1)[0]) {
        case '/':
          return send(response, 200, 'text/html', pageWith(step));
        case '/sandbox/starting':
          return send(response, 200, 'text/plain', step);
        case '/sandbox/starting.js':
          return send(response, 200, 'text/javascript', script);
        default:
          // A page that is open from before asks on, and gets its answer as soon as there is one.
          return (await opened)(request, response);
      }
    },
    say(next) {
      step = next;
    },
    handOver(to) {
      sandbox = to;
      open(to);
    },
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(status, headers).end(body);
}

const pageWith = (step: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Bigplan is starting…</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh; margin: 0; padding: 1rem; }
main { max-width: 30rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
p { margin: 0; }
</style>
</head>
<body>
<main>
<h1>Bigplan is starting…</h1>
<p id="step" role="status">${step}</p>
<noscript><p>The sandbox needs JavaScript.</p></noscript>
</main>
<script src="/sandbox/starting.js"></script>
</body>
</html>
`;

/** Shows each new step, and the sandbox as soon as it is there. */
const script = `
const step = document.getElementById('step');
let missed = 0;
const show = (words) => { if (step.textContent !== words) step.textContent = words; };
async function look() {
  try {
    const response = await fetch('/sandbox/starting');
    if (!response.ok) return location.reload();
    show(await response.text());
    missed = 0;
  } catch {
    missed += 1;
    if (missed > 4) show('It has stopped before it was ready: the terminal says why. This page opens by itself once it runs.');
  }
  setTimeout(look, 500);
}
look();
`;
