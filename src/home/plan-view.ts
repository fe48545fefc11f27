import type { KnownBlock } from '@slack/types';
import { type PlanScreen, planBlocks } from '../plan/reading/plan-view.ts';
import { actions, button, header, section } from '../slack/blocks.ts';
import { mrkdwn, type SlackText } from '../slack/text.ts';
import { ACTION } from './ids.ts';

/** The reader's own plan on one page. */
export function planPart(screen: PlanScreen): KnownBlock[] {
  return [header('Your plan'), ...planBlocks(screen)];
}

/** Where the reader's plan will be. Whoever leads a team is here for that first. */
export function emptyPlanPart({ leads }: { leads: boolean }): KnownBlock[] {
  return [
    header('Your plan'),
    leads
      ? section('Do you carry a quota as well? Then your own plan will stand here.')
      : section(
          mrkdwn`*Your plan will stand here, on one page:* what you want to earn, what that takes, and today’s calls. A first one takes about five minutes, and every step is kept.`,
        ),
    start('Start your plan', !leads),
  ];
}

/** Before anything else, while nobody has set Bigplan up or the reader is in the middle of it. */
export function setUpPart(): KnownBlock[] {
  const what: SlackText = mrkdwn`*Bigplan works backwards from what you want to earn to what you do today:* one written plan, agreed by rep and manager.`;
  return [
    section(what),
    section('Two short steps come first. They take under two minutes.'),
    start('Set up Bigplan', true),
  ];
}

function start(text: string, primary: boolean): KnownBlock {
  return actions([
    button(text, { actionId: ACTION.start, style: primary ? 'primary' : undefined }),
  ]);
}
