/** The form of a won deal or a renewal's outcome: entered or changed. */
import type { KnownBlock } from '@slack/types';
import type { Problem } from '../../input/problem.ts';
import { button, section } from '../../slack/blocks.ts';
import {
  amount,
  date,
  type Field,
  optional,
  type RawFields,
  radio,
  text,
} from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatMoneyShort } from '../../slack/format.ts';
import { selectInput } from '../../slack/inputs.ts';
import { lines, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { dealEdit, dealKind } from '../ids.ts';
import {
  DEAL_KINDS,
  type DealKind,
  type DealValues,
  EntryPlace,
  isRenewal,
  MOST_IN_A_NAME,
  OTHER_RENEWAL,
} from '../schemas.ts';
import type { Deal } from '../store.ts';
import { dayText, KIND_CHOICES, type Reader } from '../words-view.ts';
import { settledText } from './view.ts';

export type DealPath = keyof DealValues;

/** How the reader writes, and whether a renewal of the plan can be picked. */
export interface DealStyle extends Reader {
  hasRenewals: boolean;
}

interface Renewal {
  id: string;
  account: string;
  amount: number;
  date: string;
}

export interface DealFormScreen extends Shown<EntryPlace, DealStyle> {
  /** Those of the plan that can be picked. */
  renewals: readonly Renewal[];
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

const kindIn = ({ kind }: RawFields): DealKind | null =>
  DEAL_KINDS.find((one) => one === kind) ?? null;

/** Also where none is open any more, that a renewal of its own can be told from one of the plan's. */
function isFromPlan(raw: RawFields, { hasRenewals }: DealStyle): boolean {
  const kind = kindIn(raw);
  return kind !== null && isRenewal(kind) && (hasRenewals || raw.renewal === OTHER_RENEWAL);
}

/** Asked as a must, and left to `check` all the same. */
const asked = <T>(field: Field<T>, isMust: boolean): Field<T | null> =>
  isMust ? { ...optional(field), input: field.input } : optional(field);

export const dealForm = form({
  id: 'deal_form',
  about: EntryPlace,
  fields(style: DealStyle, raw) {
    const fromPlan = isFromPlan(raw, style);
    const isLost = kindIn(raw) === 'lost';
    return {
      kind: radio(
        { label: 'What was it?', live: true, action: dealKind.id },
        DEAL_KINDS.map((value) => ({ value, label: KIND_CHOICES[value] })),
      ),
      // Its choices are the plan's: they stand on the screen.
      renewal: { ...optional(text({ label: '' })), input: () => null },
      account: asked(
        text(
          {
            label: 'Account',
            placeholder: 'Acme Robotics',
            ...(fromPlan && {
              hint: 'Not needed where you pick one of the plan’s: its name counts.',
            }),
          },
          MOST_IN_A_NAME,
        ),
        !fromPlan,
      ),
      amount: asked(
        amount({
          label: `Amount in ${style.currency}`,
          placeholder: '24,000 or 24k',
          ...(isLost && { hint: 'Empty: what the plan says.' }),
        }),
        !isLost,
      ),
      date: date({ label: 'On which day?' }),
    };
  },
  check({ kind, renewal, account, amount }) {
    const problems: Problem[] = [];
    const picked = isRenewal(kind) && renewal !== null && renewal !== OTHER_RENEWAL;
    if (account === null && !picked) {
      problems.push({ path: 'account', problem: 'Which account was it?' });
    }
    if (amount === null && kind !== 'lost') {
      problems.push({ path: 'amount', problem: 'How much was it?' });
    }
    if (amount === 0) problems.push({ path: 'amount', problem: 'It has to be above zero.' });
    return problems;
  },
  frame: ({ about }: DealFormScreen) => ({
    title: about.entry === null ? 'A deal' : 'Edit the deal',
    submit: 'Save',
    close: 'Cancel',
  }),
  arrange: (inputs, screen: DealFormScreen) => [
    ...(screen.about.rep === screen.style.userId
      ? []
      : [section(mrkdwn`For ${mention(screen.about.rep)}`)]),
    ...(screen.words
      ? [section(lines(mrkdwn`You wrote:`, mrkdwn`>${truncate(screen.words, WORDS_SHOWN)}`))]
      : []),
    ...(screen.settledBy ? [settledRow(screen.settledBy, screen.style)] : []),
    ...problemAt(null, screen),
    ...problemAt('kind', screen),
    ...inputs.kind,
    ...renewalInput(screen),
    ...problemAt('account', screen),
    ...inputs.account,
    ...problemAt('amount', screen),
    ...inputs.amount,
    ...problemAt('date', screen),
    ...inputs.date,
  ],
});

function problemAt(path: DealPath | null, { problem }: DealFormScreen): KnownBlock[] {
  if (!problem || problem.path !== path) return [];
  return [section(mrkdwn`:small_orange_diamond: ${problem.text}`)];
}

function renewalInput(screen: DealFormScreen): KnownBlock[] {
  const { raw, rev, renewals, style } = screen;
  if (!isFromPlan(raw, style)) return [];
  const choices = renewals.map(({ id, account, amount, date }) => ({
    value: id,
    label: `${truncate(account, NAME_IN_CHOICE)} · ${formatMoneyShort(amount, style)} · ${dayText(date, style)}`,
  }));
  return [
    ...problemAt('renewal', screen),
    selectInput({
      path: 'renewal',
      rev,
      label: 'Which of the plan’s renewals?',
      hint: 'Left open, it goes by the account’s name.',
      choices: [...choices, { value: OTHER_RENEWAL, label: 'Another one, not in the plan' }],
      initial: typeof raw.renewal === 'string' ? raw.renewal : null,
      placeholder: 'Pick one',
      optional: true,
    }),
  ];
}

function settledRow(by: Deal, reader: Reader): KnownBlock {
  return section(
    mrkdwn`:small_orange_diamond: ${settledText(by, reader)} Edit that one, or pick “Another one”.`,
    { accessory: button('Edit that one', dealEdit.with(by.id)) },
  );
}
