import type { ModalView } from '@slack/types';
import { planOpened } from '../../people/ids.ts';
import type { Person } from '../../people/store.ts';
import { button, divider, section } from '../../slack/blocks.ts';
import { menuOptions } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';

/** Reps that are shown, each with how their plan stands; the others are found by name. */
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
  const rest = reps.slice(SHOWN);
  return modal({
    title: 'Whose plan?',
    close: 'Close',
    blocks: [
      ...reps.slice(0, SHOWN).map(({ userId, name }) => row(userId, name, `Open ${name}’s plan`)),
      ...(rest.length > 0
        ? [
            section(mrkdwn`*Somebody else* (${rest.length} more)`, {
              accessory: {
                type: 'static_select' as const,
                action_id: `${planOpened.id}.more`,
                placeholder: { type: 'plain_text' as const, text: 'Find somebody' },
                ...menuOptions(
                  rest.map(({ userId, name }) => ({
                    value: planOpened.write(userId),
                    label: name,
                  })),
                ),
              },
            }),
          ]
        : []),
      divider(),
      row(reader.userId, 'You', 'Open your own plan'),
    ],
  });
}
