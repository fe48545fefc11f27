import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import type { Version } from '../store.ts';

interface Standing {
  version: Pick<Version, 'number' | 'status'>;
  /** Who proposed it last. */
  proposedBy: string | null;
  /** Who reads this. */
  readerId: string;
  /** The other one of the pair; null while there is no manager. */
  otherId: string | null;
}

/** Where a version stands and whose turn it is, in one line. */
export function statusText({ version, proposedBy, readerId, otherId }: Standing): SlackText {
  const name = `Version ${version.number}`;
  const other = otherId ? mention(otherId) : 'your manager';
  switch (version.status) {
    case 'draft':
      return mrkdwn`*${name}* is a draft. Either of you can change it.`;
    case 'proposed':
      return proposedBy === readerId
        ? mrkdwn`*${name}* is proposed. It waits for ${other} to sign.`
        : mrkdwn`*${name}* is proposed by ${proposedBy ? mention(proposedBy) : other}. It waits for you.`;
    case 'changes_requested':
      return mrkdwn`*${name}*: changes were asked for. Either of you can make them and propose it again.`;
    case 'agreed':
      return mrkdwn`*${name}* is agreed and signed by both.`;
    case 'superseded':
      return mrkdwn`*${name}* was agreed and then replaced by a newer one.`;
    case 'closed':
      return mrkdwn`*${name}* is closed.`;
  }
}
