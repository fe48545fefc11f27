/** Being forgotten: what goes, what stays, and what others hear of it. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { withoutManager } from '../people/team/left-view.ts';
import { section } from '../slack/blocks.ts';
import { boxes } from '../slack/fields.ts';
import { form, type Shown } from '../slack/form.ts';
import type { NumberStyle } from '../slack/format.ts';
import { type Message, message, modal } from '../slack/surfaces.ts';
import { lines, mrkdwn } from '../slack/text.ts';

interface ForgetScreen extends Shown<Record<never, never>, NumberStyle> {
  hasManager: boolean;
  reps: number;
}

/** Without a figure: nothing is money here. */
export const FORGET_STYLE: NumberStyle = { locale: 'en-US', currency: 'USD', digits: 2 };

export const forgetForm = form({
  id: 'forget_me',
  about: z.object({}),
  fields: (_: NumberStyle) => ({
    sure: boxes(
      { label: 'It can’t be undone' },
      [{ value: 'sure', label: 'I have read this. Forget me.' }],
      { atLeastOne: 'Tick this if you mean it, or close the form: nothing has happened yet.' },
    ),
  }),
  frame: () => ({ title: 'Forget me', submit: 'Forget me', close: 'Keep me' }),
  arrange: ({ sure }, { hasManager, reps }: ForgetScreen) => [
    section(
      lines(
        mrkdwn`*What goes, at once:* your plans with every version, goals and pay; your days, deals, pipeline and leads; 1:1s, answers and recovery plans; coaching, prospects, objections; time off, settings and roles.`,
        mrkdwn`*What goes within a day:* my messages to you, and those about you in your manager’s channel and DM, as fast as Slack lets me delete them.`,
      ),
    ),
    section(
      lines(
        mrkdwn`*What stays:* that something was signed, held or entered in other people’s plans, by “somebody who was forgotten”. Words that others wrote, and messages that name several people. Figures of a team that were sent already; from now on it is counted without you.`,
        mrkdwn`*Logs and backups* are with whoever runs Bigplan, who is asked to keep them no longer than thirty days. Logs hold ids, never words or amounts.`,
      ),
    ),
    section(
      lines(
        hasManager && mrkdwn`*Your manager* reads that you were forgotten, and nothing else.`,
        reps > 0 &&
          mrkdwn`*The ${reps} ${reps === 1 ? 'person who plans' : 'people who plan'} with you* read that they need another manager. Their plans stay theirs, signed as they are.`,
        mrkdwn`To keep a copy, close this and run \`/bigplan export\` first. Later, \`/bigplan\` begins anew, as for somebody I never met.`,
      ),
    ),
    ...sure,
  ],
});

export function forgottenView(): ModalView {
  const words = lines(
    mrkdwn`✓ *I have forgotten you.* Nothing about you is in my database any more.`,
    mrkdwn`My messages go within a day, as fast as Slack lets me. If you want to begin anew, \`/bigplan\` does.`,
  );
  return modal({ title: 'Forgotten', close: 'Close', blocks: [section(words)] });
}

export function knownNothingView(): ModalView {
  const words = mrkdwn`*I hold nothing about you*, so there is nothing to forget. \`/bigplan\` begins a plan, if you want one.`;
  return modal({ title: 'Forget me', close: 'Close', blocks: [section(words)] });
}

/** To their manager. */
export function personForgottenMessage(name: string): Message {
  const words = mrkdwn`*${name} asked me to forget them*, and I have: their plan, days and 1:1s are gone. There is nothing for you to do.`;
  return message(words, [section(words)]);
}

/** To somebody who planned with them. */
export function managerForgottenMessage(name: string, readerId: string): Message {
  return withoutManager(
    mrkdwn`*${name} is no longer your manager in Bigplan.* Your plan stays yours, signed as it is.`,
    readerId,
  );
}
