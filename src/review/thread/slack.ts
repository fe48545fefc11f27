/**
 * What is pressed in a review's thread about the thread itself. Its first message's buttons belong to the
 * recovery plan and the close: recovery/slack.ts.
 */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { section } from '../../slack/blocks.ts';
import { message, modal } from '../../slack/surfaces.ts';
import { channelMention, mrkdwn } from '../../slack/text.ts';
import { REVIEW_DELIVERY } from '../deliveries.ts';
import { readWhys, repostClick } from '../ids.ts';
import { mustJoin } from '../pair.ts';
import { findReview } from '../store.ts';
import { allWhysBlocks } from './replies-view.ts';
import { repost } from './repost.ts';
import { threadScreen } from './thread-screen.ts';

export function listenToThreads(context: Context): void {
  const { on, clock, outbox } = context;

  on.act(repostClick, async ({ actor, value, respond, view }) => {
    const { channelId, isPart } = await repost(context, actor, value);
    if (channelId === null) {
      throw new UserError(
        'no_channel',
        'Your team has no channel yet: pick one with `/bigplan team`.',
      );
    }
    // Home is shown anew after it, without it.
    if (view) return;
    // Should it fail once more, that is told in a message of its own.
    const channel = channelMention(channelId);
    const text = isPart
      ? mrkdwn`✓ What was missing is on its way to ${channel}.`
      : mrkdwn`✓ On its way to ${channel}.`;
    await respond({ replace_original: true, ...message(text, [section(text)]) });
  });

  on.click(readWhys, ({ actor, value: id, message, open }) =>
    open(async () => {
      if (!(await isPostedIn(id, actor.workspaceId, message?.channel))) {
        await mustJoin(context, actor, id);
      }
      const review = await findReview(context, id);
      const { userId } = await meetPerson(context, actor);
      const screen = review && (await threadScreen(context, review, userId, clock.now()));
      if (!screen) throw new UserError('review_gone', 'That review is no longer here.');
      return modal({ title: 'In their words', close: 'Close', blocks: allWhysBlocks(screen) });
    }),
  );

  /** Whoever can press a button in the channel can read what stands in it. */
  async function isPostedIn(id: string, workspaceId: string, channel: string | undefined) {
    const kinds = [REVIEW_DELIVERY.whys, REVIEW_DELIVERY.late];
    const posted = await Promise.all(
      kinds.map((kind) => outbox.find({ kind, workspaceId, subject: id })),
    );
    return (
      channel !== undefined && posted.flat().some(({ message }) => message?.channel === channel)
    );
  }
}
