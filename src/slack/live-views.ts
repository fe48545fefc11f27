/** Views that are shown anew while somebody types in them: never over what was pressed meanwhile. */
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { isSlackCode } from './errors.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { ready } from './views.ts';

/** Of more views than are typed in at once, the last state is not remembered. */
const REMEMBERED = 1_000;

export type ShowAnew = (
  client: WebClient,
  view: { id: string; hash?: string | undefined },
  making: () => Promise<ModalView | null>,
) => Promise<void>;

/**
 * Shows a view anew, in turn, and once for strokes that come together; null from the making leaves it as it
 * is. What was typed into an older state of the view names that state's hash, so an update that Slack refuses
 * goes out once more under the hash that the last one here has left. Refused again, something else stands
 * there (the next step, say), and that stays.
 */
export function createLiveViews(): ShowAnew {
  const queue = createKeyedQueue();
  /** The last stroke in each view that is about to be shown anew. */
  const awaited = new Map<string, object>();
  /** The hash of each view as it was last shown anew. */
  const left = new Map<string, string>();

  const remember = (id: string, hash: string) => {
    left.delete(id);
    left.set(id, hash);
    for (const oldest of left.keys()) {
      if (left.size <= REMEMBERED) break;
      left.delete(oldest);
    }
  };

  async function isShown(
    client: WebClient,
    { id, hash }: { id: string; hash: string },
    view: ModalView,
  ): Promise<boolean> {
    try {
      const { view: now } = await client.views.update({ view_id: id, view: ready(view), hash });
      if (now?.hash) remember(id, now.hash);
      return true;
    } catch (error) {
      if (isSlackCode(error, 'hash_conflict')) return false;
      throw error;
    }
  }

  return async (client, view, making) => {
    const { id } = view;
    const stroke = {};
    awaited.set(id, stroke);
    await queue(id, async () => {
      if (awaited.get(id) !== stroke) return;
      awaited.delete(id);
      for (const hash of new Set([view.hash, left.get(id)])) {
        if (hash === undefined) continue;
        const made = await making();
        if (made === null || (await isShown(client, { id, hash }, made))) return;
      }
    });
  };
}
