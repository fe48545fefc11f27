/** Home: what is to be done today, the reader's own plan, and their team. */
import type { HomeView, KnownBlock } from '@slack/types';
import { awayOpen, logButtonOf } from '../activity/ids.ts';
import { ownSettingsOpened, planOpened } from '../people/ids.ts';
import { mentions } from '../people/names-view.ts';
import type { Person } from '../people/store.ts';
import { type PlanScreen, planBlocks } from '../plan/reading/plan-view.ts';
import { actions, button, context, divider, header, section } from '../slack/blocks.ts';
import type { Page } from '../slack/paginate.ts';
import { home } from '../slack/surfaces.ts';
import { mention, mrkdwn, type SlackText } from '../slack/text.ts';
import { homeStart, homeTeamPage } from './ids.ts';

/** Reps on a page: Home holds a hundred blocks in all. */
export const REPS_A_PAGE = 40;

export interface HomeTeam {
  reps: Page<Pick<Person, 'userId' | 'name' | 'deactivated'>>;
  /** How each shown rep's plan stands, by user id, in words without a figure. */
  statuses: ReadonlyMap<string, string>;
  /** User ids of reps who have not answered yet. */
  asked: readonly string[];
}

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

/** What can be done about today without waiting to be asked. `day` is the reader's local date. */
function dayPart(day: string): KnownBlock[] {
  return [
    header('Today'),
    actions([
      button('Log today', logButtonOf(day)),
      button('Time off', awayOpen.with()),
      button('My settings', {
        ...ownSettingsOpened.with(),
        spoken: 'When and about what I am asked',
      }),
    ]),
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

/** A manager's reps with how their plans stand. Never a rep's figure: others may be looking on. */
function teamPart({ reps, statuses, asked }: HomeTeam): KnownBlock[] {
  return [
    header('Your team'),
    ...(reps.total === 0
      ? [
          section(
            mrkdwn`*Your reps and their plans will stand here.* \`/bigplan team\` is where you pick them.`,
          ),
        ]
      : []),
    ...reps.items.map((rep) => repRow(rep, statuses.get(rep.userId) ?? 'No plan yet')),
    ...(reps.pages > 1 ? pager(reps) : []),
    ...(asked.length > 0
      ? [
          context(
            mrkdwn`*${asked.length} asked, not answered yet:* ${mentions(asked)}. \`/bigplan team\` can take it back.`,
          ),
        ]
      : []),
  ];
}

function repRow(
  { userId, name, deactivated }: HomeTeam['reps']['items'][number],
  status: string,
): KnownBlock {
  if (deactivated) return section(mrkdwn`*${mention(userId)}*\nThis account is deactivated.`);
  return section(mrkdwn`*${mention(userId)}*\n${status}`, {
    accessory: button('Open', {
      ...planOpened.with(userId),
      spoken: `Open the plan of ${name}`,
    }),
  });
}

function pager({ page, pages, total, previous, next }: HomeTeam['reps']): KnownBlock[] {
  const to = (text: string, at: number | null) =>
    at === null ? [] : [button(text, homeTeamPage.numbered(text.toLowerCase(), at))];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} reps`),
    actions([...to('Previous', previous), ...to('Next', next)]),
  ];
}
