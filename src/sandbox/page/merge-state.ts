import type { ConversationState, WorkspaceState } from '../protocol.ts';

/**
 * The whole of a state of which only what is new was sent. What hasn't changed stays the very same object,
 * so that it need not be drawn again. Null where it goes on from another state than the one before.
 */
export function mergeState(
  before: WorkspaceState | undefined,
  next: WorkspaceState,
): WorkspaceState | null {
  if (next.since === null) return next;
  if (before?.stamp !== next.since) return null;
  const removed = new Set(next.removed.map(({ channel, ts }) => `${channel} ${ts}`));
  const conversations = next.conversations.map((one) => {
    const known = before.conversations.find(({ id }) => id === one.id)?.messages ?? [];
    return { ...one, messages: mergeMessages(known, one, removed) };
  });
  return { ...next, conversations };
}

function mergeMessages(
  known: ConversationState['messages'],
  { messages }: ConversationState,
  removed: ReadonlySet<string>,
): ConversationState['messages'] {
  const isGone = ({ channel, ts }: { channel: string; ts: string }) =>
    removed.has(`${channel} ${ts}`);
  if (messages.length === 0 && !known.some(isGone)) return known;
  const changed = new Map(messages.map((message) => [message.ts, message]));
  const kept = known.map((message) => changed.get(message.ts) ?? message);
  const there = new Set(known.map(({ ts }) => ts));
  const added = messages.filter(({ ts }) => !there.has(ts));
  return [...kept, ...added].filter((message) => !isGone(message));
}
