/** Home: what is to be done today, the reader's own plan, and their team. */
import type { HomeView, KnownBlock } from '@slack/types';
import { type PlanScreen, planBlocks } from '../plan/reading/plan-view.ts';
import { actions, button, context, divider, header, section } from '../slack/blocks.ts';
import { home } from '../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../slack/text.ts';
import { homeStart } from './ids.ts';
import { type HomeLeader, leaderPart } from './leader-view.ts';
import { type OwnHome, ownParts } from './own-view.ts';
import { type HomeTeam, teamPart } from './team-view.ts';

export interface HomeScreen {
  /** Whether the reader is to be led through the set-up first. */
  needsSetUp: boolean;
  /** The reader's own plan; null while there is none. */
  plan: PlanScreen | null;
  /** The reader as a rep; null for somebody who is none. */
  own: OwnHome | null;
  /** Null for somebody who manages nobody. */
  team: HomeTeam | null;
  /** Null for somebody who leads no teams' managers. */
  leader: HomeLeader | null;
  /** BCP 47. */
  locale: string;
  /** Whether the reader may change the settings. */
  admin: boolean;
}

/** Home as one person sees it. Their own plan's figures are in it: nobody else ever sees this. */
export function homeView({
  needsSetUp,
  plan,
  own,
  team,
  leader,
  locale,
  admin,
}: HomeScreen): HomeView {
  const parts = [
    needsSetUp && setUpPart(),
    ...(own ? ownParts(own) : []),
    // Whoever leads is here for that first.
    leader && leaderPart(leader, locale),
    team && teamPart(team, locale),
    plan && planPart(plan),
    !plan && !needsSetUp && emptyPlanPart({ leads: team !== null || leader !== null }),
    footer(admin),
  ].filter((part) => part !== false && part !== null);
  return home(parts.flatMap((part, i) => (i === 0 ? part : [divider(), ...part])));
}

function footer(admin: boolean): KnownBlock[] {
  return [
    context(
      mrkdwn`\`/bigplan\` works from anywhere, \`/bigplan help\` lists what else it does.`,
      ...(admin
        ? [
            mrkdwn`\`/bigplan settings\` is where you say who leads, who manages and what plans begin with.`,
          ]
        : []),
    ),
  ];
}

/** The reader's own plan on one page. */
function planPart(screen: PlanScreen): KnownBlock[] {
  return [header('Your plan'), ...planBlocks(screen)];
}

/** Where the reader's plan will be. Whoever leads a team is here for that first. */
function emptyPlanPart({ leads }: { leads: boolean }): KnownBlock[] {
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
function setUpPart(): KnownBlock[] {
  const what: SlackText = mrkdwn`*Bigplan works backwards from what you want to earn to what you do today:* one written plan, agreed by rep and manager.`;
  return [
    section(what),
    section('Two short steps come first. They take under two minutes.'),
    start('Set up Bigplan', true),
  ];
}

function start(text: string, primary: boolean): KnownBlock {
  return actions([button(text, { ...homeStart.with(), style: primary ? 'primary' : undefined })]);
}
