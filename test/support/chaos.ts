/**
 * A way to the fake Slack on which much goes wrong, by a seed: connections break before or after Slack
 * has accepted, answers are errors, limits or late. What it has taken from the app reaches Slack even
 * where the app is dead by then.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What can go wrong with a call: how often of a thousand, and how often in all, since some take long. */
const TROUBLES = {
  'dropped before': { share: 15, most: 1_000 },
  'dropped after': { share: 20, most: 1_000 },
  '500 before': { share: 15, most: 1_000 },
  '500 after': { share: 15, most: 1_000 },
  '429 with a time': { share: 12, most: 1_000 },
  '429 without': { share: 4, most: 1 },
  'timed out': { share: 6, most: 4 },
} as const;
export type Trouble = keyof typeof TROUBLES;

export interface Chaos {
  /** In place of Slack's Web API. */
  apiUrl: string;
  /** How often each went wrong so far. */
  troubles: Record<Trouble, number>;
  /** Resolves after so many further calls of the app (to one method), or after `ms` at most. */
  callsSeen(count: number, ms: number, method?: string): Promise<void>;
  /** From here on everything goes well. */
  calm(): void;
  stop(): Promise<void>;
}

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface More {
  /** How many times as often calls of a method go wrong; 1 where left out. */
  often?: (method: string) => number;
  /** Calls that Slack never gets to see, whatever else: the connection breaks before. */
  loses?: (method: string, args: URLSearchParams) => boolean;
  /** Slack's word to calls that it refuses, also once everything else goes well. */
  refuses?: (method: string, args: URLSearchParams) => string | null;
}

/** Longer than the app waits. */
const TIMEOUT_MS = 12_000;
/** Of the messages posted, one in so many has a trouble that hasn't come yet. */
const UNSEEN_EVERY = 25;
/** Each way, at most. */
const LATENCY_MS = 100;

export async function startChaos(
  slackApiUrl: string,
  random: () => number,
  { often = () => 1, loses = () => false, refuses = () => null }: More = {},
): Promise<Chaos> {
  const troubles = Object.fromEntries(
    Object.keys(TROUBLES).map((name) => [name, 0]),
  ) as Chaos['troubles'];
  const slackOrigin = new URL(slackApiUrl).origin;
  let origin = '';
  let calm = false;
  const calls: string[] = [];
  let posts = 0;

  function pick(method: string): Trouble | null {
    if (calm) return null;
    // None is left to chance alone.
    const unseen = (Object.keys(TROUBLES) as Trouble[]).find((one) => troubles[one] === 0);
    if (unseen !== undefined && method === 'chat.postMessage' && ++posts % UNSEEN_EVERY === 0) {
      troubles[unseen] += 1;
      return unseen;
    }
    let mark = (random() * 1_000) / often(method);
    const name = (Object.keys(TROUBLES) as Trouble[]).find((one) => {
      mark -= TROUBLES[one].share;
      return mark < 0;
    });
    if (name === undefined || troubles[name] === TROUBLES[name].most) return null;
    troubles[name] += 1;
    return name;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = new URL(request.url ?? '/', slackOrigin).pathname.replace('/api/', '');
    calls.push(method);
    const body = Buffer.concat(chunks);
    const args = new URLSearchParams(body.toString());
    if (!calm && loses(method, args)) return void request.socket.destroy();
    const error = refuses(method, args);
    if (error !== null) {
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ ok: false, error }));
    }
    const trouble = pick(method);
    const latency = () => sleep(calm ? 0 : random() * LATENCY_MS);
    const forward = async () => {
      await latency();
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const answer = await fetch(new URL(request.url ?? '', slackOrigin), {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body,
      });
      // Where a file is to be uploaded to: through here as well.
      const text = (await answer.text()).replaceAll(`${slackOrigin}/upload/`, `${origin}/upload/`);
      await latency();
      return { status: answer.status, text };
    };
    if (trouble === 'dropped before') return void request.socket.destroy();
    if (trouble === '500 before') return void response.writeHead(500).end('sorry');
    if (trouble?.startsWith('429')) {
      const headers = trouble === '429 without' ? {} : { 'retry-after': '1' };
      return void response.writeHead(429, headers).end();
    }
    const { status, text } = await forward();
    if (trouble === 'dropped after') return void request.socket.destroy();
    if (trouble === '500 after') return void response.writeHead(500).end('sorry');
    if (trouble === 'timed out') await sleep(TIMEOUT_MS);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${origin}/api/`,
    troubles,
    async callsSeen(count, ms, method) {
      const seen = () => calls.filter((one) => method === undefined || one === method).length;
      const [goal, end] = [seen() + count, Date.now() + ms];
      while (seen() < goal && Date.now() < end) await sleep(2);
    },
    calm() {
      calm = true;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((settle) => server.close(settle));
    },
  };
}
