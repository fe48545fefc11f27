/** What is said of a deal once it is recorded, undone, or can't be recorded as it was meant. */

import type { Layers } from '../../plan/model/layers.ts';
import { LAYERS } from '../../plan/schemas.ts';
import { capital } from '../../plan/values.ts';
import { actions, button, context, overflow, section } from '../../slack/blocks.ts';
import { formatMoney, formatMoneyShort } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, raw, type SlackText } from '../../slack/text.ts';
import { dealEdit, dealList, dealMenu, dealOpen, dealPutBack, dealUndo } from '../ids.ts';
import type { DealValues } from '../schemas.ts';
import type { Deal } from '../store.ts';
import {
  dayText,
  editAndUndo,
  forWhom,
  LAYER_NAMES,
  LAYER_WORDS,
  onDay,
  putBack,
  type Reader,
} from '../words-view.ts';
import { worthWords } from '../worth-view.ts';
import type { DealFacts } from './deal-facts.ts';

/** `$24,000 won`, `$120,000 not renewed`. */
function headline({ amount, outcome }: Pick<Deal, 'amount' | 'outcome'>, reader: Reader): string {
  return `${formatMoney(amount, reader)} ${outcome === 'won' ? 'won' : 'not renewed'}`;
}

/** `Acme · new business · 3 Mar`. */
function details(deal: Deal, reader: Reader): Mrkdwn {
  const kind = deal.outcome === 'lost' ? '' : `${LAYER_WORDS[deal.layer]} · `;
  return mrkdwn`${deal.account} · ${kind}${dayText(deal.date, reader)}`;
}

/** A deal in one line of a list. */
export function dealLine(deal: Deal, reader: Reader): Mrkdwn {
  const by =
    deal.addedBy === deal.repId ? mrkdwn`` : mrkdwn` · entered by ${mention(deal.addedBy)}`;
  return mrkdwn`*${headline(deal, reader)}* · ${details(deal, reader)}${by}`;
}

/** A deal as it stands now; `before`: as it stood before a change. */
export function dealRecordedMessage(
  deal: Deal,
  facts: DealFacts,
  reader: Reader,
  before: Deal | null = null,
): Message {
  const mark = deal.outcome === 'won' ? '✓ ' : '';
  const head = mrkdwn`${mark}*${headline(deal, reader)}* · ${details(deal, reader)}${forWhom(deal.repId, reader)}`;
  const words = lines(
    head,
    before !== null && changed(before, deal) && mrkdwn`It was ${dealLine(before, reader)}.`,
    settlement(deal, facts, reader),
    toDate(deal, facts, reader),
    worthLine(deal, facts, reader),
  );
  return message(words, [section(words), buttons(deal, before !== null)]);
}

const buttons = (deal: Deal, isChange = false) =>
  editAndUndo(deal, { edit: dealEdit, undo: dealUndo }, deal.account, isChange);

/** To a rep: their manager has entered it. */
export function dealNotedMessage(deal: Deal, facts: DealFacts, reader: Reader): Message {
  const words = lines(
    mrkdwn`${mention(deal.addedBy)} entered this for you: *${headline(deal, reader)}* · ${details(deal, reader)}`,
    settlement(deal, facts, reader),
    toDate(deal, facts, reader),
    worthLine(deal, facts, reader),
  );
  return message(words, [section(words), buttons(deal)]);
}

function changed(before: Deal, after: Deal): boolean {
  // Which row of the plan it settles is said by itself.
  const shown = (deal: Deal) => JSON.stringify({ ...deal, renewalId: null });
  return shown(before) !== shown(after);
}

function settlement(deal: Deal, { renewal, open }: DealFacts, reader: Reader): SlackText | null {
  if (deal.layer !== 'renewal') return null;
  if (!renewal) {
    const pick = open > 0 ? ' If it has another name there, pick it with Edit.' : '';
    return `The plan has no open renewal of that name: this counts as one of its own.${pick}`;
  }
  const amount = formatMoneyShort(renewal.amount, reader);
  return mrkdwn`That settles ${renewal.account} in the plan: ${amount}, due ${dayText(renewal.date, reader)}.`;
}

