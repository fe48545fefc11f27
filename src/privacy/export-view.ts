/** What is said about an export. */
import { section } from '../slack/blocks.ts';
import { type Message, message } from '../slack/surfaces.ts';
import { lines, mrkdwn, type SlackText } from '../slack/text.ts';

const said = (words: SlackText): Message => message(words, [section(words)]);

export const exportBegunMessage = (): Message =>
  said(
    lines(
      mrkdwn`*Everything I hold about you is on its way*, as one file, in your DM with me. Nobody else gets it.`,
      mrkdwn`It holds your plans with their goals and pay, your days, deals, 1:1s, coaching, and the messages I sent. It is readable text (JSON): keep it where others can’t open it.`,
    ),
  );

/** `code`: Slack's. */
export const exportRefusedMessage = (code: string): Message =>
  said(
    mrkdwn`Slack didn’t take the file (\`${code}\`), so nothing was sent. \`/bigplan export\` tries again; where that goes on, an admin of Bigplan can look at the app’s permissions.`,
  );

export const nobodyMessage = (): Message =>
  said(mrkdwn`I hold nothing about you. \`/bigplan\` begins a plan, if you want one.`);

/** Above the file. */
export const EXPORT_WORDS =
  'Everything that Bigplan holds about you, as you asked. Only you see it here; deleting this message deletes the file.';
