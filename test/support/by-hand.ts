/** Requests as Slack sends them, made by hand: the same one twice, or one that comes late. */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { TestApp } from './app.ts';
import { TEAM } from './slack.ts';

export type Typed = Record<string, string>;

function stateOf(view: ModalView, typed: Typed) {
  const inputs = (view.blocks as KnownBlock[]).filter(
    (block): block is InputBlock => block.type === 'input',
  );
  const values = inputs.map((block) => {
    const { element, block_id = '' } = block;
    const value = typed[block_id.slice(0, block_id.lastIndexOf(':'))];
    const key = element.type === 'datepicker' ? 'selected_date' : 'value';
    const kept =
      element.type === 'datepicker'
        ? element.initial_date
        : element.type === 'plain_text_input'
          ? element.initial_value
          : null;
    const action = 'action_id' in element ? (element.action_id ?? 'a') : 'a';
    return [block_id, { [action]: { type: element.type, [key]: value ?? kept ?? null } }] as const;
  });
  return { values: Object.fromEntries(values) };
}

const facts = (user: string, view: ModalView, typed: Typed) => ({
  team: { id: TEAM, domain: 'fake' },
  user: { id: user, team_id: TEAM },
  trigger_id: '1.x',
  view: { ...view, id: 'V0BYHAND', hash: '1.old', state: stateOf(view, typed) },
});

const send = ({ slack, bigplan }: TestApp, payload: object) =>
  slack
    .send({
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      contentType: 'application/x-www-form-urlencoded',
    })
    .finally(() => bigplan.settled());

/** Submits a modal as it was shown, whatever is shown by now. */
export const submitByHand = (app: TestApp, user: string, view: ModalView, typed: Typed = {}) =>
  send(app, { type: 'view_submission', ...facts(user, view, typed) });

/** A stroke in a field of the modal, typed at `second` on Slack's clock. */
export const strokeByHand = (
  app: TestApp,
  user: string,
  view: ModalView,
  { field, typed, second }: { field: string; typed: Typed; second: number },
) =>
  send(app, {
    type: 'block_actions',
    ...facts(user, view, typed),
    actions: [
      {
        type: 'plain_text_input',
        action_id: field,
        block_id: 'b',
        value: '',
        action_ts: String(second),
      },
    ],
  });
