/** What is said of a deal once it is recorded, undone, or can't be recorded as it was meant. */
import { actions, button, section } from '../../slack/kit/blocks.ts';
import { lines, type Md, md, mention, type Words } from '../../slack/kit/escape.ts';
import { formatMoney, formatMoneyShort } from '../../slack/kit/format.ts';
import { type Message, message } from '../../slack/kit/surfaces.ts';
import type { DealFacts } from '../deal-facts.ts';
import type { Deal } from '../store.ts';
import { ACTION } from './ids.ts';
import { editAndUndo, keep, putBack } from './undo.ts';
import { dayText, forWhom, LAYER_NAMES, LAYER_WORDS, onDay, type Reader } from './words.ts';

/** `$24,000 won`, `$120,000 not renewed`. */
function headline({ amount, outcome }: Pick<Deal, 'amount' | 'outcome'>, reader: Reader): string {
  return `${formatMoney(amount, reader)} ${outcome === 'won' ? 'won' : 'not renewed'}`;
}

/** `Acme · new business · 3 Mar`. */
function details(deal: Deal, reader: Reader): Md {
  const kind = deal.outcome === 'lost' ? '' : `${LAYER_WORDS[deal.layer]} · `;
  return md`${deal.account} · ${kind}${dayText(deal.date, reader)}`;
}

/** A deal in one line of a list. */
export function dealLine(deal: Deal, reader: Reader): Md {
  const by = deal.addedBy === deal.repId ? md`` : md` · entered by ${mention(deal.addedBy)}`;
  return md`*${headline(deal, reader)}* · ${details(deal, reader)}${by}`;
}

/** A deal as it stands now; `before`: as it stood before a change. */
export function dealRecordedMessage(
  deal: Deal,
  facts: DealFacts,
  reader: Reader,
  before: Deal | null = null,
): Message {
  const mark = deal.outcome === 'won' ? '✓ ' : '';
  const head = md`${mark}*${headline(deal, reader)}* · ${details(deal, reader)}${forWhom(deal.repId, reader)}`;
  const words = lines(
    head,
    before !== null && changed(before, deal) && md`It was ${dealLine(before, reader)}.`,
    settlement(deal, facts, reader),
    toDate(deal, facts, reader),
  );
  return message(words, [section(words), buttons(deal, before !== null)]);
}

const buttons = (deal: Deal, isChange = false) =>
  editAndUndo(deal, { edit: ACTION.dealEdit, undo: ACTION.dealUndo }, deal.account, isChange);

/** To a rep: their manager has entered it. */
export function dealNotedMessage(deal: Deal, facts: DealFacts, reader: Reader): Message {
  const words = lines(
    md`${mention(deal.addedBy)} entered this for you: *${headline(deal, reader)}* · ${details(deal, reader)}`,
    settlement(deal, facts, reader),
    toDate(deal, facts, reader),
  );
  return message(words, [section(words), buttons(deal)]);
}

function changed(before: Deal, after: Deal): boolean {
  const shown = ({ amount, outcome, account, layer, date }: Deal) =>
    JSON.stringify([amount, outcome, account, layer, date]);
  return shown(before) !== shown(after);
}

function settlement(deal: Deal, { renewal, open }: DealFacts, reader: Reader): Words | null {
  if (deal.layer !== 'renewal') return null;
  if (!renewal) {
    const pick = open > 0 ? ' If it has another name there, pick it with Edit.' : '';
    return `The plan has no open renewal of that name: this counts as one of its own.${pick}`;
  }
  const amount = formatMoneyShort(renewal.amount, reader);
  return md`That settles ${renewal.account} in the plan: ${amount}, due ${dayText(renewal.date, reader)}.`;
}

function toDate({ layer }: Deal, { won, due }: DealFacts, reader: Reader): Md {
  const name = LAYER_NAMES[layer];
  const short = (minor: number) => formatMoneyShort(minor, reader);
  if (!due) return md`${name} to date: ${short(won)}.`;
  return md`${name} to date: ${short(won)} of ${short(due.amount)} due by ${dayText(due.by, reader)}.`;
}

export function dealUndoneMessage(deal: Deal, reader: Reader): Message {
  const words = md`Undone: ${dealLine(deal, reader)}. It no longer counts.`;
  return message(words, [section(words), putBack(ACTION.dealPutBack, keep(deal))]);
}

/** The renewal is settled by another deal already; `entry` is what the form would begin with. */
export function dealSettledMessage(by: Deal, reader: Reader, entry: string | null): Message {
  const words = md`${settledText(by, reader)} Nothing new was recorded.`;
  return message(words, [
    section(words),
    actions([
      button('Edit that one', { actionId: ACTION.dealEdit, value: by.id, style: 'primary' }),
      ...(entry === null
        ? []
        : [button('This is another one…', { actionId: ACTION.dealOpen, value: entry })]),
    ]),
  ]);
}

export function settledText(by: Deal, reader: Reader): Md {
  const what = by.outcome === 'won' ? 'won' : 'lost';
  return md`*${by.account} is settled already:* ${what} ${formatMoney(by.amount, reader)} ${onDay(by.date, reader)}.`;
}
