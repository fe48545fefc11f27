/** One item of a recovery plan, to fill in. */

import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { choiceField } from '../../input/schemas.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { choice, date, type Field, optional, radio, text } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { channelMention, mention, mrkdwn } from '../../slack/text.ts';
import { reviewReopen } from '../ids.ts';
import { ITEM_TEXT, KPIS, type Scorecard } from '../schemas.ts';
import { KPI_NAMES, monthName, withoutFigures } from '../words-view.ts';
import { openFirst } from './message-view.ts';
import type { RecoveryScreen } from './view.ts';
import { countText, dateText, itemWords, type ShownItem } from './words-view.ts';

const ItemAbout = z.object({
  reviewId: z.string(),
  /** Null: the item isn't there yet. */
  itemId: z.string().nullable(),
  /** Where the form lies: over the recovery plan, in its place, or over a message. */
  place: z.enum(['over', 'instead', 'alone']),
  /** The recovery plan that it was opened from: its review, maybe a later one, and its page. */
  shownIn: z.string(),
  page: z.int(),
});
export type ItemAbout = z.infer<typeof ItemAbout>;

export interface ItemFormStyle extends NumberStyle {
  repName: string;
  /** Null: nobody manages the rep. */
  managerName: string | null;
  /** The figures of the review: what was missed comes first. */
  card: Scorecard | null;
}

interface ItemFormScreen extends Shown<ItemAbout, ItemFormStyle> {
  channelId: string | null;
}

export const itemForm = form({
  id: 'recovery_item',
  about: ItemAbout,
  fields: ({ repName, managerName, card }: ItemFormStyle) => ({
    text: text(
      {
        label: 'What will be done?',
        hint: 'One thing, so clear that both know when it is done.',
      },
      ITEM_TEXT,
      { multiline: true },
    ),
    owner: ownerField(repName, managerName),
    due: date({ label: 'By when?' }),
    kpi: optional(choice({ label: 'For which KPI?' }, kpiChoices(card))),
  }),
  frame: ({ about: { itemId, place } }: ItemFormScreen) => ({
    title: itemId === null ? 'New item' : 'Edit item',
    submit: itemId === null ? 'Add' : 'Save',
    close: place === 'alone' ? 'Cancel' : 'Back',
  }),
  arrange: (inputs, { channelId }: ItemFormScreen) => [
    ...inputs.text,
    ...inputs.owner,
    ...inputs.due,
    ...inputs.kpi,
    ...(channelId
      ? [context(mrkdwn`Everybody in the team’s channel (${channelMention(channelId)}) sees this.`)]
      : []),
  ],
});

const OWNERS = ['rep', 'manager'] as const;
type Owner = (typeof OWNERS)[number];

function ownerField(repName: string, managerName: string | null): Field<Owner> {
  const field = radio<Owner>({ label: 'Who does it?' }, [
    { value: 'rep', label: repName },
    ...(managerName === null ? [] : [{ value: 'manager' as const, label: managerName }]),
  ]);
  return {
    ...field,
    input: (place, initial) => field.input(place, managerName === null ? 'rep' : initial),
    // Whoever managed them when it was opened may not any more: that is said in words of its own.
    schema: () => choiceField(OWNERS),
  };
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

/** More are counted. */
const MOST = 20;

const ClosingAbout = z.object({
  reviewId: z.string(),
  /** It was said that nothing was agreed. */
  isEmpty: z.boolean(),
});

interface ClosingScreen extends Shown<z.infer<typeof ClosingAbout>, NumberStyle> {
  recovery: RecoveryScreen;
}

/** Asks before a review closes. It holds no input: what is submitted is that it was read. */
export const closingForm = form({
  id: 'review_close',
  about: ClosingAbout,
  fields: (_: NumberStyle) => ({}),
  frame: ({ about }: ClosingScreen) => ({
    title: 'Close review',
    submit: about.isEmpty ? 'Close anyway' : 'Close review',
    close: 'Back',
  }),
  arrange: (_, { about, recovery }: ClosingScreen) => {
    const { items, carried } = recovery;
    const name = nameOf(recovery);
    const open = carried.filter(({ done }) => !done);
    return [
      section(
        about.isEmpty
          ? mrkdwn`*${name}*\nNothing was agreed. Close it all the same?`
          : mrkdwn`*${name}*\nAgreed: ${countText(items)}.`,
      ),
      ...listed(recovery, openFirst(items)),
      ...(open.length > 0
        ? [section(mrkdwn`*Still open from before*`), ...listed(recovery, open)]
        : []),
      context(
        mrkdwn`What is open comes up again at the next review. Until then it can be ticked, and this review reopened.`,
      ),
    ];
  },
});

/** Asks before it closes; of a review that is closed it says so. */
export function closeView(screen: RecoveryScreen): ModalView {
  const { closed, items, reviewId, locale } = screen;
  if (closed === null) {
    return closingForm.view({
      about: { reviewId, isEmpty: items.length === 0 },
      style: withoutFigures(locale),
      raw: {},
      rev: '0',
      recovery: screen,
    });
  }
  const counts = items.length === 0 ? 'Nothing was agreed' : `Agreed: ${countText(items)}`;
  return modal({
    title: 'Close review',
    close: 'Back',
    blocks: [
      section(
        mrkdwn`*${nameOf(screen)}:* closed on ${dateText(closed.on, screen)} by ${mention(closed.by)}. ${counts}.`,
      ),
      ...(screen.canReopen ? [actions([button('Reopen', reviewReopen.with(reviewId))])] : []),
    ],
  });
}

const nameOf = ({ month, repId, locale }: RecoveryScreen) =>
  mrkdwn`${monthName(month, locale)}, ${mention(repId)}`;

function listed(screen: RecoveryScreen, items: readonly ShownItem[]): KnownBlock[] {
  const more = items.length - MOST;
  return [
    ...items.slice(0, MOST).map((item) => section(itemWords(item, screen))),
    ...(more > 0 ? [context(mrkdwn`And ${more} more.`)] : []),
  ];
}
