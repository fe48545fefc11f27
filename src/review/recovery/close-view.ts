/** The end of a review: what was agreed, and what stays open. */
import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { modal } from '../../slack/surfaces.ts';
import { mention, mrkdwn } from '../../slack/text.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { monthName } from '../words-view.ts';
import { inOrder } from './message-view.ts';
import type { RecoveryScreen } from './view.ts';
import { countText, dateText, itemWords, type ShownItem } from './words-view.ts';

/** More are counted. */
const MOST = 20;

/** Asks before it closes; of a review that is closed it says so. */
export function closeView(screen: RecoveryScreen): ModalView {
  const { closed, items, carried, reviewId, month, repId, locale } = screen;
  const name = mrkdwn`${monthName(month, locale)}, ${mention(repId)}`;
  if (closed) {
    const counts = items.length === 0 ? 'Nothing was agreed' : `Agreed: ${countText(items)}`;
    return modal({
      title: 'Close review',
      callbackId: CALLBACK.shown,
      close: 'Back',
      blocks: [
        section(
          mrkdwn`*${name}:* closed on ${dateText(closed.on, screen)} by ${mention(closed.by)}. ${counts}.`,
        ),
        ...(screen.canReopen
          ? [actions([button('Reopen', { actionId: ACTION.reopen, value: reviewId })])]
          : []),
      ],
    });
  }
  const open = carried.filter(({ done }) => !done);
  const isEmpty = items.length === 0;
  return modal({
    title: 'Close review',
    callbackId: CALLBACK.close,
    submit: isEmpty ? 'Close anyway' : 'Close review',
    close: 'Back',
    privateMetadata: writeClosing({ reviewId, isEmpty }),
    blocks: [
      section(
        isEmpty
          ? mrkdwn`*${name}*\nNothing was agreed. Close it all the same?`
          : mrkdwn`*${name}*\nAgreed: ${countText(items)}.`,
      ),
      ...listed(screen, inOrder(items)),
      ...(open.length > 0
        ? [section(mrkdwn`*Still open from before*`), ...listed(screen, open)]
        : []),
      context(
        mrkdwn`What is open comes up again at the next review. Until then it can be ticked, and this review reopened.`,
      ),
    ],
  });
}

function listed(screen: RecoveryScreen, items: readonly ShownItem[]): KnownBlock[] {
  const more = items.length - MOST;
  return [
    ...items.slice(0, MOST).map((item) => section(itemWords(item, screen))),
    ...(more > 0 ? [context(mrkdwn`And ${more} more.`)] : []),
  ];
}

/** What the form was shown with: `isEmpty` where it said that nothing was agreed. */
export interface Closing {
  reviewId: string;
  isEmpty: boolean;
}

const writeClosing = ({ reviewId, isEmpty }: Closing): string =>
  JSON.stringify([reviewId, isEmpty]);

export function readClosing(metadata: string): Closing {
  const [reviewId = '', isEmpty = false] = JSON.parse(metadata || '[]');
  return { reviewId: String(reviewId), isEmpty: isEmpty === true };
}
