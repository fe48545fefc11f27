/** `/bigplan won`: a deal by words, in a form, and the list. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { FieldProblems } from '../../input/problem.ts';
import { writeAmount } from '../../input/write-number.ts';
import type { CommandRequest } from '../../slack/commands.ts';
import type { RawFields } from '../../slack/fields.ts';
import { type Click, oldButton } from '../../slack/on.ts';
import { mrkdwn, raw } from '../../slack/text.ts';
import { answerClick, answerForm } from '../answer.ts';
import {
  dealAdd,
  dealEdit,
  dealKind,
  dealList,
  dealMenu,
  dealOpen,
  dealPutBack,
  dealUndo,
} from '../ids.ts';
import { mustBeOfPlan, screenFor } from '../plan-for.ts';
import { readWords, withoutPerson } from '../said-words.ts';
import { DealValues, kindOf, OTHER_RENEWAL } from '../schemas.ts';
import { TITLES } from '../words-view.ts';
import {
  type DealScreen,
  dealFormOf,
  listMessage,
  neverWonMessage,
  noValues,
  recordedMessage,
  valuesOf,
} from './deal-screens.ts';
import { type DealPath, dealForm } from './form-view.ts';
import { readDeal, type SaidDeal, type Understood } from './read-deal.ts';
import {
  changeDeal,
  type DealEntry,
  mustFindDeal,
  putBackDeal,
  recordDeal,
  undoDeal,
} from './record-deal.ts';
import { dealLine, dealSettledMessage, dealUndoneMessage } from './view.ts';

const WHICH =
  'The plan has more than one open renewal of that account: pick the one that is meant.';

export function listenToWon(context: Context): void {
  const { on, commands } = context;

  const enter = async ({ actor, args, open, answer }: CommandRequest) => {
    const repId = readWords(args).person ?? actor.userId;
    const { plan, reader } = await screenFor(context, actor, repId, 'won');
    const read = readDeal(args, reader);
    if (read.ok && read.kind === 'list') {
      return answer(await listMessage(context, plan, reader, { page: 0 }));
    }
    const openForm = (
      values: Partial<DealValues>,
      more: Pick<DealScreen, 'problem' | 'words'> = {},
    ) => {
      const about = { rep: plan.rep.userId, entry: null, origin: null };
      const all = { ...noValues(plan), ...withoutNulls(values) };
      return open(() => dealFormOf(context, plan, { about, values: all, reader, ...more }));
    };
    if (read.ok && read.kind === 'form') return openForm({});
    if (read.ok && read.kind === 'never_won') {
      return answer(await neverWonMessage(context, plan, read.account));
    }
    const words = withoutPerson(args);
    if (!read.ok) {
      const { field, problem: text, understood } = read;
      const path = field === 'layer' ? 'kind' : field;
      return openForm(valuesFrom(understood), { problem: { path, text }, words });
    }
    const said = valuesFrom({
      ...read.deal,
      amount: read.deal.amount === null ? null : writeAmount(read.deal.amount, reader),
    });
    try {
      const entry = { id: randomUUID(), ...entryFrom(read.deal, plan.today) };
      const recorded = await recordDeal(context, actor, plan.rep.userId, entry);
      switch (recorded.kind) {
        case 'recorded':
          return answer(await recordedMessage(context, recorded.plan, reader, recorded));
        case 'which':
          return openForm(said, { problem: { path: 'renewal', text: WHICH }, words });
        case 'settled': {
          const values = { ...noValues(plan), ...withoutNulls(said), renewal: OTHER_RENEWAL };
          const another = { rep: plan.rep.userId, values };
          return answer(dealSettledMessage(recorded.by, reader, another));
        }
      }
    } catch (error) {
      if (!(error instanceof UserError) || error.path === null) throw error;
      // No renewal of that name: most likely it was a deal that was still open.
      if (!read.isLayerSaid && error.path === 'amount') {
        return answer(await neverWonMessage(context, plan, read.deal.account));
      }
      const path = error.path as DealPath;
      return openForm(said, { problem: { path, text: raw(error.text) }, words });
    }
  };

  commands.subcommand(
    'won',
    enter,
    'a deal: “Acme 24000 new”, also expansion, renewal or lost renewal; “list”; or get a form',
  );
  commands.subcommand(
    'lost',
    async (request) => {
      const { args, actor, open } = request;
      if (withoutPerson(args) !== '') return enter({ ...request, args: `lost ${args}` });
      const repId = readWords(args).person ?? actor.userId;
      const { plan, reader } = await screenFor(context, actor, repId, 'won');
      const about = { rep: plan.rep.userId, entry: null, origin: null };
      const values = { ...noValues(plan), kind: 'lost' as const };
      return open(() => dealFormOf(context, plan, { about, values, reader }));
    },
    'a renewal that was lost, such as “Acme”; or get a form',
  );

  on.act(dealKind, async ({ actor, view, update }) => {
    const metadata = dealForm.metadata.read(view?.metadata ?? '');
    if (!view || !metadata) throw oldButton();
    const { about, submissionId } = metadata;
    await update(async () => {
      const values = typed(view.state.values);
      const { plan, reader } = await screenFor(context, actor, about.rep, 'won', values.date);
      const screen = { about, values, reader, ...(submissionId !== null && { submissionId }) };
      return dealFormOf(context, plan, screen);
    });
  });

  on.submit(dealForm, async ({ actor, id, about, raw: filled, read }) => {
    const { rep, entry: dealId } = about;
    if (dealId !== null) await mustFindDeal(context, actor, dealId);
    const { plan, reader } = await screenFor(context, actor, rep, 'won', typed(filled).date);
    const entry = entryOf(read({ ...reader, hasRenewals: true }));
    const recorded =
      dealId === null
        ? await recordDeal(context, actor, rep, { id, ...entry })
        : await changeDeal(context, actor, dealId, entry);
    const again = async (more: Pick<DealScreen, 'problem' | 'settledBy'>) => {
      const screen = { about, values: typed(filled), reader, submissionId: id, ...more };
      return { update: await dealFormOf(context, plan, screen) };
    };
    if (recorded.kind === 'settled') return again({ settledBy: recorded.by });
    if (recorded.kind === 'which') {
      if ('renewal' in filled) throw new FieldProblems([{ path: 'renewal', problem: WHICH }]);
      return again({ problem: { path: 'renewal', text: WHICH } });
    }
    const { url = null, page = null } = about.origin ?? {};
    const message =
      page === null
        ? await recordedMessage(context, recorded.plan, reader, recorded)
        : await listMessage(context, recorded.plan, reader, { page });
    return answerForm(context, { actor, url }, TITLES.deal, message);
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

function entryOf({ kind, ...filled }: ReturnType<typeof dealForm.read>): DealEntry {
  const isLost = kind === 'lost';
  return { ...filled, layer: isLost ? 'renewal' : kind, outcome: isLost ? 'lost' : 'won' };
}

/** What stands in the form now, valid or not. */
function typed(raw: RawFields): DealValues {
  const nothing = Object.fromEntries(Object.keys(DealValues.shape).map((path) => [path, null]));
  return DealValues.parse({ ...nothing, ...raw });
}

