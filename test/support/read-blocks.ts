/** What somebody reads, without Block Kit around it: a line for each text, buttons in brackets. */
export function readBlocks(blocks: readonly object[]): string {
  const parts: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      const { type, text, options: _, ...rest } = node as Record<string, unknown>;
      if (type === 'button') parts.push(`[${(text as { text: string }).text}]`);
      else if (typeof text === 'string') parts.push(text);
      else {
        walk(text);
        walk(Object.values(rest));
      }
    }
  };
  walk(blocks);
  return parts.join('\n');
}
