/** What is said of viable leads once they are recorded or undone: the month so far, against the promise. */
import { context, section } from '../../slack/blocks.ts';
import { count, date, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount } from '../../slack/format.ts';
import { dateFormat } from '../../slack/locale.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { leadsEdit, leadsPutBack, leadsUndo } from '../ids.ts';
import { EntryPlace, MOST_LEADS } from '../schemas.ts';
import type { LeadCounts, Leads } from '../store.ts';
import { dayText, editAndUndo, forWhom, putBack, type Reader } from '../words-view.ts';

export interface LeadsFacts {
  /** Received in the month of the entry; null: nothing was entered. */
  month: LeadCounts | null;
  /** What the SDRs promised a month; null: the plan has no SDR. */
  promised: LeadCounts | null;
}

type LeadsReader = Pick<Reader, 'userId' | 'locale' | 'today'>;

export function leadsRecordedMessage(
  leads: Leads,
  facts: LeadsFacts,
  reader: LeadsReader,
): Message {
  const words = lines(
    mrkdwn`✓ ${what(leads, reader)}${forWhom(leads.repId, reader)}`,
    ...monthLines(leads, facts, reader),
  );
  return message(words, [
    section(words),
    editAndUndo(leads, { edit: leadsEdit, undo: leadsUndo }, 'the leads'),
  ]);
}

export function leadsUndoneMessage(leads: Leads, facts: LeadsFacts, reader: LeadsReader): Message {
  const words = lines(
    mrkdwn`Undone: ${what(leads, reader)}${forWhom(leads.repId, reader)}.`,
    ...monthLines(leads, facts, reader),
  );
  return message(words, [section(words), putBack(leadsPutBack, leads)]);
}

/** `6 inbound, 4 outbound · today`. */
function what({ inbound, outbound, date }: Leads, reader: LeadsReader): Mrkdwn {
  const counts = (['inbound', 'outbound'] as const).flatMap((direction) => {
    const count = direction === 'inbound' ? inbound : outbound;
    return count > 0 ? [`${formatCount(count, reader.locale)} ${direction}`] : [];
  });
  return mrkdwn`*${counts.length > 0 ? counts.join(', ') : 'No leads'}* · ${dayText(date, reader)}`;
}

function monthLines(
  { date }: Leads,
  { month, promised }: LeadsFacts,
  { locale }: LeadsReader,
): Mrkdwn[] {
  const name = dateFormat(locale, { month: 'long' }).format(Date.parse(`${date}T00:00:00Z`));
  const received = month ?? { inbound: 0, outbound: 0 };
  const count = (value: number) => formatCount(value, locale, 1);
  if (!promised) {
    return [
      mrkdwn`${name} so far: ${count(received.inbound)} inbound, ${count(received.outbound)} outbound.`,
      mrkdwn`The plan has no SDR promise to count them against; they are kept all the same.`,
    ];
  }
  const against = (direction: keyof LeadCounts) =>
    promised[direction] === 0
      ? `${direction} ${count(received[direction])}, none promised`
      : `${direction} ${count(received[direction])} of ${count(promised[direction])} promised`;
  return [mrkdwn`${name} so far: ${against('inbound')} · ${against('outbound')}`];
}

interface LeadsFormScreen extends Shown<EntryPlace, Reader> {
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
