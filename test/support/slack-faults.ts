/** How the fake Web API can go wrong. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Args } from '../../src/sandbox/slack/methods.ts';
import { sendJson } from '../../src/sandbox/slack/server.ts';

export type Fault =
  /** Refuses with Slack's error code. */
  | { error: string }
  /** Answers with this status and no JSON. */
  | { status: number }
  /** 429, with or without a Retry-After (seconds). */
  | { rateLimit: number | null }
  /** Closes the connection: before anything happens, or after it has taken effect. */
  | { drop: 'before' | 'after' }
  /** Takes effect, then answers this late (ms). */
  | { delay: number }
  /** Takes effect, and is answered, once this is over. */
  | { hold: Promise<unknown> };

/** As with a token that was revoked, or that lacks a scope. */
export interface Refused {
  error: string;
  /** What else each answer says. */
  more?: Args;
  /** The methods that may still be called. */
  except?: readonly string[];
  /** Which scopes Slack says the token has; left out: it doesn't say. */
  scopes?: string;
}

export class Faults {
  readonly #planned = new Map<string, Fault[]>();
  #refused: Refused | null = null;

  /** The next `times` calls of a method go wrong. */
  plan(method: string, fault: Fault, times = 1): void {
    const faults = this.#planned.get(method) ?? [];
    faults.push(...Array.from({ length: times }, () => fault));
    this.#planned.set(method, faults);
  }

  /** Every call goes wrong from here on, but for some methods. */
  refuse(refused: Refused): void {
    this.#refused = refused;
  }

  clear(): void {
    this.#planned.clear();
    this.#refused = null;
  }

  /** Answers a call as Slack does, or as the next fault of its method wants it. */
  async answer(
    method: string,
    perform: () => Args,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { error, except = [], more = {}, scopes } = this.#refused ?? {};
    if (scopes) response.setHeader('x-oauth-scopes', scopes);
    if (error !== undefined && !except.includes(method)) {
      return sendJson(response, { ok: false, error, ...more });
    }
    const fault = this.#planned.get(method)?.shift();
    if (fault === undefined) return sendJson(response, perform());
    if ('error' in fault) return sendJson(response, { ok: false, error: fault.error });
    if ('status' in fault) return void response.writeHead(fault.status).end('<html>sorry</html>');
    if ('rateLimit' in fault) {
      const headers = fault.rateLimit === null ? {} : { 'retry-after': String(fault.rateLimit) };
      return void response.writeHead(429, headers).end('{"ok":false,"error":"ratelimited"}');
    }
    if ('drop' in fault) {
      if (fault.drop === 'after') perform();
      return void request.socket.destroy();
    }
    if ('hold' in fault) {
      await fault.hold;
      return sendJson(response, perform());
    }
    const body = perform();
    await sleep(fault.delay);
    return sendJson(response, body);
  }
}
