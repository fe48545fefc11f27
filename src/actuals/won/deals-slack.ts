/** The buttons of a deal, wherever it is shown: edit, undo, put back; and the pages of the list. */
import type { BlockAction, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { mrkdwn } from '../../slack/text.ts';
import { showInstead } from '../../slack/views.ts';
import { answerClick } from '../answer.ts';
import { ACTION } from '../ids.ts';
import { mustBeOfPlan } from '../on-plan.ts';
import { KeptDeal } from '../schemas.ts';
import { screenFor } from '../screen-for.ts';
import { keep } from '../undo-view.ts';
import { TITLES } from '../words-view.ts';
import { dealFormOf, listMessage, recordedMessage, valuesOf } from './deal-screens.ts';
import { DealValues } from './form-view.ts';
import { mustFindDeal, putBackDeal, undoDeal } from './record-deal.ts';
import { dealLine, dealSettledMessage, dealUndoneMessage } from './view.ts';

interface Click {
  body: BlockAction;
  client: WebClient;
  respond: RespondFn;
}

const Opened = z.object({ rep: z.string(), values: DealValues });

export function listenToDeals(context: Context): void {
  const { app } = context;

  /** `page`: of the list in which it was clicked. */
  async function edit({ body, client }: Click, dealId: string, page: number | null) {
    const actor = actorOf(body);
    const deal = await mustFindDeal(context, actor, dealId);
    const { plan, reader } = await screenFor(context, actor, deal.repId, 'won');
    mustBeOfPlan(plan, deal);
    const origin = body.view ? null : { url: body.response_url, page };
    const state = { rep: deal.repId, entry: deal.id, origin };
    const screen = { state, values: valuesOf(deal, reader), reader };
    await showInstead(client, body, await dealFormOf(context, plan, screen));
  }

  app.action(ACTION.dealEdit, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    await edit({ body, client, respond }, clickedValue(body), null);
  });

  app.action(ACTION.dealOpen, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { rep, values } = Opened.parse(JSON.parse(clickedValue(body)));
    const { plan, reader } = await screenFor(context, actorOf(body), rep, 'won');
    const state = { rep, entry: null, origin: { url: body.response_url, page: null } };
    await showInstead(client, body, await dealFormOf(context, plan, { state, values, reader }));
  });

  app.action(ACTION.dealUndo, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const kept = KeptDeal.parse(JSON.parse(clickedValue(body)));
    const undone = await undoDeal(context, actor, kept.id);
    // A second click shows the same as the first.
    const { reader } = await screenFor(context, actor, kept.repId, 'won');
    const message = dealUndoneMessage(undone?.deal ?? kept, reader);
    await answerClick({ view: body.view, client, respond }, TITLES.deal, message);
  });

  app.action(ACTION.dealPutBack, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const kept = KeptDeal.parse(JSON.parse(clickedValue(body)));
    const recorded = await putBackDeal(context, actor, kept);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'won');
    const message =
      recorded.kind === 'recorded'
        ? await recordedMessage(context, plan, reader, recorded)
        : dealSettledMessage(recorded.by, reader, null);
    await answerClick({ view: body.view, client, respond }, TITLES.deal, message);
  });

  app.action(
    { action_id: new RegExp(`^${ACTION.dealList}\\.`), type: 'block_actions' },
    async ({ ack, body, client, respond }) => {
      await ack();
      const [rep = '', page] = clickedValue(body).split(':');
      const { plan, reader } = await screenFor(context, actorOf(body), rep, 'won');
      const message = await listMessage(context, plan, reader, { page: Number(page) });
      await answerClick({ view: body.view, client, respond }, TITLES.deal, message);
    },
  );

  app.action(ACTION.dealMenu, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const [what, dealId = '', rep = '', at] = clickedValue(body).split(':');
    const page = Number(at);
    if (what === 'edit') return edit({ body, client, respond }, dealId, page);
    const actor = actorOf(body);
    const undone = await undoDeal(context, actor, dealId);
    const { plan, reader } = await screenFor(context, actor, rep, 'won');
    const notice = undone
      ? mrkdwn`Undone: ${dealLine(undone.deal, reader)}.`
      : mrkdwn`That one was undone already.`;
    const message = await listMessage(context, plan, reader, {
      page,
      notice,
      undone: undone ? keep(undone.deal) : undefined,
    });
    await answerClick({ view: body.view, client, respond }, TITLES.deal, message);
  });
}
