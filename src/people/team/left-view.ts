/** What others hear of somebody who has left, or is a guest by now. */
import { actions, button, section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { planOpened } from '../ids.ts';

/** To their manager. */
export function repLeftMessage(repId: string): Message {
  const words = lines(
    mrkdwn`*${mention(repId)} is no longer here,* as Slack tells me: I ask them nothing any more, and they count in nobody's figures from now on.`,
    mrkdwn`Their plan stays as it was signed. If they come back, it goes on. There is nothing for you to do.`,
  );
  return message(words, [section(words)]);
}

/** To those who plan with them. */
export function managerLeftMessage(managerId: string, readerId: string): Message {
  return withoutManager(
    mrkdwn`*${mention(managerId)} is no longer here,* as Slack tells me. Your plan stays yours, signed as it is.`,
    readerId,
  );
}

/** What happened to somebody's manager, what that means for them, and a way on. */
export function withoutManager(happened: Mrkdwn, readerId: string): Message {
  const words = lines(
    happened,
    mrkdwn`What needs two of you waits for a new manager: they add you with \`/bigplan team\`, or you name them in your plan’s last step.`,
  );
  return message(words, [
    section(words),
    actions([button('Open my plan', { ...planOpened.with(readerId), style: 'primary' })]),
  ]);
}
