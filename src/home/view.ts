import type { HomeView, KnownBlock } from '@slack/types';
import type { PlanScreen } from '../plan/reading/plan-view.ts';
import { context, divider } from '../slack/blocks.ts';
import { home } from '../slack/surfaces.ts';
import { mrkdwn } from '../slack/text.ts';
import { dayPart } from './day-view.ts';
import { emptyPlanPart, planPart, setUpPart } from './plan-view.ts';
import { type HomeTeam, teamPart } from './team-view.ts';

export interface HomeScreen {
  /** Whether the reader is to be led through the set-up first. */
  needsSetUp: boolean;
  /** The reader's own plan; null while there is none. */
  plan: PlanScreen | null;
  /** The reader's local date, where an agreed plan covers it and it can be logged. */
  day: string | null;
  /** Null for somebody who manages nobody. */
  team: HomeTeam | null;
  /** Whether the reader may change the settings. */
  admin: boolean;
}

/** Home as one person sees it. Their own plan's figures are in it: nobody else ever sees this. */
export function homeView({ needsSetUp, plan, day, team, admin }: HomeScreen): HomeView {
  const parts = [
    needsSetUp && setUpPart(),
    day !== null && dayPart(day),
    plan && planPart(plan),
    team && teamPart(team),
    !plan && !needsSetUp && emptyPlanPart({ leads: team !== null }),
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
