/**
 * What stands before Bolt on `POST /slack/events`: it reads the body within a limit, checks who
 * sent it and when, and lets only well-formed objects through, each once. Bolt alone takes a time stamp
 * from the future and what was sent before, a signed `null` ends its process, and it leaves a deep
 * `url_verification` without an answer.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { type HTTPReceiver, verifySlackRequest } from '@slack/bolt';
import type { Claims } from '../db/claims.ts';
import type { Log } from '../log.ts';
import { createRepeats, GIVEN_ALREADY } from './repeats.ts';

const MAX_BYTES = 1024 * 1024;
/** Slack's clock and ours may differ by so much. */
const FUTURE_SECONDS = 60;
/** Far more than Slack nests: beyond some thousands, what walks through it runs out of stack. */
const MAX_DEPTH = 200;
const FORM = 'application/x-www-form-urlencoded';

type Verdict =
  | { status: 200 | 400 | 401 | 413 }
  | { status: 'pass'; body: Buffer; isEvent: boolean }
  /** Slack asks whether the address is ours: its word is given back. */
  | { status: 'challenge'; challenge: string };

/** A request listener that hands what is in order to Bolt, and answers the rest itself. */
export function guardSlackRequests(
  receiver: HTTPReceiver,
  signingSecret: string,
  { log, claims }: { log: Log; claims: Claims },
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const once = createRepeats();
  return async (request, response) => {
    const body = await readBody(request);
    const verdict: Verdict = body === null ? { status: 413 } : judge(request, body, signingSecret);
    if (verdict.status === 'pass') {
      // Bolt compares the type literally, and takes a body that was read already from `rawBody`.
      if (isForm(request)) request.headers['content-type'] = FORM;
      const whole = Object.assign(request, { rawBody: verdict.body });
      const signature = signatureOf(request);
      const { isEvent } = verdict;
      return once(signature, response, async () => {
        // An event is known by its id, since Slack signs it anew when it comes again.
        if (isEvent || (await claims.claim(signature))) receiver.requestListener(whole, response);
        else response.writeHead(GIVEN_ALREADY).end();
      });
    }
    if (verdict.status === 'challenge') {
      const { challenge } = verdict;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ challenge }));
      return;
    }
    if (verdict.status !== 200) {
      log.warn({ status: verdict.status, outcome: 'refused' }, 'A request to /slack/events');
    }
    response.writeHead(verdict.status, verdict.status === 413 ? { connection: 'close' } : {}).end();
  };
}

/** Null where it is longer than allowed. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function judge(request: IncomingMessage, body: Buffer, signingSecret: string): Verdict {
  const form = isForm(request) ? parse(body.toString()) : null;
  // Slack's check of the certificate; the one request that it doesn't sign.
  if (form?.ssl_check === '1') return { status: 200 };
  if (!isFromSlack(request, body, signingSecret)) return { status: 401 };
  if (form !== null && form.payload === undefined) {
    return typeof form.command === 'string'
      ? { status: 'pass', body, isEvent: false }
      : { status: 400 };
  }
  const value = readObject(form === null ? body.toString() : form.payload);
  if (value === null) return { status: 400 };
  if (value.type !== 'url_verification')
    return { status: 'pass', body, isEvent: typeof value.event_id === 'string' };
  const { challenge } = value;
  return typeof challenge === 'string' ? { status: 'challenge', challenge } : { status: 400 };
}

function isForm(request: IncomingMessage): boolean {
  return (request.headers['content-type'] ?? '').toLowerCase().startsWith(FORM);
}

function isFromSlack(request: IncomingMessage, body: Buffer, signingSecret: string): boolean {
  const stamp = String(request.headers['x-slack-request-timestamp'] ?? '');
  if (!/^\d{1,12}$/.test(stamp)) return false;
  if (Number(stamp) > Date.now() / 1000 + FUTURE_SECONDS) return false;
  try {
    verifySlackRequest({
      signingSecret,
      body: body.toString(),
      headers: {
        'x-slack-signature': String(request.headers['x-slack-signature'] ?? ''),
        'x-slack-request-timestamp': Number(stamp),
      },
    });
    return true;
  } catch {
    return false;
  }
}

/** What was signed; nothing else of the header counts. */
function signatureOf(request: IncomingMessage): string {
  return String(request.headers['x-slack-signature'] ?? '').split('=')[1] ?? '';
}

/** A JSON object of a depth that Slack could send; null where it is anything else. */
function readObject(text: unknown): Record<string, unknown> | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !isDeep(text) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Of well-formed JSON. Read from the text, since what it stands for can't be walked through. */
function isDeep(json: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (inText) {
      if (char === '\\') at += 1;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
