/** How the set-up ends: what happens next, and one button. */
import type { ModalView } from '@slack/types';
import { actions, button, section } from '../../slack/blocks.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { mentions } from '../names-view.ts';
import type { TeamSaved } from '../team/save-team.ts';
import { teamSavedWords } from '../team/saved-view.ts';

const opening = (text: string, repId: string) =>
  actions([button(text, { actionId: ACTION.openPlan, value: repId, style: 'primary' })]);

/** For whoever finished it. `joined` and `asked` are what their team came to. */
export function setUpDoneView(
  { userId, manages }: { userId: string; manages: boolean },
  saved: TeamSaved,
): ModalView {
  const [first] = saved.joined;
  const next =
    first !== undefined
      ? [
          section(
            mrkdwn`*Next:* sit down with ${mention(first)} and make the first plan together. It takes about five minutes, from what they want to earn to today's calls.`,
          ),
          opening('Start the first plan', first),
        ]
      : saved.asked.length > 0 || manages
        ? [
            section(
              mrkdwn`*Next:* \`/bigplan team\` shows who has said yes. Meanwhile, see for yourself what a plan asks.`,
            ),
            opening('Try it with my own plan', userId),
          ]
        : [
            section(
              mrkdwn`*Next:* managers pick their reps with \`/bigplan team\`, reps start with \`/bigplan\`. So can you.`,
            ),
            opening('Start my own plan', userId),
          ];
  const changed = saved.joined.length + saved.asked.length + saved.left.length > 0;
  return modal({
    title: 'Bigplan is set up',
    callbackId: CALLBACK.shown,
    close: 'Done',
    blocks: [
      section(changed || saved.channel !== 'same' ? teamSavedWords(saved) : mrkdwn`✓ *Saved.*`),
      ...next,
    ],
  });
}

/** For somebody who was second and is no admin: the set-up as the first one left it stays. */
export function setUpLateView(userId: string, admins: readonly string[]): ModalView {
  return modal({
    title: 'Bigplan is set up',
    callbackId: CALLBACK.shown,
    close: 'Done',
    blocks: [
      section(
        lines(
          mrkdwn`*Somebody was a moment quicker,* and Bigplan is ready to use.`,
          admins.length > 0 &&
            mrkdwn`If something should be otherwise, ${mentions(admins)} can change it.`,
        ),
      ),
      opening('Start my plan', userId),
    ],
  });
}
