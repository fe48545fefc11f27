import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
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
import type { RawFields } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { progress } from '../../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import {
  LIST_IDS,
  missingSections,
  type PlanDraft,
  STEP_IDS,
  type StepId,
  stepBeside,
} from '../draft.ts';
import {
  addRow,
  dropTyped,
  fieldChanged,
  fieldTyped,
  goToStep,
  pasteRowsClick,
  rowMenu,
  turnPage,
  wizardBack,
} from '../ids.ts';
import type { List } from './rows/list.ts';
import { LISTS, LISTS_OF } from './rows/lists.ts';
import { type Said, type Submitted, submitted, withSaid } from './section.ts';
import { STEPS } from './steps/steps.ts';

/** What a view of the wizard remembers of itself between two requests. */
export const WizardState = z.object({
  versionId: z.uuid(),
  step: z.enum(STEP_IDS),
  /** Goes into the block ids: a new one shows stored values in place of what the client remembers. */
  rev: z.string(),
  /** What the section or row was when it was shown, so that two editors notice each other. */
  base: z.string(),
  /** Page of the step's list, from 0. */
  page: z.int().min(0),
  /** In a row's editor. */
  list: z.enum(LIST_IDS).optional(),
  /** Null where the editor adds a row. */
  rowId: z.string().min(1).max(40).nullable().optional(),
});
/** Never a figure or a name. */
export type WizardState = z.infer<typeof WizardState>;

const ROWS_A_PAGE = 10;

/** Which step of which draft. */
export interface StepStyle extends NumberStyle {
  draft: PlanDraft;
  step: StepId;
}

export interface StepScreen extends Shown<WizardState, StepStyle> {
  /** Steps that hold something typed which isn't valid yet. */
  unfinished: ReadonlySet<StepId>;
  /** Something to say before anything else, such as what has just happened. */
  notice?: SlackText | undefined;
  /** What the other one of the pair asked to change. */
  request: KnownBlock[];
  /** That somebody else has changed what is being edited; null where nobody has. */
  overtaken: SlackText | null;
  /** What the entries lead to: above the fields, in sight while people type. */
  figures: SlackText | null;
  /** What is said under a field, by its path, beside what is typed there read back. */
  asides?: Said;
  /** What can be done about a warning among them, under them. */
  offers: KnownBlock[];
  /** Shown under the step's own parts. */
  more: KnownBlock[];
  /** What the submit button says; `Next: …` where it is left out, no button where null. */
  submit?: string | null | undefined;
}

/** One step of the wizard, the same modal updated in place. What is read is the draft with the step in it. */
export const stepForm = form({
  id: 'plan_step',
  about: WizardState,
  live: fieldChanged.id,
  kept: fieldTyped.id,
  fields: ({ draft, step, ...style }: StepStyle, raw) =>
    STEPS[step].section?.fields(draft, raw, style) ?? {},
  check: (values, { draft, step, ...style }) =>
    STEPS[step].section?.check(values, draft, draft, style) ?? [],
  apply: (values, { draft, step }) => STEPS[step].section?.apply(draft, values, draft) ?? draft,
  frame: ({ style: { step }, submit }: StepScreen) => ({
    title: STEPS[step].title,
    submit:
      submit === undefined ? `Next: ${STEPS[stepBeside(step, 1)].title}` : (submit ?? undefined),
    close: 'Close',
    // Home shows the plan as far as it is by then.
    notifyOnClose: true,
  }),
  arrange: (inputs, screen) => {
    const { about, style, notice, request, overtaken, figures, offers, more } = screen;
    return [
      ...navigation(screen),
      ...(notice ? [section(notice)] : []),
      ...request,
      ...overtakenBlocks(overtaken),
      section(STEPS[style.step].intro),
      ...(figures ? [section(figures, { blockId: 'figures' }), ...offers, divider()] : []),
      ...withSaid(inputs, { ...saidIn(screen), ...screen.asides }),
      ...(LISTS_OF[style.step] ?? []).flatMap((id) => listBlocks(LISTS[id], style, about.page)),
      ...more,
    ];
  },
});

const saidIn = ({ raw, style: { draft, step, ...style } }: StepScreen) =>
  STEPS[step].section?.said(raw, draft, style) ?? {};

/** The step's section as it would be typed. */
export function storedStep(style: StepStyle): RawFields {
  const { draft, step } = style;
  return stepForm.write(STEPS[step].section?.read(draft, draft) ?? {}, style);
}

/** The draft with what was typed in the step, or what is wrong with which field. */
export function submitStep(raw: RawFields, style: StepStyle): Submitted {
  const { section: asked } = STEPS[style.step];
  return submitted(() => stepForm.read(raw, { ...style, ...asked?.styleOf(raw, style) }));
}

/** Says that somebody else was quicker, with the way to take what they wrote. */
export function overtakenBlocks(words: SlackText | null): KnownBlock[] {
  if (words === null) return [];
  const accessory = button('Use theirs', {
    ...dropTyped.with(),
    spoken: 'Drop what I typed and use theirs',
  });
  return [section(words, { accessory })];
}

function navigation({ style, rev, unfinished }: StepScreen): KnownBlock[] {
  const { draft, step } = style;
  const at = STEP_IDS.indexOf(step);
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
                ...wizardBack.with(),
                spoken: `Back to ${STEPS[stepBeside(step, -1)].title}`,
              }),
            ]
          : []),
        {
          type: 'static_select',
          action_id: goToStep.id,
          options: choices.map(option),
          placeholder: { type: 'plain_text', text: 'Go to a step' },
          ...(here && { initial_option: option(here) }),
        },
      ],
      `go:${rev}:${step}`,
    ),
  ];
}

function listBlocks(list: List, { draft, ...viewer }: StepStyle, at: number): KnownBlock[] {
  const ids = list.ids(draft);
  const page = paginate(ids, at, ROWS_A_PAGE);
  const rows = page.items.map((rowId) =>
    section(list.line(draft, rowId, viewer), {
      blockId: `row:${list.id}:${rowId}`,
      accessory: overflow(rowMenu.id, [
        { value: rowMenu.write({ what: 'edit', list: list.id, rowId }), label: 'Edit' },
        { value: rowMenu.write({ what: 'remove', list: list.id, rowId }), label: 'Remove' },
      ]),
    }),
  );
  const turn = (to: number | null, text: string) =>
    to === null ? [] : [button(text, turnPage.numbered(to, to))];
  return [
    section(mrkdwn`*${list.title}*${ids.length > 0 ? ` (${ids.length})` : ''}`),
    ...(rows.length === 0 ? [context(list.empty)] : rows),
    ...(page.pages > 1 ? [context(`Page ${page.page + 1} of ${page.pages}`)] : []),
    actions(
      [
        button(`Add a ${list.one}`.replace(/^Add a (?=[aeiou])/u, 'Add an '), addRow.with(list.id)),
        ...(list.paste ? [button('Paste several', pasteRowsClick.with(list.id))] : []),
        ...turn(page.previous, 'Earlier rows'),
        ...turn(page.next, 'More rows'),
      ],
      `list:${list.id}`,
    ),
  ];
}
