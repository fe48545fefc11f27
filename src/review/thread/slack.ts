/** The buttons of a review's thread that belong to the thread itself. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { section } from '../../slack/blocks.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { message, modal } from '../../slack/surfaces.ts';
import { channelMention, mrkdwn } from '../../slack/text.ts';
import { openView } from '../../slack/views.ts';
import { DELIVERY } from '../deliveries.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { mustJoin } from '../pair.ts';
import { findReview } from '../store.ts';
import { allWhysBlocks } from './replies-view.ts';
import { postAgain, readRepost } from './repost.ts';
import { threadScreen } from './thread-screen.ts';

export function listenToThreads(context: Context): void {
  const { app, clock, outbox } = context;

  app.action(ACTION.postAgain, async ({ ack, body, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { channelId, isPart } = await postAgain(context, actor, readRepost(clickedValue(body)));
    if (channelId === null) {
      const text = mrkdwn`Your team has no channel yet: pick one with \`/bigplan team\`.`;
      await respond({ response_type: 'ephemeral', replace_original: false, text: text.mrkdwn });
      return;
    }
    // Should it fail once more, that is told in a message of its own.
    const channel = channelMention(channelId);
    const text = isPart
      ? mrkdwn`✓ What was missing is on its way to ${channel}.`
      : mrkdwn`✓ On its way to ${channel}.`;
    await respond({ replace_original: true, ...message(text, [section(text)]) });
  });

  app.action(ACTION.readWhys, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const id = clickedValue(body);
    if (!(await isPostedIn(id, actor.workspaceId, body.channel?.id))) {
      await mustJoin(context, actor, id);
    }
    const review = await findReview(context, id);
    const { userId } = await meetPerson(context, actor.workspaceId, actor.userId);
    const screen = review && (await threadScreen(context, review, userId, clock.now()));
    if (!screen) throw new UserError('review_gone', 'That review is no longer here.');
    await openView(
      client,
      body.trigger_id,
      modal({
        title: 'In their words',
        callbackId: CALLBACK.shown,
        close: 'Close',
        blocks: allWhysBlocks(screen),
      }),
    );
  });

  /** Whoever can press a button in the channel can read what stands in it. */
  async function isPostedIn(id: string, team: string, channel: string | undefined) {
    const kinds = [DELIVERY.whys, DELIVERY.late];
    const posted = await Promise.all(kinds.map((kind) => outbox.find({ kind, team, subject: id })));
    return (
      channel !== undefined && posted.flat().some(({ message }) => message?.channel === channel)
    );
  }
}
