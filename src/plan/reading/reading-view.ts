/** A version as it was written down, step by step, for reading only: what a signature stands under. */
import type { Button, InputBlock, KnownBlock, ModalView } from '@slack/types';
import { actions, button, context, option, section } from '../../slack/blocks.ts';
import type { Fields, Raw, RawFields } from '../../slack/fields.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { type PlanDraft, STEP_IDS, type StepId } from '../draft.ts';
import { planRead } from '../ids.ts';
import type { LiveFigures } from '../model/compute.ts';
import type { List } from '../wizard/rows/list.ts';
import { LISTS, LISTS_OF } from '../wizard/rows/lists.ts';
import { storedRow } from '../wizard/rows/row-view.ts';
import { storedStep } from '../wizard/step-view.ts';
import { STEPS } from '../wizard/steps/steps.ts';
import { milestoneBlocks, type SettledRenewal, settledNote } from './summary-view.ts';

/** A row may take a section for each of its texts, and a modal holds a hundred blocks. */
const ROWS_A_PAGE = 8;
/** The review is the plan on one page, from which people come here. */
const READ_STEPS: readonly StepId[] = STEP_IDS.filter((step) => step !== 'review');

interface Place {
  versionId: string;
  step: StepId;
  /** Page of the step's lists, from 0. */
  page: number;
}

/** Leads from the plan on one page to all that is written in it. */
export function readButton(versionId: string): Button {
  return button('Read it all', {
    ...planRead.with({ versionId, step: 'goal', page: 0 }),
    spoken: 'Read everything that is written in this version',
  });
}

export function readingView(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
  place: Place,
  settled: readonly SettledRenewal[] = [],
): ModalView {
  const { step } = place;
  const { title, section: asked, reading } = STEPS[step];
  const raw = storedStep({ ...viewer, draft, step });
  const heading = reading?.(draft, viewer) ?? null;
  const answers = answered(asked?.fields(draft, raw, viewer) ?? {}, raw, viewer, heading);
  const lists = (LISTS_OF[step] ?? []).flatMap((id) =>
    listed(LISTS[id], draft, viewer, place, settled),
  );
  return modal({
    title,
    close: 'Back',
    blocks: [
      navigation(place),
      ...answers,
      ...lists,
      ...(step === 'milestones' ? milestoneBlocks(draft, live, viewer) : []),
    ],
  });
}

function navigation(place: Place): KnownBlock {
  const to = (step: StepId): Place => ({ ...place, step, page: 0 });
  const choices = READ_STEPS.map((step) =>
    option({ value: planRead.write(to(step)), label: STEPS[step].title }),
  );
  const at = READ_STEPS.indexOf(place.step);
  const next = READ_STEPS[at + 1];
  const here = choices[at];
  return actions(
    [
      {
        type: 'static_select',
        action_id: planRead.numbered('step', place).actionId,
        options: choices,
        placeholder: { type: 'plain_text', text: 'Go to a step' },
        ...(here && { initial_option: here }),
      },
      ...(next ? [button(`Next: ${STEPS[next].title}`, planRead.numbered('next', to(next)))] : []),
    ],
    `read:${place.step}`,
  );
}

/** What was answered: short answers together, each longer text by itself. */
function answered(
  fields: Fields,
  raw: RawFields,
  viewer: NumberStyle,
  heading: SlackText | null = null,
): KnownBlock[] {
  const found = Object.entries(fields).flatMap(([path, field]) => {
    const input = field.input({ path, rev: '0', live: null }, raw[path]);
    const value = input && answer(input, raw[path], viewer);
    return input && value
      ? [{ words: mrkdwn`*${input.label.text}* ${value}`, long: isMultiline(input) }]
      : [];
  });
  const short = found.filter(({ long }) => !long).map(({ words }) => words);
  const long = found.filter((one) => one.long);
  return [
    ...(heading !== null || short.length > 0 ? [section(lines(heading, ...short))] : []),
    ...long.map(({ words }) => section(words)),
  ];
}

const isMultiline = ({ element }: InputBlock) =>
  element.type === 'plain_text_input' && element.multiline === true;

/** An answer in the words of its choices; null where there is none. */
function answer(
  { element }: InputBlock,
  raw: Raw | undefined,
  { locale }: NumberStyle,
): SlackText | null {
  const picked = (typeof raw === 'string' ? [raw] : (raw ?? [])).filter((one) => one !== '');
  const [first] = picked;
  if (first === undefined) return null;
  if (element.type === 'users_select') return mention(first);
  if (element.type === 'datepicker') return formatDate(first, locale, 'date');
  const options =
    'option_groups' in element && element.option_groups
      ? element.option_groups.flatMap((group) => group.options)
      : 'options' in element
        ? (element.options ?? [])
        : [];
  const nameOf = (value: string) => options.find((one) => one.value === value)?.text.text ?? value;
  return picked.map(nameOf).join(', ');
}

function listed(
  list: List,
  draft: PlanDraft,
  viewer: NumberStyle,
  place: Place,
  settled: readonly SettledRenewal[],
): KnownBlock[] {
  const page = paginate(list.ids(draft), place.page, ROWS_A_PAGE);
  const turn = (to: number | null, text: string) =>
    to === null
      ? []
      : [button(text, planRead.numbered(`${list.id}.${to}`, { ...place, page: to }))];
  const turns = [...turn(page.previous, 'Earlier rows'), ...turn(page.next, 'More rows')];
  return [
    section(mrkdwn`*${list.title}*${page.total > 0 ? ` (${page.total})` : ''}`),
    ...(page.total === 0 ? [context('Nothing here.')] : []),
    ...page.items.flatMap((rowId) => {
      const raw = storedRow({ ...viewer, draft, list: list.id, rowId });
      const note = list.id === 'renewals' ? settledNote(rowId, settled, viewer) : mrkdwn``;
      const line = mrkdwn`${list.line(draft, rowId, viewer)}${note}`;
      return answered(list.fields(draft, raw, viewer), raw, viewer, line);
    }),
    ...(turns.length > 0 ? [actions(turns, `rows:${list.id}`)] : []),
  ];
}
