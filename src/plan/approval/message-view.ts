import { type Message, message } from '../../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { type PlanScreen, planBlocks } from '../reading/plan-view.ts';
import type { VersionStatus } from '../store.ts';

const NEWS: Record<VersionStatus, string> = {
  draft: 'is a draft again',
  proposed: 'is proposed: read it and sign, or ask for changes',
  changes_requested: 'came back: changes are asked for',
  agreed: 'is agreed and signed by both',
  superseded: 'was replaced by a newer version',
  closed: 'is closed',
};

/** The plan on one page as a message, with what the reader can do about it. */
export function planMessage(screen: PlanScreen): Message {
  const { pair, side, version } = screen;
  const whose = side === 'rep' ? 'Your plan' : `${pair.rep.name}’s plan`;
  return message(`${whose} ${NEWS[version.status]}.`, planBlocks(screen));
}

/** To the one who proposed: what the other one asks to change, in their words. */
export function changesMessage(screen: PlanScreen, otherName: string, comment: string): Message {
  const notice: SlackText = mrkdwn`*${otherName}* asks for changes:\n>${comment.replace(/\s*\n\s*/gu, '\n').replaceAll('\n', '\n>')}`;
  return message(
    `${otherName} asks for changes to version ${screen.version.number} of the plan: ${truncate(comment, 300)}`,
    planBlocks({ ...screen, notice }),
  );
}
