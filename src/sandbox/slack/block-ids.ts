import { randomBytes } from 'node:crypto';
import type { KnownBlock } from '@slack/types';

const freshId = () => randomBytes(4).toString('base64url');

/**
 * Names every block and action that the app left unnamed, as Slack does: a new random id each time,
 * so that what was typed into an unnamed block does not survive an update.
 */
export function withIds(blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.map((block) => {
    const named = { ...block, block_id: block.block_id || freshId() };
    switch (named.type) {
      case 'input':
        return { ...named, element: withActionId(named.element) };
      case 'section':
        return named.accessory ? { ...named, accessory: withActionId(named.accessory) } : named;
      case 'actions':
        return { ...named, elements: named.elements.map(withActionId) };
      default:
        return named;
    }
  });
}

function withActionId<E extends { type: string; action_id?: string }>(element: E): E {
  return element.type === 'image'
    ? element
    : { ...element, action_id: element.action_id || freshId() };
}
