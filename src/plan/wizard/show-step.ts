import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button } from '../../slack/blocks.ts';
import { formatFactor, type NumberStyle } from '../../slack/format.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { readerOf } from '../access.ts';
import { openPoints } from '../approval/open-points-rules.ts';
import { viewerOf } from '../currency.ts';
import { DEFAULT_PIPELINE, openTermsOf, type PlanDraft, type StepId } from '../draft.ts';
import { ACTION } from '../ids.ts';
import { type LiveFigures, liveFigures } from '../model/compute.ts';
import { evenChanceX } from '../model/pipeline.ts';
import type { OpenPlan } from '../open-plan.ts';
import { milestoneBlocks } from '../reading/summary-view.ts';
import type { RawFields, TypedEntry } from '../store.ts';
import { stepFigures } from './figures-view.ts';
import { reviewBlocks } from './review-view.ts';
import type { ListId } from './rows/list.ts';
import { LISTS } from './rows/lists.ts';
import { pasteView, rowView } from './rows/row-view.ts';
import { stepView } from './step-view.ts';
import { baseOf, baseOfRow, storedStep, tentative, typedKey, unfinishedSteps } from './typed.ts';
import type { WizardState } from './wizard-state.ts';

export interface StepOptions {
  step?: StepId;
  /** Page of the step's list, from 0. */
  page?: number;
  /** Keep the block ids of the view that is open, so that typing goes on undisturbed. */
  rev?: string;
  notice?: SlackText;
  /** Local date of the reader. */
  today: string;
}

/** A step of the wizard as it stands for the reader, with what they typed and didn't save. */
export function showStep(plan: OpenPlan, { today, ...options }: StepOptions): ModalView {
  const { version, pair } = plan;
  const reader = readerOf(plan);
  const step = options.step ?? version.step;
  const viewer = viewerOf(reader, version.draft);
  const typed = version.typed[typedKey.step(reader.userId, step)];
  const stored = storedStep(version.draft, step, viewer);
  const raw = typed?.raw ?? stored;
  const base = baseOf(stored);
  const draft = tentative(version.draft, step, raw, viewer);
  const live = liveFigures(openTermsOf(draft));
  const rev = options.rev ?? String(version.revision);
  const shown = viewerOf(reader, draft);
  return stepView({
    state: {
      versionId: version.id,
      step,
      rev,
      base,
      page: options.page ?? 0,
    },
    draft,
    raw,
    viewer: shown,
    unfinished: unfinishedSteps(version.typed, reader.userId),
    notice: options.notice,
    overtaken: overtaken(plan, typed, base),
    figures: stepFigures(step, draft, live, shown),
    more: extras(step, draft, live, shown, { versionId: version.id, pair, today, rev }),
    submit: step === 'review' ? reviewSubmit(plan) : undefined,
  });
}

function reviewSubmit({ version, pair, side }: OpenPlan): string | null {
  if (openPoints(version.draft).some(({ blocking }) => blocking)) return null;
  const other = side === 'rep' ? pair.manager : pair.rep;
  return other ? `Propose to ${other.name}` : 'Propose it';
}

function extras(
  step: StepId,
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
  review: Parameters<typeof reviewBlocks>[3],
): KnownBlock[] {
  if (step === 'milestones') return milestoneBlocks(draft, live, viewer);
  if (step === 'review') return reviewBlocks(draft, live, viewer, review);
  if (step === 'pipeline' && live.warnings.some(({ code }) => code === 'x_factor_thin')) {
    const { winRate, xFactor } = draft.pipeline ?? DEFAULT_PIPELINE;
    const better = evenChanceX(winRate);
    if (better === null || better <= xFactor) return [];
    const text = `Use ${formatFactor(better, viewer.locale)}`;
    return [actions([button(text, { actionId: ACTION.useX, value: String(better) })])];
  }
  return [];
}

/** The editor of a row, with what the reader typed in it and didn't save. */
export function showRow(
  plan: OpenPlan,
  state: WizardState,
  list: ListId,
  rowId: string | null,
): ModalView {
  const { version } = plan;
  const reader = readerOf(plan);
  const viewer = viewerOf(reader, version.draft);
  const stored = LISTS[list].initial(version.draft, rowId, viewer);
  const typed = version.typed[typedKey.row(reader.userId, list, rowId)];
  const raw = typed?.raw ?? stored;
  const base = baseOfRow(version.draft, list, rowId, viewer);
  const preview = LISTS[list].preview(version.draft, rowId, raw, viewer);
  return rowView(
    LISTS[list],
    version.draft,
    raw,
    { ...state, list, rowId, base },
    { overtaken: overtaken(plan, typed, base), preview },
  );
}

/** Where several rows are pasted, with the lines that could not be read last time. */
export function showPaste(
  plan: OpenPlan,
  state: WizardState,
  list: ListId,
  notice?: SlackText,
): ModalView | null {
  const { paste } = LISTS[list];
  if (!paste) return null;
  const key = typedKey.paste(readerOf(plan).userId, list);
  const raw: RawFields = plan.version.typed[key]?.raw ?? {};
  // Lines that were added are taken out of the field: a new rev shows what is left.
  const rev = String(plan.version.revision);
  return pasteView(LISTS[list], paste, raw, { ...state, list, rev }, notice);
}

/** What to say where somebody else has changed what the reader is editing; null where nobody has. */
function overtaken(
  { pair, side }: OpenPlan,
  typed: TypedEntry | undefined,
  base: string,
): SlackText | null {
  if (!typed || typed.base === base) return null;
  const other = side === 'rep' ? pair.manager?.userId : pair.rep.userId;
  return mrkdwn`:wave: ${other ? mention(other) : 'Somebody'} changed this while you were typing. Yours is in the fields: submit once more to keep yours.`;
}
