import { tidy } from './read.ts';

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&' };

/**
 * The words of a message or command, without Slack's markup: people and channels are left out, of links
 * the label stays; no emoji, quotes or marks of bold and italics; a line's end is a `;`. Digits, spaces
 * and dashes are the plain ones.
 */
export function stripMarkup(text: string): string {
  return tidy(
    text
      .replace(/^(?:&gt;|>) ?/gm, '')
      .replace(/[\r\n]+/g, ' ; ')
      .replace(/<[@#][^<>]*>/g, ' ')
      .replace(/<[^<>|]*(?:\|([^<>]*))?>/g, (_, label: string | undefined) => ` ${label ?? ''} `)
      .replace(/&(lt|gt|amp);/g, (_, name: string) => ENTITIES[name] ?? ' ')
      .replace(/:(?:[a-z][\w+-]*|[+-]1):/gi, ' ')
      // A figure on a keycap is a figure.
      .replace(/[\u{FE0E}\u{FE0F}\u{20E3}]/gu, '')
      .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu, ' ')
      .replace(/[“”„‟«»"*_~`]/g, ' '),
  ).replace(/ +/g, ' ');
}
