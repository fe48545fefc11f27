import { randomUUID } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { PostedMessage } from './conversations.ts';
import { messageBreaches } from './limits.ts';
import type { SlackWorkspace } from './workspace.ts';

/** Where an answer through a `response_url` goes. */
export interface ResponseTarget {
  channel: string;
  user: string;
  /** The message whose button was used, if it was one. */
  original?: Pick<PostedMessage, 'ts' | 'thread_ts'>;
}

const reply = z.object({
  text: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

/** As in Slack, each URL takes five answers within half an hour. */
const USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** Hands out `response_url`s and carries out what the app posts to them. */
export class ResponseUrls {
  readonly #workspace: SlackWorkspace;
  readonly #issued = new Map<string, ResponseTarget & { left: number; until: number }>();

  constructor(workspace: SlackWorkspace) {
    this.#workspace = workspace;
  }

  /** The path of a new one, from `/response/` on. */
  issue(target: ResponseTarget): string {
    const path = `/response/${randomUUID()}`;
    this.#issued.set(path, { ...target, left: USES, until: Date.now() + LIFETIME_MS });
    return path;
  }

  /** Carries out what was posted to one. Returns the answer's HTTP status, and who was told. */
  receive(path: string, body: unknown): { status: number; user?: string } {
    const target = this.#issued.get(path);
    if (!target || target.left === 0 || target.until < Date.now()) return { status: 404 };
    if (!this.say(target, body)) return { status: 400 };
    target.left -= 1;
    return { status: 200, user: target.user };
  }

  /** Says something where `target` is. False where it is no message that Slack takes. */
  say({ channel, user, original }: ResponseTarget, body: unknown): boolean {
    const { conversations, app } = this.#workspace;
    const parsed = reply.safeParse(body);
    if (!parsed.success || messageBreaches(parsed.data.blocks).length > 0) return false;
    const { text, response_type, replace_original, delete_original } = parsed.data;
    const blocks = parsed.data.blocks as KnownBlock[];
    const found = original && conversations.find(channel, original.ts);
    if (delete_original) {
      if (found) conversations.remove(found);
    } else if (replace_original && original) {
      if (found) conversations.replace(found, { text, blocks });
    } else {
      const thread_ts = parsed.data.thread_ts ?? original?.thread_ts;
      conversations.post(channel, app.userId, {
        text,
        blocks,
        ...(thread_ts ? { thread_ts } : {}),
        ...(response_type === 'ephemeral' ? { ephemeralFor: user } : {}),
      });
    }
    return true;
  }
}