function toDate({ layer }: Deal, { won, due }: DealFacts, reader: Reader): Mrkdwn {
  const name = LAYER_NAMES[layer];
  const short = (minor: number) => formatMoneyShort(minor, reader);
  if (!due) return mrkdwn`${name} to date: ${short(won)}.`;
  if (due.amount === 0)
    return mrkdwn`${name} to date: ${short(won)}, with nothing due by ${dayText(due.by, reader)}.`;
  return mrkdwn`${name} to date: ${short(won)} of ${short(due.amount)} due by ${dayText(due.by, reader)}.`;
}

/** To the rep alone: what others earn is nobody's business. */
function worthLine({ repId }: Deal, { worth }: DealFacts, reader: Reader): Mrkdwn | null {
  if (!worth || repId !== reader.userId) return null;
  return raw(capital(mrkdwn`${worthWords(worth, reader)}.`.mrkdwn));
}

export function dealUndoneMessage(deal: Deal, reader: Reader): Message {
  const words = mrkdwn`Undone: ${dealLine(deal, reader)}. It no longer counts.`;
  return message(words, [section(words), putBack(dealPutBack, deal)]);
}

/** The renewal is settled by another deal already; `entry` is what the form would begin with. */
export function dealSettledMessage(
  by: Deal,
  reader: Reader,
  entry: { rep: string; values: DealValues } | null,
): Message {
  const words = mrkdwn`${settledText(by, reader)} Nothing new was recorded.`;
  return message(words, [
    section(words),
    actions([
      button('Edit that one', { ...dealEdit.with(by.id), style: 'primary' }),
      ...(entry === null ? [] : [button('This is another one…', dealOpen.with(entry))]),
    ]),
  ]);
}

export function settledText(by: Deal, reader: Reader): Mrkdwn {
  const what = by.outcome === 'won' ? 'won' : 'lost';
  return mrkdwn`*${by.account} is settled already:* ${what} ${formatMoney(by.amount, reader)} ${onDay(by.date, reader)}.`;
}

const ROWS_A_PAGE = 10;

export interface DealListScreen {
  repId: string;
  /** Oldest first. */
  deals: readonly Deal[];
  /** Won so far, by layer; minor units. */
  booked: Layers<number>;
  reader: Reader;
  /** From 0; one that is gone is the nearest that is there. */
  page: number;
  notice?: SlackText | undefined;
  /** What has just been undone. */
  undone?: Deal | undefined;
}

/** `/bigplan won list`: the deals of the plan, newest first, each to be edited or undone. */
export function dealListMessage(screen: DealListScreen): Message {
  const { repId, deals, reader, notice, undone } = screen;
  const page = paginate(deals.toReversed(), screen.page, ROWS_A_PAGE);
  const head = lines(notice ?? null, headText(screen));
  const turn = (to: number | null, text: string) =>
    to === null ? [] : [button(text, dealList.numbered(to, { rep: repId, page: to }))];
  const turns = [...turn(page.previous, 'Newer'), ...turn(page.next, 'Older')];
  return message(head, [
    section(head),
    ...(undone ? [putBack(dealPutBack, undone)] : []),
    ...page.items.map((deal) =>
      section(dealLine(deal, reader), {
        blockId: `deal:${deal.id}`,
        accessory: overflow(
          dealMenu.id,
          (['edit', 'undo'] as const).map((what) => ({
            value: dealMenu.write({ what, deal: deal.id, rep: repId, page: page.page }),
            label: what === 'edit' ? 'Edit' : 'Undo',
          })),
        ),
      }),
    ),
    ...(page.pages > 1 ? [context(`Page ${page.page + 1} of ${page.pages}`)] : []),
    ...(turns.length > 0 ? [actions(turns, 'turns')] : []),
  ]);
}

function headText({ repId, deals, booked, reader }: DealListScreen): Mrkdwn {
  const whose = repId === reader.userId ? mrkdwn`` : mrkdwn` by ${mention(repId)}`;
  if (deals.length === 0) {
    return mrkdwn`Nothing is won${whose} yet. \`/bigplan won Acme 24000 new\` notes the first.`;
  }
  const short = (minor: number) => formatMoneyShort(minor, reader);
  const total = LAYERS.reduce((sum, layer) => sum + booked[layer], 0);
  const parts = LAYERS.filter((layer) => booked[layer] > 0).map(
    (layer) => `${LAYER_NAMES[layer].toLowerCase()} ${short(booked[layer])}`,
  );
  const split = parts.length > 1 ? mrkdwn`: ${parts.join(' · ')}` : mrkdwn``;
  return mrkdwn`*${short(total)} won${whose} in this plan*${split}`;
}
