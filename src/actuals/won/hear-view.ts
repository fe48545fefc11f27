/** What is offered to whoever tells of a deal in plain words: its form, begun, or what else there is. */
import { actions, button, section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import { dealList, dealOpen, pipelineAdd } from '../ids.ts';
import type { DealValues } from '../schemas.ts';
import { KIND_CHOICES, onDay, type Reader } from '../words-view.ts';

interface Heard {
  /** Slack's user id. */
  rep: string;
  /** What the form begins with. */
  values: DealValues;
}

/** `amount`: as it reads; null: not said. */
export function askWonView({
  rep,
  values,
  amount,
  reader,
}: Heard & { amount: string | null; reader: Reader }): Message {
  const { account, kind, date } = values;
  const said = [account, amount, kind && KIND_CHOICES[kind].toLowerCase()].filter((part) => part);
  const day = date === null ? '' : `, ${onDay(date, reader)}`;
  const words =
    account === null && amount === null
      ? mrkdwn`A deal? Well done. It counts once it is entered.`
      : mrkdwn`*${said.join(' · ')}*${day}. It counts once it is entered.`;
  return message(words, [
    section(words),
    actions([button('Enter it…', { ...dealOpen.with({ rep, values }), style: 'primary' })]),
  ]);
}

/** `account`: of the plan's renewal; left out: nobody said which. */
export function askLostView({ rep, values, account }: Heard & { account?: string }): Message {
  const words =
    account === undefined
      ? mrkdwn`Sorry to hear that. Was it a renewal of your plan? What was still open is only taken out of the pipeline.`
      : mrkdwn`Sorry to hear that. *${account}* is a renewal of your plan: shall it stand as lost?`;
  return message(words, [
    section(words),
    actions([
      button('Mark it lost…', dealOpen.with({ rep, values })),
      button('Update my pipeline', pipelineAdd.with(rep)),
    ]),
  ]);
}

/** `values`: of the form, should it be a renewal after all; `wasWon`: one of that name is entered as won. */
export function neverWonView({
  rep,
  values,
  account,
  wasWon,
}: Heard & { account: string; wasWon: boolean }): Message {
  const words = lines(
    mrkdwn`*${account}* is no renewal of the plan. A deal that was still open needs no entry: take it out of the pipeline, so that coverage stays true.`,
    wasWon && mrkdwn`A deal with ${account} is entered as won: if that fell through, undo it.`,
  );
  return message(words, [
    section(words),
    actions([
      button('Update the pipeline', { ...pipelineAdd.with(rep), style: 'primary' }),
      ...(wasWon ? [button('Show what was won', dealList.with({ rep, page: 0 }))] : []),
      button('It was a renewal…', dealOpen.with({ rep, values })),
    ]),
  ]);
}
