/** The recovery plan as the two of them write it. */
import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { type Page, paginate } from '../../slack/paginate.ts';
import { modal } from '../../slack/surfaces.ts';
import { channelMention, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { ACTION, CALLBACK, numbered } from '../ids.ts';
import { monthName } from '../words-view.ts';
import { inOrder, type RecoveryList, tick } from './message-view.ts';
import {
  countText,
  dateText,
  itemWords,
  type ShownItem,
  type Suggestion,
  spoken,
} from './words-view.ts';

export interface RecoveryScreen extends RecoveryList {
  repName: string;
  /** Null: the review is open. */
  closed: { on: string; by: string } | null;
  /** Whether it may be opened again. */
  canReopen: boolean;
  suggestions: Suggestion[];
}

/** What a view keeps of what its reader did in it. */
export interface RecoveryState {
  reviewId: string;
  page: number;
  /** What was taken off the plan last, to put it back. */
  removed: { id: string; text: string } | null;
}

const PER_PAGE = 12;
const MOST_SUGGESTIONS = 8;

export function recoveryView(screen: RecoveryScreen, state: RecoveryState): ModalView {
  const rows = [...inOrder(screen.items), ...inOrder(screen.carried)];
  const page = paginate(rows, state.page, PER_PAGE);
  const isFirst = page.page === 0;
  return modal({
    title: 'Recovery plan',
    callbackId: CALLBACK.recovery,
    close: 'Back',
    privateMetadata: writeState({ ...state, page: page.page }),
    blocks: [
      section(heading(screen)),
      ...(isFirst ? topButtons(screen) : []),
      ...(state.removed ? [removedRow(state.removed)] : []),
      ...page.items.flatMap((item, at) => [
        ...(item.month !== null && page.items[at - 1]?.month == null ? [olderHeading] : []),
        ...itemRows(screen, item),
      ]),
      ...pageButtons(page),
      ...(isFirst && !screen.closed ? suggestionRows(screen) : []),
    ],
  });
}

function heading(screen: RecoveryScreen): Mrkdwn {
  const { month, repId, items, channelId, closed, locale } = screen;
  const counts = items.length === 0 ? 'nothing is agreed yet' : countText(items);
  const name = mrkdwn`*${monthName(month, locale)}, ${mention(repId)}* · ${counts}`;
  if (closed) {
    return mrkdwn`${name}\nClosed on ${dateText(closed.on, screen)} by ${mention(closed.by)}. What is open can still be ticked and changed.`;
  }
  const readers = channelId
    ? mrkdwn`Everybody in the team’s channel (${channelMention(channelId)}) sees this.`
    : mrkdwn``;
  return mrkdwn`${name}\nWho does what by when, to win back what was missed? ${readers}`;
}

function topButtons({ reviewId, closed, canReopen }: RecoveryScreen): KnownBlock[] {
  if (closed) {
    return canReopen
      ? [actions([button('Reopen', { actionId: ACTION.reopen, value: reviewId })])]
      : [];
  }
  return [
    actions([
      button('Add…', {
        actionId: ACTION.itemAdd,
        value: reviewId,
        style: 'primary',
        spoken: 'Add an item',
      }),
      button('Close review', { actionId: ACTION.closeOpen, value: reviewId }),
    ]),
  ];
}

const olderHeading = section(mrkdwn`*Open from before*`);

function itemRows(screen: RecoveryScreen, item: ShownItem): KnownBlock[] {
  const edit = button('Edit…', {
    actionId: ACTION.itemEdit,
    value: item.id,
    spoken: spoken('Edit', item),
  });
  const remove = button('Remove', {
    actionId: ACTION.itemRemove,
    value: item.id,
    spoken: spoken('Remove', item),
  });
  return [
    section(itemWords(item, screen)),
    actions([tick(item), ...(item.done ? [] : [edit, ...(screen.closed ? [] : [remove])])]),
  ];
}

function removedRow({ text }: NonNullable<RecoveryState['removed']>): KnownBlock {
  return section(mrkdwn`Removed: ${text}`, {
    accessory: button('Put back', { actionId: ACTION.itemPutBack }),
  });
}

function pageButtons({ page, pages, previous, next }: Page<ShownItem>): KnownBlock[] {
  if (pages === 1) return [];
  const to = (text: string, at: number | null) =>
    at === null
      ? []
      : [button(text, { actionId: numbered(ACTION.itemsPage, at), value: String(at) })];
  return [
    actions([...to('Back a page', previous), ...to('More items', next)]),
    context(mrkdwn`Page ${page + 1} of ${pages}`),
  ];
}

function suggestionRows({ suggestions, repName }: RecoveryScreen): KnownBlock[] {
  if (suggestions.length === 0) return [];
  return [
    divider(),
    section(mrkdwn`*What ${repName} proposed, and what the figures say*`),
    ...suggestions.slice(0, MOST_SUGGESTIONS).map(({ key, text }) =>
      section(mrkdwn`${text}`, {
        accessory: button('Add this', {
          actionId: ACTION.itemSuggested,
          value: key,
          spoken: `Add: ${text}`,
        }),
      }),
    ),
  ];
}

const writeState = ({ reviewId, page, removed }: RecoveryState): string =>
  JSON.stringify([reviewId, page, removed?.id ?? '']);

/** What `recoveryView` keeps in its metadata; `removedId` is empty where nothing was taken off. */
export function readState(metadata: string): { reviewId: string; page: number; removedId: string } {
  const [reviewId = '', page = 0, removedId = ''] = JSON.parse(metadata || '[]');
  return { reviewId: String(reviewId), page: Number(page), removedId: String(removedId) };
}
