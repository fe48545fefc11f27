/** `/bigplan pipeline`: qualified pipeline by layer, changed, undone and put back. */
import type { Context } from '../../context.ts';
import { writeAmount } from '../../input/write-number.ts';
import { layersOf } from '../../plan/model/layers.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { openView, showInstead } from '../../slack/views.ts';
import { answerClick, answerForm, dateError } from '../answer.ts';
import { readFormState } from '../entry-place.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { mustBeOfPlan, mustBeThere } from '../on-plan.ts';
import { latestDate } from '../plan-for.ts';
import { readWords, withoutPerson } from '../said-words.ts';
import { KeptSnapshot, LAYERS, type Layer, pipelineForm as PipelineForm } from '../schemas.ts';
import { screenFor } from '../screen-for.ts';
import { findSnapshot, type LayerAmounts, pipelineAsOf } from '../store.ts';
import { type Reader, TITLES } from '../words-view.ts';
import { pipelineForm } from './form-view.ts';
import { pipelineFacts } from './pipeline-facts.ts';
import { readPipeline } from './read-pipeline.ts';
import {
  changePipeline,
  putBackPipeline,
  recordPipeline,
  undoPipeline,
} from './record-pipeline.ts';
import { pipelineRecordedMessage, pipelineUndoneMessage } from './view.ts';

export function listenToPipeline(context: Context): void {
  const { app, commands, db } = context;

  commands.subcommand(
    'pipeline',
    async ({ teamId, userId, args, triggerId, client }) => {
      const actor = { workspaceId: teamId, userId };
      const { plan, reader } = await screenFor(
        context,
        actor,
        readWords(args).person ?? userId,
        'pipeline',
      );
      const read = readPipeline(args, reader);
      const known = await pipelineAsOf(db, plan.rep, plan.planId, latestDate(plan));
      const amounts = written(known?.layers ?? null, reader);
      for (const layer of LAYERS) amounts[layer] = read.amounts[layer] ?? amounts[layer];
      const words = withoutPerson(args);
      const form = pipelineForm({
        state: { rep: plan.rep.userId, entry: null, origin: null },
        amounts,
        date: read.date ?? latestDate(plan),
        lastSaid: known?.date ?? null,
        reader,
        problem: read.problem,
        words: read.problem === null ? null : words,
      });
      await openView(client, triggerId, form);
    },
    'qualified pipeline by layer: a form, or “300k new 80k expansion” to begin with',
  );

  app.view(CALLBACK.pipeline, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const { rep, entry, origin } = readFormState(view.private_metadata);
    const { plan, reader } = await screenFor(context, actor, rep, 'pipeline');
    const state = readState(view.state.values);
    const filled = parseForm(PipelineForm(reader), state);
    if (!filled.ok) return ack({ response_action: 'errors', errors: filled.errors });
    try {
      const { snapshot } =
        entry === null
          ? await recordPipeline(context, actor, rep, filled.value)
          : await changePipeline(context, actor, entry, filled.value);
      const facts = await pipelineFacts(context, plan);
      const message = pipelineRecordedMessage(snapshot, facts, reader);
      const url = origin?.url ?? null;
      return await answerForm({ ack, log: context.log }, url, TITLES.pipeline, message);
    } catch (error) {
      return ack({ response_action: 'errors', errors: dateError(error, state.blockIds) });
    }
  });

  app.action(ACTION.pipelineEdit, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const snapshot = mustBeThere(await findSnapshot(db, clickedValue(body)), actor);
    const { plan, reader } = await screenFor(context, actor, snapshot.repId, 'pipeline');
    mustBeOfPlan(plan, snapshot);
    const origin = body.view ? null : { url: body.response_url, page: null };
    const form = pipelineForm({
      state: { rep: snapshot.repId, entry: snapshot.id, origin },
      amounts: written(snapshot.layers, reader),
      date: snapshot.date,
      lastSaid: null,
      reader,
    });
    await showInstead(client, body, form);
  });

  app.action(ACTION.pipelineUndo, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const kept = KeptSnapshot.parse(JSON.parse(clickedValue(body)));
    const undone = await undoPipeline(context, actor, kept.id);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'pipeline');
    const facts = await pipelineFacts(context, plan);
    const message = pipelineUndoneMessage(undone?.snapshot ?? kept, facts, reader);
    await answerClick({ view: body.view, client, respond }, TITLES.pipeline, message);
  });

  app.action(ACTION.pipelinePutBack, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const kept = KeptSnapshot.parse(JSON.parse(clickedValue(body)));
    const { snapshot } = await putBackPipeline(context, actor, kept);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'pipeline');
    const message = pipelineRecordedMessage(snapshot, await pipelineFacts(context, plan), reader);
    await answerClick({ view: body.view, client, respond }, TITLES.pipeline, message);
  });
}

function written(layers: LayerAmounts | null, reader: Reader): Record<Layer, string | null> {
  return layersOf((layer) => {
    const minor = layers?.[layer] ?? null;
    return minor === null ? null : writeAmount(minor, reader);
  });
}
