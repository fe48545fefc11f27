/** Home: what is to be done today, the reader's own plan, and their team. */
import type { HomeView, KnownBlock } from '@slack/types';
import { questionMessage, type TeamQuestion } from '../people/team/messages-view.ts';
import { type PlanScreen, planBlocks } from '../plan/reading/plan-view.ts';
import type { BriefFunction } from '../review/brief/schemas.ts';
import type { Commitment } from '../review/commitments/store.ts';
import { FUNCTION_NAMES, takenBlocks } from '../review/commitments/view.ts';
import { promisesOpen } from '../review/ids.ts';
import { actions, button, context, divider, header, section } from '../slack/blocks.ts';
import { formatCount } from '../slack/format.ts';
import { home, type Message } from '../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../slack/text.ts';
import { homeStart } from './ids.ts';
import { type HomeLeader, leaderPart } from './leader-view.ts';
import { type OwnHome, ownParts } from './own-view.ts';
import { type HomeTeam, teamPart } from './team-view.ts';

/** What the reader took on before others. */
export interface HomeTaken {
  /** Open ones and those done lately, by when they are due. */
  items: readonly Commitment[];
  /** What they answer for in the weekly sync. */
  functions: readonly BriefFunction[];
  /** The reader's local date. */
  today: string;
}

export interface HomeScreen {
  /** Whether the reader is to be led through the set-up first. */
  needsSetUp: boolean;
  /** Who wants to plan with the reader, and waits for a yes or no. */
  questions: readonly TeamQuestion[];
  /** The reader's own plan; null while there is none. */
  plan: PlanScreen | null;
  /** What would have told the reader that something may not have arrived, and may not have arrived itself. */
  untold: readonly Message[];
  /** The reader as a rep; null for somebody who is none. */
  own: OwnHome | null;
  /** Null for somebody who has taken nothing on, and answers for nothing in the weekly sync. */
  taken: HomeTaken | null;
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
  questions,
  untold,
  plan,
  own,
  taken,
  team,
  leader,
  locale,
  admin,
}: HomeScreen): HomeView {
  const parts = [
    needsSetUp && setUpPart(),
    ...questions.map((one) => questionMessage(one).blocks),
    untold.length > 0 && untoldPart(untold, locale),
    ...(own ? ownParts(own) : []),
    taken && takenPart(taken, locale),
    // Whoever leads is here for that first.
    leader && leaderPart(leader, locale),
    team && teamPart(team, locale),
    plan && planPart(plan),
    !plan &&
      !needsSetUp &&
      emptyPlanPart({
        isElse: taken !== null || team !== null || leader !== null,
        isFirst: questions.length === 0 && untold.length === 0,
      }),
    footer(admin),
  ].filter((part) => part !== false && part !== null);
  return home(parts.flatMap((part, i) => (i === 0 ? part : [divider(), ...part])));
}

const MOST_UNTOLD = 3;

/** As the messages would have read. */
function untoldPart(untold: readonly Message[], locale: string): KnownBlock[] {
  const more = untold.length - MOST_UNTOLD;
  return [
    header('Not everything arrived'),
    ...untold.slice(0, MOST_UNTOLD).flatMap(({ blocks }) => blocks),
    ...(more > 0
      ? [context(`${formatCount(more, locale)} more will stand here once these are settled.`)]
      : []),
  ];
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

/** So many are shown, and so many of those done lately. */
const MOST_TAKEN = 5;
const MOST_DONE = 2;

const listed = new Intl.ListFormat('en', { type: 'conjunction' });

function takenPart({ items, functions, today }: HomeTaken, locale: string): KnownBlock[] {
  const open = items.filter(({ doneAt }) => doneAt === null);
  const done = items.filter(({ doneAt }) => doneAt !== null);
  const names = functions.map((its) => FUNCTION_NAMES[its]);
  const whose = names.length > 0 ? ` for ${listed.format(names)} in the weekly sync` : '';
  const shown = [...open.slice(0, MOST_TAKEN), ...done.slice(-MOST_DONE)];
  return [
    header('What you took on'),
    ...(open.length === 0
      ? [section(mrkdwn`*Nothing is open.* What you take on${whose} stands here until it is done.`)]
      : []),
    ...shown.flatMap((one) => takenBlocks(one, { today, locale })),
    ...(open.length > MOST_TAKEN
      ? [
          actions([
            button(`All ${open.length}`, {
              ...promisesOpen.with(),
              spoken: 'All that you took on, and promised',
            }),
          ]),
        ]
      : []),
  ];
}

/** The reader's own plan on one page. */
function planPart(screen: PlanScreen): KnownBlock[] {
  return [header('Your plan'), ...planBlocks(screen)];
}

/** Where the reader's plan will be. Whoever has another part in it is here for that first. */
function emptyPlanPart({ isElse, isFirst }: { isElse: boolean; isFirst: boolean }): KnownBlock[] {
  return [
    header('Your plan'),
    isElse
      ? section('Do you carry a quota as well? Then your own plan will stand here.')
      : section(
          mrkdwn`*Your plan will stand here, on one page:* what you want to earn, what that takes, and today’s calls. A first one takes about five minutes, and every step is kept.`,
        ),
    start('Start your plan', isFirst && !isElse),
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
