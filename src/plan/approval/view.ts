import { z } from 'zod';
import { actions, section } from '../../slack/blocks.ts';
import { text } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { historyButton } from '../reading/history-view.ts';
import { type PlanScreen, planBlocks, planButtons } from '../reading/plan-view.ts';
import { requestBlocks } from '../reading/request-view.ts';
import type { VersionStatus } from '../store.ts';

const NEWS: Record<VersionStatus, string> = {
  draft: 'is a draft again',
  proposed: 'is proposed: read it and sign, or ask for changes',
  changes_requested: 'came back: changes are asked for',
  agreed: 'is agreed and signed by both',
  superseded: 'was replaced by a newer version',
  closed: 'is closed',
  dropped: 'was dropped',
};

const whosePlan = ({ pair, side }: PlanScreen) =>
  side === 'rep' ? 'Your plan' : `${pair.rep.name}’s plan`;

/** The plan on one page as a message, with what the reader can do about it. */
export function planMessage(screen: PlanScreen): Message {
  return message(
    `${whosePlan(screen)} ${newsOf(screen)}.`,
    // A message holds only so much: what changed takes the place of the list of figures.
    planBlocks(
      { ...screen, notice: newerNotice(screen) },
      { isExplained: screen.changed === null },
    ),
  );
}

function newsOf({ version, changed }: PlanScreen): string {
  if (version.status !== 'proposed' || changed === null) return NEWS[version.status];
  const count = changed.changes.length;
  const changes = count === 0 ? 'nothing' : count === 1 ? 'one thing' : `${count} things`;
  return `is proposed again, ${changes} changed: read it and sign, or ask for changes`;
}

const IN_THE_MAKING: Partial<Record<VersionStatus, string>> = {
  draft: 'is being made',
  proposed: 'is proposed',
  changes_requested: 'is being changed',
};

/** That the version in force has one after it in the making. */
function newerNotice({ version, newer }: PlanScreen): SlackText | undefined {
  const what = newer && IN_THE_MAKING[newer.status];
  if (!what || version.status !== 'agreed') return undefined;
  return mrkdwn`*Version ${newer.number}* ${what}. This one counts until you have both signed that.`;
}

/** To the one who proposed: what the other one asks to change, in their words. */
export function changesMessage(screen: PlanScreen, otherName: string): Message {
  const { version, request } = screen;
  return message(
    `${otherName} asks for changes to version ${version.number} of the plan: ${truncate(request?.comment ?? '', 300)}`,
    planBlocks(screen),
  );
}

/** A message about a version that has gone on since: what has become of it, and the way there. */
export function staleMessage(screen: PlanScreen): Message {
  const { version, request, pair, side } = screen;
  const readerId = (side === 'rep' ? pair.rep : pair.manager)?.userId ?? pair.rep.userId;
  const open = planButtons({ ...screen, version: { ...version, status: wayOn(version.status) } });
  return message(`${whosePlan(screen)} has gone on since. ${sinceThen(screen, readerId)}`, [
    section(
      lines(mrkdwn`*${pair.rep.name}* · version ${version.number}`, sinceThen(screen, readerId)),
    ),
    ...(request ? requestBlocks(request, readerId, version) : []),
    actions([...open, historyButton(version.id)]),
  ]);
}

/** What is signed or proposed is opened from here, never signed: the newest message asks for that. */
const wayOn = (status: VersionStatus): VersionStatus =>
  status === 'proposed' || status === 'agreed' ? 'draft' : status;

function sinceThen({ version, proposedBy, newer }: PlanScreen, readerId: string): string {
  const next = newer ? `version ${newer.number}` : 'a newer version';
  switch (version.status) {
    case 'draft':
      return 'It was taken back, and is a draft again that either of you can change.';
    case 'proposed':
      return proposedBy === readerId
        ? 'You proposed it yourself: it waits for the other signature.'
        : 'It was proposed again: the newest message says what changed, and asks you to sign.';
    case 'changes_requested':
      return 'Changes were asked for: either of you can make them and propose it again.';
    case 'agreed':
      return 'It is agreed and signed by both.';
    case 'superseded':
      return `It was agreed, and replaced by ${next}.`;
    case 'closed':
      return 'It is closed.';
    case 'dropped':
      return 'It was dropped before both had signed it.';
  }
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
