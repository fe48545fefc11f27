/** The form of a won deal or a renewal's outcome: entered or changed. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { button, section } from '../../slack/blocks.ts';
import { formatMoneyShort } from '../../slack/format.ts';
import { dateInput, radioInput, selectInput, textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { type FormState, writeFormState } from '../entry-place.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { DEAL_KINDS, isRenewal, MOST_IN_A_NAME, OTHER_RENEWAL } from '../schemas.ts';
import type { Deal } from '../store.ts';
import { dayText, KIND_CHOICES, type Reader } from '../words-view.ts';
import { settledText } from './view.ts';

const Text = z.string().nullable();

/** What stands in the fields, as typed; null: nothing. */
export const DealValues = z.object({
  kind: z.enum(DEAL_KINDS).nullable(),
  renewal: Text,
  account: Text,
  amount: Text,
  date: Text,
});
export type DealValues = z.infer<typeof DealValues>;
export type DealPath = keyof DealValues;

interface Renewal {
  id: string;
  account: string;
  amount: number;
  date: string;
}

export interface DealFormScreen {
  state: FormState;
  values: DealValues;
  /** Those of the plan that can be picked. */
  renewals: readonly Renewal[];
  reader: Reader;
  /** Said above the field it is about; null path: above all. */
  problem?: { path: DealPath | null; text: SlackText } | undefined;
  /** What was typed as words, kept in sight. */
  words?: string | undefined;
  /** The deal that settles what was meant already. */
  settledBy?: Deal | undefined;
}

/** Of an account in a choice, beside amount and date. */
const NAME_IN_CHOICE = 45;
const WORDS_SHOWN = 300;
/** What was typed into a new deal's fields must not stay in those of another. */
const revOf = ({ state }: DealFormScreen) => state.entry ?? 'new';

export function dealForm(screen: DealFormScreen): ModalView {
  const { state, values, reader, words, settledBy } = screen;
  return modal({
    title: state.entry === null ? 'A deal' : 'Edit the deal',
    callbackId: CALLBACK.deal,
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: writeFormState(state),
    blocks: [
      ...(state.rep === reader.userId ? [] : [section(mrkdwn`For ${mention(state.rep)}`)]),
      ...(words
        ? [section(lines(mrkdwn`You wrote:`, mrkdwn`>${truncate(words, WORDS_SHOWN)}`))]
        : []),
      ...(settledBy ? [settledRow(settledBy, reader)] : []),
      ...problemAt(null, screen),
      ...problemAt('kind', screen),
      radioInput({
        path: 'kind',
        rev: revOf(screen),
        label: 'What was it?',
        choices: DEAL_KINDS.map((value) => ({ value, label: KIND_CHOICES[value] })),
        initial: values.kind,
        dispatch: true,
        actionId: ACTION.dealKind,
      }),
      ...renewalInput(screen),
      ...problemAt('account', screen),
      textInput({
        path: 'account',
        rev: revOf(screen),
        label: 'Account',
        initial: values.account && truncate(values.account, MOST_IN_A_NAME),
        maxLength: MOST_IN_A_NAME,
        placeholder: 'Acme Robotics',
        optional: isFromPlan(screen),
        ...(isFromPlan(screen) && {
          hint: 'Not needed where you pick one of the plan’s: its name counts.',
        }),
      }),
      ...problemAt('amount', screen),
      textInput({
        path: 'amount',
        rev: revOf(screen),
        label: `Amount in ${reader.currency}`,
        initial: values.amount,
        placeholder: '24,000 or 24k',
        optional: values.kind === 'lost',
        ...(values.kind === 'lost' && { hint: 'Empty: what the plan says.' }),
      }),
      ...problemAt('date', screen),
      dateInput({ path: 'date', rev: revOf(screen), label: 'On which day?', initial: values.date }),
    ],
  });
}

/** Also where none is open any more, that a renewal of its own can be told from one of the plan's. */
const isFromPlan = ({ values, renewals, settledBy }: DealFormScreen) =>
  values.kind !== null &&
  isRenewal(values.kind) &&
  (renewals.length > 0 || settledBy !== undefined || values.renewal === OTHER_RENEWAL);

function problemAt(path: DealPath | null, { problem }: DealFormScreen): KnownBlock[] {
  if (!problem || problem.path !== path) return [];
  return [section(mrkdwn`:small_orange_diamond: ${problem.text}`)];
}

function renewalInput(screen: DealFormScreen): KnownBlock[] {
  const { values, renewals, reader } = screen;
  if (!isFromPlan(screen)) return [];
  const choices = renewals.map(({ id, account, amount, date }) => ({
    value: id,
    label: `${truncate(account, NAME_IN_CHOICE)} · ${formatMoneyShort(amount, reader)} · ${dayText(date, reader)}`,
  }));
  return [
    ...problemAt('renewal', screen),
    selectInput({
      path: 'renewal',
      rev: revOf(screen),
      label: 'Which of the plan’s renewals?',
      hint: 'Left open, it goes by the account’s name.',
      choices: [...choices, { value: OTHER_RENEWAL, label: 'Another one, not in the plan' }],
      initial: values.renewal,
      placeholder: 'Pick one',
      optional: true,
    }),
  ];
}

function settledRow(by: Deal, reader: Reader): KnownBlock {
  return section(
    mrkdwn`:small_orange_diamond: ${settledText(by, reader)} Edit that one, or pick “Another one”.`,
    {
      accessory: button('Edit that one', { actionId: ACTION.dealEdit, value: by.id }),
    },
  );
}
