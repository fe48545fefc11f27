import type { KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  type Choice,
  context,
  divider,
  option,
  overflow,
  section,
} from '../../slack/blocks.ts';
import type { Fields } from '../../slack/fields.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { modal, progress } from '../../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { missingSections, type PlanDraft, STEP_IDS, type StepId, stepBeside } from '../draft.ts';
import { ACTION, CALLBACK, numbered } from '../ids.ts';
import type { RawFields } from '../store.ts';
import type { List } from './rows/list.ts';
import { LISTS, LISTS_OF } from './rows/lists.ts';
import { STEPS } from './steps/steps.ts';
import { type WizardState, writeWizardState } from './wizard-state.ts';

const ROWS_A_PAGE = 10;

export interface StepScreen {
  state: WizardState;
  draft: PlanDraft;
  /** What stands in the fields. */
  raw: RawFields;
  viewer: NumberStyle;
  /** Steps that hold something typed which isn't valid yet. */
  unfinished: ReadonlySet<StepId>;
  /** Something to say before anything else, such as what has just happened. */
  notice?: SlackText | undefined;
  /** That somebody else has changed what is being edited; null where nobody has. */
  overtaken: SlackText | null;
  figures: SlackText | null;
  /** Shown under the step's own parts. */
  more: KnownBlock[];
  /** What the submit button says; `Next: …` where it is left out, no button where null. */
  submit?: string | null | undefined;
}

/** One step of the wizard. The same modal, updated in place. */
export function stepView(screen: StepScreen): ModalView {
  const { state, draft, raw, viewer } = screen;
  const step = STEPS[state.step];
  const next = stepBeside(state.step, 1);
  return modal({
    title: step.title,
    callbackId: CALLBACK.step,
    submit:
      screen.submit === undefined ? `Next: ${STEPS[next].title}` : (screen.submit ?? undefined),
    close: 'Close',
    privateMetadata: writeWizardState(state),
    notifyOnClose: true,
    blocks: [
      ...navigation(screen),
      ...(screen.notice ? [section(screen.notice)] : []),
      ...overtakenBlocks(screen.overtaken),
      section(step.intro),
      ...(step.form ? inputs(step.form.fields(draft, raw), raw, state.rev) : []),
      ...(LISTS_OF[state.step] ?? []).flatMap((id) =>
        listBlocks(LISTS[id], draft, viewer, state.page),
      ),
      ...(screen.figures ? [divider(), section(screen.figures, { blockId: 'figures' })] : []),
      ...screen.more,
    ],
  });
}

/** Says that somebody else was quicker, with the way to take what they wrote. */
export function overtakenBlocks(words: SlackText | null): KnownBlock[] {
  if (words === null) return [];
  const accessory = button('Use theirs', {
    actionId: ACTION.dropTyped,
    spoken: 'Drop what I typed and use theirs',
  });
  return [section(words, { accessory })];
}

export function inputs(fields: Fields, raw: RawFields, rev: string): KnownBlock[] {
  return Object.entries(fields).flatMap(
    ([path, field]) => field.input({ path, rev, live: ACTION.field }, raw[path]) ?? [],
  );
}

function navigation({ state, draft, unfinished }: StepScreen): KnownBlock[] {
  const at = STEP_IDS.indexOf(state.step);
  const missing: readonly StepId[] = missingSections(draft);
  const choices = STEP_IDS.map((id, index): Choice => {
    const mark = unfinished.has(id) ? '✎' : missing.includes(id) ? '○' : '✓';
    return { value: id, label: `${mark} ${index + 1} ${STEPS[id].title}` };
  });
  const here = choices[at];
  return [
    context(mrkdwn`${progress(at + 1, STEP_IDS.length)} · saved as you go`),
    actions(
      [
        ...(at > 0
          ? [
              button('Back', {
                actionId: ACTION.back,
                spoken: `Back to ${STEPS[stepBeside(state.step, -1)].title}`,
              }),
            ]
          : []),
        {
          type: 'static_select',
          action_id: ACTION.goTo,
          options: choices.map(option),
          placeholder: { type: 'plain_text', text: 'Go to a step' },
          ...(here && { initial_option: option(here) }),
        },
      ],
      `go:${state.rev}:${state.step}`,
    ),
  ];
}

function listBlocks(list: List, draft: PlanDraft, viewer: NumberStyle, at: number): KnownBlock[] {
  const ids = list.ids(draft);
  const page = paginate(ids, at, ROWS_A_PAGE);
  const rows = page.items.map((rowId) =>
    section(list.line(draft, rowId, viewer), {
      blockId: `row:${list.id}:${rowId}`,
      accessory: overflow(ACTION.rowMenu, [
        { value: `edit:${list.id}:${rowId}`, label: 'Edit' },
        { value: `remove:${list.id}:${rowId}`, label: 'Remove' },
      ]),
    }),
  );
  const turn = (to: number | null, text: string) =>
    to === null ? [] : [button(text, { actionId: numbered(ACTION.page, to), value: String(to) })];
  return [
    section(mrkdwn`*${list.title}*${ids.length > 0 ? ` (${ids.length})` : ''}`),
    ...(rows.length === 0 ? [context(list.empty)] : rows),
    ...(page.pages > 1 ? [context(`Page ${page.page + 1} of ${page.pages}`)] : []),
    actions(
      [
        button(`Add a ${list.one}`.replace(/^Add a (?=[aeiou])/u, 'Add an '), {
          actionId: ACTION.rowAdd,
          value: list.id,
        }),
        ...(list.paste
          ? [button('Paste several', { actionId: ACTION.rowPaste, value: list.id })]
          : []),
        ...turn(page.previous, 'Earlier rows'),
        ...turn(page.next, 'More rows'),
      ],
      `list:${list.id}`,
    ),
  ];
}
