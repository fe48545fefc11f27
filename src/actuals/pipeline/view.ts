/** What is said of qualified pipeline once it is recorded or undone. */
import type { Layers } from '../../plan/model/layers.ts';
import { section } from '../../slack/blocks.ts';
import { formatFactor, formatMoney, formatMoneyShort } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { pipelineEdit, pipelinePutBack, pipelineUndo } from '../ids.ts';
import { LAYERS, type Layer } from '../schemas.ts';
import type { Snapshot } from '../store.ts';
import { editAndUndo, putBack } from '../undo-view.ts';
import { dayText, forWhom, LAYER_NAMES, onDay, type Reader } from '../words-view.ts';
import type { LayerCoverage } from './rules.ts';

/** How pipeline stands now, and how far it goes. */
export interface PipelineFacts {
  coverage: Layers<LayerCoverage>;
  /** The newest day of which something was said; null: of none. */
  date: string | null;
}

export function pipelineRecordedMessage(
  snapshot: Snapshot,
  facts: PipelineFacts,
  reader: Reader,
): Message {
  const words = lines(
    mrkdwn`✓ ${totalText(facts, reader)} · ${dayText(facts.date ?? snapshot.date, reader)}${forWhom(snapshot.repId, reader)}`,
    ...coverageLines(facts, reader),
  );
  return message(words, [
    section(words),
    editAndUndo(snapshot, { edit: pipelineEdit, undo: pipelineUndo }, 'the pipeline'),
  ]);
}

export function pipelineUndoneMessage(
  snapshot: Snapshot,
  facts: PipelineFacts,
  reader: Reader,
): Message {
  const undone = mrkdwn`Undone: the pipeline of ${dayText(snapshot.date, reader)}${forWhom(snapshot.repId, reader)}.`;
  const words =
    facts.date === null
      ? mrkdwn`${undone} Nothing else was said yet.`
      : lines(
          mrkdwn`${undone} It stands as said ${onDay(facts.date, reader)}: ${totalText(facts, reader)}.`,
          ...coverageLines(facts, reader),
        );
  return message(words, [section(words), putBack(pipelinePutBack, snapshot)]);
}

function totalText({ coverage }: PipelineFacts, reader: Reader): Mrkdwn {
  const total = LAYERS.reduce((sum, layer) => sum + (coverage[layer].pipeline ?? 0), 0);
  return mrkdwn`*${formatMoney(total, reader)} qualified*`;
}

function coverageLines({ coverage }: PipelineFacts, reader: Reader): Mrkdwn[] {
  return (['newBusiness', 'expansion', 'renewal'] as const).map((layer) =>
    coverageLine(layer, coverage[layer], reader),
  );
}

function coverageLine(layer: Layer, covered: LayerCoverage, reader: Reader): Mrkdwn {
  const { pipeline, left, factor, wanted } = covered;
  const name = LAYER_NAMES[layer];
  const short = (minor: number) => formatMoneyShort(minor, reader);
  if (pipeline === null) return mrkdwn`${name}: nothing said yet`;
  if (wanted === null) {
    return left === 0
      ? mrkdwn`${name} ${short(pipeline)}: no renewal is open in the plan`
      : mrkdwn`${name} ${short(pipeline)} of ${short(left)} still open in the plan`;
  }
  if (factor === null) return mrkdwn`${name} ${short(pipeline)}: nothing is left to win there`;
  const has = formatFactor(Math.floor(factor * 10) / 10, reader.locale);
  return mrkdwn`${name} ${short(pipeline)}: *${has}* of the ${formatFactor(wanted, reader.locale)} the plan wants on ${short(left)} still to win`;
}
