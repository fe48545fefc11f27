/** `/bigplan review causes`: what gets in the way, counted. */
import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button, context } from '../../slack/blocks.ts';
import { paginate } from '../../slack/paginate.ts';
import { modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { causesOpen } from '../ids.ts';
import type { CauseTable, TeamCauseTable } from './causes.ts';
import { causePart, TEAMS_A_PAGE, teamCausePart } from './part-view.ts';

/** For leaders and admins. */
export function causesView(table: CauseTable, locale: string, page = 0): ModalView {
  return shown([
    ...causePart(table, locale, page),
    ...pager(paginate(table.teams, page, TEAMS_A_PAGE)),
    context(
      mrkdwn`A rep counts once a cause and month. A cause that three reps name in a month, or a third of a team, comes to the workspace’s leaders as a message.`,
    ),
  ]);
}

/** For a manager. */
export function teamCausesView(table: TeamCauseTable, locale: string): ModalView {
  return shown(teamCausePart(table, locale));
}

function shown(blocks: KnownBlock[]): ModalView {
  return modal({ title: 'Causes', close: 'Done', blocks });
}

function pager({
  page,
  pages,
  total,
  previous,
  next,
}: ReturnType<typeof paginate<CauseTable['teams'][number]>>): KnownBlock[] {
  if (pages === 1) return [];
  const turn = (to: number | null, text: string) =>
    to === null ? [] : [button(text, causesOpen.numbered(to, to))];
  return [
    context(`Page ${page + 1} of ${pages}, ${total} teams`),
    actions([...turn(previous, 'Previous'), ...turn(next, 'Next')]),
  ];
}
