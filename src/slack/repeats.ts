/** Requests that come again: whoever sends one a second time gets the first one's answer. */
import type { ServerResponse } from 'node:http';
import { createRecent } from './recent.ts';

interface Given {
  status: number;
  body: string;
}

/** As long as a signature is good, and some seconds for a clock of Slack's that runs ahead. */
const KEPT = { keepMs: 6 * 60_000, max: 20_000 };
/** A longer answer, such as a whole view, is kept for those who ask again soon: later they are told it was given. */
const MAX_KEPT_CHARS = 4_000;
const KEPT_LONG = { keepMs: 30_000, max: 200 };
/** The status of an answer that nobody has any more: Slack says that it had trouble, and what was typed stays. */
export const GIVEN_ALREADY = 409;

/**
 * Gives a function that lets each request through once, by its signature; one that comes while the first
 * is worked on waits for it.
 */
export function createRepeats(): (
  signature: string,
  response: ServerResponse,
  first: () => unknown,
) => Promise<void> {
  const answers = createRecent<Promise<Given>>(KEPT);
  const long = createRecent<Given>(KEPT_LONG);
  return async (signature, response, first) => {
    const before = answers.get(signature);
    if (before === undefined) {
      const answer = overhear(response);
      answers.set(
        signature,
        answer.then((given) => {
          if (given.body.length <= MAX_KEPT_CHARS) return given;
          long.set(signature, given);
          return { status: GIVEN_ALREADY, body: '' };
        }),
      );
      await first();
      return;
    }
    const given = await before;
    const { status, body } = long.get(signature) ?? given;
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
      settle({ status, body });
      return Reflect.apply(end, response, said);
    }) as typeof end;
  });
}
