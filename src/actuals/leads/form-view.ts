import { context, section } from '../../slack/blocks.ts';
import { count, date, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { EntryPlace, MOST_LEADS } from '../schemas.ts';
import type { Reader } from '../words-view.ts';

export interface LeadsFormScreen extends Shown<EntryPlace, Reader> {
  problem?: string | null;
  /** What was typed as words, kept in sight. */
  words?: string | null;
}

const received = (label: string, hint: string) =>
  optional(count({ label, hint, placeholder: '0' }, { max: MOST_LEADS }));

/** The form of viable leads received. */
export const leadsForm = form({
  id: 'leads_form',
  about: EntryPlace,
  fields: (_: Reader) => ({
    inbound: received('Inbound', 'They came to you.'),
    outbound: received('Outbound', 'An SDR went out and found them.'),
    date: date({ label: 'On which day?' }),
  }),
  check: ({ inbound, outbound }) =>
    inbound === null && outbound === null
      ? [{ path: 'inbound', problem: 'Fill in at least one number: 0 is one too.' }]
      : [],
  apply: ({ inbound, outbound, date }) => ({
    inbound: inbound ?? 0,
    outbound: outbound ?? 0,
    date,
  }),
  frame: () => ({ title: 'Viable leads', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs, { about, style, problem, words }: LeadsFormScreen) => [
    ...(about.rep === style.userId ? [] : [section(mrkdwn`For ${mention(about.rep)}`)]),
    ...(words ? [section(lines(mrkdwn`You wrote:`, mrkdwn`>${truncate(words, 300)}`))] : []),
    ...(problem ? [section(mrkdwn`:small_orange_diamond: ${problem}`)] : []),
    ...inputs.inbound,
    ...inputs.outbound,
    ...inputs.date,
    ...(about.entry === null ? [context('They are added to those of the month.')] : []),
  ],
});
