/** The end of a review: what was agreed, and what stays open. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { mention, mrkdwn } from '../../slack/text.ts';
import { reviewReopen } from '../ids.ts';
import { monthName, withoutFigures } from '../words-view.ts';
import { inOrder } from './message-view.ts';
import type { RecoveryScreen } from './view.ts';
import { countText, dateText, itemWords, type ShownItem } from './words-view.ts';

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
      ...listed(recovery, inOrder(items)),
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
