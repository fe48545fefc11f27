import { createHmac } from 'node:crypto';

/** What the app answered. */
export interface AckResponse {
  /** Of HTTP. */
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

/** How the app is told what people do. Each rejects where no answer comes. */
export interface AppRequests {
  /** A slash command's fields. */
  command(fields: Record<string, string>): Promise<AckResponse>;
  /** The payload of an interaction. */
  interaction(payload: Record<string, unknown>): Promise<AckResponse>;
  /** An event's envelope. */
  event(envelope: Record<string, unknown>): Promise<AckResponse>;
}

const FORM = 'application/x-www-form-urlencoded';

/** Sends any body, signed as Slack signs. */
export async function sendSigned(
  url: string,
  request: RawRequest & { secret: string },
  signal: AbortSignal | null = null,
): Promise<AckResponse> {
  const { body, contentType = 'application/json', secret, headers } = request;
  const timestamp = String(request.timestamp ?? Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    body,
    signal,
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

/**
 * @param url where the app takes Slack's requests; asked anew for each one
 * @param patience how long (ms) an answer is waited for
 */
export function overHttp(secret: string, url: () => string, patience?: number): AppRequests {
  const send = (body: string, contentType?: string) =>
    sendSigned(
      url(),
      { body, secret, ...(contentType ? { contentType } : {}) },
      patience === undefined ? null : AbortSignal.timeout(patience),
    );
  const form = (fields: Record<string, string>) =>
    send(new URLSearchParams(fields).toString(), FORM);
  return {
    command: form,
    interaction: (payload) => form({ payload: JSON.stringify(payload) }),
    event: (envelope) => send(JSON.stringify(envelope)),
  };
}

function parse(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
