import { createHmac } from 'node:crypto';

/** How the app answered a request from "Slack". */
export type AppAnswer =
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'timeout' }
  | { kind: 'unreachable' };

/** Sends signed requests to the app, as Slack does. */
export interface AppClient {
  /** A slash command: plain form fields. */
  sendForm(fields: Record<string, string>): Promise<AppAnswer>;
  /** An interaction: one form field `payload` that holds JSON. */
  sendInteraction(payload: Record<string, unknown>): Promise<AppAnswer>;
  /** An event: a JSON body. */
  sendEvent(body: Record<string, unknown>): Promise<AppAnswer>;
}

/** Slack waits three seconds for an answer. */
const patience = 3000;

/** @param requestUrl where the app takes Slack's requests; asked anew for each one. */
export function createAppClient(signingSecret: string, requestUrl: () => string): AppClient {
  const send = async (contentType: string, body: string): Promise<AppAnswer> => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`);
    const signal = AbortSignal.timeout(patience);
    try {
      const response = await fetch(requestUrl(), {
        method: 'POST',
        headers: {
          'content-type': contentType,
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature.digest('hex')}`,
        },
        body,
        signal,
      });
      return { kind: 'answered', status: response.status, body: await response.text() };
    } catch {
      return signal.aborted ? { kind: 'timeout' } : { kind: 'unreachable' };
    }
  };
  const form = 'application/x-www-form-urlencoded';
  return {
    sendForm: (fields) => send(form, new URLSearchParams(fields).toString()),
    sendInteraction: (payload) =>
      send(form, new URLSearchParams({ payload: JSON.stringify(payload) }).toString()),
    sendEvent: (body) => send('application/json', JSON.stringify(body)),
  };
}
