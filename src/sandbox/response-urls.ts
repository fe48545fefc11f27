import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Messages } from './messages.ts';

/** Where an answer through a `response_url` goes. */
export interface ResponseTarget {
  channel: string;
  user: string;
  /** The message whose button was used, if it was one. */
  original?: string;
  thread?: string | undefined;
}

/** Hands out `response_url`s and carries out what the app posts to them. */
export interface ResponseUrls {
  issue(target: ResponseTarget): string;
  /** Takes what was posted to one; returns the HTTP status of the answer. */
  receive(path: string, body: string): number;
}

const posted = z.object({
  text: z.string().default(''),
  blocks: z.array(z.unknown()).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

/** As in Slack, each URL takes five answers within half an hour. */
const uses = 5;
const lifetime = 30 * 60_000;

export function createResponseUrls(
  origin: () => string,
  messages: () => Messages,
  appUserId: string,
): ResponseUrls {
  const issued = new Map<string, ResponseTarget & { left: number; until: number }>();
  return {
    issue(target) {
      const path = `/response/${randomUUID()}`;
      issued.set(path, { ...target, left: uses, until: Date.now() + lifetime });
      return `${origin()}${path}`;
    },
    receive(path, body) {
      const target = issued.get(path);
      if (!target || target.left === 0 || target.until < Date.now()) return 404;
      const answer = parseReply(body);
      if (!answer) return 400;
      target.left -= 1;
      if (answer.delete_original && target.original)
        messages().remove(target.channel, target.original);
      else if (answer.replace_original && target.original)
        messages().replace(target.channel, target.original, answer);
      else {
        const said = { ...answer, thread_ts: answer.thread_ts ?? target.thread };
        if (answer.response_type === 'in_channel') messages().post(target.channel, appUserId, said);
        else messages().whisper(target.channel, appUserId, target.user, said);
      }
      return 200;
    },
  };
}

/** Reads a reply in Slack's message format; undefined where it is none. */
export function parseReply(body: string): z.infer<typeof posted> | undefined {
  try {
    return posted.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
