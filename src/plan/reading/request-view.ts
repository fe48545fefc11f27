/** What the other one of the pair asked to change, in their words, where the plan is read and edited. */
import type { KnownBlock } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import type { ChangeRequest, Version } from '../store.ts';

/** What is shown of a request to who made it, and waits to see what became of it. */
const ANSWERED_MAX = 300;

/** `max`: characters of the request that are shown. */
export function requestBlocks(
  { actorId, comment }: ChangeRequest,
  readerId: string,
  { status }: Pick<Version, 'status'>,
  max = status === 'proposed' ? ANSWERED_MAX : Number.POSITIVE_INFINITY,
): KnownBlock[] {
  const words = truncate(comment.replace(/\s*\n\s*/gu, '\n'), max).split('\n');
  const isOpen = status === 'changes_requested';
  const asked =
    actorId === readerId
      ? mrkdwn`*You asked for changes:*`
      : mrkdwn`*${mention(actorId)}* ${isOpen ? 'asks' : 'asked'} for changes:`;
  return [section(lines(asked, ...words.map((line) => mrkdwn`>${line}`)))];
}
