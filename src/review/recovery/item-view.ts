/** One item of a recovery plan, to fill in. */
import type { ModalView } from '@slack/types';
import { context } from '../../slack/blocks.ts';
import { dateInput, radioInput, selectInput, textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { channelMention, mrkdwn } from '../../slack/text.ts';
import { CALLBACK } from '../ids.ts';
import { ITEM_TEXT, KPIS, type Kpi, type Scorecard } from '../schemas.ts';
import { KPI_NAMES } from '../words-view.ts';

/** Where the form lies: over the recovery plan, in its place, or over a message. */
export const PLACES = ['over', 'instead', 'alone'] as const;
export type Place = (typeof PLACES)[number];

/** What the form is about, as its metadata carries it. */
export interface ItemPlace {
  reviewId: string;
  itemId: string;
  /** Whether the item isn't there yet. */
  isNew: boolean;
  place: Place;
  /** The recovery plan that it was opened from: its review, maybe a later one, and its page. */
  shownIn: string;
  page: number;
}

export interface ItemFormScreen extends ItemPlace {
  repName: string;
  /** Null: nobody manages the rep. */
  managerName: string | null;
  channelId: string | null;
  /** The figures of the review: what was missed comes first. */
  card: Scorecard | null;
  initial: { text: string; owner: 'rep' | 'manager'; due: string; kpi: Kpi | null };
}

export function itemForm(screen: ItemFormScreen): ModalView {
  const { itemId, repName, managerName, channelId, card, initial, isNew, place } = screen;
  const field = (path: string, label: string) => ({ path, rev: itemId, label });
  const readers = channelId
    ? mrkdwn`Everybody in the team’s channel (${channelMention(channelId)}) sees this.`
    : null;
  return modal({
    title: isNew ? 'New item' : 'Edit item',
    callbackId: CALLBACK.item,
    submit: isNew ? 'Add' : 'Save',
    close: place === 'alone' ? 'Cancel' : 'Back',
    privateMetadata: writePlace(screen),
    blocks: [
      textInput({
        ...field('text', 'What will be done?'),
        hint: 'One thing, so clear that both know when it is done.',
        initial: initial.text,
        multiline: true,
        maxLength: ITEM_TEXT,
      }),
      radioInput({
        ...field('owner', 'Who does it?'),
        choices: [
          { value: 'rep', label: repName },
          ...(managerName === null ? [] : [{ value: 'manager', label: managerName }]),
        ],
        initial: managerName === null ? 'rep' : initial.owner,
      }),
      dateInput({ ...field('due', 'By when?'), initial: initial.due }),
      selectInput({
        ...field('kpi', 'For which KPI?'),
        choices: kpiChoices(card),
        initial: initial.kpi,
        optional: true,
      }),
      ...(readers ? [context(readers)] : []),
    ],
  });
}

function kpiChoices(card: Scorecard | null) {
  const missed = new Set(
    (card?.lines ?? []).filter(({ verdict }) => verdict === 'missed').map(({ kpi }) => kpi),
  );
  return [...KPIS.filter((kpi) => missed.has(kpi)), ...KPIS.filter((kpi) => !missed.has(kpi))].map(
    (kpi) => ({
      value: kpi,
      label: missed.has(kpi) ? `${KPI_NAMES[kpi]} (missed)` : KPI_NAMES[kpi],
    }),
  );
}

const writePlace = ({ reviewId, itemId, isNew, place, shownIn, page }: ItemPlace): string =>
  JSON.stringify([reviewId, itemId, isNew, place, shownIn, page]);

/** What `itemForm` keeps in its metadata. */
export function readPlace(metadata: string): ItemPlace {
  const [reviewId = '', itemId = '', isNew = false, where = '', shownIn = '', page = 0] =
    JSON.parse(metadata || '[]');
  const place = PLACES.find((one) => one === where) ?? 'alone';
  return {
    reviewId: String(reviewId),
    itemId: String(itemId),
    isNew: isNew === true,
    place,
    shownIn: String(shownIn),
    page: Number(page),
  };
}
