/** `/bigplan pipeline`: qualified pipeline by layer, changed, undone and put back. */
import type { Context } from '../../context.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { openTermsOf } from '../../plan/draft.ts';
import { liveFigures } from '../../plan/model/compute.ts';
import { LAYERS } from '../../plan/schemas.ts';
import { lastDayOfMonth, monthOf } from '../../time/local-date.ts';
import { answerClick, answerForm } from '../answer.ts';
import { pipelineAdd, pipelineEdit, pipelinePutBack, pipelineUndo } from '../ids.ts';
import { type ActualsPlan, latestDate, mustBeOfPlan, mustBeThere, screenFor } from '../plan-for.ts';
import { coverage, xFactorOn } from '../rules.ts';
import { readWords, withoutPerson } from '../said-words.ts';
import { findSnapshot, pipelineAsOf } from '../store.ts';
import { type Reader, TITLES } from '../words-view.ts';
import { readPipeline } from './read-pipeline.ts';
import {
  changePipeline,
  putBackPipeline,
  recordPipeline,
  undoPipeline,
} from './record-pipeline.ts';
import {
  type PipelineFacts,
  pipelineForm,
  pipelineRecordedMessage,
  pipelineUndoneMessage,
} from './view.ts';

const NEW = 'new';

export function listenToPipeline(context: Context): void {
  const { on, commands, db } = context;

  commands.subcommand(
    'pipeline',
    async ({ actor, args, open }) => {
      const repId = readWords(args).person ?? actor.userId;
      // A refusal is said in words, so it comes before any form.
      const { plan, reader } = await screenOn(actor, repId, args);
      await open(() => newForm(plan, reader, args));
    },
    'qualified pipeline by layer: a form, or “300k new 80k expansion” to begin with',
  );

  /** The plan that the words are about: of the day that they name, else the one that counts now. */
  async function screenOn(actor: PersonRef, repId: string, args: string) {
    const now = await screenFor(context, actor, repId, 'pipeline');
    const { date } = readPipeline(args, now.reader);
    return date === null ? now : screenFor(context, actor, repId, 'pipeline', date);
  }

  /** What was said last stands in it, and over that what was understood of `args`. */
  async function newForm(plan: ActualsPlan, reader: Reader, args: string) {
    const read = readPipeline(args, reader);
    const known = await pipelineAsOf(db, plan.rep, plan.planId, latestDate(plan));
    const date = read.date ?? latestDate(plan);
    const raw = pipelineForm.write({ ...known?.layers, date }, reader);
    for (const layer of LAYERS) raw[layer] = read.amounts[layer] ?? raw[layer] ?? null;
    return pipelineForm.view({
      about: { rep: plan.rep.userId, entry: null, origin: null },
      style: reader,
      raw,
      rev: NEW,
      lastSaid: known,
      problem: read.problem,
      words: read.problem === null ? null : withoutPerson(args),
    });
  }

  on.click(pipelineAdd, async ({ actor, value: rep, showOver }) =>
    showOver(async () => {
      const { plan, reader } = await screenFor(context, actor, rep, 'pipeline');
      return newForm(plan, reader, '');
    }),
  );

  on.submit(pipelineForm, async ({ actor, id, about, read }) => {
    const { rep, entry, origin } = about;
    const now = await screenFor(context, actor, rep, 'pipeline');
    const filled = read(now.reader);
    const { snapshot, plan } =
      entry === null
        ? await recordPipeline(context, actor, rep, { id, ...filled })
        : await changePipeline(context, actor, entry, filled);
    const { reader } = await screenFor(context, actor, rep, 'pipeline', snapshot.date);
    const message = pipelineRecordedMessage(snapshot, await pipelineFacts(context, plan), reader);
    return answerForm(context, { actor, url: origin?.url ?? null }, TITLES.pipeline, message);
  });

  on.click(pipelineEdit, async ({ actor, value, responseUrl, showInstead }) =>
    showInstead(async () => {
      const snapshot = mustBeThere(await findSnapshot(db, value), actor);
      const { plan, reader } = await screenFor(
        context,
        actor,
        snapshot.repId,
        'pipeline',
        snapshot.date,
      );
      mustBeOfPlan(plan, snapshot);
      const origin = responseUrl === null ? null : { url: responseUrl, page: null };
      return pipelineForm.view({
        about: { rep: snapshot.repId, entry: snapshot.id, origin },
        style: reader,
        raw: pipelineForm.write({ ...snapshot.layers, date: snapshot.date }, reader),
        rev: snapshot.id,
        lastSaid: null,
      });
    }),
  );

  on.act(pipelineUndo, async ({ actor, value: kept, ...click }) => {
    const undone = await undoPipeline(context, actor, kept.id);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'pipeline', kept.date);
    const facts = await pipelineFacts(context, plan);
    const message = pipelineUndoneMessage(undone?.snapshot ?? kept, facts, reader);
    await answerClick(click, TITLES.pipeline, message);
  });

  on.act(pipelinePutBack, async ({ actor, value: kept, ...click }) => {
    const { snapshot, plan } = await putBackPipeline(context, actor, kept);
    const { reader } = await screenFor(context, actor, kept.repId, 'pipeline', kept.date);
    const message = pipelineRecordedMessage(snapshot, await pipelineFacts(context, plan), reader);
    await answerClick(click, TITLES.pipeline, message);
  });
}

/** How pipeline stands now. For the pair's eyes only: what is asked is of the rep's own target. */
async function pipelineFacts({ db }: Store, plan: ActualsPlan): Promise<PipelineFacts> {
  const { rep, planId, draft } = plan;
  const asOf = latestDate(plan);
  const by = lastDayOfMonth(asOf);
  const terms = openTermsOf(draft);
  const { milestones } = liveFigures(terms);
  const milestone = milestones?.find(({ month }) => month === monthOf(asOf));
  const said = await pipelineAsOf(db, rep, planId, asOf);
  const xFactor = xFactorOn(by, terms);
  const { layers } = coverage({
    pipeline: said?.layers ?? null,
    asked: milestone?.qualifiedPipeline ?? { renewal: 0, expansion: 0, newBusiness: 0 },
    xFactor,
  });
  const { date = null, isCarried = false } = said ?? {};
  return { date, isCarried, by, xFactor, coverage: layers };
}
