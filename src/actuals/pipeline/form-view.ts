/** The form of qualified pipeline: an amount a layer, and the four criteria that make it qualified. */
import type { ModalView } from '@slack/types';
import { context, section } from '../../slack/blocks.ts';
import { checkboxesInput, dateInput, textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { type FormState, writeFormState } from '../entry-place.ts';
import { CALLBACK } from '../ids.ts';
import { CRITERIA, type Criterion, type Layer } from '../schemas.ts';
import { dayText, LAYER_NAMES, type Reader } from '../words-view.ts';

const CRITERION_NAMES: Record<Criterion, string> = {
  verbal: 'Verbally qualified in discovery',
  bant: 'BANT and the risks to close are known',
  demo: 'Demo or pitch done',
  moving: 'Actively moving',
};
/** What is most often asked comes first. */
const ORDER = ['newBusiness', 'expansion', 'renewal'] as const satisfies Layer[];

export interface PipelineFormScreen {
  state: FormState;
  /** As typed; null: nothing. */
  amounts: Record<Layer, string | null>;
  date: string;
  /** When something was said last; null: never. */
  lastSaid: string | null;
  reader: Reader;
  problem?: string | null;
  /** What was typed as words, kept in sight. */
  words?: string | null;
}

export function pipelineForm(screen: PipelineFormScreen): ModalView {
  const { state, amounts, date, lastSaid, reader, problem, words } = screen;
  const rev = state.entry ?? 'new';
  return modal({
    title: 'Qualified pipeline',
    callbackId: CALLBACK.pipeline,
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: writeFormState(state),
    blocks: [
      ...(state.rep === reader.userId ? [] : [section(mrkdwn`For ${mention(state.rep)}`)]),
      ...(words ? [section(lines(mrkdwn`You wrote:`, mrkdwn`>${truncate(words, 300)}`))] : []),
      ...(problem ? [section(mrkdwn`:small_orange_diamond: ${problem}`)] : []),
      section(
        lines(
          mrkdwn`What is at the 25 % stage or higher, in ${reader.currency}, and meets all four below.`,
          lastSaid !== null && mrkdwn`Last said ${dayText(lastSaid, reader)}.`,
        ),
      ),
      ...ORDER.map((layer) =>
        textInput({
          path: layer,
          rev,
          label: LAYER_NAMES[layer],
          initial: amounts[layer],
          placeholder: '300,000 or 300k',
          optional: true,
        }),
      ),
      checkboxesInput({
        path: 'criteria',
        rev,
        label: 'Each deal in it is…',
        choices: CRITERIA.map((value) => ({ value, label: CRITERION_NAMES[value] })),
        optional: true,
      }),
      dateInput({ path: 'date', rev, label: 'As of', initial: date }),
      context('What you leave empty stays as it was last said.'),
    ],
  });
}
