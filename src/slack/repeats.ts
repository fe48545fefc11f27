/** Requests that come again: whoever sends one a second time gets the first one's answer. */
import type { ServerResponse } from 'node:http';
import { createRecent } from './recent.ts';

interface Given {
  status: number;
  body: string;
}

/** As long as a signature is good, and some seconds for a clock of Slack's that runs ahead. */
const KEPT = { keepMs: 6 * 60_000, max: 20_000 };
/** A longer answer, as of a whole view, isn't kept: who asks again is told that it was given. */
const MAX_KEPT_CHARS = 4_000;
const GIVEN_ALREADY: Given = { status: 409, body: '' };

/**
 * Gives a function that lets each request through once, by its signature; one that comes while the first
 * is worked on waits for it.
 */
export function createRepeats(): (
  signature: string,
  response: ServerResponse,
  first: () => void,
) => Promise<void> {
  const answers = createRecent<Promise<Given>>(KEPT);
  return async (signature, response, first) => {
    const before = answers.get(signature);
    if (before === undefined) {
      answers.set(signature, overhear(response));
      return first();
    }
    const { status, body } = await before;
    const type = body.startsWith('{') ? 'application/json' : 'text/plain';
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
  };
}

/** What a response says once it ends. */
function overhear(response: ServerResponse): Promise<Given> {
  return new Promise((settle) => {
    const { end } = response;
    response.end = ((...said: Parameters<typeof end>) => {
      const [last] = said as unknown[];
      const body = typeof last === 'string' ? last : '';
      const { statusCode: status } = response;
      settle(body.length > MAX_KEPT_CHARS ? GIVEN_ALREADY : { status, body });
      return Reflect.apply(end, response, said);
    }) as typeof end;
  });
}
