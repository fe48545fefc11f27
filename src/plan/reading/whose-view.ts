import type { ModalView } from '@slack/types';
import { planOpened } from '../../people/ids.ts';
import type { Person } from '../../people/store.ts';
import { button, context, divider, section } from '../../slack/blocks.ts';
import { modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';

/** Reps that are shown; `/bigplan team` pages through more. */
const SHOWN = 40;

/** For somebody who leads a team: whose plan to open, their reps' or their own. */
export function whoseView(
  reader: Person,
  reps: readonly Person[],
  statuses: ReadonlyMap<string, string>,
): ModalView {
  const row = (userId: string, name: string, spoken: string) =>
    section(mrkdwn`*${name}*\n${statuses.get(userId) ?? 'No plan yet'}`, {
      accessory: button('Open', { ...planOpened.with(userId), spoken }),
    });
  const rest = reps.length - SHOWN;
  return modal({
    title: 'Whose plan?',
    close: 'Close',
    blocks: [
      ...reps.slice(0, SHOWN).map(({ userId, name }) => row(userId, name, `Open ${name}’s plan`)),
      ...(rest > 0 ? [context(mrkdwn`${rest} more: \`/bigplan team\` shows everybody.`)] : []),
      divider(),
      row(reader.userId, 'You', 'Open your own plan'),
    ],
  });
}
