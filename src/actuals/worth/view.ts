/** `/bigplan worth`: what a deal pays, and what has to be asked for that. */
import { planOpened } from '../../people/ids.ts';
import type { DealWorth } from '../../plan/model/deal-worth.ts';
import { LAYERS, type Layer } from '../../plan/schemas.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { formatMoney, formatMoneyShort } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { dealOpen, worthAsked } from '../ids.ts';
import type { DealValues, WorthQuestion } from '../schemas.ts';
import { LAYER_WORDS, onDay, type Reader } from '../words-view.ts';
import { quotaPeriodText, worthWords } from '../worth-view.ts';

/** By which comp plan: the one in force, or one that isn't signed yet. */
export type WorthBy = 'agreed' | 'draft';

interface Answer extends Pick<WorthQuestion, 'amount' | 'account' | 'date'> {
  /** Null where every layer pays the same. */
  layer: Layer | null;
  worth: DealWorth;
  by: WorthBy;
  /** What a form begins with once it is won; null where nothing can be noted yet. */
  won: DealValues | null;
}

export function worthMessage(answer: Answer, reader: Reader): Message {
  const { amount, layer, account, date, worth, by, won } = answer;
  const what = [formatMoney(amount, reader), layer && LAYER_WORDS[layer]].filter(Boolean).join(' ');
  const head = mrkdwn`*${account === null ? '' : `${account} · `}${what}*${day(date, reader)}`;
  const words = lines(
    mrkdwn`${head} ${worthWords(worth, reader)}.`,
    layer === null && 'That holds for a renewal, expansion and new business alike.',
  );
  const basis = basisText(worth, by, reader);
  return message(words, [
    section(words),
    ...(basis ? [context(basis)] : []),
    ...(won
      ? [actions([button('It’s won…', dealOpen.with({ rep: reader.userId, values: won }))])]
      : []),
  ]);
}

const day = (date: string | null, reader: Reader) =>
  date === null || date === reader.today ? mrkdwn`` : mrkdwn` ${onDay(date, reader)}`;

function basisText({ counts }: DealWorth, by: WorthBy, reader: Reader): Mrkdwn | null {
  if (by === 'draft') {
    return mrkdwn`By the comp plan in your draft: nothing is signed yet, and nothing won is counted.`;
  }
  if (!counts) return null;
  const short = (minor: number) => formatMoneyShort(minor, reader);
  return mrkdwn`${short(counts.credit)} of the ${short(counts.quota)} quota${quotaPeriodText(counts, reader)} so far.`;
}

/** `24`: twenty-four, or thousands of them? */
export function whichAmountMessage(
  amounts: readonly number[],
  question: Omit<WorthQuestion, 'amount'>,
  reader: Reader,
): Message {
  const texts = amounts.map((amount) => formatMoney(amount, reader));
  const words = mrkdwn`Is that ${texts.join(' or ')}?`;
  return message(words, [
    section(words),
    actions(
      amounts.map((amount, at) =>
        button(texts[at] ?? '', worthAsked.numbered(at, { ...question, amount })),
      ),
    ),
  ]);
}

const LAYER_BUTTONS: Record<Layer, string> = {
  newBusiness: 'New business',
  expansion: 'Expansion',
  renewal: 'A renewal',
};

/** Layers pay differently, and none was said. */
export function whichLayerMessage(question: WorthQuestion, reader: Reader): Message {
  const words = mrkdwn`*${formatMoney(question.amount, reader)}* of what? Your comp plan doesn’t pay all the same.`;
  return message(words, [
    section(words),
    actions(
      LAYERS.toReversed().map((layer) =>
        button(LAYER_BUTTONS[layer], worthAsked.numbered(layer, { ...question, layer })),
      ),
    ),
  ]);
}

export function noCompPlanMessage({ userId }: { userId: string }): Message {
  const words = mrkdwn`What a deal pays you follows from your comp plan, and that isn’t written down yet: base, quota and rate take two minutes.`;
  return message(words, [
    section(words),
    actions([button('Open my plan', { ...planOpened.with(userId), style: 'primary' })]),
  ]);
}

/** Nothing can be told from what was typed. */
export function howWorthMessage(problem: string | null): Message {
  const words = lines(
    problem ?? 'How much is it?',
    mrkdwn`\`/bigplan worth 24k new\` says what such a deal pays you; also \`24k renewal\` or \`24k expansion\`.`,
  );
  return message(words, [section(words)]);
}
