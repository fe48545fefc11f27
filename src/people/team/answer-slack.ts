/** The rep's yes or no to a manager, and the message that asked turning into the outcome. */
import type { Context } from '../../context.ts';
import { fitMessage } from '../../slack/limits.ts';
import { actorOf } from '../../slack/request.ts';
import { ACTION } from '../ids.ts';
import { answerRequest } from './answer-request.ts';
import { answeredMessage } from './messages-view.ts';

export function listenToRequests({ app, ...deps }: Context): void {
  for (const actionId of [ACTION.yes, ACTION.no]) {
    app.action(
      { action_id: actionId, type: 'block_actions' },
      async ({ ack, body, action, client }) => {
        await ack();
        if (action.type !== 'button' || !action.value) return;
        const isYes = actionId === ACTION.yes;
        const { request, standing } = await answerRequest(deps, actorOf(body), action.value, isYes);
        const { text, blocks } = fitMessage(answeredMessage(standing, request));
        const { channel, message } = body;
        if (!channel || !message) return;
        await client.chat.update({ channel: channel.id, ts: message.ts, text, blocks });
      },
    );
  }
}
