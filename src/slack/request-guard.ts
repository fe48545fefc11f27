/**
 * What stands before Bolt on `POST /slack/events`: it reads the body within a limit, checks who
 * sent it and when, and lets only well-formed objects through. Bolt alone takes a time stamp from
 * the future, and a signed `null` ends its process.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { type HTTPReceiver, verifySlackRequest } from '@slack/bolt';
import type { Log } from '../log.ts';

const MAX_BYTES = 1024 * 1024;
/** Slack's clock and ours may differ by so much. */
const FUTURE_SECONDS = 60;
const FORM = 'application/x-www-form-urlencoded';

type Verdict = { status: 200 | 400 | 401 | 413 } | { status: 'pass'; body: Buffer };

/** A request listener that hands what is in order to Bolt, and answers the rest itself. */
export function guardSlackRequests(
  receiver: HTTPReceiver,
  signingSecret: string,
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const body = await readBody(request);
    const verdict: Verdict = body === null ? { status: 413 } : judge(request, body, signingSecret);
    if (verdict.status === 'pass') {
      // Bolt compares the type literally, and takes a body that was read already from `rawBody`.
      if (isForm(request)) request.headers['content-type'] = FORM;
      receiver.requestListener(Object.assign(request, { rawBody: verdict.body }), response);
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
  return isWellFormed(form, body) ? { status: 'pass', body } : { status: 400 };
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

function isWellFormed(form: ReturnType<typeof parse> | null, body: Buffer): boolean {
  if (form !== null && form.payload === undefined) return typeof form.command === 'string';
  const text = form === null ? body.toString() : form.payload;
  if (typeof text !== 'string') return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
