import { z } from 'zod';
import { section } from '../../slack/blocks.ts';
import { text } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
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

/** Somebody who asks for changes. */
export interface Asking extends NumberStyle {
  /** The one who will read them; null while there is nobody. */
  otherName: string | null;
}

const COMMENT_MAX = 2000;

/** What the plan goes back with; about the version's id. */
export const changesForm = form({
  id: 'plan_comment',
  about: z.string(),
  fields: ({ otherName }: Asking) => ({
    comment: text(
      {
        label: `What should change, ${otherName === null ? 'and why' : `for ${otherName} to read`}?`,
        placeholder: 'The Acme renewal at 80% looks hopeful: their champion left in May.',
      },
      COMMENT_MAX,
      { multiline: true },
    ),
  }),
  frame: () => ({ title: 'Ask for changes', submit: 'Send', close: 'Back' }),
  arrange: ({ comment }) => [
    section(mrkdwn`The plan goes back to a draft that either of you can change.`),
    ...comment,
  ],
});
