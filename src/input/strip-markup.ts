import { tidy } from './read.ts';

/** Slack's names of the figures on keycaps. */
const KEYCAPS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&' };

/**
 * The words of a message or command, without Slack's markup: people and channels are left out, of links
 * the label stays; no emoji (those of figures are figures), quotes or marks of bold and italics; a line's end is a `;`. Digits, spaces
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
      .replace(
        /:(zero|one|two|three|four|five|six|seven|eight|nine|keycap_ten):/g,
        (_, name: string) => (name === 'keycap_ten' ? '10' : String(KEYCAPS.indexOf(name))),
      )
      .replace(/(?<=^|\s):(?:100|1234):(?=\s|$)/g, ' ')
      .replace(/:(?:[a-z][\w+-]*|[+-]1):/gi, ' ')
      // A figure on a keycap is a figure.
      .replace(/[\u{FE0E}\u{FE0F}\u{20E3}]/gu, '')
      .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu, ' ')
      .replace(/[“”„‟«»"*_~`]/g, ' '),
  ).replace(/ +/g, ' ');
}
