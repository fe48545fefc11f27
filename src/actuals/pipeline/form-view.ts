/** The form of qualified pipeline: an amount a layer, and the four criteria that make it qualified. */
import { context, section } from '../../slack/blocks.ts';
import { amount, boxes, date, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { CRITERIA, type Criterion, EntryPlace, type Layer } from '../schemas.ts';
import { dayText, LAYER_NAMES, type Reader } from '../words-view.ts';

const CRITERION_NAMES: Record<Criterion, string> = {
  verbal: 'Verbally qualified in discovery',
  bant: 'BANT and the risks to close are known',
  demo: 'Demo or pitch done',
  moving: 'Actively moving',
};

export interface PipelineFormScreen extends Shown<EntryPlace, Reader> {
  /** When something was said last; null: never. */
  lastSaid: string | null;
  problem?: string | null;
  /** What was typed as words, kept in sight. */
  words?: string | null;
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
        lastSaid !== null && mrkdwn`Last said ${dayText(lastSaid, style)}.`,
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
