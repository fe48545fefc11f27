/** What is said of qualified pipeline once it is recorded or undone. */
import type { Layers } from '../../plan/model/layers.ts';
import { LAYERS, type Layer } from '../../plan/schemas.ts';
import { context, section } from '../../slack/blocks.ts';
import { amount, boxes, date, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatFactor, formatMoney, formatMoneyShort } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { pipelineEdit, pipelinePutBack, pipelineUndo } from '../ids.ts';
import type { LayerCoverage } from '../rules.ts';
import { CRITERIA, type Criterion, EntryPlace } from '../schemas.ts';
import type { Snapshot } from '../store.ts';
import {
  agoText,
  dayText,
  editAndUndo,
  forWhom,
  LAYER_NAMES,
  onDay,
  putBack,
  type Reader,
  UNDER_BEFORE,
} from '../words-view.ts';

/** How pipeline stands now, and how far it goes. */
export interface PipelineFacts {
  coverage: Layers<LayerCoverage>;
  /** The X that holds then, and when that is: the month's last day, a local date. */
  xFactor: number;
  by: string;
  /** The newest day of which something was said; null: of none. */
  date: string | null;
  /** It was said under the plan before, and nothing since. */
  isCarried: boolean;
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
          mrkdwn`${undone} It stands as said ${onDay(facts.date, reader)}${facts.isCarried ? UNDER_BEFORE : ''}: ${totalText(facts, reader)}.`,
          ...coverageLines(facts, reader),
        );
  return message(words, [section(words), putBack(pipelinePutBack, snapshot)]);
}

function totalText({ coverage }: PipelineFacts, reader: Reader): Mrkdwn {
  const total = LAYERS.reduce((sum, layer) => sum + (coverage[layer].pipeline ?? 0), 0);
  return mrkdwn`*${formatMoney(total, reader)} qualified*`;
}

function coverageLines(facts: PipelineFacts, reader: Reader): Mrkdwn[] {
  return (['newBusiness', 'expansion', 'renewal'] as const).map((layer) =>
    coverageLine(layer, facts, reader),
  );
}

/** `New business $300 k: *2.6X* of the 3X ($346 k) that the plan has open by 31 Mar`. */
function coverageLine(layer: Layer, { coverage, xFactor, by }: PipelineFacts, reader: Reader) {
  const { pipeline, asked, factor } = coverage[layer];
  const name = LAYER_NAMES[layer];
  const short = (minor: number) => formatMoneyShort(minor, reader);
  const until = dayText(by, reader);
  if (pipeline === null) return mrkdwn`${name}: nothing said yet`;
  if (asked === 0) return mrkdwn`${name} ${short(pipeline)}: the plan asks for none after ${until}`;
  if (factor === null) {
    return mrkdwn`${name} ${short(pipeline)} of the ${short(asked)} due after ${until}`;
  }
  const has = formatFactor(Math.floor(factor * 10) / 10, reader.locale);
  const wanted = formatFactor(xFactor, reader.locale);
  return mrkdwn`${name} ${short(pipeline)}: *${has}* of the ${wanted} (${short(asked)}) that the plan has open on ${until}`;
}

const CRITERION_NAMES: Record<Criterion, string> = {
  verbal: 'Verbally qualified in discovery',
  bant: 'BANT and the risks to close are known',
  demo: 'Demo or pitch done',
  moving: 'Actively moving',
};

interface PipelineFormScreen extends Shown<EntryPlace, Reader> {
  /** When something was said last, and under which plan; null: never. */
  lastSaid: { date: string; isCarried: boolean } | null;
  problem?: string | null;
  /** What was typed as words, kept in sight. */
  words?: string | null;
}

/** `Last said 20 Dec 2027, 14 days ago, under the plan before: it stands until you say it anew.` */
function lastSaidText(
  { date, isCarried }: { date: string; isCarried: boolean },
  style: Reader,
): Mrkdwn {
  const day = dayText(date, style);
  if (!isCarried) return mrkdwn`Last said ${day}.`;
  return mrkdwn`Last said ${day}, ${agoText(date, style)}${UNDER_BEFORE}: it stands until you say it anew.`;
}

const layerField = (layer: Layer) =>
  optional(amount({ label: LAYER_NAMES[layer], placeholder: '300,000 or 300k' }));

export const pipelineForm = form({
  id: 'pipeline_form',
  about: EntryPlace,
  // What is most often asked comes first.
  fields: (_: Reader) => ({
    newBusiness: layerField('newBusiness'),
    expansion: layerField('expansion'),
    renewal: layerField('renewal'),
    criteria: boxes(
      { label: 'Each deal in it is…' },
      CRITERIA.map((value) => ({ value, label: CRITERION_NAMES[value] })),
    ),
    date: date({ label: 'As of' }),
  }),
  check: ({ newBusiness, expansion, renewal, criteria }) => [
    ...(newBusiness === null && expansion === null && renewal === null
      ? [{ path: 'newBusiness', problem: 'Fill in at least one amount: 0 is one too.' }]
      : []),
    ...(criteria.length < CRITERIA.length
      ? [{ path: 'criteria', problem: 'Count only what meets all four, then tick them.' }]
      : []),
  ],
  apply: ({ date, criteria: _, ...layers }) => ({ date, layers }),
  frame: () => ({ title: 'Qualified pipeline', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs, { about, style, lastSaid, problem, words }: PipelineFormScreen) => [
    ...(about.rep === style.userId ? [] : [section(mrkdwn`For ${mention(about.rep)}`)]),
    ...(words ? [section(lines(mrkdwn`You wrote:`, mrkdwn`>${truncate(words, 300)}`))] : []),
    ...(problem ? [section(mrkdwn`:small_orange_diamond: ${problem}`)] : []),
    section(
      lines(
        mrkdwn`What is at the 25 % stage or higher, in ${style.currency}, and meets all four below.`,
        lastSaid !== null && lastSaidText(lastSaid, style),
      ),
    ),
    ...inputs.newBusiness,
    ...inputs.expansion,
    ...inputs.renewal,
    ...inputs.criteria,
    ...inputs.date,
    context('What you leave empty stays as it was last said.'),
  ],
});
