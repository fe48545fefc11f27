/** Requests to the app, signed as Slack signs them. */
import { createHmac } from 'node:crypto';

export const SIGNING_SECRET = 'fake-signing-secret';

/** What the app answered to Slack. */
export interface Ack {
  status: number;
  /** The parsed JSON, the plain text, or null for an empty answer. */
  body: unknown;
  /** How long the app took, in milliseconds. */
  ms: number;
}

export interface RawRequest {
  body: string;
  contentType?: string;
  /** Unix seconds; now where left out. */
  timestamp?: number | string;
  secret?: string;
  headers?: Record<string, string>;
}

/** Sends a body that may be anything. */
export async function sendSigned(appUrl: string, request: RawRequest): Promise<Ack> {
  const { body, contentType = 'application/json', secret = SIGNING_SECRET, headers } = request;
  const timestamp = String(request.timestamp ?? Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const started = performance.now();
  const response = await fetch(`${appUrl}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
      ...headers,
    },
  });
  const text = await response.text();
  return { status: response.status, body: parse(text), ms: performance.now() - started };
}

/** A slash command's form, or an interaction's payload in one. */
export function sendForm(appUrl: string, fields: Record<string, string>): Promise<Ack> {
  const contentType = 'application/x-www-form-urlencoded';
  return sendSigned(appUrl, { body: new URLSearchParams(fields).toString(), contentType });
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
