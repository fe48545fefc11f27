import { randomBytes } from 'node:crypto';

const freshId = () => randomBytes(4).toString('base64url');

/**
 * Names every block and action that the app left unnamed, as Slack does: a new random id each time,
 * so that what was typed into an unnamed block does not survive an update.
 */
export function withIds(blocks: readonly unknown[]): unknown[] {
  return blocks.map((block) => {
    if (!isRecord(block)) return block;
    const named = { ...block, block_id: block.block_id || freshId() };
    if (isRecord(block.element)) return { ...named, element: withActionId(block.element) };
    if (isRecord(block.accessory)) return { ...named, accessory: withActionId(block.accessory) };
    if (block.type === 'actions' && Array.isArray(block.elements))
      return { ...named, elements: block.elements.map(withActionId) };
    return named;
  });
}

function withActionId(element: unknown): unknown {
  if (!isRecord(element) || element.type === 'image') return element;
  return { ...element, action_id: element.action_id || freshId() };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
