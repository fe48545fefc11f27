/** The messages about teams. Nobody gets two about the same thing. */
import { actions, button, section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { joinNo, joinYes, planOpened } from '../ids.ts';
import type { Person } from '../store.ts';
import type { Standing } from './rules.ts';

/** A button's text has room for so much of a name. */
const NAME = 50;

const startPlan = (repId: string) =>
  actions([button('Start my plan', { ...planOpened.with(repId), style: 'primary' })]);

/** A manager wants to plan with a rep. */
export interface TeamQuestion {
  requestId: string;
  manager: Pick<Person, 'userId' | 'name'>;
  /** Whom the rep plans with now. */
  currentManagerId: string | null;
}

/** To the rep. */
export function questionMessage(ask: TeamQuestion): Message {
  const { requestId, manager, currentManagerId } = ask;
  const name = truncate(manager.name, NAME);
  const words = lines(
    mrkdwn`*${mention(manager.userId)} wants to plan with you:* one written plan, from what you want to earn to today's calls, agreed by you both.`,
    currentManagerId !== null &&
      mrkdwn`You plan with ${mention(currentManagerId)} now; a yes moves you over.`,
  );
  return message(`${name} wants to plan with you: yes or no?`, [
    section(words),
    actions([
      button(`Yes, plan with ${name}`, {
        ...joinYes.with(requestId),
        style: 'primary',
      }),
      button('No', {
        ...joinNo.with(requestId),
        spoken: `No, don't plan with ${name}`,
      }),
    ]),
  ]);
}

/** What the question turns into for the rep. */
export function answeredMessage(
  standing: Exclude<Standing, 'pending'>,
  { repId, managerId }: { repId: string; managerId: string },
): Message {
  const manager = mention(managerId);
  switch (standing) {
    case 'joined':
      return said(
        mrkdwn`✓ *You plan with ${manager}.* A first plan takes about five minutes.`,
        repId,
      );
    case 'declined':
      return said(
        mrkdwn`You said no to planning with ${manager}. They can ask you again if that was a slip.`,
      );
    case 'withdrawn':
      return said(mrkdwn`This question from ${manager} is settled: nothing is left for you to do.`);
    case 'manager_left':
      return said(
        mrkdwn`${manager} is no longer here to plan with. You can name another manager in your plan.`,
      );
  }
}

/** To a rep: an appointed manager has taken them into the team. */
export function joinedMessage(repId: string, managerId: string): Message {
  const manager = mention(managerId);
  return said(
    mrkdwn`*Hello, I'm Bigplan. ${manager} plans with you from now on:* one written plan, from what you want to earn to today's calls, agreed by you both. A first one takes about five minutes.`,
    repId,
  );
}

/** To a manager: what a rep answered. */
export function answerMessage(repId: string, yes: boolean): Message {
  return yes
    ? opening(mrkdwn`✓ *${mention(repId)} said yes* and plans with you now.`, repId)
    : said(
        mrkdwn`${mention(repId)} would rather not plan with you for now. A word in person may help.`,
      );
}

/** To a manager: a rep named them as theirs. */
export function chosenMessage(repId: string): Message {
  return opening(
    mrkdwn`*${mention(repId)} named you as their manager:* you plan together from now on.`,
    repId,
  );
}

function said(words: Mrkdwn, startsPlanOf?: string): Message {
  return message(words, [section(words), ...(startsPlanOf ? [startPlan(startsPlanOf)] : [])]);
}

function opening(words: Mrkdwn, repId: string): Message {
  return message(words, [
    section(words),
    actions([button('Open their plan', planOpened.with(repId))]),
  ]);
}
