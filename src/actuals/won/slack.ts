/** `/bigplan won`: a deal by words, in a form, and the list. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writeAmount } from '../../input/write-number.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { parseForm, readState, type FormState as Submitted } from '../../slack/form.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf } from '../../slack/request.ts';
import { raw } from '../../slack/text.ts';
import { openView, updateView } from '../../slack/views.ts';
import { answerCommand, answerForm } from '../answer.ts';
import { readFormState } from '../entry-place.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { planFor, readerOf } from '../plan-for.ts';
import { readWords, withoutPerson } from '../said-words.ts';
import {
  dealForm as DealForm,
  type DealForm as Filled,
  kindOf,
  OTHER_RENEWAL,
} from '../schemas.ts';
import { screenFor } from '../screen-for.ts';
import { keep } from '../undo-view.ts';
import { TITLES } from '../words-view.ts';
import { dealFormOf, listMessage, noValues, recordedMessage } from './deal-screens.ts';
import { type DealFormScreen, type DealPath, DealValues } from './form-view.ts';
import { readDeal, type SaidDeal, type Understood } from './read-deal.ts';
import { changeDeal, type DealEntry, mustFindDeal, recordDeal } from './record-deal.ts';
import { dealSettledMessage } from './view.ts';

/** The field that a refusal is about. */
const PATHS: Record<string, DealPath> = {
  day_ahead: 'date',
  outside_plan: 'date',
  no_account: 'account',
  no_amount: 'amount',
};
const WHICH =
  'The plan has more than one open renewal of that account: pick the one that is meant.';

export function listenToWon(context: Context): void {
  const { app, commands } = context;

  commands.subcommand(
    'won',
    async ({ teamId, userId, args, triggerId, client, respond }) => {
      const actor = { workspaceId: teamId, userId };
      const repId = readWords(args).person ?? userId;
      const { plan, reader } = await screenFor(context, actor, repId, 'won');
      const read = readDeal(args, reader);
      if (read.ok && read.kind === 'list') {
        return answerCommand(respond, await listMessage(context, plan, reader, { page: 0 }));
      }
      const open = async (
        values: Partial<DealValues>,
        more: Pick<DealFormScreen, 'problem' | 'words'> = {},
      ) => {
        const state = { rep: plan.rep.userId, entry: null, origin: null };
        const all = { ...noValues(plan), ...withoutNulls(values) };
        const screen = { state, values: all, reader, ...more };
        return openView(client, triggerId, await dealFormOf(context, plan, screen));
      };
      if (read.ok && read.kind === 'form') return open({});
      const words = withoutPerson(args);
      if (!read.ok) {
        const { field, problem: text, understood } = read;
        const path = field === 'layer' ? 'kind' : field;
        return open(valuesFrom(understood), { problem: { path, text }, words });
      }
      const said = valuesFrom({
        ...read.deal,
        amount: read.deal.amount === null ? null : writeAmount(read.deal.amount, reader),
      });
      try {
        const entry = entryFrom(read.deal, plan.today);
        const recorded = await recordDeal(context, actor, plan.rep.userId, entry);
        switch (recorded.kind) {
          case 'recorded':
            return answerCommand(respond, await recordedMessage(context, plan, reader, recorded));
          case 'which':
            return open(said, { problem: { path: 'renewal', text: WHICH }, words });
          case 'settled': {
            const values = { ...noValues(plan), ...withoutNulls(said), renewal: OTHER_RENEWAL };
            const another = keep({ rep: plan.rep.userId, values });
            return answerCommand(respond, dealSettledMessage(recorded.by, reader, another));
          }
        }
      } catch (error) {
        const path = error instanceof UserError ? PATHS[error.code] : undefined;
        if (!(error instanceof UserError) || !path) throw error;
        return open(said, { problem: { path, text: raw(error.text) }, words });
      }
    },
    'a deal: “Acme 24000 new”, also expansion, renewal or lost renewal; “list”; or get a form',
  );

  app.action(ACTION.dealKind, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    const actor = actorOf(body);
    const state = readFormState(body.view.private_metadata);
    const person = await meetPerson(context, actor.workspaceId, actor.userId);
    const plan = await planFor(context, actor, state.rep, 'won');
    const { values } = readState(body.view.state.values);
    const screen = { state, values: typed(values), reader: readerOf(person, plan) };
    await updateView(client, body.view.id, await dealFormOf(context, plan, screen));
  });

  app.view(CALLBACK.deal, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const person = await meetPerson(context, actor.workspaceId, actor.userId);
    const form = readFormState(view.private_metadata);
    if (form.entry !== null) await mustFindDeal(context, actor, form.entry);
    const plan = await planFor(context, actor, form.rep, 'won');
    const reader = readerOf(person, plan);
    const state = readState(view.state.values);
    const filled = parseForm(DealForm(reader), state);
    if (!filled.ok) return ack({ response_action: 'errors', errors: filled.errors });
    const again = async (more: Pick<DealFormScreen, 'problem' | 'settledBy'>) => {
      const screen = { state: form, values: typed(state.values), reader, ...more };
      const shown = await dealFormOf(context, plan, screen);
      return ack({ response_action: 'update', view: fitView(shown) });
    };
    try {
      const entry = entryOf(filled.value);
      const recorded =
        form.entry === null
          ? await recordDeal(context, actor, form.rep, entry)
          : await changeDeal(context, actor, form.entry, entry);
      if (recorded.kind === 'settled') return await again({ settledBy: recorded.by });
      if (recorded.kind === 'which') {
        const { renewal } = state.blockIds;
        if (renewal) return await ack({ response_action: 'errors', errors: { [renewal]: WHICH } });
        return await again({ problem: { path: 'renewal', text: WHICH } });
      }
      const { url = null, page = null } = form.origin ?? {};
      const message =
        page === null
          ? await recordedMessage(context, plan, reader, recorded)
          : await listMessage(context, plan, reader, { page });
      return await answerForm({ ack, log: context.log }, url, TITLES.deal, message);
    } catch (error) {
      const path = error instanceof UserError ? PATHS[error.code] : undefined;
      const block = path && state.blockIds[path];
      if (!(error instanceof UserError) || !block) throw error;
      return ack({ response_action: 'errors', errors: { [block]: error.text } });
    }
  });
}

const withoutNulls = (values: Partial<DealValues>): Partial<DealValues> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

function valuesFrom({ account, amount, layer, outcome, date }: Understood): DealValues {
  return { kind: layer && kindOf({ layer, outcome }), renewal: null, account, amount, date };
}

function entryFrom({ account, amount, layer, outcome, date }: SaidDeal, today: string): DealEntry {
  return { account, amount, layer, outcome, date: date ?? today, renewal: null };
}

function entryOf({ kind, ...filled }: Filled): DealEntry {
  const isLost = kind === 'lost';
  return { ...filled, layer: isLost ? 'renewal' : kind, outcome: isLost ? 'lost' : 'won' };
}

/** What stands in the form now, valid or not. */
function typed({ kind, renewal, account, amount, date }: Submitted['values']): DealValues {
  return DealValues.parse({
    kind: kind ?? null,
    renewal: renewal ?? null,
    account: account ?? null,
    amount: amount ?? null,
    date: date ?? null,
  });
}
