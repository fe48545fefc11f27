/** `/bigplan won list`: the deals of the plan, newest first, each to be edited or undone. */

import type { Layers } from '../../plan/model/layers.ts';
import { actions, button, context, overflow, section } from '../../slack/blocks.ts';
import { formatMoneyShort } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { dealList, dealMenu, dealPutBack } from '../ids.ts';
import { LAYERS } from '../schemas.ts';
import type { Deal } from '../store.ts';
import { putBack } from '../undo-view.ts';
import { LAYER_NAMES, type Reader } from '../words-view.ts';
import { dealLine } from './view.ts';

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
