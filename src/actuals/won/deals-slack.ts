/** The buttons of a deal, wherever it is shown: edit, undo, put back; and the pages of the list. */
import type { Context } from '../../context.ts';
import type { Click } from '../../slack/on.ts';
import { mrkdwn } from '../../slack/text.ts';
import { answerClick } from '../answer.ts';
import { dealEdit, dealList, dealMenu, dealOpen, dealPutBack, dealUndo } from '../ids.ts';
import { mustBeOfPlan } from '../on-plan.ts';
import { screenFor } from '../screen-for.ts';
import { TITLES } from '../words-view.ts';
import { dealFormOf, listMessage, recordedMessage, valuesOf } from './deal-screens.ts';
import { mustFindDeal, putBackDeal, undoDeal } from './record-deal.ts';
import { dealLine, dealSettledMessage, dealUndoneMessage } from './view.ts';

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
      const { plan, reader } = await screenFor(context, actor, deal.repId, 'won');
      mustBeOfPlan(plan, deal);
      const origin = responseUrl === null ? null : { url: responseUrl, page };
      const about = { rep: deal.repId, entry: deal.id, origin };
      return dealFormOf(context, plan, { about, values: valuesOf(deal, reader), reader });
    });

  on.click(dealEdit, (click) => edit(click, click.value, null));

  on.click(dealOpen, async ({ actor, value: { rep, values }, responseUrl, showInstead }) =>
    showInstead(async () => {
      const { plan, reader } = await screenFor(context, actor, rep, 'won');
      const origin = responseUrl === null ? null : { url: responseUrl, page: null };
      return dealFormOf(context, plan, { about: { rep, entry: null, origin }, values, reader });
    }),
  );

  on.click(dealUndo, async ({ actor, value: kept, ...click }) => {
    const undone = await undoDeal(context, actor, kept.id);
    // A second click shows the same as the first.
    const { reader } = await screenFor(context, actor, kept.repId, 'won');
    await answerClick(click, TITLES.deal, dealUndoneMessage(undone?.deal ?? kept, reader));
  });

  on.click(dealPutBack, async ({ actor, value: kept, ...click }) => {
    const recorded = await putBackDeal(context, actor, kept);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'won');
    const message =
      recorded.kind === 'recorded'
        ? await recordedMessage(context, plan, reader, recorded)
        : dealSettledMessage(recorded.by, reader, null);
    await answerClick(click, TITLES.deal, message);
  });

  on.click(dealList, async ({ actor, value: { rep, page }, ...click }) => {
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