/** The buttons of a deal, wherever it is shown: edit, undo, put back; and the pages of the list. */
export function listenToDeals(context: Context): void {
  const { on } = context;

  /** `page`: of the list in which it was clicked. */
  const edit = (
    { actor, responseUrl, showInstead }: Click<unknown>,
    dealId: string,
    page: number | null,
  ) =>
    showInstead(async () => {
      const deal = await mustFindDeal(context, actor, dealId);
      const { plan, reader } = await screenFor(context, actor, deal.repId, 'won', deal.date);
      mustBeOfPlan(plan, deal);
      const origin = responseUrl === null ? null : { url: responseUrl, page };
      const about = { rep: deal.repId, entry: deal.id, origin };
      return dealFormOf(context, plan, { about, values: valuesOf(deal, reader), reader });
    });

  on.click(dealEdit, (click) => edit(click, click.value, null));

  on.click(dealAdd, async ({ actor, value: rep, showOver }) =>
    showOver(async () => {
      const { plan, reader } = await screenFor(context, actor, rep, 'won');
      const about = { rep, entry: null, origin: null };
      return dealFormOf(context, plan, { about, values: noValues(plan), reader });
    }),
  );

  on.click(dealOpen, async ({ actor, value: { rep, values }, responseUrl, showInstead }) =>
    showInstead(async () => {
      const { plan, reader } = await screenFor(context, actor, rep, 'won');
      const origin = responseUrl === null ? null : { url: responseUrl, page: null };
      return dealFormOf(context, plan, { about: { rep, entry: null, origin }, values, reader });
    }),
  );

  on.act(dealUndo, async ({ actor, value: kept, ...click }) => {
    const undone = await undoDeal(context, actor, kept.id);
    // A second click shows the same as the first.
    const { reader } = await screenFor(context, actor, kept.repId, 'won', kept.date);
    await answerClick(click, TITLES.deal, dealUndoneMessage(undone?.deal ?? kept, reader));
  });

  on.act(dealPutBack, async ({ actor, value: kept, ...click }) => {
    const recorded = await putBackDeal(context, actor, kept);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'won', kept.date);
    const message =
      recorded.kind === 'recorded'
        ? await recordedMessage(context, plan, reader, recorded)
        : dealSettledMessage(recorded.by, reader, null);
    await answerClick(click, TITLES.deal, message);
  });

  on.act(dealList, async ({ actor, value: { rep, page }, ...click }) => {
    const { plan, reader } = await screenFor(context, actor, rep, 'won');
    await answerClick(click, TITLES.deal, await listMessage(context, plan, reader, { page }));
  });

  on.click(dealMenu, async (click) => {
    const { what, deal: dealId, rep, page } = click.value;
    if (what === 'edit') return edit(click, dealId, page);
    const undone = await undoDeal(context, click.actor, dealId);
    const { plan, reader } = await screenFor(context, click.actor, rep, 'won');
    const notice = undone
      ? mrkdwn`Undone: ${dealLine(undone.deal, reader)}.`
      : mrkdwn`That one was undone already.`;
    const message = await listMessage(context, plan, reader, {
      page,
      notice,
      undone: undone?.deal,
    });
    await answerClick(click, TITLES.deal, message);
  });
}
