/** An item whose date has passed, to whoever owns it: once, with a way out. */
import { nudgeMenu } from '../../activity/preferences/view.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { daysBetween } from '../../time/local-date.ts';
import { itemEdit } from '../ids.ts';
import { monthName } from '../words-view.ts';
import { tick } from './message-view.ts';
import { dateText, type ItemStyle, ownerText, type ShownItem } from './words-view.ts';

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
