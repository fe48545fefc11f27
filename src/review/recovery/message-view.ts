/** The recovery plan where it shows by itself: in the review's thread, and in the rep's DM. */
import type { KnownBlock } from '@slack/types';
import { nudgeMenu } from '../../activity/preferences/view.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { checkMessage } from '../../slack/limits.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { channelMention, lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { daysBetween } from '../../time/local-date.ts';
import { itemDone, itemEdit, itemUndone, recoveryOpen } from '../ids.ts';
import { monthName } from '../words-view.ts';
import {
  countText,
  dateText,
  type ItemStyle,
  itemWords,
  ownerText,
  type ShownItem,
  spokenItem,
} from './words-view.ts';

export interface RecoveryList extends ItemStyle {
  reviewId: string;
  /** `YYYY-MM`. */
  month: string;
  /** Slack's user ids. */
  repId: string;
  managerId: string | null;
  /** The team's channel; null: there is none. */
  channelId: string | null;
  /** Agreed at this review. */
  items: ShownItem[];
  /** Of former ones: open, or ticked since this one was opened. */
  carried: ShownItem[];
}

/** More is read in the modal. */
const MOST = 40;

/** Open ones first. */
export const openFirst = (items: readonly ShownItem[]): ShownItem[] => [
  ...items.filter(({ done }) => !done),
  ...items.filter(({ done }) => done),
];

/** As many items as a message holds; the rest is counted. */
export function recoveryMessage(list: RecoveryList, to: 'channel' | 'rep'): Message {
  const rows = openFirst(list.items)
    .slice(0, MOST)
    .map((item) => section(itemWords(item, list), { accessory: tick(item) }));
  for (let shown = rows.length; shown > 0; shown--) {
    const made = listMessage(list, to, rows.slice(0, shown));
    if (checkMessage(made).length === 0) return made;
  }
  return listMessage(list, to, []);
}

function listMessage(
  list: RecoveryList,
  to: 'channel' | 'rep',
  shown: readonly KnownBlock[],
): Message {
  const { month, locale, reviewId, repId, items } = list;
  const name = monthName(month, locale);
  const counts = items.length === 0 ? 'nothing is agreed now' : countText(items);
  const heading =
    to === 'rep'
      ? mrkdwn`*Recovery plan for ${name}* · ${counts}`
      : mrkdwn`*Recovery plan for ${mention(repId)}, ${name}* · ${counts}`;
  const older = list.carried.filter(({ done }) => !done).length;
  const notes = [
    items.length > shown.length && mrkdwn`${items.length - shown.length} more under *All items*.`,
    older > 0 && mrkdwn`${older === 1 ? '1 older item is' : `${older} older items are`} open too.`,
    to === 'rep' && seenBy(list),
  ].flatMap((note) => (note ? [note] : []));
  const blocks: KnownBlock[] = [
    section(heading),
    ...shown,
    ...(notes.length > 0 ? [context(...notes)] : []),
    actions([button('All items', recoveryOpen.with(reviewId))]),
  ];
  return message(heading, blocks);
}

function seenBy({ channelId, managerId }: RecoveryList) {
  if (channelId) return mrkdwn`Your team’s channel (${channelMention(channelId)}) sees the same.`;
  return managerId ? mrkdwn`${mention(managerId)} sees the same.` : null;
}

/** Done, or back from it. */
export function tick(item: ShownItem) {
  return item.done
    ? button('Undo', {
        ...itemUndone.with(item.id),
        spoken: spokenItem('Not done after all', item),
      })
    : button('Done', { ...itemDone.with(item.id), spoken: spokenItem('Done', item) });
}

export interface OverdueScreen extends ItemStyle {
  item: ShownItem;
  /** Whose month it is about, and who reads; Slack's user ids. */
  repId: string;
  readerId: string;
  /** The other one of the pair; null: nobody manages the rep. */
  otherId: string | null;
  /** The month at whose review it was agreed, `YYYY-MM`. */
  month: string;
}

/** `yesterday`, `12 days ago`. */
function agoText(due: string, today: string): string {
  const days = daysBetween(due, today);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

function forWhom({ repId, readerId, otherId, month, locale }: OverdueScreen): Mrkdwn {
  const name = monthName(month, locale);
  if (readerId !== repId) return mrkdwn`For ${mention(repId)}, from the ${name} review.`;
  if (otherId === null) return mrkdwn`From your ${name} review.`;
  return mrkdwn`From your ${name} review with ${mention(otherId)}.`;
}

export function overdueMessage(screen: OverdueScreen): Message {
  const { item, today } = screen;
  const when = mrkdwn`Due ${dateText(item.due, screen)}, ${agoText(item.due, today)}:`;
  const words = lines(
    mrkdwn`*${when}* ${item.text}`,
    mrkdwn`${forWhom(screen)} Done, or another date?`,
  );
  return message(mrkdwn`${when} ${item.text}`, [
    section(words, { accessory: nudgeMenu('overdueItems') }),
    actions([{ ...tick(item), style: 'primary' }, button('New date…', itemEdit.with(item.id))]),
  ]);
}

/** What it turns into once something was done about it; null: it was taken off the plan. */
export function overdueSettledMessage(screen: OverdueScreen, item: ShownItem | null): Message {
  if (item === null) {
    const words = mrkdwn`Off the recovery plan: ${screen.item.text}`;
    return message(words, [section(words)]);
  }
  const { readerId } = screen;
  if (item.done) {
    const by = item.done.by === readerId ? mrkdwn`` : mrkdwn`, says ${mention(item.done.by)}`;
    const words = mrkdwn`✓ *Done*${by}: ${item.text}`;
    return message(words, [section(words, { accessory: tick(item) })]);
  }
  const words =
    item.ownerId === readerId
      ? mrkdwn`*By ${dateText(item.due, screen)}* now: ${item.text}`
      : mrkdwn`${ownerText(item.ownerId)} takes it on now: ${item.text}`;
  return message(words, [section(words, { accessory: tick(item) })]);
}
