/** A renewal whose date has passed: what came of it, one tap from the check-in. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { date } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatMoneyShort } from '../../slack/format.ts';
import { mrkdwn } from '../../slack/text.ts';
import { dealEdit, renewalLater, renewalLost, renewalWon } from '../ids.ts';
import type { Deal } from '../store.ts';
import { dayText, onDay, type Reader } from '../words-view.ts';

/** A renewal of the plan, and what came of it; minor units. */
export interface DueRenewal {
  id: string;
  account: string;
  amount: number;
  date: string;
  /** Null: nothing is known yet. */
  settledBy: Deal | null;
}

/** So many at once; `/bigplan won` has the others. */
const MOST_SHOWN = 3;

/** What the check-in of `asked` (a local date) has of them. */
export function dueBlocks(
  renewals: readonly DueRenewal[],
  asked: string,
  reader: Reader,
): KnownBlock[] {
  const left = renewals.length - MOST_SHOWN;
  return [
    ...renewals.slice(0, MOST_SHOWN).flatMap((one) => dueRow(one, asked, reader)),
    ...(left > 0
      ? [context(mrkdwn`And ${left} more whose date has passed: \`/bigplan won\` takes them.`)]
      : []),
  ];
}

function dueRow(
  { id, account, amount, date, settledBy }: DueRenewal,
  asked: string,
  reader: Reader,
) {
  const money = (minor: number) => formatMoneyShort(minor, reader);
  if (settledBy) {
    const words = mrkdwn`✓ *${account}* ${settledBy.outcome}: ${money(settledBy.amount)}`;
    const accessory = button('Edit', {
      ...dealEdit.with(settledBy.id),
      spoken: `Edit the renewal of ${account}`,
    });
    return [section(words, { accessory })];
  }
  const place = { date: asked, renewal: id };
  return [
    section(mrkdwn`*${account}* was due ${onDay(date, reader)}: ${money(amount)}.`),
    actions([
      button('Won', { ...renewalWon.with(place), spoken: `${account} is won` }),
      button('Lost', { ...renewalLost.with(place), spoken: `${account} is lost` }),
      button('Later…', { ...renewalLater.with(place), spoken: `Ask later about ${account}` }),
    ]),
  ];
}

/** Which renewal, in the check-in of which day. */
const LaterPlace = z.object({ renewal: z.string(), date: z.iso.date() });

interface LaterScreen extends Shown<z.infer<typeof LaterPlace>, Reader> {
  account: string;
  /** When it was due. */
  due: string;
}

export const renewalLaterForm = form({
  id: 'renewal_later',
  about: LaterPlace,
  fields: (_: Reader) => ({ until: date({ label: 'Ask me again on' }) }),
  check: ({ until }, { today }) =>
    until > today ? [] : [{ path: 'until', problem: 'A day that is still to come, please.' }],
  frame: () => ({ title: 'Not decided yet', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs, { account, due, style }: LaterScreen) => [
    section(
      mrkdwn`*${account}* was due ${dayText(due, style) === 'yesterday' ? 'yesterday' : onDay(due, style)}. Until you say what came of it, it counts as not won yet.`,
    ),
    ...inputs.until,
  ],
});
