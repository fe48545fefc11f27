import type { KnownBlock } from '@slack/types';
import { mentions } from '../people/names-view.ts';
import type { Person } from '../people/store.ts';
import { ACTION as PLAN_ACTION } from '../plan/ids.ts';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import type { Page } from '../slack/paginate.ts';
import { mention, mrkdwn } from '../slack/text.ts';
import { ACTION, numbered } from './ids.ts';

/** Reps on a page: Home holds a hundred blocks in all. */
export const REPS_A_PAGE = 40;

export interface HomeTeam {
  reps: Page<Pick<Person, 'userId' | 'name' | 'deactivated'>>;
  /** How each shown rep's plan stands, by user id, in words without a figure. */
  statuses: ReadonlyMap<string, string>;
  /** User ids of reps who have not answered yet. */
  asked: readonly string[];
}

/** A manager's reps with how their plans stand. Never a rep's figure: others may be looking on. */
export function teamPart({ reps, statuses, asked }: HomeTeam): KnownBlock[] {
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
      actionId: PLAN_ACTION.open,
      value: userId,
      spoken: `Open the plan of ${name}`,
    }),
  });
}

function pager({ page, pages, total, previous, next }: HomeTeam['reps']): KnownBlock[] {
  const to = (text: string, at: number | null) =>
    at === null
      ? []
      : [
          button(text, {
            actionId: numbered(ACTION.teamPage, text.toLowerCase()),
            value: String(at),
          }),
        ];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} reps`),
    actions([...to('Previous', previous), ...to('Next', next)]),
  ];
}
