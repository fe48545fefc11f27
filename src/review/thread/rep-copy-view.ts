import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import type { Message } from '../../slack/surfaces.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import { answerOpen } from '../ids.ts';
import {
  carriedLines,
  chartBlocks,
  type ShownChart,
  scorecardBlocks,
  splitLines,
  whysBlocks,
} from './replies-view.ts';
import { rootMessage, type ThreadScreen } from './root-view.ts';

/** Beside the table and the rest. */
const WHYS_CHARACTERS = 3_500;

/** To the rep: the whole thread in one message, since they always see what the channel sees. */
export function repCopyMessage(screen: ThreadScreen, charts: readonly ShownChart[]): Message {
  const { text, blocks } = rootMessage(screen);
  const answer = button('Answer', answerOpen.with(screen.reviewId));
  const split = splitLines(screen);
  const carried = carriedLines(screen);
  return {
    text,
    blocks: [
      context(mrkdwn`What others get to see of it:`),
      ...blocks,
      ...(screen.isAnswered || screen.closed ? [] : [actions([answer])]),
      divider(),
      ...scorecardBlocks(screen),
      ...chartBlocks(charts),
      ...whysBlocks(screen, WHYS_CHARACTERS),
      ...(split.length > 0 ? [section(lines(...split))] : []),
      ...(carried ? [section(carried)] : []),
    ],
  };
}
