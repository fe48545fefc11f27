/** How deals, layers and days read. */
import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import type { Layer } from '../plan/schemas.ts';
import type { Action } from '../slack/action.ts';
import { actions, button } from '../slack/blocks.ts';
import { formatDate } from '../slack/format.ts';
import { modal } from '../slack/surfaces.ts';
import { type Mrkdwn, mention, mrkdwn } from '../slack/text.ts';
import { addDays, daysBetween } from '../time/local-date.ts';
import type { DealKind } from './schemas.ts';

/** How whoever reads writes figures, and which day it is for the rep. */
export interface Reader {
  userId: string;
  locale: string;
  /** ISO 4217, the plan's. */
  currency: string;
  /** Decimals of the currency. */
  digits: number;
  /** Local date of the rep. */
  today: string;
}

/** At the beginning of a line. */
export const LAYER_NAMES: Record<Layer, string> = {
  renewal: 'Renewals',
  expansion: 'Expansion',
  newBusiness: 'New business',
};

/** In the middle of one. */
export const LAYER_WORDS: Record<Layer, string> = {
  renewal: 'renewal',
  expansion: 'expansion',
  newBusiness: 'new business',
};

export const KIND_CHOICES: Record<DealKind, string> = {
  newBusiness: 'New business won',
  expansion: 'Expansion won',
  renewal: 'Renewal won',
  lost: 'Renewal lost',
};

/** `today`, `yesterday`, `3 Mar`; with its year where that is another. */
export function dayText(date: string, { today, locale }: Pick<Reader, 'today' | 'locale'>): string {
  if (date === today) return 'today';
  if (date === addDays(today, -1)) return 'yesterday';
  return formatDate(date, locale, date.slice(0, 4) === today.slice(0, 4) ? 'day' : 'date');
}

/** `today`, `on 3 Mar`: within a sentence. */
export function onDay(date: string, reader: Pick<Reader, 'today' | 'locale'>): string {
  const day = dayText(date, reader);
  return /^(?:to|yester)day$/.test(day) ? day : `on ${day}`;
}

/** Of what was said before the plan began. */
export const UNDER_BEFORE = ', under the plan before';

/** `3 days ago`. */
export function agoText(date: string, { today }: Pick<Reader, 'today'>): string {
  const days = daysBetween(date, today);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

/** ` · for @Dana`, where somebody else reads. */
export function forWhom(repId: string, reader: Pick<Reader, 'userId'>): Mrkdwn {
  return repId === reader.userId ? mrkdwn`` : mrkdwn` · for ${mention(repId)}`;
}

/** A message's blocks in the modal from which they were asked for. */
export function doneView(title: string, { blocks }: { blocks: KnownBlock[] }): ModalView {
  return modal({ title, close: 'Done', blocks });
}

/** What a confirmation is called where it stands in a modal. */
export const TITLES = {
  deal: 'Won deals',
  pipeline: 'Qualified pipeline',
  leads: 'Viable leads',
} as const;

/** The buttons under whatever was entered. */
export function editAndUndo<Entry extends { id: string }>(
  entry: Entry,
  ids: { edit: Action<string>; undo: Action<Entry> },
  /** What a screen reader calls it. */
  name: string,
  /** After a change, where “undo” would promise what was before. */
  isChange = false,
): ActionsBlock {
  const undo = isChange ? 'Remove' : 'Undo';
  return actions([
    button('Edit', { ...ids.edit.with(entry.id), spoken: `Edit ${name}` }),
    button(undo, { ...ids.undo.with(entry), spoken: `${undo} ${name}` }),
  ]);
}

/** The button under what was undone. */
export const putBack = <Entry>(action: Action<Entry>, entry: Entry): ActionsBlock =>
  actions([button('Put it back', action.with(entry))]);
