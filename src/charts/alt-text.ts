import { truncate } from '../slack/truncate.ts';

/** Of an alternative text. */
const MOST = 500;

/** Somebody's words in an alternative text: one line, cut visibly. */
export function spoken(words: string, most = 40): string {
  const line = words.replaceAll(/[\s\p{Cc}]+/gu, ' ').replaceAll(/\p{Cs}/gu, '\uFFFD');
  return truncate(line.trim(), most);
}

/** The sentences that there is room for, in order, each with its full stop; the others are left out. */
export function altText(sentences: readonly (string | null)[]): string {
  return sentences.reduce<string>((text, sentence) => {
    if (!sentence) return text;
    const stopped = sentence.endsWith('.') ? sentence : `${sentence}.`;
    const longer = text === '' ? stopped : `${text} ${stopped}`;
    return longer.length <= MOST ? longer : text;
  }, '');
}
