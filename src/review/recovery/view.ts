/** The recovery plan as the two of them write it. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { json } from '../../slack/codec.ts';
import { type Page, paginate } from '../../slack/paginate.ts';
import { modal } from '../../slack/surfaces.ts';
import { channelMention, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import {
  itemAdd,
  itemEdit,
  itemPutBack,
  itemRemove,
  itemSuggested,
  itemsPage,
  reviewCloseOpen,
  reviewReopen,
} from '../ids.ts';
import { monthName } from '../words-view.ts';
import { openFirst, type RecoveryList, tick } from './message-view.ts';
import {
  countText,
  dateText,
  itemWords,
  type ShownItem,
  type Suggestion,
  spokenItem,
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

const RecoveryPlace = z.object({
  reviewId: z.string(),
  page: z.int(),
  removedId: z.string().nullable(),
});
export type RecoveryPlace = z.infer<typeof RecoveryPlace>;

/** What the view carries, and is known by. */
export const recoveryPlace = json(RecoveryPlace);

const PER_PAGE = 12;
const MOST_SUGGESTIONS = 8;

export function recoveryView(screen: RecoveryScreen, state: RecoveryState): ModalView {
  const rows = [...openFirst(screen.items), ...openFirst(screen.carried)];
  const page = paginate(rows, state.page, PER_PAGE);
  const isFirst = page.page === 0;
  return modal({
    title: 'Recovery plan',
    close: 'Back',
    privateMetadata: recoveryPlace.write({
      reviewId: state.reviewId,
      page: page.page,
      removedId: state.removed?.id ?? null,
    }),
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
    return canReopen ? [actions([button('Reopen', reviewReopen.with(reviewId))])] : [];
  }
  return [
    actions([
      button('Add…', {
        ...itemAdd.with(reviewId),
        style: 'primary',
        spoken: 'Add an item',
      }),
      button('Close review', reviewCloseOpen.with(reviewId)),
    ]),
  ];
}

const olderHeading = section(mrkdwn`*Open from before*`);

function itemRows(screen: RecoveryScreen, item: ShownItem): KnownBlock[] {
  const edit = button('Edit…', {
    ...itemEdit.with(item.id),
    spoken: spokenItem('Edit', item),
  });
  const remove = button('Remove', {
    ...itemRemove.with(item.id),
    spoken: spokenItem('Remove', item),
  });
  return [
    section(itemWords(item, screen)),
    actions([tick(item), ...(item.done ? [] : [edit, ...(screen.closed ? [] : [remove])])]),
  ];
}

function removedRow({ id, text }: NonNullable<RecoveryState['removed']>): KnownBlock {
  return section(mrkdwn`Removed: ${text}`, {
    accessory: button('Put back', itemPutBack.with(id)),
  });
}

function pageButtons({ page, pages, previous, next }: Page<ShownItem>): KnownBlock[] {
  if (pages === 1) return [];
  const to = (text: string, at: number | null) =>
    at === null ? [] : [button(text, itemsPage.numbered(at, at))];
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
          ...itemSuggested.with(key),
          spoken: `Add: ${text}`,
        }),
      }),
    ),
  ];
}
